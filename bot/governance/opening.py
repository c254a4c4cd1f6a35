"""Opening a record up to more readers and closing it down again: who may, and what becomes of it.

The class of a record is set at its birth. Opened up, its words become a new record of the wider class and
it ends itself; closed down, the wider one ends and its words become a new record of a narrower class.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import Refusal
from bot.governance import judge
from bot.governance.issue import Issue, State
from bot.governance.party import Party
from bot.governance.states import SHARED_AS, not_over
from bot.governance.visibility import Side, Visibility, internal

WAS = "was"  # what a closed-down record is linked to: the wider one that ended


@dataclass(frozen=True, slots=True)
class Target:
    """Where a record is opened to: a class, and the id of a further company that reads it, if any."""

    visibility: Visibility = Visibility.SHARED
    further: str = ""


class SharedAlready(Refusal):
    """Both companies read {number} already, so nothing changed; “issue update {number}” adds to it."""


class SharedBefore(Refusal):
    """{number} was shared as {shared} before, so nothing changed; say more there: issue update {shared}"""


class NotYoursToShare(Refusal):
    """Only {name}, who raised {number}, or its owner, {owner}, can share it; ask one of them."""


class UnblindedStays(Refusal):
    """{number} is an unblinded topic, so it is never shared; “issue readers {number}” lets one more in."""


class NotYoursToCloseDown(Refusal):
    """{raiser} raised {number}, so only {raiser} can take it back; it is closed once it is verified."""


class NoNarrower(Refusal):
    """{number} is for named people alone already; “issue readers {number}” says for whom."""


class NotRestricted(Refusal):
    """{number} is no restricted issue, so it names no readers; “issue show {number}” says who sees it."""


class OwnReading(Refusal):
    """You cannot take yourself off {number}; another of its readers can, with a reason."""


class OwnerReads(Refusal):
    """{name} owns {number}, so they read it; let somebody else own it first: press Change on its card."""


def check_share(issue: Issue, party: Party) -> None:
    """By its raiser or its owner: the words that are opened are theirs.

    What both sides share is opened further, to a third company, by the side that raised it.
    """
    both = issue.visibility.both_sides
    if both and (issue.visibility is not Visibility.SHARED or party.side is not issue.raised_side):
        raise SharedAlready(number=issue.number)
    not_over(issue)
    if issue.unblinded:
        raise UnblindedStays(number=issue.number)
    if shared := issue.linked.get(SHARED_AS):
        raise SharedBefore(number=issue.number, shared=shared)
    if not _theirs(issue, party):
        raise NotYoursToShare(number=issue.number, name=issue.raised_by, owner=issue.owner)


def _theirs(issue: Issue, party: Party) -> bool:
    raised = party.may_be(issue.raised_by, issue.raised_side)
    return raised or party.may_be(issue.owner, issue.owner_side)


def opened(issue: Issue, party: Party, number: str, reason: str, now: datetime) -> Issue:
    """It goes on under that number and ends here; only a clock of law keeps it open until it is assessed.

    What both sides share goes on beside it: one side alone neither ends it nor begins its clocks anew.
    """
    known = replace(issue, linked={**issue.linked, SHARED_AS: number})
    if issue.visibility.both_sides or (issue.legal and issue.legal.runs):
        return known
    return judge.ended(known, State.CLOSED, party, reason, now)


def check_unshare(issue: Issue, party: Party) -> None:
    """By the side that raised it, as a withdrawal; one side's own by its raiser or owner."""
    if issue.visibility is Visibility.RESTRICTED:
        raise NoNarrower(number=issue.number)
    not_over(issue)
    if party.side is not issue.raised_side or party.third:
        raise NotYoursToCloseDown(number=issue.number, raiser=issue.raised_side.value)
    judge.check_withdraw(issue, party)
    if issue.visibility.side and not _theirs(issue, party):
        raise NotYoursToShare(number=issue.number, name=issue.raised_by, owner=issue.owner)


def narrower(issue: Issue, side: Side) -> Visibility:
    """The class it goes on in: that side's own, or for what is one side's own the people it names."""
    return Visibility.RESTRICTED if issue.visibility.side else internal(side)


def check_readers(issue: Issue, party: Party) -> None:
    """Of a restricted record that has not ended; who sees it is one of its readers."""
    if issue.visibility is not Visibility.RESTRICTED:
        raise NotRestricted(number=issue.number)
    not_over(issue)


def taken_off(issue: Issue, party: Party, person: str) -> Issue:
    """One reader fewer: never oneself, and never its owner."""
    if person == party.person:
        raise OwnReading(number=issue.number)
    if person == issue.owner:
        raise OwnerReads(number=issue.number, name=person)
    return replace(issue, readers=issue.readers - {person})


def links(issue: Issue, name: str, number: str) -> Mapping[str, str]:
    """Its links to other records, with one more."""
    return {**issue.linked, name: number}
