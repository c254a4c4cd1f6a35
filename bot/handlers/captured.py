"""What a draft that was made of a message knows beside its fields, and how its form tells of it.

`CAPTURED` is the partnership of the room in which the message was said, or "yes"; `NOTED` stands above the
form; `EARLIER` are the ids of records that were made of it before. Beside "owner", "receiver" and "due" are
"… first", "… days" and "… words": whom and which days the words may mean, where they leave that open.
"""

from collections.abc import Mapping
from datetime import date

from bot.cards import when
from bot.errors import Refusal
from bot.governance.partnership import Partnership
from bot.handlers.issue_said import Question, Said
from bot.views import Notice

CAPTURED, NOTED, EARLIER, LINK = "captured", "noted", "earlier", "link"
Options = tuple[tuple[str, str], ...]


class SaidInARoom(Refusal):
    """That was said in the room for {companies}, so it is recorded for them alone; choose that partner."""


class CapturedMeanwhile(Refusal):
    """Somebody of your company has made {number} of that message meanwhile, so nothing was saved; to have
    another one, capture it again."""


def notice(known: Mapping[str, str]) -> Notice | None:
    """Who said it and when, and what is special about it."""
    return Notice(known[NOTED]) if known.get(NOTED) else None


def likely_first(known: Mapping[str, str], name: str, options: Options) -> Options:
    """The options with those on top that the words may mean."""
    first = known.get(f"{name} first", "").split("\n")
    places = {one: place for place, one in enumerate(first)}
    return tuple(sorted(options, key=lambda option: places.get(option[0], len(places))))


def likely(known: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Whom the words may mean, by id."""
    return tuple(one for one in known.get(f"{name} first", "").split("\n") if one)


def which_day(known: Mapping[str, str]) -> Question | None:
    """Which of the days that the words may mean; None where they mean one, or none."""
    if known.get("due") or not known.get("due days"):
        return None
    days = [date.fromisoformat(one) for one in known["due days"].split("\n")]
    answers = tuple((when.day(one), {"due": one.isoformat()}) for one in days)
    return Question(f"Which day is “{known.get('due words', '')}”?", answers, "Or write it as 28 Nov")


def homes(known: Mapping[str, str], mine: tuple[Partnership, ...]) -> tuple[Partnership, ...]:
    """The partnerships it may be about: what was said in a room stays with its partnership."""
    return tuple(one for one in mine if one.id == known.get(CAPTURED)) or mine


def stays(said: Said) -> None:
    """Refuses another partner than the one in whose room it was said."""
    mine = said.archive.partnerships(said.actor)
    here, chosen = homes(said.known, mine), said.known.get("partnership")
    if chosen and here != mine and chosen not in [one.id for one in here]:
        raise SaidInARoom(companies=f"{here[0].sponsor_name} and {here[0].cro_name}")


def made_before(said: Said, noun: str) -> tuple[str, ...]:
    """The ids of what the reader's side made of that message and the reader may see."""
    ids = said.archive.began_with(said.actor, said.known.get(LINK, ""))
    get = {"commit": said.archive.commitment, "decision": said.archive.decision}[noun]
    return tuple(one for one in ids if get(said.actor, one))


def once(said: Said, noun: str) -> None:
    """Refuses where somebody else was faster with the same message."""
    known = said.known.get(EARLIER, "").split("\n")
    if CAPTURED in said.known and (new := [one for one in made_before(said, noun) if one not in known]):
        raise CapturedMeanwhile(number=new[0])
