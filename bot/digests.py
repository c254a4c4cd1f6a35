"""What a digest is made of, as the record tells it to one reader."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from bot.actors import Actor
from bot.governance.commitment import Commitment
from bot.governance.company import Absence
from bot.governance.digest import DigestSetting
from bot.governance.issue import Issue
from bot.governance.visibility import Side
from bot.records import Entry

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Named:
    """A record of any kind by what people call it; `noun` is that of its verbs ("issue", "commit")."""

    noun: str
    id: str
    number: str
    title: str
    partnership: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one record: the last line that tells of it, and how many there were."""

    record: Named
    last: Entry
    count: int


@dataclass(frozen=True, slots=True)
class Unreached:
    """A message about a record that did not arrive (`lost`), or of which nobody knows whether it did.

    It was for the `person`, or for the `room` of that name.
    """

    record: Named
    kind: str
    person: str
    room: str
    lost: bool


@dataclass(frozen=True, slots=True)
class SideKept:
    """Of the promises of one side whose first date is past: how many there are, how many were kept by it."""

    side: Side
    kept: int
    due: int


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """The first few, and how many there are in all."""

    rows: tuple[T, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who has no setting yet."""

    person: str
    zone: str
    roles: frozenset[str]


class Digests(Protocol):
    """The part of an archive that digests are made from; each of these is one question, or two."""

    def undigested(self) -> tuple[Newcomer, ...]: ...
    def absence_of(self, person: str) -> Absence | None: ...
    def changed(self, actor: Actor, since: datetime, limit: int) -> Page[Change]: ...
    def running_out(
        self, actor: Actor, now: datetime, until: datetime, told: Collection[str]
    ) -> Page[Issue]: ...
    def legal_clocks(self, actor: Actor, limit: int) -> tuple[Issue, ...]: ...
    def unreached(self, actor: Actor, since: datetime, limit: int) -> tuple[Unreached, ...]: ...
    def promised(self, actor: Actor, before: date, limit: int) -> Page[Commitment]: ...
    def kept_on_time(self, actor: Actor, first: date, today: date) -> tuple[SideKept, ...]: ...
    def digest(self, person: str = "", room: str = "") -> DigestSetting | None: ...
    def digests(self) -> tuple[DigestSetting, ...]: ...
    def save_digest(self, setting: DigestSetting) -> None: ...
