"""Who was not reached: which kinds of message, since when and why, with the remedy; never a word of them."""

from collections.abc import Iterator

from sqlalchemy import func, select

from storage.bound import Bound, table
from storage.queues import outbox
from storage.tables import OrganisationRow, PersonRow
from storage.troubles import TROUBLED

ORGANISATION = table(OrganisationRow)
PERSON = table(PersonRow)
MOST = 50  # lines shown, those first who wait longest

UNREACHED = (
    select(
        PERSON.c.name,
        ORGANISATION.c.name.label("company"),
        outbox.c.state,
        outbox.c.reason,
        outbox.c.kind,
        func.count().label("rows"),
        func.min(outbox.c.at).label("since"),
    )
    .where(outbox.c.state.in_(TROUBLED), outbox.c.person == PERSON.c.id, PERSON.c.active)
    .where(ORGANISATION.c.id == PERSON.c.organisation)
    .group_by(PERSON.c.id, PERSON.c.name, ORGANISATION.c.name, outbox.c.kind, outbox.c.state, outbox.c.reason)
    .order_by(func.min(outbox.c.at), PERSON.c.name)
    .limit(MOST)
)
# What couriers say, in part, and what somebody does about it.
REMEDIES = {
    "no address": "an administrator of theirs adds their account: “setup people”",
    "not installed": "Parley is added for them there, or a second account is named: “setup account”",
    "HTTP 403": "Parley is added for them there, or a second account is named: “setup account”",
    "HTTP 404": "Parley is added for them there, or a second account is named: “setup account”",
    "gave up": "look whether the platform is well; they see what they missed in Parley itself: “mine”",
    "may have arrived": "ask them whether they have it",
}
ELSE = "they write to Parley once, or an administrator of theirs names a second account: “setup account”"


def lines(opened: Bound) -> Iterator[str]:
    """One for each person, kind and reason, for ./parley check."""
    for row in opened.run(UNREACHED):
        many = f"{row.rows} messages" if row.rows > 1 else "1 message"
        remedy = next((said for part, said in REMEDIES.items() if part in row.reason), ELSE)
        since = f"{row.since:%Y-%m-%d %H:%M}Z"
        yield (
            f"{row.name} of {row.company} was not reached since {since}: {many} ({row.kind}),"
            f" {row.state}: {row.reason}; {remedy}"
        )
