"""Dates in words: a small grammar of our own that asks, and never guesses silently."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SPANS = {"day": 1, "week": 7, "fortnight": 14}  # calendar days
SHORT = {"eod": "today", "end of day": "today", "eow": "end of week", "eom": "end of month"}
LONG_AGO = timedelta(days=180)  # a day without a year that lies further back means next year's
FAR = 30  # years; a day further off is a slip, or an hour in a year's clothes
LONGEST = 60  # characters; no date takes more
NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
NAME = r"(?P<name>[a-z]{3,9})"
NAMED = (
    re.compile(rf"{NUMBER} ?(?:of )?{NAME}(?: (?P<year>\d{{4}}))?"),
    re.compile(rf"{NAME} (?:the )?{NUMBER}(?: (?P<year>\d{{4}}))?"),
    re.compile(rf"(?P<year>\d{{4}}) {NAME} {NUMBER}"),
)


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words that may mean either of several days, earliest first."""

    options: tuple[date, ...]


Reading = date | Unclear | None


def read(words: str, today: date) -> Reading:
    """The day meant, seen from `today`; Unclear where several readings are fair, None where none is.

    An hour, a count of business days or a vague word ("soon") is none: nothing of what was said is dropped.
    """
    if len(words) > LONGEST:
        return None
    text = _tidy(words)
    grammars = (_plain, _end, _weekday, _ahead, _date, _with_weekday)
    readings = (grammar(text, today) for grammar in grammars)
    found = next((reading for reading in readings if reading is not None), None)
    days = found.options if isinstance(found, Unclear) else (found,) if found else ()
    return None if any(abs(day.year - today.year) > FAR for day in days) else found


def _tidy(words: str) -> str:
    """Lower case, one space between words, no commas, no dots after letters, nothing that only leads up."""
    text = " ".join(words.lower().replace(",", " ").replace("’", "").replace("'", "").split())
    text = re.sub(r"(?<=[a-z])\.", "", text)
    text = re.sub(r"^(?:(?:on|by|until|no later than|the) )+", "", text)
    return SHORT.get(text, text)


def _plain(text: str, today: date) -> Reading:
    monday = _monday(today) + timedelta(days=7)
    known: dict[str, Reading] = {
        "today": today,
        "yesterday": today - timedelta(days=1),
        "tomorrow": today + timedelta(days=1),
        "day after tomorrow": today + timedelta(days=2),
        "next week": Unclear(tuple(monday + timedelta(days=day) for day in range(5))),
    }
    return known.get(text)


def _end(text: str, today: date) -> Reading:
    """ "this week" and "end of the week" are its Friday; at a weekend they may be Sunday or next Friday."""
    found = re.fullmatch(r"(?:end of (?:(?:the|this|(next)) )?|this )(week|month|year)", text)
    if found is None:
        return _end_of_month(text, today)
    ahead = 1 if found[1] else 0
    match found[2]:
        case "week":
            friday = _monday(today) + timedelta(days=4 + 7 * ahead)
            late = (friday + timedelta(days=2), friday + timedelta(days=7))
            return friday if friday >= today else Unclear(late)
        case "month":
            return _last(_months_on(today.replace(day=1), ahead))
    return date(today.year + ahead, 12, 31)


def _end_of_month(text: str, today: date) -> date | None:
    """ "end of November", "end November 2027"."""
    found = re.fullmatch(rf"end (?:of )?{NAME}(?: (\d{{4}}))?", text)
    first = _placed(1, found["name"], found[2], today) if found else None
    return _last(first) if first else None


def _weekday(text: str, today: date) -> Reading:
    """ "Friday" is the coming one, "next Friday" that of next week, "Friday week" a week after the coming."""
    if found := re.fullmatch(rf"{NAME} week|(?:a )?week (?:on|from) (?P<last>[a-z]{{3,9}})", text):
        return _coming(found["name"] or found["last"], today, weeks=1)
    if found := re.fullmatch(rf"next {NAME}|(?P<first>[a-z]{{3,9}}) (?:of )?next week", text):
        index = _index(found["name"] or found["first"], DAYS)
        return None if index is None else _monday(today) + timedelta(days=7 + index)
    found = re.fullmatch(rf"(?:this )?(coming )?{NAME}", text)
    return _coming(found["name"], today, never_today=bool(found[1])) if found else None


def _coming(name: str, today: date, weeks: int = 0, never_today: bool = False) -> Reading:
    """The first such weekday, and some weeks on; said on such a day, it may be today or in a week."""
    index = _index(name, DAYS)
    if index is None:
        return None
    days = (index - today.weekday()) % 7
    found = today + timedelta(days=days + 7 * weeks)
    if days:
        return found
    later = found + timedelta(days=7)
    return later if never_today else Unclear((found, later))


