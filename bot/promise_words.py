"""What a message promises: "@Rafael please file the reports by Friday" has a text, an owner and a day.

It proposes and never decides: whoever and whatever it names stands in the words, and what they leave open
comes back as several, or as none.
"""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot import deadlines, named_people
from bot.deadlines import Deadline
from bot.governance.partnership import Person
from bot.named_people import GREETING, Called
from bot.sentences import Sentence, Word, sentences

LONGEST_LINE = 200  # characters of what is promised
PROMISES = "will|shall|promise to|commit to|undertake to|agree to"
I_WILL = re.compile(rf"\b(?:I['’]ll|I (?:{PROMISES})|I(?:['’]m| am) going to|let me)\b", re.IGNORECASE)
WE_WILL = re.compile(rf"\b(?:we['’]ll|we (?:{PROMISES})|we(?:['’]re| are) going to)\b", re.IGNORECASE)
NEVER = re.compile(r"\s+(?:not|never|no longer)\b|n['’]t\b", re.IGNORECASE)
ASKS = re.compile(
    r"\b(?:please|kindly|(?:can|could|would|will) you|need you to|bitte|merci de)\b", re.IGNORECASE
)
ALSO = re.compile(r"(?:please|also|then|and|bitte)\b[ ,]*", re.IGNORECASE)
WILL = ("will", "shall", "promises", "promised", "agreed", "agrees", "commits", "committed", "undertakes")
TOLD = ("please", "bitte", "kindly", "to")
GIVEN = ("send", "give", "get", "show", "update", "brief", "inform", "tell", "hand")
GETS = ("to", "for", "with", "an", "für", "à", "pour", *GIVEN)


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around a message: when it was said where its writer is, who wrote it, who may be named.

    `writer` is "" for nobody of ours; `people` are those of both companies.
    """

    said: date
    people: tuple[Person, ...]
    writer: str = ""

    @property
    def company(self) -> tuple[str, ...]:
        """The writer first, then the others of their company."""
        home = next((one.organisation for one in self.people if one.id == self.writer), None)
        others = (one.id for one in self.people if one.organisation == home and one.id != self.writer)
        return (self.writer, *others) if home else ()


@dataclass(frozen=True, slots=True)
class Who:
    """Whom the words mean: `sure` is the one whom they leave no doubt about, `likely` all they may mean."""

    sure: str = ""
    likely: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Promise:
    """What the words come to: `days` are all it may be for, and `when` the words that say so.

    `others` counts further promises in the same message.
    """

    text: str = ""
    owner: Who = Who()
    receiver: Who = Who()
    when: str = ""
    days: tuple[date, ...] = ()
    others: int = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is to do it, from `begins` to where what they are to do begins; `kind` is I, we or a name."""

    begins: int
    ends: int
    people: tuple[str, ...]
    kind: str = "name"


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence: who is named in it, who is to do something, and the days in it."""

    sentence: Sentence
    called: tuple[Called, ...]
    subjects: tuple[Subject, ...]
    days: tuple[Deadline, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """Its words."""
        return self.sentence.words

    @property
    def owners(self) -> tuple[str, ...]:
        """All who may be the one to do it."""
        return _each(subject.people for subject in self.subjects)

    @property
    def spoken_to(self) -> tuple[Called, ...]:
        """Those it begins with."""
        return named_people.spoken_to(self.words, self.called)


def promise(text: str, around: Around) -> Promise:
    """What the message promises; of several promises the first with a day."""
    found = sentences(text)
    if not any(one.is_own for one in found):
        # All of it is somebody else's words: who and when they meant is not ours to say.
        return Promise(_line(found[0].text)) if found else Promise()
    known, company = named_people.names(around.people), around.company
    read = [_reading(one, known, company, around) for one in found if one.is_own]
    promised = [one for one in read if one.subjects]
    dated = [one for one in promised or read if deadlines.chosen(one.days, around.said)]
    return _proposed((dated or promised or read)[0], around, max(len(promised) - 1, 0))


def _reading(
    sentence: Sentence, known: named_people.Names, company: tuple[str, ...], around: Around
) -> Reading:
    people = named_people.called(sentence.words, known)
    own = _spoken(I_WILL, sentence, company[:1], "I")
    ours = _spoken(WE_WILL, sentence, company, "we")
    named = _named(sentence, tuple(one for one in people if not one.owns))
    subjects = tuple(sorted((*own, *ours, *named), key=lambda one: one.begins))
    called = tuple(one for one in people if not one.owns)
    return Reading(sentence, called, subjects, deadlines.days(sentence, around.said))


def _proposed(read: Reading, around: Around, others: int) -> Promise:
    begins = read.subjects[0].ends if read.subjects else 0
    due = deadlines.chosen(read.days, around.said, begins) or deadlines.chosen(read.days, around.said)
    text = _line(_without(read, begins if len(read.subjects) == 1 else 0, due))
    when, days = (due.words, due.days) if due else ("", ())
    receiver = _receiver(read, around.writer if around.company else "")
    return Promise(text or _line(read.sentence.text), _owner(read), receiver, when, days, others)


def _spoken(
    pattern: re.Pattern[str], sentence: Sentence, people: tuple[str, ...], kind: str
) -> Iterator[Subject]:
    for found in pattern.finditer(sentence.seen):
        if not NEVER.match(sentence.seen, found.end()):
            yield Subject(found.start(), found.end(), people, kind)


def _named(sentence: Sentence, called: tuple[Called, ...]) -> Iterator[Subject]:
    """ "@Rafael please …", "Rafael, can you …"; else "Tomasz will …" and "Tomasz to comment …"."""
    words = sentence.words
    asked = ASKS.search(sentence.seen)
    spoken_to = named_people.spoken_to(words, called)
    if asked and spoken_to:
        last = words[spoken_to[-1].after - 1].end
        between = [word for word in words if last <= word.start < asked.start()]
        ends = max(last, asked.end()) if len(between) <= 1 else last
        yield Subject(words[spoken_to[0].first].start, ends, _each(one.people for one in spoken_to))
        return
    for one in called:
        if ends := _does(sentence, one):
            yield Subject(words[one.first].start, ends, one.people)


def _does(sentence: Sentence, one: Called) -> int:
    """Where what they are to do begins; 0 where nothing says that they are to do anything."""
    words = sentence.words
    after = words[one.after] if one.after < len(words) else None
    if after is None or words[one.after - 1].breaks or NEVER.match(sentence.seen, after.end):
        return 0
    before = words[one.first - 1] if one.first else None
    begins = before is None or before.raw[-1:] in ":;" or before.low in GREETING or before.low.isdigit()
    if not (after.low in WILL or (begins and after.low in TOLD)):
        return 0
    further = words[one.after + 1] if one.after + 1 < len(words) else None
    return further.end if further and further.low == "to" and after.low in WILL else after.end


def _owner(read: Reading) -> Who:
    """Sure where one person and nobody else is to do it; "we" is a company, and who of it is asked."""
    if not read.subjects:
        return Who("", _each(one.people for one in read.called))
    unsure = any(one.kind == "we" or not one.people for one in read.subjects)
    return Who(read.owners[0] if len(read.owners) == 1 and not unsure else "", read.owners)


def _receiver(read: Reading, writer: str) -> Who:
    """Who gets it: "to Marcus", "send Marcus", "send me"; whoever is spoken to or asks is only likely."""
    owners = {person for one in read.subjects for person in one.people if one.kind != "we"}
    others = [one for one in read.called if not owners.intersection(one.people)]
    given = _each(one.people for one in others if _is_given(read.words, one))
    spoken = _each(one.people for one in read.spoken_to if one in others and read.subjects)
    asks = writer if writer not in owners and any(one.kind == "name" for one in read.subjects) else ""
    if given:
        return Who(given[0] if len(given) == 1 else "", given)
    if spoken and any(word.low == "you" for word in read.words) and not asks:
        return Who(spoken[0] if len(spoken) == 1 else "", spoken)
    if asks and _is_mine(read.words):
        return Who(asks, (asks,))
    return Who("", spoken or ((asks,) if asks else ()))


def _is_given(words: tuple[Word, ...], one: Called) -> bool:
    """ "to Marcus", "for Marcus", "send Marcus the plan"."""
    before = words[one.first - 1] if one.first else None
    return before is not None and before.low in GETS and not before.breaks


def _is_mine(words: tuple[Word, ...]) -> bool:
    """ "send me", "to me"; not "let me"."""
    return any(one.low in GETS and other.low == "me" for one, other in pairwise(words))


def _without(read: Reading, begins: int, due: Deadline | None) -> str:
    """What is to be done: without who does it, and without the day where that stands at its end."""
    text = read.sentence.text
    ends = len(text)
    if due and due.start >= begins and not any(sign.isalnum() for sign in text[due.end :]):
        ends = due.start
    elif due and due.start >= begins and not any(sign.isalnum() for sign in text[begins : due.start]):
        begins = due.end
    words = text[begins:ends].strip(" ,.;:!?–—-")
    also = ALSO.match(words)
    return words[also.end() :] if also else words


def _line(words: str) -> str:
    """One line with a capital; "" where there is no word in it."""
    line = " ".join(words.split()).strip(" ,;:–—-")
    if not any(sign.isalnum() for sign in line):
        return ""
    return textwrap.shorten(line[0].upper() + line[1:], LONGEST_LINE, placeholder="…")


def _each(groups: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person for people in groups for person in people))
