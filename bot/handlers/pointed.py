"""A message that somebody points at: who wrote it and when, and what its words propose."""

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot import decided_words, grammar, promise_words
from bot.cards import when
from bot.errors import Refusal
from bot.governance.partnership import Person
from bot.governance.visibility import Visibility
from bot.handlers.captured import NOTED
from bot.handlers.issue_marks import unmarked
from bot.handlers.issue_said import Said
from bot.ports import Request
from bot.promise_words import Around, Who
from bot.sentences import LONGEST

LONGEST_QUOTE = 240  # characters of the message that stand above its form


class DeletedMessage(Refusal):
    """That message was deleted, so nothing was captured; if it still holds, say it yourself: {example}"""


class WordlessMessage(Refusal):
    """There are no words in that message, so nothing was captured; say it yourself: {example}"""


class NotYourRoom(Refusal):
    """This channel belongs to a partnership that you are not part of, so nothing was captured."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """Its plain words, cut where they are long; who wrote it, and the day where they are.

    `home` is the partnership of the room it was said in, else "yes"; `people` may be named in it. `today` is
    the day where somebody points at it.
    """

    words: str
    writer: Person | None
    said: date
    today: date
    home: str
    people: tuple[Person, ...]
    special: tuple[str, ...]

    def note(self, others: int, noun: str) -> str:
        """What stands above the form: the message, what is special about it, and what is not in the form."""
        who = f"{self.writer.name}, " if self.writer else ""
        quoted = textwrap.shorten(self.words, LONGEST_QUOTE, placeholder="…")
        more = f"It seems to hold {others} more {noun}{'s' if others > 1 else ''}; capture it again for each."
        lines = (f"{who}{when.day(self.said)}: “{quoted}”", *self.special, more if others else "")
        return " ".join(line for line in lines if line)

    @property
    def promised(self) -> Mapping[str, str]:
        """The fields of a commitment."""
        known = self.writer.id if self.writer and self.writer in self.people else ""
        found = promise_words.promise(self.words, Around(self.said, self.people, known))
        days = [one.isoformat() for one in found.days]
        return {
            NOTED: self.note(found.others, "promise"),
            "said": self.words,
            "text": found.text,
            **_who("owner", found.owner),
            **_who("receiver", found.receiver),
            **(
                {"due": days[0]} if len(days) == 1 else {"due days": "\n".join(days), "due words": found.when}
            ),
        }

    @property
    def decided(self) -> Mapping[str, str]:
        """The fields of a decision; where no words say that they decide, all of them are proposed."""
        found = decided_words.decided(self.words)
        return {
            NOTED: self.note(found.others, "decision"),
            ":said": self.words,
            "outcome": found.outcome or self.words[: decided_words.LONGEST_TEXT],
            "rationale": found.why,
            "question": found.question,
            "decided_on": min(self.said, self.today).isoformat(),
        }


def pointed(request: Request, example: str) -> Pointed:
    """The message that the request points at, as it stands now. A Refusal where there is nothing to take."""
    told = request.intent.fields
    if told.get("gone"):
        raise DeletedMessage(example=example)
    words = grammar.clean(unmarked(request, {"words": told.get("words", "")})["words"])
    if not any(sign.isalnum() for sign in words):
        raise WordlessMessage(example=example)
    home = _home(request)
    scope = {"partnership": home[0], "class": home[1]} if home else {}
    people = Said(request.archive, request.actor, request.today, scope).owners
    writer = _writer(request)
    special = tuple(_special(request, words, writer))
    day = when.local(_said_at(request), _zone(request, writer))
    where = home[0] if home else "yes"
    return Pointed(words[:LONGEST], writer, day, request.today, where, people, special)


def _home(request: Request) -> tuple[str, str] | None:
    """The partnership and class of the room it was said in; refused where that is somebody else's.

    Who is a guest in their partner's room sees there what both companies see.
    """
    archive, actor, place = request.archive, request.actor, request.intent.place
    if room := archive.room_at(actor, place):
        return room.partnership, str(room.visibility)
    rooms = () if place.private else archive.rooms_at(place)
    linked = [one for room_id in rooms if (one := archive.room_actor(room_id))]
    homes = sorted(actor.partnerships.intersection(*(one.partnerships for one in linked)) if linked else ())
    if linked and not homes:
        raise NotYourRoom
    return (homes[0], Visibility.SHARED.value) if homes else None


def _writer(request: Request) -> Person | None:
    account = next(iter(request.intent.accounts), None)
    return request.archive.person_at(account.handle) if account else None


def _said_at(request: Request) -> datetime:
    """When it was said, in business time; now, where its platform does not tell."""
    try:
        told = datetime.fromisoformat(request.intent.fields.get("said at", ""))
        return min(told + (request.now - request.wall), request.now)
    except (ValueError, TypeError, OverflowError):
        return request.now


def _zone(request: Request, writer: Person | None) -> str:
    """Where it was said: the writer's zone, else that of who points at it."""
    actor = request.archive.person_actor(writer.id) if writer else None
    return actor.zone if actor else request.actor.zone


def _special(request: Request, words: str, writer: Person | None) -> Iterator[str]:
    told = request.intent.fields
    if told.get("edited at"):
        yield "It was edited since, and this is how it reads now."
    if told.get("cut") or len(words) > LONGEST:
        yield f"It is long: only its first {LONGEST:,} characters were read."
    if not request.intent.accounts:
        yield "No person wrote it, but an app."
    elif writer is None:
        yield "Whoever wrote it is not in Parley’s directory."


def _who(name: str, found: Who) -> Mapping[str, str]:
    told = {f"{name} id": found.sure, f"{name} first": "\n".join(found.likely)}
    return {field: value for field, value in told.items() if value}
