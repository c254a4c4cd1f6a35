"""Restricted records of somebody who leaves: they read them no longer, and none is left without a reader."""

from collections.abc import Iterable
from dataclasses import replace

from bot.actors import CLOCK, Role
from bot.governance.blinding import Blinding
from bot.governance.company import Member
from bot.governance.issue import Issue
from bot.handlers.issue import save
from bot.handlers.letters import post_cards, refresh_cards, tell
from bot.ports import Request

ANSWER = (Role.GENERAL_COUNSEL, Role.QUALITY_LEAD)  # who takes over what nobody else may read, in this order
GONE = "{name} has left"
TAKEN = "its last reader has left; {heir} answers for such records at their company"


def leave(request: Request, member: Member) -> None:
    """The administrator who ends their access learns nothing of it: the clock does it, in each record."""
    for issue in request.archive.restricted_to(member.id):
        kept = issue.readers - {member.id}
        if kept:
            _say(request, issue, frozenset(kept), GONE.format(name=member.name))
        else:
            _entrust(request, issue)


def adopt(request: Request, member: Member) -> None:
    """What nobody could take over goes to whoever has come to answer for such records."""
    if member.roles.intersection(ANSWER):
        for issue in request.archive.unread(request.actor.organisation):
            _entrust(request, issue)


def _entrust(request: Request, issue: Issue) -> None:
    """Its last reader has left; where nobody answers for such records it stays, for ./parley check."""
    heir = next(iter(_heirs(request, issue)), None)
    if heir:
        _say(request, issue, frozenset({heir.id}), TAKEN.format(heir=heir.name), heir.id)


def _heirs(request: Request, issue: Issue) -> Iterable[Member]:
    """Of the leaver's own company; no back-up is one: whoever names back-ups would choose the reader."""
    staff = [one for one in request.archive.staff(request.actor) if one.user and one.id not in issue.readers]
    fit = [one for one in staff if not issue.unblinded or one.blinding is Blinding.UNBLINDED]
    return (one for role in ANSWER for one in fit if role in one.roles)


def _say(request: Request, issue: Issue, readers: frozenset[str], why: str, heir: str = "") -> None:
    """In the record's own chain, and to those who read it now."""
    clock = replace(request, actor=CLOCK)
    saved = save(clock, issue, replace(issue, readers=readers), "issue.readers", why)
    refresh_cards(clock, saved)
    if heir:
        post_cards(clock, saved, (heir,))
    tell(clock, saved, saved.readers)
