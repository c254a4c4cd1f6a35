"""A working calendar as administrators fill it in: working days, close of day, countries, closed days."""

from collections.abc import Iterable, Mapping
from datetime import date, time

from bot import dates
from bot.governance import calendar as days
from bot.governance.calendar import WEEKDAYS, WorkCalendar
from bot.handlers.setup_fields import Check
from bot.views import Choice, Field, TextField

YEARS = 10  # how far public holidays are looked up: this year and the next ones
NAMES = ("countries", "closures", "week", "close")
WEEK = tuple(
    (day, name)
    for day, name in zip(
        WEEKDAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True
    )
)


def inputs(facts: Mapping[str, str]) -> tuple[Field, ...]:
    """A field for each."""
    known = facts.get
    return (
        TextField(
            "countries",
            "Countries whose public holidays count",
            known("countries", ""),
            "For example Switzerland, United Kingdom",
            optional=True,
        ),
        TextField(
            "closures",
            "Other closed days",
            known("closures", ""),
            "For example 24 Dec 2026",
            optional=True,
            long=True,
        ),
        Choice("week", "Working days", WEEK, known("week", ""), many=True),
        TextField("close", "Close of day, in UTC", known("close", ""), "For example 17:00"),
    )


def checks(today: date) -> dict[str, Check]:
    """What can be wrong with each."""
    return {
        "countries": _countries_wrong,
        "closures": lambda words: _closures(words, today)[1],
        "week": lambda chosen: "" if _week(chosen) else "Choose at least one working day.",
        "close": lambda words: "" if _close(words) else "Write a time like 17:00.",
    }


def calendar(facts: Mapping[str, str], today: date) -> WorkCalendar:
    """The calendar that is meant, without a name. Only for facts in which `checks` finds nothing."""
    countries = tuple(days.country_called(one) for one in _listed(facts.get("countries", "")))
    public = days.public_holidays(countries, range(today.year, today.year + YEARS))
    closed = _closures(facts.get("closures", ""), today)[0]
    close = _close(facts["close"])
    assert close is not None  # noqa: S101 it was checked before
    return WorkCalendar("", _week(facts["week"]), public | closed, close, countries)


def told(agreed: WorkCalendar, today: date) -> dict[str, str]:
    """A calendar as the fields of its form; of its closed days those to come that are no public holidays."""
    years = range(today.year, max(agreed.holidays, default=today).year + 1)
    own = agreed.holidays - days.public_holidays(agreed.countries, years)
    return {
        "countries": ", ".join(agreed.countries),
        "closures": written(day for day in own if day > today),
        "week": "\n".join(day for day in WEEKDAYS if day in agreed.work_week),
        "close": f"{agreed.day_ends_at:%H:%M}",
    }


def plain(facts: Mapping[str, str], today: date) -> dict[str, str]:
    """The fields as they mean the same on any later day."""
    closed = _closures(facts.get("closures", ""), today)[0]
    return {**{name: facts.get(name, "") for name in NAMES}, "closures": written(closed)}


def written(closed: Iterable[date]) -> str:
    """Days as they can be read again."""
    return ", ".join(day.isoformat() for day in sorted(closed))


def _listed(words: str) -> list[str]:
    return [part.strip() for part in words.replace("\n", ",").replace(";", ",").split(",") if part.strip()]


def _countries_wrong(words: str) -> str:
    strange = next((one for one in _listed(words) if not days.country_called(one)), "")
    return f"“{strange[:40]}” is no country Parley knows; write its English name or code." if strange else ""


def _closures(words: str, today: date) -> tuple[frozenset[date], str]:
    """The days that are written, and what is wrong with the first that cannot be read."""
    found: set[date] = set()
    for part in _listed(words):
        day = _iso(part) or dates.read(part, today)
        if not isinstance(day, date):
            return frozenset(), f"“{part[:40]}” cannot be read as a day; write 2026-12-24 or 24 Dec 2026."
        found.add(day)
    return frozenset(found), ""


def _iso(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _week(chosen: str) -> frozenset[str]:
    picked = frozenset(chosen.split("\n"))
    return picked if picked <= set(WEEKDAYS) else frozenset()


def _close(words: str) -> time | None:
    try:
        found = time.fromisoformat(words)
    except ValueError:
        return None
    return found if found.tzinfo is None and not found.second else None
