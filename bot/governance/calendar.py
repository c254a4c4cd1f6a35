"""Business days on a partnership's calendar, and when a limit ends (DOMAIN.md 1.6 rule 6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import holidays
from holidays.registry import COUNTRIES

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Limit:
    """A length of time people agreed on: elapsed hours or business days, one of the two set."""

    elapsed_hours: float | None = None
    business_days: int | None = None

    @property
    def words(self) -> str:
        """As a person says it: "4 hours", "1 business day"."""
        if self.business_days is None:
            return f"{self.elapsed_hours:g} hour{'s' if self.elapsed_hours != 1 else ''}"
        return f"{self.business_days} business day{'s' if self.business_days != 1 else ''}"


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Working weekdays ("mon".."sun"), holidays of both sides, and the close of day in UTC."""

    id: str
    work_week: frozenset[str]
    holidays: frozenset[date]
    day_ends_at: time

    def is_business_day(self, day: date) -> bool:
        """Neither outside the working week nor a holiday."""
        return WEEKDAYS[day.weekday()] in self.work_week and day not in self.holidays

    def business_day_after(self, day: date, count: int) -> date:
        """The `count`-th business day after `day`; `day` itself for 0."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_business_day(day)
        return day

    def close_of(self, day: date) -> datetime:
        """The instant at which that day ends, in UTC."""
        return datetime.combine(day, self.day_ends_at, tzinfo=UTC)

    def limit_end(self, start: datetime, limit: Limit) -> datetime:
        """When a limit that starts at `start` (aware) runs out.

        Business days end at the close of the n-th business day after the UTC date of the start; elapsed hours
        end exactly then.
        """
        start = start.astimezone(UTC)
        if limit.business_days is None:
            return start + timedelta(hours=limit.elapsed_hours or 0)
        return self.close_of(self.business_day_after(start.date(), limit.business_days))


def country_called(words: str) -> str:
    """The code of a country, or of a part of one, by name or code: "CH", "GB-ENG"; "" for none we know."""
    whole = _country(words)
    said, _, part = words.strip().upper().partition("-")
    country = _country(said)
    if whole or not country:
        return whole
    return f"{country}-{part}" if part in holidays.country_holidays(country).subdivisions else ""


def public_holidays(countries: Iterable[str], years: Iterable[int]) -> frozenset[date]:
    """The public holidays of these countries (as `country_called` gives them) in these years."""
    wanted = list(years)
    days: set[date] = set()
    for code in countries:
        country, _, part = code.partition("-")
        days |= set(holidays.country_holidays(country, subdiv=part or None, years=wanted))
    return frozenset(days)


def _country(words: str) -> str:
    plain = "".join(sign for sign in words.casefold() if sign.isalnum())
    for name, *codes in COUNTRIES.values():
        if plain and plain in (name.casefold(), *(code.casefold() for code in codes)):
            return codes[0]
    return ""
