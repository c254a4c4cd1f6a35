"""What is still unclear about an issue: each field is settled, asked about or refused, never guessed."""

from collections.abc import Callable, Mapping
from datetime import date

from bot import dates, grammar
from bot.cards import when
from bot.errors import Refusal
from bot.governance.escalation import Severity
from bot.governance.partnership import Person, pair
from bot.handlers import issue_beside as beside
from bot.handlers import issue_blinding as blinding
from bot.handlers import issue_scope
from bot.handlers.acting import LONGEST_LINE, LONGEST_TEXT
from bot.handlers.issue_said import NO_ANSWER, Question, Said, Understood, named, studies_of

LONGEST_CATEGORY = 60
Settling = tuple[tuple[str, Callable[[Said], Mapping[str, str] | Question]], ...]


class EmptyTitle(Refusal):
    """An issue needs a title; say in a few words what is wrong, for example: TMF backlog at site 104"""


class TitleTooLong(Refusal):
    """A title has at most 200 characters and this one has {count}; put the rest on a line below."""


class NoSuchOwner(Refusal):
    """“{words}” is nobody who can own this; try a full name, for example {example}."""


class UnreadableDate(Refusal):
    """“{words}” cannot be read as a day; write it as 28 Nov or 2026-11-28, without a time."""


class PastDate(Refusal):
    """{day} is in the past; give a day from today on, for example next Friday."""


class NoSuchStudy(Refusal):
    """There is no study “{words}” here; the studies are {studies}."""


class NoSuchSeverity(Refusal):
    """“{words}” is not a severity; say critical, major or minor."""


class LongCategory(Refusal):
    """A category has at most 60 characters and this one has {count}; one or two words will do."""


class LongDescription(Refusal):
    """A description has at most 3,000 characters and this one has {count}; shorten it and send it again."""


def understood(said: Said, table: Settling | None = None) -> Understood:
    """Every field, in the order of the form: settled, asked about or refused; an issue's, or the table's."""
    known, open_now = dict(said.known), dict[str, Question | Refusal]()
    for name, settle in SETTLED if table is None else table:
        try:
            found = settle(Said(said.archive, said.actor, said.today, known))
        except Refusal as refusal:
            open_now[name] = refusal
            continue
        if isinstance(found, Question):
            open_now[name] = found
        else:
            known |= found
    return Understood(known, open_now)


def _title(said: Said) -> Mapping[str, str]:
    title = said.known.get("title", "").strip()
    if not any(letter.isalnum() for letter in title):
        raise EmptyTitle
    if len(title) > LONGEST_LINE:
        raise TitleTooLong(count=str(len(title)))
    return {"title": title}


def _severity(said: Said) -> Mapping[str, str] | Question:
    words = said.known.get("severity", "").lower()
    if words in list(Severity):
        return {"severity": words}
    if words:
        raise NoSuchSeverity(words=words)
    answers = tuple((one.value.capitalize(), {"severity": one.value}) for one in Severity)
    return Question("How severe is it?", answers, "Or say it in one line: …, major, …", missing=True)


def _owner(said: Said) -> Mapping[str, str] | Question:
    """One person: chosen, named without doubt, or asked."""
    people = {person.id: person for person in said.owners}
    if said.known.get("owner id") in people:
        return NO_ANSWER
    if not said.known.get("owner"):
        return _ask_owner(said, people)
    found = one_called(said, "owner", tuple(people.values()))
    if found is None:
        words = said.known["owner"].lstrip("@")[:60]
        raise NoSuchOwner(words=words, example=people[said.actor.person].name)
    return found


def one_called(said: Said, field: str, people: tuple[Person, ...]) -> Mapping[str, str] | Question | None:
    """Whom the words of that field name: one person, a question which of several, None where nobody."""
    words = said.known.get(field, "")
    found = grammar.people_called(words, people)
    if len(found) == 1:
        return {f"{field} id": found[0].id}
    hint = f"Or say the full name: …, {field} Ada Lovelace"
    return Question(f"Which {words.lstrip('@')}?", answers(said, found, field), hint) if found else None


