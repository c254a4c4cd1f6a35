"""A decision that is being recorded: each field of it is settled or asked about, never guessed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot import dates, decision_words, grammar
from bot.cards import when
from bot.errors import Refusal
from bot.governance import deciding
from bot.governance.partnership import Person
from bot.governance.session import State
from bot.governance.visibility import Side, Visibility
from bot.handlers import captured, scope
from bot.handlers.acting import LONGEST_LINE, LONGEST_TEXT, TooMuch, Unsaid
from bot.handlers.decision import NoSuchDecision
from bot.handlers.decision_said import Making, Settle, Understood
from bot.handlers.issue_ask import NoSuchStudy, PastDate, UnreadableDate
from bot.handlers.issue_day import UnclearDay
from bot.handlers.issue_said import Question, Said

MOST = 20  # deciders, options or pieces of evidence


class NoOutcome(Unsaid):
    """Say what was decided, for example: approve recovery plan v2"""


class NoRationale(Unsaid):
    """Say why it was decided; whoever asks later reads that first."""


class NoDeciders(Unsaid):
    """Name who decided it."""


class OneOfEachSide(Refusal):
    """Nobody of {company} decides it, so it could never be final; name at least one of each side."""


class OwnDeciders(Refusal):
    """Only {company} sees it, so {name} cannot decide it; leave them out or choose who may see it again."""


class NoSuchDecider(Refusal):
    """“{words}” is nobody who can decide this; try a full name, for example {example}."""


class WhichDecider(Refusal):
    """Which {words}: {choices}? Write the full name."""


class MoreThanTwenty(Refusal):
    """There can be 20 of them and these are {count}; leave the least ones out."""


class NotASession(Refusal):
    """There is no session “{words}” here; “session list” shows them."""


class CancelledSession(Refusal):
    """{session} was cancelled, so nothing was decided in it; choose another one or none."""


class SessionIsShared(Refusal):
    """A session is both companies’, so what it decides is shared; leave it out, or share the decision."""


class NotYetDecided(Refusal):
    """{day} is still to come; give the day on which it was decided."""


def understood(making: Making) -> Understood:
    """Every field in turn; each sees what those before it came to."""
    known, still = dict(making.known), dict[str, Question | Refusal]()
    for name, settle in SETTLED:
        try:
            found = settle(replace(making, known=known))
        except Refusal as refusal:
            still[name] = refusal
            continue
        if isinstance(found, Question):
            still[name] = found
        else:
            known |= found
    return Understood(replace(making, known=known), still)


def _scope(making: Making) -> Mapping[str, str] | Question:
    """Partner and class as an issue's are, but shared or one's own only."""
    return scope.settled(Said(making.archive, making.actor, making.today, making.known))


def _short(name: str, longest: int, missing: type[Refusal] | None = None) -> Settle:
    def settle(making: Making) -> Mapping[str, str]:
        words = making.said(name)
        if len(words) > longest:
            raise TooMuch(most=f"{longest:,}", count=f"{len(words):,}")
        if missing and not any(sign.isalnum() for sign in words):
            raise missing
        return {name: words}

    return settle


def _lines(name: str) -> Settle:
    def settle(making: Making) -> Mapping[str, str]:
        found = decision_words.lines(making.said(name))
        if len(found) > MOST:
            raise MoreThanTwenty(count=str(len(found)))
        return {name: "\n".join(found)}

    return settle


def _deciders(making: Making) -> Mapping[str, str]:
    """Chosen, or named without doubt; of both sides, or of the one that sees it."""
    people = {one.id: one for one in making.people}
    chosen = [one for one in making.said("deciders").split("\n") if one]
    if not all(one in people for one in chosen):
        chosen = [_called(making, words) for words in decision_words.names(making.said("deciders"))]
    if not chosen:
        raise NoDeciders
    if len(chosen) > MOST:
        raise MoreThanTwenty(count=str(len(chosen)))
    if making.visibility is Visibility.SHARED and making.said("partnership"):
        _of_both(making, chosen, people)
    return {"deciders": "\n".join(dict.fromkeys(chosen))}


def _called(making: Making, words: str) -> str:
    found = grammar.people_called(words, making.people)
    if len(found) == 1:
        return found[0].id
    said = words.lstrip("@")[:60]
    if found:
        raise WhichDecider(words=said, choices=" or ".join(one.name for one in found[:5]))
    everyone = [one for home in making.homes for one in making.archive.people(making.actor, home.id)]
    theirs = grammar.people_called(words, everyone)
    if theirs:
        company = making.homes[0].company(making.side)
        raise OwnDeciders(company=company, name=theirs[0].name)
    raise NoSuchDecider(words=said, example=making.actor.name or making.people[0].name)


def _of_both(making: Making, chosen: list[str], people: Mapping[str, Person]) -> None:
    home = making.homes[0]
    there = {home.side_of(people[one].organisation) for one in chosen}
    for side in Side:
        if side not in there:
            raise OneOfEachSide(company=home.company(side))


def _session(making: Making) -> Mapping[str, str]:
    words = making.said("session")
    if not words:
        return {"session": ""}
    low = words.casefold().lstrip("#")
    found = [one for one in making.sessions if low in _called_so(one.id)]
    if len(found) != 1:
        raise NotASession(words=words[:40])
    if found[0].state is State.CANCELLED:
        raise CancelledSession(session=found[0].id)
    if making.visibility and making.visibility.side is not None:
        raise SessionIsShared
    return {"session": found[0].id}


def _called_so(session: str) -> tuple[str, ...]:
    """ "nor-mtg-06", "mtg-06", "mtg-6", "06", "6"."""
    digits = session.rpartition("-")[2]
    short = digits.lstrip("0") or digits
    return (session.casefold(), f"mtg-{digits}", f"mtg-{short}", digits, short)


def _supersedes(making: Making) -> Mapping[str, str]:
    words = making.said("supersedes").lstrip("#")
    if not words:
        return {"supersedes": ""}
    homes = {one.id for one in making.homes}
    found = making.archive.decisions_numbered(making.actor, words)
    here = [one for one in found if one.partnership in homes]
    here = [one for one in here if one.visibility is making.visibility] or here
    if len(here) != 1:
        raise NoSuchDecision(number=words.upper()[:40])
    if making.visibility is not None:
        deciding.check_supersede(here[0], making.homes[0].id, making.visibility)
    return {"supersedes": here[0].id}


def _day(making: Making, name: str) -> date | None:
    words = making.said(name)
    if not words:
        return None
    match dates.read(words, making.today):
        case None:
            raise UnreadableDate(words=words[:60])
        case dates.Unclear(options=options):
            raise UnclearDay(words=words[:60], choices=" or ".join(when.day(one) for one in options))
        case date() as found:
            return found


def _follow_up(making: Making) -> Mapping[str, str]:
    found = _day(making, "follow_up")
    if found and found < making.today:
        raise PastDate(day=when.day(found))
    return {"follow_up": found.isoformat() if found else ""}


def _decided_on(making: Making) -> Mapping[str, str]:
    """As said, else the day of its session where that is not to come, else today."""
    found = _day(making, "decided_on")
    if found and found > making.today:
        raise NotYetDecided(day=when.day(found))
    session = next((one for one in making.sessions if one.id == making.said("session")), None)
    held = session.day if session and session.day <= making.today else making.today
    return {"decided_on": (found or held).isoformat()}


def _study(making: Making) -> Mapping[str, str]:
    words = making.said("study")
    known = [study for home in making.homes for study in making.archive.studies(making.actor, home.id)]
    found = next((one for one in known if grammar.fold(one) == grammar.fold(words)), "")
    if words and not found:
        raise NoSuchStudy(words=words[:40], studies=", ".join(dict.fromkeys(known)) or "not set up yet")
    return {"study": found}


def _once(making: Making) -> Mapping[str, str]:
    """A message that somebody else captured meanwhile."""
    captured.once(Said(making.archive, making.actor, making.today, making.known), "decision")
    return {}


SETTLED: tuple[tuple[str, Settle], ...] = (
    ("outcome", _once),
    ("class", _scope),
    ("outcome", _short("outcome", LONGEST_TEXT, NoOutcome)),
    ("question", _short("question", LONGEST_LINE)),
    ("rationale", _short("rationale", LONGEST_TEXT, NoRationale)),
    ("options", _short("options", LONGEST_TEXT)),
    ("options", _lines("options")),
    ("deciders", _deciders),
    ("session", _session),
    ("supersedes", _supersedes),
    ("follow_up", _follow_up),
    ("decided_on", _decided_on),
    ("study", _study),
    ("evidence", _short("evidence", LONGEST_TEXT)),
    ("evidence", _lines("evidence")),
)
