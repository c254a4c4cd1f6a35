"""Where an act on a record takes place: which kind it is, who acts, on what, when, with which words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from bot.actors import Actor
from bot.cards import when
from bot.cards.setting import Setting
from bot.errors import Refusal
from bot.governance.calendar import WorkCalendar
from bot.governance.partnership import Person
from bot.governance.party import Party
from bot.governance.record import Record
from bot.governance.visibility import Side
from bot.handlers.whereabouts import placed
from bot.ports import Archive, Request

SIDES = ("side", "other", "raiser", "company")
PEOPLE = ("name", "owner", "receiver")
LISTS = ("names",)  # people, one id on each line
INSTANTS = ("when",)
DAYS = ("day",)


R = TypeVar("R", bound=Record)


def _open_to_all(archive: Archive, actor: Actor, record: Record, verb: str) -> None:
    """Whoever sees it may try."""


def _of_its_class(scene: "Scene[R]") -> tuple[Person, ...]:
    """Whoever is of a side that sees it."""
    side, home = scene.record.visibility.side, scene.here.partnership
    own = {home.organisation(one) for one in ((side,) if side else Side)}
    return tuple(one for one in scene.here.people.values() if one.organisation in own)


@dataclass(frozen=True, slots=True)
class Noun(Generic[R]):
    """A kind of record, as the engine of acts must know it.

    `name` begins its verbs ("commit" in "commit.accept") and `card` is the kind of letter that shows one, by
    its id. `find` is the one meant by a number or a pressed card, for a typed verb; `get` reads one by id;
    `setting` is what its cards are told in. `save` keeps the next state with its line in the record (what,
    why) and gives what was saved; then its live cards `follow`, and `tell` says it once to each of those
    who are `concerned` unless the act names others. `people` may be named for a part in it; `keep_out`
    refuses those who only read; `title` is its first line.
    """

    name: str
    card: str
    title: Callable[[R], str]
    find: Callable[[Request, str, str], R]
    get: Callable[[Archive, Actor, str], R | None]
    setting: Callable[[Archive, Actor, R], Setting]
    save: Callable[[Request, R, R, str, str], R]
    follow: Callable[[Request, R], None]
    tell: Callable[[Request, R, Iterable[str]], None]
    concerned: Callable[[Request, R], Iterable[str]]
    people: Callable[["Scene[R]"], tuple[Person, ...]] = _of_its_class
    keep_out: Callable[[Archive, Actor, R, str], None] = _open_to_all


@dataclass(frozen=True, slots=True)
class Scene(Generic[R]):
    """One act under way. `known` is what was said so far, by the field's name; `here` names people."""

    noun: Noun[R]
    archive: Archive
    record: R
    party: Party
    here: Setting
    now: datetime
    known: Mapping[str, str]

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.here.reader

    @property
    def today(self) -> date:
        """The date where they are."""
        return self.now.astimezone(ZoneInfo(self.actor.zone)).date()

    @property
    def calendar(self) -> WorkCalendar:
        """The partnership's."""
        return self.archive.calendar(self.actor, self.record.partnership)

    @property
    def people(self) -> tuple[Person, ...]:
        """Those who may see the record and act on it: only they can be named for a part in it."""
        return self.noun.people(self)

    def said(self, name: str) -> str:
        """The words of one field; "" where nothing was said."""
        return self.known.get(name, "")

    def saying(self, known: Mapping[str, str]) -> "Scene[R]":
        """The same scene with more said."""
        return replace(self, known={**self.known, **known})


def begin(noun: Noun[R], archive: Archive, actor: Actor, record: R, now: datetime) -> Scene[R]:
    """The beginning of an act: nothing said yet."""
    assert actor.side is not None  # noqa: S101 people always have a side
    here = placed(archive, noun.setting(archive, actor, record), now)
    away = archive.stands_for(actor.person, now.date())
    party = Party(actor.person, actor.side, away, here.gone, third=here.only_reads)
    return Scene(noun, archive, record, party, here, now, {})


@contextmanager
def in_words(begun: Scene[R]) -> Iterator[None]:
    """A rule's refusal, raised inside, as a person reads it, with the record as it stands beside it.

    A rule knows people by id, companies by their side and times as ISO; the fact's name says which it is.
    """
    try:
        yield
    except Refusal as refusal:
        facts = {name: _as_read(name, value, begun.here) for name, value in refusal.facts.items()}
        raise type(refusal)(**facts).showing(begun.noun.card, begun.record.id) from None


def _as_read(name: str, value: str, here: Setting) -> str:
    if name in SIDES and value in list(Side):
        return here.partnership.company(Side(value))
    if name in PEOPLE:
        return here.name(value)
    if name in LISTS:
        return " or ".join(here.name(one) for one in value.splitlines())
    if name in INSTANTS:
        return here.time(datetime.fromisoformat(value))
    return when.day(date.fromisoformat(value)) if name in DAYS else value
