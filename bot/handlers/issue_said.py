"""What was said about an issue so far: the fields, whom they may mean, and what is asked about the rest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot import grammar
from bot.actors import Actor
from bot.errors import Refusal
from bot.governance.partnership import Partnership, Person
from bot.governance.visibility import Side, Visibility
from bot.ports import Archive

NO_ANSWER: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask, the answers to press (a label and the fields it settles), and how to type it instead.

    `missing`: nothing was said about it, so there is nothing unclear either. `whole`: its words say it all.
    """

    words: str
    answers: tuple[tuple[str, Mapping[str, str]], ...]
    hint: str
    missing: bool = False
    whole: bool = False

    @property
    def sentence(self) -> str:
        """What is open in one line, as it stands beside a field."""
        labels = [label for label, _ in self.answers]
        alone = self.missing or self.whole or not labels
        return self.words if alone else f"{self.words} {' or '.join(labels)}"


Open = Mapping[str, Question | Refusal]


@dataclass(frozen=True, slots=True)
class Understood:
    """What the words come to: the settled fields, and by field what is open or cannot be."""

    known: Mapping[str, str]
    open: Open


@dataclass(frozen=True, slots=True)
class Said:
    """What is known so far, and whom and what to ask about the rest."""

    archive: Archive
    actor: Actor
    today: date
    known: Mapping[str, str]

    @property
    def partnerships(self) -> tuple[Partnership, ...]:
        """The one that is settled, else all of the speaker's."""
        mine = self.archive.partnerships(self.actor)
        settled = tuple(one for one in mine if one.id == self.known.get("partnership"))
        return settled or mine

    @property
    def owners(self) -> tuple[Person, ...]:
        """Who may own it: both companies' people, or one's own where the other side sees nothing."""
        own = self.known.get("class") in [one for one in Visibility if one.side]
        people = (one for each in self.partnerships for one in self.archive.people(self.actor, each.id))
        mine = (one for one in people if not own or one.organisation == self.actor.organisation)
        return tuple({one.id: one for one in mine}.values())


def vocabulary(archive: Archive, actor: Actor, today: date) -> grammar.Vocabulary:
    """The studies, partners and third companies whose names mean something in this speaker's mouth."""
    partnerships = archive.partnerships(actor)
    studies = (study for one in partnerships for study in archive.studies(actor, one.id))
    partners = tuple(partner_of(actor, one) for one in partnerships)
    thirds = dict.fromkeys(third.name for one in partnerships for third in archive.thirds(actor, one.id))
    return grammar.Vocabulary(tuple(dict.fromkeys(studies)), partners, today, tuple(thirds))


def partner_of(actor: Actor, partnership: Partnership) -> str:
    """The company across the table."""
    return partnership.company((actor.side or Side.SPONSOR).other)


def named(partnerships: tuple[Partnership, ...], people: Iterable[Person]) -> tuple[tuple[str, str], ...]:
    """Each person's id and "Annika Lindqvist (Northmere Clinical Ltd)"."""
    companies = {one.organisation(side): one.company(side) for one in partnerships for side in Side}
    return tuple((one.id, f"{one.name} ({companies[one.organisation]})") for one in people)


def studies_of(said: Said) -> tuple[str, ...]:
    """The studies it may be about."""
    every = (study for one in said.partnerships for study in said.archive.studies(said.actor, one.id))
    return tuple(dict.fromkeys(every))
