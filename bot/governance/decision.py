"""A decision as it stands: what was asked, what was decided and why, by whom, and who has approved it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.governance.commitment import Evidence
from bot.governance.visibility import Side, Visibility


class Status(StrEnum):
    """Provisional until both sides have approved it (DOMAIN.md 1.4)."""

    PROVISIONAL = "provisional"
    FINAL = "final"
    WITHDRAWN = "withdrawn"


class Quorum(StrEnum):
    """How the session stood that took it; `NONE` where no session did."""

    NONE = "none"
    QUORATE = "quorate"
    NOT_QUORATE = "not_quorate"


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody approved it for their side. An approval is no signature."""

    person: str
    side: Side
    at: datetime


@dataclass(frozen=True, slots=True)
class Dissent:
    """Who thought otherwise, and why."""

    person: str
    words: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `deciders` are people of both sides; of one side's own, of that side.

    `session` is the id of the session that took it, "" for none. `supersedes` and `superseded_by` are ids of
    decisions of the same class. `reason` is why it was withdrawn.
    """

    id: str
    number: str
    partnership: str
    visibility: Visibility
    question: str
    outcome: str
    status: Status
    recorded_by: str
    recorded_at: datetime
    decided_on: date
    options: tuple[str, ...] = ()
    rationale: str = ""
    evidence: tuple[Evidence, ...] = ()
    deciders: tuple[str, ...] = ()
    quorum: Quorum = Quorum.NONE
    dissent: tuple[Dissent, ...] = ()
    follow_up: date | None = None
    supersedes: str = ""
    superseded_by: str = ""
    approvals: tuple[Approval, ...] = ()
    session: str = ""
    study: str = ""
    note: str = ""
    reason: str = ""
    changed_at: datetime | None = None
    version: int = 1

    @property
    def title(self) -> str:
        """What it is known by: what was asked, else what was decided."""
        return self.question or self.outcome