def _ask_owner(said: Said, people: Mapping[str, Person]) -> Question:
    """The pair at the level where it opens, and oneself; anyone else can be typed."""
    likely = dict.fromkeys((*_pair(said), said.actor.person))
    return Question(
        "Who owns it?",
        answers(said, tuple(people[one] for one in likely if one in people), "owner"),
        "Or say it in one line with anyone’s name: …, owner @name",
        missing=True,
    )


def _pair(said: Said) -> tuple[str, ...]:
    """Who decides where it opens; nobody while partner or severity are open."""
    severity = said.known.get("severity", "")
    if len(said.partnerships) != 1 or severity not in list(Severity):
        return ()
    partnership = said.partnerships[0].id
    rule = said.archive.policy(said.actor, partnership).rules[Severity(severity)]
    return pair(said.archive.counterparts(said.actor, partnership), rule.start_level)


def answers(said: Said, people: tuple[Person, ...], field: str) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Each of them as an answer to press."""
    return tuple((label, {f"{field} id": person}) for person, label in named(said.partnerships, people[:10]))


def due(said: Said) -> Mapping[str, str] | Question:
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
        case date() if found < said.today and found.isoformat() != said.known.get("due before"):
            raise PastDate(day=when.day(found))
    return {"due day": found.isoformat()}


def study(said: Said) -> Mapping[str, str] | Question:
    words = said.known.get("study", "")
    studies = studies_of(said)
    if beside.wanted(said) and words.lower() != said.known.get("study before", "-").lower():
        return _study_of_three(said, words)
    if not words:
        return NO_ANSWER
    found = next((study for study in studies if study.lower() == words.lower()), "")
    if not found:
        raise NoSuchStudy(words=words[:40], studies=", ".join(studies) or "not set up yet")
    return {"study": found}


def _study_of_three(said: Said, words: str) -> Mapping[str, str] | Question:
    """A third company reads it because it serves the same study."""
    studies = beside.studies_of(said)
    found = next((study for study in studies if study.lower() == words.lower()), "")
    if found or not studies:
        return {"study": found} if found else NO_ANSWER
    if words:
        raise beside.ThreeOnStudy(studies=" or ".join(studies))
    answers = tuple((study, {"study": study}) for study in studies)
    return Question("Which study is it about?", answers, "Or say it in one line: …, HAL-301, …", missing=True)


def _category(said: Said) -> Mapping[str, str]:
    length = len(said.known.get("category", ""))
    if length > LONGEST_CATEGORY:
        raise LongCategory(count=f"{length:,}")
    return NO_ANSWER


def _description(said: Said) -> Mapping[str, str]:
    length = len(said.known.get("description", ""))
    if length > LONGEST_TEXT:
        raise LongDescription(count=f"{length:,}")
    return NO_ANSWER


def _why(said: Said) -> Mapping[str, str] | Question:
    """A change of severity or due date has a reason; its form knows what stood there before."""
    words = said.known.get("why", "")
    if len(words) > LONGEST_TEXT:
        raise LongDescription(count=f"{len(words):,}")
    before = {name: said.known.get(f"{name} before") for name in ("severity", "due")}
    now = {"severity": said.known.get("severity"), "due": said.known.get("due day", "")}
    if "changes" not in said.known or before == now or any(sign.isalnum() for sign in words):
        return NO_ANSWER
    return Question("Say why the severity or the due date changes.", (), "", missing=True)


SETTLED: Settling = (
    ("title", _title),
    ("class", issue_scope.settled),
    ("severity", _severity),
    ("owner id", _owner),
    ("owner id", blinding.owner),
    ("due", due),
    ("study", study),
    ("category", _category),
    ("description", _description),
    ("why", _why),
    (blinding.FIELD, blinding.topic),
)
