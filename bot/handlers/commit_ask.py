"""What is still unclear about a promise: each field is settled, asked about or refused, never guessed."""

from collections.abc import Mapping

from bot.errors import Refusal
from bot.governance.partnership import Level, Person, named
from bot.governance.visibility import Side, Visibility
from bot.handlers import captured, issue_ask, scope
from bot.handlers.acting import LONGEST_LINE
from bot.handlers.issue_said import NO_ANSWER, Question, Said, Understood

MINE = "mine"  # a draft of words in which its writer promises something


class EmptyPromise(Refusal):
    """A commitment needs words; say what is promised, for example: recovery plan for the backlog"""


class LongPromise(Refusal):
    """A commitment has at most 200 characters and this one has {count}; say the rest as evidence."""


class NobodyToPromise(Refusal):
    """“{words}” is nobody who can promise this; try a full name, for example {example}."""


class NobodyToReceive(Refusal):
    """“{words}” is nobody it can be promised to; try a full name, for example {example}."""


class ToOneself(Refusal):
    """Nobody promises something to themselves; name another person, or keep an action item of your own."""


class SameCompany(Refusal):
    """What both companies see is promised to the other one; name somebody there, or say internal."""


def understood(said: Said) -> Understood:
    """Every field, in the order in which it is asked: settled, asked about or refused."""
    return issue_ask.understood(said, SETTLED)


def _text(said: Said) -> Mapping[str, str]:
    text = " ".join(said.known.get("text", "").split())
    if not any(letter.isalnum() for letter in text):
        raise EmptyPromise
    if len(text) > LONGEST_LINE:
        raise LongPromise(count=f"{len(text):,}")
    return {"text": text}


def _class(said: Said) -> Mapping[str, str] | Question:
    return NO_ANSWER if "changes" in said.known else scope.settled(said)


def _receiver(said: Said) -> Mapping[str, str] | Question:
    """One person: chosen, named without doubt, or asked; never guessed."""
    found = _person(said, "receiver", NobodyToReceive)
    if found is None:
        likely = answers(said, _also(said, "receiver", _expecting(said)), "receiver")
        hint = "Or say it in one line with anyone’s name: …, to @name"
        return Question("Who is it promised to?", likely, hint, missing=True)
    return found


def _owner(said: Said) -> Mapping[str, str] | Question:
    """Whoever types a promise makes it, unless they name somebody else or are promised it themselves."""
    found = _person(said, "owner", NobodyToPromise)
    speaker = said.actor.person
    if found is None and MINE in said.known and said.known.get("receiver id") != speaker:
        return {"owner id": speaker}
    if found is None:
        likely = dict.fromkeys((speaker, *(one.id for one in _pair(said, tuple(Side)))))
        people = tuple(one for person in likely for one in said.owners if one.id == person)
        people = _also(said, "owner", people)
        hint = "Or say it in one line with anyone’s name: …, owner @name"
        return Question("Who promises it?", answers(said, people, "owner"), hint, missing=True)
    return found


def _person(said: Said, field: str, nobody: type[Refusal]) -> Mapping[str, str] | Question | None:
    """Whoever is chosen or named; None where nobody was."""
    known = {one.id: one for one in said.owners}
    if said.known.get(f"{field} id") in known:
        return NO_ANSWER
    words = said.known.get(field, "")
    if not words:
        return None
    found = issue_ask.one_called(said, field, said.owners)
    if found is None:
        raise nobody(words=words.lstrip("@")[:60], example=known[said.actor.person].name)
    return found


def _between(said: Said) -> Mapping[str, str]:
    """Two people, of two companies where both see it."""
    owner, receiver = said.known.get("owner id"), said.known.get("receiver id")
    if not owner or not receiver:
        return NO_ANSWER
    if owner == receiver:
        raise ToOneself
    companies = {one.organisation for one in said.owners if one.id in (owner, receiver)}
    if said.known.get("class") == Visibility.SHARED and len(companies) < 2:
        raise SameCompany
    return NO_ANSWER


def _expecting(said: Said) -> tuple[Person, ...]:
    """Whom it is likely promised to: who decides across the table, the study team first; or a colleague."""
    side = said.actor.side or Side.SPONSOR
    shared = said.known.get("class") == Visibility.SHARED
    return tuple(one for one in _pair(said, (side.other if shared else side,)) if one.id != said.actor.person)


def _pair(said: Said, sides: tuple[Side, ...]) -> tuple[Person, ...]:
    """Those who are named at each level, where the partnership is settled."""
    if len(said.partnerships) != 1:
        return ()
    pairs = said.archive.counterparts(said.actor, said.partnerships[0].id)
    people = {one.id: one for one in said.owners}
    found = dict.fromkeys(named(pairs, level, side) for level in Level for side in sides)
    return tuple(people[one] for one in found if one in people)


def _due(said: Said) -> Mapping[str, str] | Question:
    if said.known.get("due"):
        return issue_ask.due(said)
    if one_of := captured.which_day(said.known):
        return one_of
    return Question("By when?", (), "Or say it in one line: …, by 28 Nov", missing=True)


def _also(said: Said, field: str, people: tuple[Person, ...]) -> tuple[Person, ...]:
    """With those first whom the words of a message may mean."""
    known = {one.id: one for one in said.owners}
    first = {one: known[one] for one in captured.likely(said.known, field) if one in known}
    return tuple((first | {one.id: one for one in people}).values())


def _once(said: Said) -> Mapping[str, str]:
    """A message that somebody else captured meanwhile."""
    captured.once(said, "commit")
    return NO_ANSWER


answers = issue_ask.answers
SETTLED: issue_ask.Settling = (
    ("text", _once),
    ("text", _text),
    ("class", _class),
    ("receiver id", _receiver),
    ("owner id", _owner),
    ("receiver id", _between),
    ("due", _due),
    ("study", issue_ask.study),
)
