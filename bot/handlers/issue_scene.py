"""Where an act on an issue takes place: who acts, on what, when, with which words; names for refusals."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.actors import Actor
from bot.cards import when
from bot.cards.issue_setting import Setting
from bot.errors import Refusal
from bot.governance.calendar import WorkCalendar
from bot.governance.issue import Issue, Party
from bot.governance.partnership import Person
from bot.governance.visibility import Side, Visibility
from bot.handlers.issue import setting
from bot.handlers.letters import CARD
from bot.ports import Archive

SIDES = ("side", "other", "raiser", "company")
PEOPLE = ("name", "owner")
INSTANTS = ("when",)
DAYS = ("day",)


@dataclass(frozen=True, slots=True)
class Scene:
    """One act under way. `known` is what was said so far, by the field's name; `here` names people."""

    archive: Archive
    issue: Issue
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
        return self.archive.calendar(self.actor, self.issue.partnership)

    @property
    def people(self) -> tuple[Person, ...]:
        """Those who may see the issue and act on it: only they can be named for a part in it."""
        side, everyone = self.issue.visibility.side, tuple(self.here.people.values())
        if self.issue.visibility is Visibility.RESTRICTED:
            return tuple(one for one in everyone if one.id in self.issue.readers)
        home = self.here.partnership  # a third company only reads
        own = {home.organisation(one) for one in ((side,) if side else Side)}
        return tuple(one for one in everyone if one.organisation in own)

    def said(self, name: str) -> str:
        """The words of one field; "" where nothing was said."""
        return self.known.get(name, "")

    def saying(self, known: Mapping[str, str]) -> "Scene":
        """The same scene with more said."""
        return replace(self, known={**self.known, **known})


def scene(archive: Archive, actor: Actor, issue: Issue, now: datetime) -> Scene:
    """The beginning of an act: nothing said yet."""
    assert actor.side is not None  # noqa: S101 people always have a side
    here = setting(archive, actor, issue)
    away = archive.stands_for(actor.person, now.date())
    party = Party(actor.person, actor.side, away, here.gone, third=here.only_reads)
    return Scene(archive, issue, party, here, now, {})


@contextmanager
def in_words(begun: Scene) -> Iterator[None]:
    """A rule's refusal, raised inside, as a person reads it, with the issue as it stands beside it.

    A rule knows people by id, companies by their side and times as ISO; the fact's name says which it is.
    """
    try:
        yield
    except Refusal as refusal:
        facts = {name: _as_read(name, value, begun.here) for name, value in refusal.facts.items()}
        raise type(refusal)(**facts).showing(CARD, begun.issue.id) from None


def _as_read(name: str, value: str, here: Setting) -> str:
    if name in SIDES and value in list(Side):
        return here.partnership.company(Side(value))
    if name in PEOPLE:
        return here.name(value)
    if name in INSTANTS:
        return here.time(datetime.fromisoformat(value))
    return when.day(date.fromisoformat(value)) if name in DAYS else value
