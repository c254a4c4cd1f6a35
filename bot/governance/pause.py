"""A hold: clocks stand still for a stated wait outside both companies, which both sides consent to.

It ends at its restart date, or when either side says so; a legal clock never stands still (DOMAIN.md 1.6).
"""

from dataclasses import replace
from datetime import date, datetime

from bot.errors import Refusal
from bot.governance.calendar import Stop
from bot.governance.issue import Hold, Issue, State
from bot.governance.party import Party
from bot.governance.states import IsDisputed, moving_again, not_claimed, not_over


class IsOnHold(Refusal):
    """{number} is on hold, so nothing changed; “issue resume {number}” takes it up again."""


class NotSeenYet(Refusal):
    """{number} is not acknowledged yet, and that comes before a hold; “issue ack {number}” does it."""


class NoHoldAsked(Refusal):
    """Nobody asks for a hold of {number} now; ask for one with “issue hold {number}”."""


class OwnHold(Refusal):
    """{side} asks for that hold of {number}, so {other} agrees or declines; ask them there."""


class PastHold(Refusal):
    """That hold of {number} was to end on {day}, which is past; ask for it again with a later date."""


class NotOnHold(Refusal):
    """{number} is not on hold, so there is nothing to resume; see “issue show {number}”."""


def not_on_hold(issue: Issue) -> None:
    """Refuses where its clocks stand still."""
    if issue.on_hold:
        raise IsOnHold(number=issue.number)


def not_disputed(issue: Issue) -> None:
    """Refuses where the two sides state different things."""
    if issue.state is State.DISPUTED and issue.dispute:
        raise IsDisputed(number=issue.number, side=issue.dispute.side.value)


def check_hold(issue: Issue, party: Party) -> None:
    """Either side asks, once it is acknowledged and for as long as it is worked on."""
    not_over(issue)
    not_claimed(issue)
    not_disputed(issue)
    not_on_hold(issue)
    if issue.acknowledged_at is None:
        raise NotSeenYet(number=issue.number)


def ask(issue: Issue, party: Party, reason: str, until: date, now: datetime) -> Issue:
    """Nothing stands still before the other side agrees; one side's own issue is held at once."""
    hold = Hold(reason, until, party.person, party.side, now, before=issue.state)
    asked = replace(issue, hold=hold)
    return asked if issue.visibility.both_sides else agreed(asked, party, now)


def check_answer(issue: Issue, party: Party) -> None:
    """A hold that is asked for is answered by the other side."""
    not_over(issue)
    not_claimed(issue)
    not_on_hold(issue)
    if issue.hold is None:
        raise NoHoldAsked(number=issue.number)
    if issue.hold.side is party.side:
        side = issue.hold.side
        raise OwnHold(number=issue.number, side=side.value, other=side.other.value)


def agreed(issue: Issue, party: Party, now: datetime) -> Issue:
    """From now on its clocks stand still."""
    assert issue.hold is not None  # noqa: S101 asked only where one is
    if issue.hold.until <= now.date():
        raise PastHold(number=issue.number, day=issue.hold.until.isoformat())
    hold = replace(issue.hold, agreed_by=party.person, agreed_at=now, before=issue.state)
    return replace(issue, state=State.ON_HOLD, hold=hold, stops=(*issue.stops, Stop(now)))


def declined(issue: Issue) -> Issue:
    """It goes on as if nobody had asked."""
    return replace(issue, hold=None)


def check_resume(issue: Issue, party: Party) -> None:
    """Either side, at any time."""
    not_over(issue)
    if not issue.on_hold:
        raise NotOnHold(number=issue.number)


def resumed(issue: Issue, now: datetime) -> Issue:
    """Where it was before, its clocks running again, whether a person or the restart date ends it."""
    before = issue.hold.before if issue.hold else State.ACKNOWLEDGED
    return replace(moving_again(issue, now), state=before, hold=None)
