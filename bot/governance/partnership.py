"""The people, companies and rooms of a partnership: one sponsor and one CRO, the unit of confidentiality."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.governance.blinding import Blinding
from bot.governance.visibility import Side, Visibility


class Level(StrEnum):
    """Who is deciding: the study team, operations, the executives, the contract's dispute clause."""

    L1 = "L1"
    L2 = "L2"
    L3 = "L3"
    L4 = "L4"

    @property
    def above(self) -> "Level | None":
        """The next level up; None at the top."""
        ladder = list(Level)
        step = ladder.index(self) + 1
        return ladder[step] if step < len(ladder) else None


@dataclass(frozen=True, slots=True)
class Organisation:
    """A company. `zone` is an IANA name."""

    id: str
    side: Side
    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class Person:
    """One person of one company. `zone` is an IANA name; `handle` the local part of the e-mail."""

    id: str
    organisation: str
    name: str
    title: str
    zone: str
    handle: str
    blinding: Blinding = Blinding.NOT_SAID


@dataclass(frozen=True, slots=True)
class Partnership:
    """One sponsor x one CRO, with the ids of its calendar and escalation policy.

    `ended_on` is its last day, once that is over: from then on its record is only read.
    """

    id: str
    sponsor: str
    cro: str
    sponsor_name: str
    cro_name: str
    calendar: str
    policy: str
    ended_on: date | None = None

    def organisation(self, side: Side) -> str:
        """The id of the company on that side."""
        return self.sponsor if side is Side.SPONSOR else self.cro

    def side_of(self, organisation: str) -> Side:
        """The side of one of its two companies, by id."""
        return Side.SPONSOR if organisation == self.sponsor else Side.CRO

    def company(self, side: Side) -> str:
        """The name of the company on that side."""
        return self.sponsor_name if side is Side.SPONSOR else self.cro_name


@dataclass(frozen=True, slots=True)
class Third:
    """A further CRO of the same sponsor. `through` is its own partnership, `studies` those both serve."""

    organisation: str
    name: str
    through: str
    studies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """A channel of one company, linked to one partnership and one class."""

    id: str
    organisation: str
    partnership: str
    visibility: Visibility
    name: str


@dataclass(frozen=True, slots=True)
class Counterparts:
    """The pair at one level (L1..L4, "quality", "safety"): person ids, empty where nobody is named."""

    level: str
    sponsor: str
    cro: str

    @property
    def people(self) -> tuple[str, ...]:
        """Those who are named, sponsor first."""
        return tuple(person for person in (self.sponsor, self.cro) if person)

    def of(self, side: Side) -> str:
        """Whom that side names; "" for nobody."""
        return self.sponsor if side is Side.SPONSOR else self.cro


def pair(counterparts: tuple[Counterparts, ...], level: str) -> tuple[str, ...]:
    """The named people at a level, sponsor first; empty where the level has no row."""
    return tuple(person for row in counterparts if row.level == level for person in row.people)


def named(counterparts: tuple[Counterparts, ...], level: str, side: Side) -> str:
    """Whom a side names at a level; "" for nobody."""
    return next((row.of(side) for row in counterparts if row.level == level), "")
