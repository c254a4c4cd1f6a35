"""One company's own people as its administrator keeps them, and the lines it names to its partners."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.errors import Refusal
from bot.governance.blinding import Blinding
from bot.governance.visibility import Side

ADMINISTRATOR = "administrator"
PAIRED = ("L1", "L2", "L3", "quality", "safety")  # the levels at which each side names somebody
HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")  # "09:00-17:30"
LINES = {Side.SPONSOR: ("safety", "quality"), Side.CRO: ("quality",)}  # whom an emergency must find


@dataclass(frozen=True, slots=True)
class Company:
    """A company and the one workspace or tenant it lives in. `hours` are "09:00-17:30", local."""

    id: str
    side: Side
    name: str
    zone: str
    platform: str
    tenant: str
    working_hours: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a company, with everything its administrator keeps. `zone` "" is the company's.

    `user` is their account on the company's platform, `backup` another person's id.
    """

    id: str
    name: str
    title: str = ""
    zone: str = ""
    handle: str = ""
    email: str = ""
    working_hours: str = ""
    backup: str = ""
    user: str = ""
    roles: frozenset[str] = frozenset()
    blinding: Blinding = Blinding.NOT_SAID

    @property
    def administers(self) -> bool:
        """Whether they keep their company's directory."""
        return ADMINISTRATOR in self.roles


@dataclass(frozen=True, slots=True)
class Contact:
    """Who answers an emergency line of one side of a partnership: somebody of it, or a desk's name."""

    partnership: str
    line: str
    side: Side
    name: str = ""
    person: str = ""
    phone: str = ""
    email: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """From the first to the last day somebody is away, and who stands in."""

    person: str
    first: date
    last: date
    delegate: str


@dataclass(frozen=True, slots=True)
class Study:
    """A study of a sponsor and the partnerships that serve it."""

    id: str
    partnerships: tuple[str, ...]


class LastAdministrator(Refusal):
    """{name} is the only administrator of {company}; make somebody else one first: setup people"""


def keeps_an_administrator(company: str, before: Member, staff: Iterable[Member]) -> None:
    """Refuses to take the last administrator away; `staff` is the company as it would be."""
    if before.administers and not any(one.administers for one in staff):
        raise LastAdministrator(name=before.name, company=company)