def _ahead(text: str, today: date) -> date | None:
    """ "in three days", "in a fortnight", "2 weeks from now": calendar days."""
    pattern = r"(in )?(\d{1,3}|[a-z]{1,5}) (day|week|fortnight|month|year)s?(?: time| (from (?:now|today)))?"
    found = re.fullmatch(pattern, text)
    if found is None or bool(found[1]) == bool(found[4]):
        return None
    count = _count(found[2])
    if count is None:
        return None
    if found[3] in SPANS:
        return today + timedelta(days=count * SPANS[found[3]])
    return _months_on(today, count * (12 if found[3] == "year" else 1))


def _count(word: str) -> int | None:
    if word.isdecimal():
        return int(word)
    return 1 if word in ("a", "an") else COUNTS.index(word) + 1 if word in COUNTS else None


def _date(text: str, today: date) -> Reading:
    """A day by its numbers, by its month's name, or by its place in the month."""
    return _numeric(text, today) or _named(text, today) or _ordinal(text, today)


def _numeric(text: str, today: date) -> Reading:
    """2026-11-28, 28.11.2026, 28/11; dots put the day first, else 3/4 may be either month."""
    if found := re.fullmatch(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\.?", text):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    found = re.fullmatch(r"(\d{1,2})([./])(\d{1,2})(?:\2(\d{4})?)?|(\d{1,2})-(\d{1,2})-(\d{4})", text)
    if found is None:
        return None
    first, second, year = int(found[1] or found[5]), int(found[3] or found[6]), found[4] or found[7]
    readings = {_settled(first, second, year, today)}
    if found[2] != ".":
        readings.add(_settled(second, first, year, today))
    days = tuple(sorted(day for day in readings if day))
    return Unclear(days) if len(days) > 1 else (days[0] if days else None)


def _named(text: str, today: date) -> date | None:
    """28 Nov, 28th of November 2026, Nov 28 2026, 2026 Nov 28."""
    for pattern in NAMED:
        if found := pattern.fullmatch(text):
            return _placed(int(found["day"]), found["name"], found.groupdict().get("year"), today)
    return None


def _ordinal(text: str, today: date) -> Reading:
    """ "the 28th" is the coming one; said on that day, it may be today or a month on."""
    found = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", text)
    if found is None:
        return None
    here, later = (_months_on(today.replace(day=1), months) for months in (0, 1))
    this, following = (_day(month.year, month.month, int(found[1])) for month in (here, later))
    if this == today and following:
        return Unclear((this, following))
    return this if this and this >= today else following if this else None


def _with_weekday(text: str, today: date) -> Reading:
    """ "Fri 27 Nov", "27 Nov, Friday": the weekday settles what numbers leave open, or is asked about."""
    first, _, rest = text.partition(" ")
    start, _, last = text.rpartition(" ")
    for name, words in ((first, rest.removeprefix("the ")), (last, start)):
        index = _index(name, DAYS)
        found = _date(words, today) if index is not None else None
        if index is not None and found is not None:
            return _agreeing(index, found.options if isinstance(found, Unclear) else (found,))
    return None


def _agreeing(index: int, days: tuple[date, ...]) -> date | Unclear:
    """Those of the days that fall on the weekday; where none does, the day or the weekday is a slip."""
    fitting = tuple(day for day in days if day.weekday() == index)
    if not fitting:
        near = (day + timedelta(days=(index - day.weekday() + 3) % 7 - 3) for day in days)
        fitting = tuple(sorted({*days, *near}))
    return fitting[0] if len(fitting) == 1 else Unclear(fitting)


def _placed(day: int, name: str, year: str | None, today: date) -> date | None:
    """The same with the month's name."""
    month = _index(name, MONTHS)
    return None if month is None else _settled(day, month + 1, year, today)


def _settled(day: int, month: int, year: str | None, today: date) -> date | None:
    """That day in the given year; without one, this year's, or next year's where this one is long gone."""
    if year:
        return _day(int(year), month, day)
    found = _day(today.year, month, day)
    return found if found and today - found <= LONG_AGO else _day(today.year + 1, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _last(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _months_on(day: date, count: int) -> date:
    """The same day some months later, or the last one of a shorter month."""
    month = day.month - 1 + count
    first = date(day.year + month // 12, month % 12 + 1, 1)
    return first.replace(day=min(day.day, _last(first).day))


def _index(word: str, names: tuple[str, ...]) -> int | None:
    """Which of the names it is, or begins with at least three letters of."""
    hits = [place for place, name in enumerate(names) if len(word) >= 3 and name.startswith(word)]
    return hits[0] if len(hits) == 1 else None
