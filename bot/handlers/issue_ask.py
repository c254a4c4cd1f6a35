"""What is still unclear about an issue being logged: one question at a time, nothing guessed silently."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot import dates, grammar
from bot.actors import Actor
from bot.cards import issue as cards
from bot.cards import when
from bot.errors import Refusal
from bot.governance.escalation import Severity
from bot.governance.partnership import Partnership, Person, pair
from bot.governance.visibility import Side, Visibility, internal
from bot.ports import Archive

LONGEST_TITLE = 200
NO_ANSWER: Mapping[str, str] = {}


class EmptyTitle(Refusal):
    """An issue needs a title; for example: issue TMF backlog at site 104, major, owner @name, due Friday"""


class TitleTooLong(Refusal):
    """A title has at most 200 characters and this one has {count}; put the rest on a second line."""


class NoSuchOwner(Refusal):
    """“{words}” is nobody who can own this; try a full name, for example {example}."""


class UnreadableDate(Refusal):
    """“{words}” cannot be read as a day; write it as 28 Nov or 2026-11-28, without a time."""


class PastDate(Refusal):
    """{day} is in the past; give a date from today on, for example: due next Friday"""


class NoSuchStudy(Refusal):
    """There is no study “{words}” here; the studies are {studies}."""


class NoSuchSeverity(Refusal):
    """“{words}” is not a severity; say critical, major or minor."""


class OtherPartner(Refusal):
    """This room is for {companies}; for another partner, log it in a direct message to Parley."""


class NoPartnership(Refusal):
    """You are not part of a partnership yet; ask your administrator to add you to one."""


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask, the answers to press (a label and the fields it settles), and how to type it instead."""

    words: str
    answers: tuple[tuple[str, Mapping[str, str]], ...]
    hint: str


@dataclass(frozen=True, slots=True)
class Said:
    """What is known so far, and whom and what to ask about the rest."""

    archive: Archive
    actor: Actor
    today: date
    known: Mapping[str, str]

    @property
    def partnership(self) -> Partnership:
        """The one that is settled."""
        found = self.archive.partnership(self.actor, self.known.get("partnership", ""))
        if found is None:
            raise NoPartnership
        return found

    @property
    def owners(self) -> tuple[Person, ...]:
        """Who may own it: both companies' people, or one's own where the other side sees nothing."""
        people = self.archive.people(self.actor, self.partnership.id)
        own = Visibility(self.known["class"]).side is not None
        return tuple(one for one in people if not own or one.organisation == self.actor.organisation)


def vocabulary(archive: Archive, actor: Actor, today: date) -> grammar.Vocabulary:
    """The studies and partners whose names mean something in this speaker's mouth."""
    partnerships = archive.partnerships(actor)
    studies = (study for one in partnerships for study in archive.studies(actor, one.id))
    partners = tuple(_partner(actor, one) for one in partnerships)
    return grammar.Vocabulary(tuple(dict.fromkeys(studies)), partners, today)


def understood(said: Said) -> Mapping[str, str] | Question:
    """Every field as a value, or the first question that is open; raises the Refusal of what cannot be."""
    known = dict(said.known)
    for settle in (_title, _scope, _severity, _owner, _due, _study):
        found = settle(Said(said.archive, said.actor, said.today, known))
        if isinstance(found, Question):
            return found
        known |= found
    return known


def _partner(actor: Actor, partnership: Partnership) -> str:
    """The company across the table."""
    return partnership.company((actor.side or Side.SPONSOR).other)


def _title(said: Said) -> Mapping[str, str]:
    title = said.known.get("title", "").strip()
    if not any(letter.isalnum() for letter in title):
        raise EmptyTitle
    if len(title) > LONGEST_TITLE:
        raise TitleTooLong(count=str(len(title)))
    return {"title": title}


def _scope(said: Said) -> Mapping[str, str] | Question:
    """Partner and class: the room's, or asked, with who would see it in each answer."""
    options = _options(said)
    chosen = (said.known.get("partnership", ""), said.known.get("class", ""))
    if chosen in options:
        return NO_ANSWER
    if not options:
        raise NoPartnership
    room = (said.known.get("room partnership", ""), said.known.get("room class", ""))
    if room[0]:
        return _in_room(said, options, room)
    if said.known.get("private") and len(options) == 1 and _is_said(said):
        return {"partnership": options[0][0], "class": options[0][1]}
    return _ask_scope(said, options)


def _is_said(said: Said) -> bool:
    """In a direct message partner and class are asked unless both were said."""
    one_partner = said.known.get("partner") or len(said.actor.partnerships) == 1
    return bool(one_partner and said.known.get("visibility"))


def _options(said: Said) -> list[tuple[str, str]]:
    """Every (partnership, class) that the words leave open, internal ones first."""
    wanted = said.known.get("visibility", "")
    own = internal(said.actor.side or Side.SPONSOR)
    classes = {"internal": [own], "shared": [Visibility.SHARED], "restricted": [Visibility.RESTRICTED]}
    partnerships = said.archive.partnerships(said.actor)
    partner = said.known.get("partner", "")
    return [
        (one.id, str(visibility))
        for one in partnerships
        if partner in ("", _partner(said.actor, one))
        for visibility in classes.get(wanted, [own, Visibility.SHARED, Visibility.RESTRICTED])
    ]


