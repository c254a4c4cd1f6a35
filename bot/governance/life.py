"""The beginning of an issue's life: seen by the other side, put right, moved from level to level.

Each function gives the next state; saving it gives it the next version.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.errors import Refusal
from bot.governance.clocks import Kind
from bot.governance.escalation import Severity
from bot.governance.issue import Graded, Issue, State
from bot.governance.partnership import Level
from bot.governance.party import Party
from bot.governance.visibility import Side


class AlreadyAcknowledged(Refusal):
    """{number} was already acknowledged by {name} on {when}, so nothing changed."""


class NotYoursToAcknowledge(Refusal):
    """{raiser} raised {number}, so {other} acknowledges it; follow it with “issue show {number}”."""


class OwnIssue(Refusal):
    """You raised {number} yourself, so a colleague acknowledges it; its owner is {owner}."""


class NotYoursToChange(Refusal):
    """{raiser} raised {number}, so only {raiser} can change it."""


class TooLateToChange(Refusal):
    """{number} was acknowledged by {name}, so it stands; tell its owner, {owner}, what is different."""


class IssueIsOver(Refusal):
    """{number} is {state}, so there is nothing to acknowledge."""


def may_acknowledge(issue: Issue, person: str, side: Side | None) -> bool:
    """A shared issue is acknowledged by the side that did not raise it, one side's own by somebody else."""
    return issue.waits_for is side if issue.waits_for else person != issue.raised_by


def check_acknowledge(issue: Issue, party: Party) -> None:
    """Not yet acknowledged, not over, and theirs to acknowledge."""
    if issue.acknowledged_at:
        by, at = issue.acknowledged_by, issue.acknowledged_at.isoformat()
        raise AlreadyAcknowledged(number=issue.number, name=by, when=at)
    if issue.state.over:
        raise IssueIsOver(number=issue.number, state=issue.state.words)
    if may_acknowledge(issue, party.person, party.side):
        return
    if issue.waits_for is None:
        raise OwnIssue(number=issue.number, owner=issue.owner)
    sides = {"raiser": issue.raised_side.value, "other": issue.raised_side.other.value}
    raise NotYoursToAcknowledge(number=issue.number, **sides)


def acknowledge(issue: Issue, person: str, now: datetime) -> Issue:
    """The other side has seen it; its acknowledgement clock stops."""
    state = State.ACKNOWLEDGED if issue.state is State.NEW else issue.state
    return replace(
        issue,
        state=state,
        acknowledged_at=now,
        acknowledged_by=person,
        ack_due=None,
        missed=False,
    )


def may_change(issue: Issue, person: str) -> bool:
    """Its raiser may put it right until somebody else has acknowledged it, graded it anew or claims it done.

    Else one could change who owns what is claimed to be resolved, and with that who judges it.
    """
    seen = issue.acknowledged_at is not None and issue.acknowledged_by != issue.raised_by
    ended = issue.state.over or issue.state.claimed
    return issue.raised_by == person and not seen and not ended and len(issue.grades) <= 1


def put_right(issue: Issue, severity: Severity, now: datetime, limit: datetime | None) -> Issue:
    """It should have been raised with another severity: its clocks run by that from the beginning.

    It never comes down a level. `limit` is when its acknowledgement then runs out.
    """
    level = max(issue.level, issue.rules[severity].start_level)
    return replace(
        issue,
        severity=severity,
        grades=(Graded(issue.raised_at, severity),),
        views=(),
        level=level,
        level_entered_at=now if level is not issue.level else issue.level_entered_at,
        ack_due=limit,
        missed=False,
    )


def moved(issue: Issue, level: Level, now: datetime) -> Issue:
    """Somebody else decides; the owner stays (DOMAIN.md 1.6 rule 4)."""
    return replace(issue, level=level, level_entered_at=now)


def unseen(issue: Issue, next_limit: datetime | None) -> Issue:
    """Nobody has acknowledged it by its limit; want of it is noticed again at `next_limit`, if ever."""
    return replace(issue, ack_due=next_limit, missed=True)


def rung(issue: Issue, kind: Kind, limit: datetime, now: datetime) -> Issue:
    """The clock of that kind ran out at `limit` and people were told `now`."""
    told: Mapping[str, datetime] = {**issue.rang, kind.value: limit}
    return replace(issue, rang=told, alarmed_at=now)
