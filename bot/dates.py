"""Dates in words: a small grammar of our own first, dateparser second; never a silent guess."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import dateparser

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = tuple(name.lower() for name in calendar.month_name[1:])
LONG_AGO = timedelta(days=180)  # a day without a year that lies further back means next year's
SAFE = re.compile(r"[a-z]{3,9}|\d{1,4}(?:st|nd|rd|th)?")


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words that may mean either of several days."""

    options: tuple[date, ...]


def read(words: str, today: date) -> date | Unclear | None:
    """The day meant, seen from `today`; Unclear where two readings are fair, None where none is."""
    text = " ".join(words.lower().replace(",", " ").split()).removeprefix("on ").removeprefix("by ")
    for grammar in (_plain, _weekday, _ahead, _numeric, _named):
        found = grammar(text, today)
        if found is not None:
            return found
    return _second_opinion(text, today)


def _plain(text: str, today: date) -> date | None:
    last_day = calendar.monthrange(today.year, today.month)[1]
    return {
        "today": today,
        "tomorrow": today + timedelta(days=1),
        "end of week": today + timedelta(days=(4 - today.weekday()) % 7),
        "end of the week": today + timedelta(days=(4 - today.weekday()) % 7),
        "end of month": today.replace(day=last_day),
        "end of the month": today.replace(day=last_day),
        "end of year": date(today.year, 12, 31),
        "end of the year": date(today.year, 12, 31),
    }.get(text)


def _weekday(text: str, today: date) -> date | None:
    """ "Friday" is the coming one, never today; "next Friday" is the one of next week, Monday to Sunday."""
    found = re.fullmatch(r"(?:(this|next) )?([a-z]{3,9})", text)
    index = _index(found[2], DAYS) if found else None
    if found is None or index is None:
        return None
    if found[1] == "next":
        return today - timedelta(days=today.weekday()) + timedelta(days=7 + index)
    return today + timedelta(days=(index - today.weekday() - 1) % 7 + 1)


def _ahead(text: str, today: date) -> date | None:
    found = re.fullmatch(r"in (\d{1,3}|a|one|two|three) (day|week|month)s?", text)
    if found is None:
        return None
    count = {"a": 1, "one": 1, "two": 2, "three": 3}.get(found[1]) or int(found[1])
    if found[2] == "month":
        months = today.month - 1 + count
        year, month = today.year + months // 12, months % 12 + 1
        return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
    return today + timedelta(days=count * (7 if found[2] == "week" else 1))


def _numeric(text: str, today: date) -> date | Unclear | None:
    """2026-11-28, 28.11.2026, 28/11; with slashes, 3/4 may be either month."""
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = re.fullmatch(r"(\d{1,2})([./])(\d{1,2})(?:\2(\d{4})?)?", text)
    if found is None:
        return None
    first, second = int(found[1]), int(found[3])
    readings = {_placed(first, second, found[4], today)}
    if found[2] == "/":
        readings.add(_placed(second, first, found[4], today))
    days = tuple(sorted(day for day in readings if day))
    return Unclear(days) if len(days) > 1 else (days[0] if days else None)


def _named(text: str, today: date) -> date | None:
    """28 Nov, 28th of November 2026, Nov 28 2026, Friday 28 November."""
    weekday, _, rest = text.partition(" ")
    if rest and _index(weekday, DAYS) is not None:
        day = _named(rest, today)
        return day if day and day.weekday() == _index(weekday, DAYS) else None
    found = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})\.?(?: (\d{4}))?", text)
    if found:
        return _placed(int(found[1]), (_index(found[2], MONTHS) or 0) + 1, found[3], today, found[2])
    found = re.fullmatch(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?", text)
    if found:
        return _placed(int(found[2]), (_index(found[1], MONTHS) or 0) + 1, found[3], today, found[1])
    return None


def _placed(day: int, month: int, year: str | None, today: date, name: str = "") -> date | None:
    """That day in the given year; without one, this year's, or next year's where this one is long gone."""
    if name and _index(name, MONTHS) is None:
        return None
    if year:
        return _day(int(year), month, day)
    found = _day(today.year, month, day)
    return _day(today.year + 1, month, day) if found and today - found > LONG_AGO else found


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _index(word: str, names: tuple[str, ...]) -> int | None:
    """Which of the names it is, or begins with at least three letters of."""
    hits = [place for place, name in enumerate(names) if len(word) >= 3 and name.startswith(word.rstrip("."))]
    return hits[0] if len(hits) == 1 else None


def _second_opinion(text: str, today: date) -> date | None:
    """What dateparser makes of it, trusted only with a day and a month in it and nothing strange around."""
    words = text.split()
    if not 2 <= len(words) <= 5 or not all(SAFE.fullmatch(word.strip(".")) for word in words):
        return None
    if not any(_index(word, MONTHS) is not None for word in words) or not re.search(r"\d", text):
        return None
    settings = {
        "RELATIVE_BASE": datetime(today.year, today.month, today.day),  # noqa: DTZ001 dateparser wants it naive
        "STRICT_PARSING": True,
    }
    found = dateparser.parse(text, languages=["en"], settings=settings)
    return found.date() if found else None