def _in_room(
    said: Said, options: list[tuple[str, str]], room: tuple[str, str]
) -> Mapping[str, str] | Question:
    """The room's own class, or a narrower one that was said; a wider one is previewed first."""
    here = [option for option in options if option[0] == room[0]]
    if not here:
        settled = said.archive.partnership(said.actor, room[0])
        raise OtherPartner(
            companies=f"{settled.sponsor_name} and {settled.cro_name}" if settled else "others"
        )
    if room in here:
        return {"partnership": room[0], "class": room[1]}
    if here[0][1] == Visibility.SHARED:
        return _ask_scope(said, [*here, room])
    return {"partnership": here[0][0], "class": here[0][1]}


def _ask_scope(said: Said, options: list[tuple[str, str]]) -> Question:
    plain = [option for option in options if option[1] != Visibility.RESTRICTED] or options
    answers = tuple(
        (_label(said, option), {"partnership": option[0], "class": option[1]}) for option in plain
    )
    partner = _partner(said.actor, said.archive.partnerships(said.actor)[0])
    return Question(
        "Which partnership is it about, and who may see it?",
        answers,
        f"Or say it in one line: …, for {partner}, shared (or internal, or restricted to you and the owner)",
    )


def _label(said: Said, option: tuple[str, str]) -> str:
    """Who would see it: the preview."""
    partnership = said.archive.partnership(said.actor, option[0])
    assert partnership is not None  # noqa: S101 it came from the actor's own
    seen = cards.who_sees(Visibility(option[1]), partnership)
    about = "" if option[1] == Visibility.SHARED else f" (about {_partner(said.actor, partnership)})"
    return f"{seen}{about}"


def _severity(said: Said) -> Mapping[str, str] | Question:
    words = said.known.get("severity", "").lower()
    if words in list(Severity):
        return {"severity": words}
    if words:
        raise NoSuchSeverity(words=words)
    answers = tuple((one.value.capitalize(), {"severity": one.value}) for one in Severity)
    return Question("How severe is it?", answers, "Or say it in one line: …, major, …")


def _owner(said: Said) -> Mapping[str, str] | Question:
    """One person: chosen, named without doubt, or asked."""
    people = {person.id: person for person in said.owners}
    if said.known.get("owner id") in people:
        return NO_ANSWER
    words = said.known.get("owner", "")
    if not words:
        return _ask_owner(said, people)
    found = grammar.people_called(words, people.values())
    if len(found) == 1:
        return {"owner id": found[0].id}
    if not found:
        raise NoSuchOwner(words=words.lstrip("@")[:60], example=people[said.actor.person].name)
    return Question(
        f"Which {words.lstrip('@')}?", _named(said, found), "Or say the full name: …, owner Ada Lovelace"
    )


def _ask_owner(said: Said, people: Mapping[str, Person]) -> Question:
    """The pair at the level where it opens, and oneself; anyone else can be typed."""
    rule = said.archive.policy(said.actor, said.partnership.id).rules[Severity(said.known["severity"])]
    pairs = said.archive.counterparts(said.actor, said.partnership.id)
    likely = dict.fromkeys((*pair(pairs, rule.start_level), said.actor.person))
    return Question(
        "Who owns it?",
        _named(said, tuple(people[one] for one in likely if one in people)),
        "Or say it in one line with anyone’s name: …, owner @name",
    )


def _named(said: Said, people: tuple[Person, ...]) -> tuple[tuple[str, Mapping[str, str]], ...]:
    companies = {said.partnership.organisation(side): said.partnership.company(side) for side in Side}
    return tuple((f"{one.name} ({companies[one.organisation]})", {"owner id": one.id}) for one in people[:10])


def _due(said: Said) -> Mapping[str, str] | Question:
    words = said.known.get("due", "")
    if not words:
        return NO_ANSWER
    found = dates.read(words, said.today)
    match found:
        case None:
            raise UnreadableDate(words=words[:60])
        case dates.Unclear(options=options):
            answers = tuple((when.day(day), {"due": day.isoformat()}) for day in options)
            return Question(f"Which day is {words}?", answers, "Or write it as 2026-11-28 or 28 Nov")
        case date() if found < said.today:
            raise PastDate(day=when.day(found))
    return {"due day": found.isoformat()}


def _study(said: Said) -> Mapping[str, str]:
    words = said.known.get("study", "")
    studies = said.archive.studies(said.actor, said.partnership.id)
    if not words:
        return NO_ANSWER
    found = next((study for study in studies if study.lower() == words.lower()), "")
    if not found:
        raise NoSuchStudy(words=words[:40], studies=", ".join(studies) or "not set up yet")
    return {"study": found}
