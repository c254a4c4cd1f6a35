"""Who is who behind the wall: each person of the example, their company, and what they may see."""

from dataclasses import dataclass
from typing import Any

from bot.governance.visibility import Scope, Side, Visibility, internal, scopes

PARTNERSHIPS = {"ORG-HAL": ("P-NOR", "P-QUI"), "ORG-NOR": ("P-NOR",), "ORG-QUI": ("P-QUI",)}
COMPANIES = {"P-NOR": "Northmere", "P-QUI": "Quillon"}


@dataclass(frozen=True, slots=True)
class One:
    """A person by first name. A stranger is of a company's workspace or tenant, and sees nothing at all."""

    name: str
    id: str
    company: str

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(self.name)  # beside a history that hypothesis shows

    @property
    def side(self) -> Side:
        return Side.SPONSOR if self.company == "ORG-HAL" else Side.CRO

    @property
    def is_stranger(self) -> bool:
        return not self.id

    @property
    def partnerships(self) -> tuple[str, ...]:
        return () if self.is_stranger else PARTNERSHIPS[self.company]

    @property
    def own(self) -> Visibility:
        """The class of their company's own records."""
        return internal(self.side)

    def sees(self, matter: "Matter") -> bool:
        """Whether a record is theirs to read: by their side and partnership, or because it names them."""
        home = matter.scope.partnership in self.partnerships
        match matter.scope.visibility:
            case Visibility.RESTRICTED:
                return home and self.name in matter.readers
            case Visibility.TRI_PARTY:
                return home or (self.company == matter.third and not self.is_stranger)
        return matter.scope in scopes(frozenset(self.partnerships), self.side)


@dataclass(frozen=True, slots=True)
class Matter:
    """An issue that a history logs: `title` is how it is found again in the record, whatever its number.

    `readers` are the people whom a restricted one names, `third` the company beside the two that reads it.
    """

    title: str
    scope: Scope
    readers: frozenset[str] = frozenset()
    third: str = ""
    raiser: str = ""


def _people():
    names = (
        ("ORG-HAL", "ingrid marcus priya tomasz elena kenji", 1),
        ("ORG-NOR", "charlotte david annika rafael", 7),
        ("ORG-QUI", "wei-ling gareth", 11),
    )
    for company, said, first in names:
        for number, name in enumerate(said.split(), start=first):
            yield One(name, f"PER-{number:02d}", company)
    yield One("newcomer at Northmere", "", "ORG-NOR")
    yield One("newcomer at Quillon", "", "ORG-QUI")


PEOPLE = {one.name: one for one in _people()}
OBSERVER = "kenji"  # the worlds of these tests give him that role
# What a reader may lack at the start, besides what happens later: other readers begin in a world without it.
GROUPS = {"ORG-NOR": "Northmere", "ORG-QUI": "Quillon", "ORG-HAL": "Halcyra"}


def of(company):
    """Everybody of one company who is in Parley's directory."""
    return tuple(one for one in PEOPLE.values() if one.company == company and not one.is_stranger)
