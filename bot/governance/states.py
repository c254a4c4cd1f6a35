"""What an issue's state alone forbids, said in the same words by whatever was asked of it."""

from dataclasses import replace
from datetime import datetime

from bot.errors import Refusal
from bot.governance.calendar import Stop
from bot.governance.issue import Issue, State

SHARED_AS = "shared_as"  # the link of a record to the wider one that its words became


class IsOver(Refusal):
    """{number} is {state}, so nothing changed; “issue reopen {number}” opens it again."""


class GoesOn(Refusal):
    """{number} was shared and goes on as {shared}, so nothing changed here; see “issue show {shared}”."""


class IsWithdrawn(Refusal):
    """{number} was withdrawn by {raiser}, so nothing changed; log a new issue that names {number}."""


class IsClaimed(Refusal):
    """{number} is {state}: “issue dispute {number}” contradicts that, “issue reopen {number}” opens it."""


class IsDisputed(Refusal):
    """{number} is disputed, so only {side} can let that rest; “issue reopen {number}” opens it again."""


class ClockOfLaw(Refusal):
    """A legal clock of {number} still runs, so it cannot end yet; “issue assess {number}” comes first."""


def not_over(issue: Issue) -> None:
    """Refuses where it has ended."""
    if issue.state.over and SHARED_AS in issue.linked:
        raise GoesOn(number=issue.number, shared=issue.linked[SHARED_AS])
    if issue.state is State.WITHDRAWN:
        raise IsWithdrawn(number=issue.number, raiser=issue.raised_side.value)
    if issue.state.over:
        raise IsOver(number=issue.number, state=issue.state.words)


def not_claimed(issue: Issue) -> None:
    """Refuses where its owner says that it is resolved."""
    if issue.state.claimed:
        raise IsClaimed(number=issue.number, state=issue.state.words)


def not_legal(issue: Issue) -> None:
    """Refuses for as long as a possible breach is neither assessed nor told to the authority."""
    if issue.legal and issue.legal.runs:
        raise ClockOfLaw(number=issue.number)


def moving_again(issue: Issue, now: datetime) -> Issue:
    """Off hold, whatever ends that: its clocks no longer stand still."""
    if not issue.on_hold:
        return issue
    stops = tuple(Stop(one.since, one.until or now) for one in issue.stops)
    return replace(issue, stops=stops)
