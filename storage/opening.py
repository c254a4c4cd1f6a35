"""How a company begins: the operator makes a one-time code for its first administrator."""

import secrets

from bot.governance.invitation import Invitation, Kind
from bot.records import Entry
from storage.store import SqlStore


def invite_company(store: SqlStore) -> str:
    """A code that makes a company and its first administrator, with what to do with it."""
    now = store.clock.now()
    until = now + Kind.COMPANY.lasts
    made = Invitation(secrets.token_hex(16), Kind.COMPANY, now, until)
    with store.writing() as archive:
        code = archive.invite(made)
        after, why = {"kind": made.kind.value, "until": until.isoformat()}, "from the command line"
        archive.record(Entry("invitation.make", "", now, None, "", made.id, why, None, after))
    return (
        f"{code}\nGood once, until {until:%Y-%m-%d %H:%M} UTC, for one company and its first administrator.\n"
        f"Give it to that person; they say “setup {code}” in a direct message to Parley."
    )
