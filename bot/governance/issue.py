"""An issue as it stands: what went wrong, who owns it, who is deciding, what both sides said of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.governance.calendar import Stop
from bot.governance.escalation import Severity, SeverityRule
from bot.governance.partnership import Level
from bot.governance.visibility import Side, Visibility


class State(StrEnum):
    """The life of an issue and its side states (DOMAIN.md 3.4). A draft is kept as what was said, not here.

    `IN_PROGRESS` is a plan both sides agreed; `REJECTED` is a duplicate too, where it names another issue.
    """

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
    def claimed(self) -> bool:
        """Its owner says it is resolved: what remains is to verify and to close it."""
        return self in (State.RESOLVED, State.VERIFIED, State.EFFECTIVENESS_CHECK)

    @property
    def words(self) -> str:
        """As a person says it."""
        return self.value.replace("_", " ")


class Assessment(StrEnum):
    """What the sponsor's quality line makes of a possible serious breach."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    NOTIFIED = "notified"
    NOT_A_BREACH = "not_a_breach"

    @property
    def runs(self) -> bool:
        """Until the authority was told, or it turned out to be no breach."""
        return self in (Assessment.PENDING, Assessment.CONFIRMED)

    @property
    def words(self) -> str:
        """As a person says it."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Graded:
    """A severity and since when it is in force. The first one is that of its birth, by nobody."""

    at: datetime
    severity: Severity
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step of a plan; `owner` is a person's id, or "" where only the plan's owner stands for it."""

    text: str
    owner: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be done until `due`. In force once `agreed`, by the side that did not propose it."""

    due: date
    steps: tuple[PlanStep, ...] = ()
    by: str = ""
    side: Side | None = None
    at: datetime | None = None
    agreed: date | None = None
    agreed_by: str = ""


@dataclass(frozen=True, slots=True)
class RootCause:
    """Why it happened (DOMAIN.md 3.5)."""

    category: str
    method: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Capa:
    """A reference to a corrective and preventive action; the CAPA of record lives in the quality system."""

    id: str
    corrective: str = ""
    preventive: str = ""
    effectiveness_check: date | None = None
    result: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """A stated external wait until the restart date `until`; running once the other side agreed."""

    reason: str
    until: date
    by: str
    side: Side
    at: datetime
    agreed_by: str = ""
    agreed_at: datetime | None = None
    before: State = State.ACKNOWLEDGED


@dataclass(frozen=True, slots=True)
class View:
    """One side's view of the severity, where the two differ."""

    side: Side
    severity: Severity
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """The two sides state different things; `before` is the state it was in."""

    by: str
    side: Side
    at: datetime
    reason: str
    before: State


@dataclass(frozen=True, slots=True)
class LegalClock:
    """Calendar days from `aware_at`; it never stops. `owner` is the person who assesses it."""

    rule: str
    aware_at: datetime
    limit_calendar_days: int
    due: date
    assessment: Assessment = Assessment.PENDING
    owner: str = ""
    reason: str = ""

    @property
    def runs(self) -> bool:
        """Until the authority was told, or it turned out to be no breach."""
        return self.assessment.runs

    def days_left(self, today: date) -> int:
        """Calendar days until its due date; negative when that is past."""
        return (self.due - today).days


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue as it stands. Instants are aware; `due` is the date its writer asked for, not a clock.

    `rules` is the policy as it was when the issue was raised, `policy` its name and version. `grades` are the
    severities it has had. `ack_due` is when want of acknowledgement is noticed next, `missed` that it was.
    `plan` is in force, `offer` waits for the other side. `views` holds both sides' where they differ.
    `moved_at` is when a person last did or said something about it, `alarmed_at` when a clock last spoke;
    `rang` the limit of each clock that has been dealt with, `late_at` the soonest limit still to be met.
    `readers` are the people who see a restricted one; `unblinded` that blinded people never may.
    `third` is the company that reads a tri-party one besides the two that act on it.
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
    owner_side: Side
    rules: Mapping[Severity, SeverityRule]
    policy: str = ""
    counterpart: str = ""
    raised_against: Side | None = None
    study: str = ""
    category: str = ""
    description: str = ""
    due: date | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""
    ack_due: datetime | None = None
    missed: bool = False
    grades: tuple[Graded, ...] = ()
    views: tuple[View, ...] = ()
    contained_at: datetime | None = None
    contained_by: str = ""
    containment: str = ""
    plan: Plan | None = None
    offer: Plan | None = None
    plan_climbed: date | None = None
    root_cause: RootCause | None = None
    capa: Capa | None = None
    resolved_at: datetime | None = None
    resolved_by: str = ""
    resolution: str = ""
    verified_at: datetime | None = None
    verified_by: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""
    reason: str = ""
    duplicate_of: str = ""
    reopened_at: datetime | None = None
    hold: Hold | None = None
    stops: tuple[Stop, ...] = ()
    dispute: Dispute | None = None
    legal: LegalClock | None = None
    linked: Mapping[str, str] = field(default_factory=dict)
    moved_at: datetime | None = None
    alarmed_at: datetime | None = None
    rang: Mapping[str, datetime] = field(default_factory=dict)
    late_at: datetime | None = None
    readers: frozenset[str] = frozenset()
    unblinded: bool = False
    third: str = ""
    version: int = 1

    @property
    def rule(self) -> SeverityRule:
        """The policy's rule for the severity it has now, frozen when it was raised."""
        return self.rules[self.severity]

    @property
    def first_severity(self) -> Severity:
        """The one it was raised with: acknowledgement runs by it."""
        return self.grades[0].severity if self.grades else self.severity

    @property
    def restarted_at(self) -> datetime:
        """Since when the clocks of plan, resolve and level run: a change of severity or a reopening."""
        changed = self.grades[-1].at if len(self.grades) > 1 else self.raised_at
        return max(self.raised_at, changed, self.reopened_at or self.raised_at)

    @property
    def on_hold(self) -> bool:
        """Whether its clocks stand still, legal ones apart."""
        return self.state is State.ON_HOLD

    @property
    def waits_for(self) -> Side | None:
        """The side that must acknowledge what both see; None for one side's own."""
        return self.raised_side.other if self.visibility.both_sides else None

    def read_as_third(self, organisation: str) -> bool:
        """Whether that company's people only read it and add updates."""
        return bool(self.third) and organisation == self.third
