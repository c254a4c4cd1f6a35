"""Committees and their sessions: who belongs to one, who came, and whether enough of both sides did."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.governance.visibility import Side, Visibility


@dataclass(frozen=True, slots=True)
class Committee:
    """A committee of one partnership (DOMAIN.md 1.1). `per_side` people of each side make a quorum.

    `delegates` are people whom the charter lets stand in for a chair. `tier` is 1 (SOM), 2 (JOC) or 3 (JSC).
    """

    id: str
    partnership: str
    name: str
    tier: int
    cadence: str
    sponsor_chair: str
    cro_chair: str
    members: tuple[str, ...]
    per_side: int = 1
    needs_chairs: bool = False
    escalates_to: str = ""
    delegates: tuple[str, ...] = ()
    pack_due_bd: int = 5
    minutes_due_bd: int = 5
    version: int = 1

    def chair(self, side: Side) -> str:
        """That side's chair; "" for nobody."""
        return self.sponsor_chair if side is Side.SPONSOR else self.cro_chair


class State(StrEnum):
    """A session's life."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting of a committee; `attended` are the people who came.

    Kept as it was on that day, whoever leaves later: `sides` are theirs, and `chaired` the sides whose chair
    was there, or a delegate whom the charter names.
    """

    id: str
    committee: str
    partnership: str
    day: date
    state: State = State.PLANNED
    attended: tuple[str, ...] = ()
    sides: Mapping[str, Side] = field(default_factory=dict)
    chaired: tuple[Side, ...] = ()
    minutes_issued: date | None = None
    note: str = ""
    closed_by: str = ""
    closed_at: datetime | None = None
    version: int = 1

    @property
    def number(self) -> str:
        """As people say it."""
        return self.id

    @property
    def visibility(self) -> Visibility:
        """Both sides meet, and both read it."""
        return Visibility.SHARED
