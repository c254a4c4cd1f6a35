"""A commitment as it stands: what one named person promised another, by when, and what both said of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.governance.visibility import Side, Visibility


class State(StrEnum):
    """The life of a commitment (DOMAIN.md 3.8). `DONE` is its owner's claim until the receiver confirms."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DONE = "done"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"

    @property
    def over(self) -> bool:
        """Nothing more will happen to it."""
        return self in (State.CONFIRMED, State.DECLINED, State.WITHDRAWN)

    @property
    def words(self) -> str:
        """As people say it."""
        match self:
            case State.PROPOSED:
                return "not accepted yet"
            case State.DONE:
                return "said to be done"
        return self.value


@dataclass(frozen=True, slots=True)
class Move:
    """Its due date was moved from `was` to `due`, and why."""

    at: datetime
    by: str
    was: date
    due: date
    why: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows it: an address, or where it lies."""

    words: str
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one side says became of it; `by` and `at` are empty where a file tells it."""

    side: Side
    words: str
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """One promise. `first_due` is kept for ever; `moved_before` counts moves whose story is not kept.

    `owner` promised it to `receiver`; `made_by` wrote it down. `done_on` is the day its owner says it was
    done, `confirm_by` when silence confirms that. `confirmed_by` is "" where silence did. `remind` are
    business days before the due date (0 the morning of it); until `snoozed_until` nothing is said of it.
    `source` is where it was made: "chat" or a session's number. `linked` names other records by noun.
    `reason` is why it was declined or withdrawn. `rang` keeps what the clock has said of it, by event: the
    due date that was meant.
    """

    id: str
    number: str
    partnership: str
    visibility: Visibility
    text: str
    owner: str
    owner_side: Side
    receiver: str
    made_by: str
    made_at: datetime
    first_due: date
    due: date
    state: State
    changed_at: datetime | None = None
    accepted_at: datetime | None = None
    accepted_by: str = ""
    moves: tuple[Move, ...] = ()
    moved_before: int = 0
    done_on: date | None = None
    done_at: datetime | None = None
    done_by: str = ""
    confirm_by: datetime | None = None
    confirmed_at: datetime | None = None
    confirmed_by: str = ""
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    source: str = "chat"
    study: str = ""
    linked: Mapping[str, str] = field(default_factory=dict)
    remind: tuple[int, ...] = (2, 0)
    snoozed_until: date | None = None
    rang: Mapping[str, str] = field(default_factory=dict)
    version: int = 1

    @property
    def receiver_side(self) -> Side:
        """The side it was promised to: the other one, or its own where only that one sees it."""
        return self.owner_side if self.visibility.side else self.owner_side.other

    @property
    def times_moved(self) -> int:
        """How often its date was moved."""
        return self.moved_before + len(self.moves)
