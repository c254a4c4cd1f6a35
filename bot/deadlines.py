"""The day that running words name: "we will send it by the 28th" has one, and no other is made up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot import dates
from bot.sentences import Sentence, Word

LONGEST = 6  # words of a day: "the end of the next month"
SATURDAY = 5
STRICT = ("before", "vor", "avant")  # the day itself, or the one before it
FIRM = ("by", "until", "till", "due", "deadline", "latest", "bis", "spätestens", "d'ici", *STRICT)
FILLERS = ("the", "on", "at", "no", "not", "later", "than", "zum", "le", "la", "au", "is", "date", "latest")
OTHER = (
    "after",
    "since",
    "from",
    "starting",
    "last",
    "ago",
    "as",
    "seit",
    "nach",
    "ab",
    "depuis",
    "après",
    "dès",
)
RANGE = ("-", "–", "—", "/", "to", "and", "or", "und", "oder", "et", "ou", "bis", "through")
HOUR = re.compile(r"noon|midday|lunch(?:time)?|midnight|\d{1,2}(?:[:.]\d\d)?(?:am|pm|h|uhr)|\d{1,2}:\d\d")
HOURS = ("end of the day", "end of day", "end of business", "close of business", "end of play", "eod", "cob")
STARTS = {
    *("today", "tomorrow", "next", "this", "coming", "in", "end", "day", "the", "a", "week"),
    *dates.SHORT,
}
AHEAD = ("today", "tomorrow", "next", "this", "coming", "in", "end", "day", "a", "week", *dates.SHORT)
FOLLOW = (
    *(
        "and",
        "or",
        "but",
        "to",
        "at",
        "for",
        "from",
        "so",
        "if",
        "then",
        "when",
        "after",
        "before",
        "by",
        "with",
    ),
    *(
        "morning",
        "afternoon",
        "evening",
        "noon",
        "latest",
        "please",
        "as",
        "und",
        "et",
        "we",
        "i",
        "it",
        "the",
    ),
)
COUNTED = ("of", "day", "days", "week", "weeks", "month", "months", "year", "years", "fortnights")
AROUND = " .,;:!?()[]\"'“”„«»"
FRACTION = re.compile(r"\d{1,2}[./]\d{1,2}")
DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.|\d{1,2}\.\d{2}")


@dataclass(frozen=True, slots=True)
class Deadline:
    """Where it stands, the words that name it, and the day; several where the words leave it open."""

    start: int
    end: int
    words: str
    days: tuple[date, ...]
    is_firm: bool = False

    def or_also(self, other: "Deadline") -> "Deadline":
        """Either of the two."""
        days = tuple(sorted({*self.days, *other.days}))
        return replace(
            self, days=days, words=f"{self.words}, {other.words}", is_firm=self.is_firm or other.is_firm
        )


def days(sentence: Sentence, said: date) -> tuple[Deadline, ...]:
    """Every day in the words that may be a deadline, seen from the day they were said."""
    found: list[Deadline] = []
    for one in _hits(sentence, said):
        between = sentence.seen[found[-1].end : one.start].strip(" ,").lower() if found else ""
        if between in RANGE:  # "Monday or Tuesday" is one deadline with two days
            joined = found.pop().or_also(one)
            words = sentence.text[joined.start : one.end].strip(AROUND)
            one = replace(joined, end=one.end, words=words)
        found.append(one)
    return tuple(found)


def chosen(found: tuple[Deadline, ...], said: date, start: int = 0) -> Deadline | None:
    """The deadline among those from `start` on; several days where any of them may be meant.

    What is called one ("by …") counts before a day that just stands there, which is no deadline once past.
    """
    later = [one for one in found if one.start >= start]
    meant = [one for one in later if one.is_firm] or [one for one in later if max(one.days) >= said]
    if not meant:
        return None
    first, *more = meant
    for other in more:
        first = first if other.days == first.days else first.or_also(other)
    return first


def _hits(sentence: Sentence, said: date) -> Iterator[Deadline]:
    """Each phrase that is a day and may be a deadline, longest first, none inside another."""
    words, place = sentence.words, 0
    while place < len(words):
        length, days = _read(words, place, said)
        if length and (found := _hit(sentence, (place, place + length), days)):
            yield found
        place += length or 1


def _read(words: tuple[Word, ...], place: int, said: date) -> tuple[int, tuple[date, ...]]:
    """How many words from here on are a day, and which; the hour before a day is none by itself."""
    hours = _hour(words, place)
    if hours and _day_at(words, place + hours, said)[0]:
        return 0, ()
    return _day_at(words, place, said)


def _day_at(words: tuple[Word, ...], place: int, said: date) -> tuple[int, tuple[date, ...]]:
    if not _may_begin(words, place):
        return 0, ()
    ahead = words[place : place + LONGEST]
    for length in range(len(ahead), 0, -1):
        part = ahead[:length]
        if any(word.stops for word in part[:-1]):
            continue
        match dates.read(" ".join(word.bare for word in part), said):
            case date() as day:
                return length, (day,)
            case dates.Unclear(options=options):
                return length, options
    return 0, ()


def _hour(words: tuple[Word, ...], place: int) -> int:
    """How many words here are an hour, and what leads from it to its day: "end of day on"."""
    for said in HOURS:
        length = said.count(" ") + 1
        after = place + length
        if after < len(words) and " ".join(word.low for word in words[place:after]) == said:
            return length + (words[after].low in ("on", "of") and after + 1 < len(words))
    return 0


def _may_begin(words: tuple[Word, ...], place: int) -> bool:
    """A weekday's or month's short name counts with a capital only ("we sat down" is no Saturday), and a
    number by itself only before what it may count."""
    low = words[place].low
    if low in STARTS or (low[:1].isdigit() and not low.isdigit()):
        return True
    if low.isdigit():
        after = words[place + 1].low if place + 1 < len(words) else ""
        return after in COUNTED or _begins_name(after, dates.MONTHS)
    return _begins_name(low, (*dates.DAYS, *dates.MONTHS)) and (
        low in dates.DAYS or words[place].bare[:1].isupper()
    )


def _begins_name(low: str, names: tuple[str, ...]) -> bool:
    return len(low) >= 3 and any(name.startswith(low) for name in names)


def _hit(sentence: Sentence, found: tuple[int, int], days: tuple[date, ...]) -> Deadline | None:
    """With what leads up to it; None where it is no deadline, or only one end of several days."""
    words, (place, after) = sentence.words, found
    first, lead = _lead(words, place)
    firm = lead in FIRM
    if lead in OTHER or _is_range(sentence, first, place) or not (firm or _stands_alone(words, first, found)):
        return None
    if after == place + 1 and _is_number(words[place].raw) and not firm:
        return None
    if after == place + 1 and FRACTION.fullmatch(words[place].bare) and not _is_day(words[place].raw):
        return None
    start, end = words[first].start, words[after - 1].end
    wrapped = sentence.text[start] == "(" and sentence.text[end - 1] == ")"
    end -= len(sentence.text[start:end]) - len(
        sentence.text[start:end].rstrip(",;:!?" if wrapped else ",;:!?)]")
    )
    said = sentence.text[start:end].strip(AROUND)
    return Deadline(start, end, said, _strictly(days) if lead in STRICT else days, firm)


def _is_number(raw: str) -> bool:
    """ "3/12" by itself, without a year."""
    return FRACTION.fullmatch(raw.strip(AROUND)) is not None


def _is_day(raw: str) -> bool:
    """Whether a number with a point or a stroke may be a day: "3/12" and "28.11." may, "1.5 FTE" is none."""
    return "/" in raw or DOTTED.fullmatch(raw.strip(',;:!?()[]“”„«»"')) is not None


def _stands_alone(words: tuple[Word, ...], first: int, found: tuple[int, int]) -> bool:
    """ "I’ll send it Friday" names a day; "I’ll send the Friday report" names a report."""
    place, after = found
    if words[place].low in AHEAD or any(word.low == "on" for word in words[first:place]):
        return True
    if words[place].low == "the" or (place and words[place - 1].low in ("the", "our", "your", "a", "my")):
        return words[after - 1].low[:1].isdigit()
    last = words[after - 1]
    return after == len(words) or last.breaks or last.raw.endswith(".") or words[after].low in FOLLOW


def _lead(words: tuple[Word, ...], place: int) -> tuple[int, str]:
    """Where the phrase begins that leads up to a day, and the word that says how: "by 17:00 on"."""
    at = place
    while at and not words[at - 1].breaks and (words[at - 1].low in FILLERS or _is_hour(words, at, place)):
        at -= 1
    led = [word.low for word in words[at:place]]
    before = words[at - 1] if at and not words[at - 1].breaks else None
    if before and before.low in (*FIRM, *OTHER):
        negated = at > 1 and words[at - 2].low in ("not", "no", "nicht", "pas")
        return at - 1, OTHER[0] if negated and before.low in STRICT else before.low
    return at, "by" if "than" in led or "latest" in led else ""


def _is_hour(words: tuple[Word, ...], at: int, place: int) -> bool:
    """Whether the word before `at` belongs to an hour of that day."""
    if HOUR.fullmatch(words[at - 1].low):
        return True
    begins = range(max(0, at - 4), at)
    return any(_hour(words, begin) and begin + _hour(words, begin) >= at for begin in begins)


def _is_range(sentence: Sentence, first: int, place: int) -> bool:
    """ "28 – 30 November": its end alone is not what was said."""
    words = sentence.words
    for at in {first, place} - {0}:
        gap = sentence.seen[words[at - 1].end : words[at].start].strip()
        if words[at - 1].low[:1].isdigit() and ((gap and gap in RANGE[:4]) or words[at].low in RANGE):
            return True
        if at > 1 and words[at - 1].low in RANGE and words[at - 2].low[:1].isdigit():
            return True
    return False


def _strictly(days: tuple[date, ...]) -> tuple[date, ...]:
    """ "Before Friday" may mean Thursday at the latest, or Friday: the working day before, and the day."""
    return tuple(sorted({one for day in days for one in (_working_day_before(day), day)}))


def _working_day_before(day: date) -> date:
    before = day - timedelta(days=1)
    return before if before.weekday() < SATURDAY else before - timedelta(days=before.weekday() - SATURDAY + 1)
