"""An issue: what went wrong, who owns it, who is deciding, and whether the other side has seen it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.errors import Refusal
from bot.governance.escalation import Severity, SeverityRule
from bot.governance.partnership import Level
from bot.governance.visibility import Side, Visibility


class State(StrEnum):
    """The life of an issue and its side states (DOMAIN.md 3.4)."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    INVESTIGATING = "investigating"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    VERIFIED = "verified"
    EFFECTIVENESS_CHECK = "effectiveness_check"
    CLOSED = "closed"
    DISPUTED = "disputed"
    ON_HOLD = "on_hold"
    REOPENED = "reopened"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def over(self) -> bool:
        """Nothing more will happen to it."""
        return self in (State.CLOSED, State.REJECTED, State.WITHDRAWN)

    @property
    def words(self) -> str:
        """As a person says it."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue as it stands. Instants are aware; `due` is the date its writer asked for, not a clock.

    `rule` is the policy's rule for this severity, frozen when it was raised. `missed` says that the
    acknowledgement ran out and is still missing. `readers` are the people who see a restricted one.
    """

    id: str
    number: str
    partnership: str
    visibility: Visibility
    title: str
    severity: Severity
    state: State
    level: Level
    level_entered_at: datetime
    raised_by: str
    raised_side: Side
    raised_at: datetime
    owner: str
    rule: SeverityRule
    study: str = ""
    category: str = ""
    description: str = ""
    due: date | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""
    ack_due: datetime | None = None
    missed: bool = False
    readers: frozenset[str] = frozenset()
    version: int = 1

    @property
    def waits_for(self) -> Side | None:
        """The side that must acknowledge a shared issue; None for one side's own."""
        return self.raised_side.other if self.visibility is Visibility.SHARED else None


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
        version=issue.version + 1,
    )


def may_change(issue: Issue, person: str) -> bool:
    """Its raiser may put it right for as long as nobody else has acknowledged it."""
    seen = issue.acknowledged_at is not None and issue.acknowledged_by != issue.raised_by
    return issue.raised_by == person and not seen and not issue.state.over


def regrade(
    issue: Issue, severity: Severity, rule: SeverityRule, now: datetime, limit: datetime | None
) -> Issue:
    """Another severity: its clocks begin anew under that severity's rule. It never comes down a level."""
    level = max(issue.level, rule.start_level)
    entered = now if level is not issue.level else issue.level_entered_at
    waits = issue.acknowledged_at is None
    return replace(
        issue,
        severity=severity,
        rule=rule,
        level=level,
        level_entered_at=entered,
        ack_due=limit if waits else None,
        missed=False,
    )


def climb(issue: Issue, level: Level, now: datetime, next_limit: datetime | None) -> Issue:
    """Nobody acknowledged: somebody higher decides. The owner stays (DOMAIN.md 1.6 rule 4)."""
    return replace(
        issue,
        level=level,
        level_entered_at=now,
        ack_due=next_limit,
        missed=True,
        version=issue.version + 1,
    )
