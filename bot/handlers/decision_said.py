"""What was said about a decision that is being recorded, and whom and what it may mean."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.actors import Actor
from bot.errors import Refusal
from bot.governance.partnership import Partnership, Person
from bot.governance.session import Session
from bot.governance.visibility import Side, Visibility
from bot.handlers.issue_said import Question
from bot.ports import Archive


@dataclass(frozen=True, slots=True)
class Making:
    """A decision being recorded: who records it, when, and what is known of it so far."""

    archive: Archive
    actor: Actor
    now: datetime
    known: Mapping[str, str]

    @property
    def today(self) -> date:
        """The date where they are."""
        return self.now.astimezone(ZoneInfo(self.actor.zone)).date()

    @property
    def side(self) -> Side:
        """Theirs."""
        return self.actor.side or Side.SPONSOR

    @property
    def homes(self) -> tuple[Partnership, ...]:
        """The partnership that is settled, else the place's, else all of theirs."""
        mine = self.archive.partnerships(self.actor)
        wanted = self.known.get("partnership") or self.known.get("room partnership", "")
        return tuple(one for one in mine if one.id == wanted) or mine

    @property
    def visibility(self) -> Visibility | None:
        """Its class, once that is settled."""
        words = self.known.get("class", "")
        return Visibility(words) if words in list(Visibility) else None

    @property
    def people(self) -> tuple[Person, ...]:
        """Who may decide it: both companies' people, or one's own where the other side sees nothing."""
        everyone = (one for home in self.homes for one in self.archive.people(self.actor, home.id))
        own = self.visibility is not None and self.visibility.side is not None
        mine = (one for one in everyone if not own or one.organisation == self.actor.organisation)
        return tuple({one.id: one for one in mine}.values())

    @property
    def sessions(self) -> tuple[Session, ...]:
        """Those that took place or are to, the newest first."""
        found = [one for home in self.homes for one in self.archive.meetings(self.actor, home.id)]
        return tuple(sorted(found, key=lambda one: (one.day, one.id), reverse=True))

    def said(self, name: str) -> str:
        """The words of one field; "" where nothing was said."""
        return self.known.get(name, "").strip()


Settle = Callable[[Making], Mapping[str, str] | Question]


@dataclass(frozen=True, slots=True)
class Understood:
    """What the words come to, and by field what is open about them."""

    making: Making
    open: Mapping[str, Question | Refusal]
