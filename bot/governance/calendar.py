"""Business days on a partnership's calendar, and when a limit ends (DOMAIN.md 1.6 rule 6)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import holidays
from holidays.registry import COUNTRIES

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ENDING = timedelta(days=60)  # a calendar whose last closed day is nearer than this ends soon
MORNING = time(7)  # UTC: nobody is woken


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
class Stop:
    """A time during which both sides agreed that clocks stand still; it still runs where `until` is None."""

    since: datetime
    until: datetime | None = None

    def covers(self, at: datetime) -> bool:
        """Whether it stood still at that instant."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Before:
    """Working days and close of day as they were before `until`: what is past stays counted by them."""

    until: date
    work_week: frozenset[str]
    day_ends_at: time


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Working weekdays ("mon".."sun"), holidays of both sides, and the close of day in UTC.

    `countries` are those whose public holidays are among them; `earlier` is how it was, the oldest first.
    """

    id: str
    work_week: frozenset[str]
    holidays: frozenset[date]
    day_ends_at: time
    countries: tuple[str, ...] = ()
    earlier: tuple[Before, ...] = ()
    version: int = 1

    def is_business_day(self, day: date) -> bool:
        """Neither outside the working week nor a holiday."""
        return WEEKDAYS[day.weekday()] in self._on(day).work_week and day not in self.holidays

    def _on(self, day: date) -> "Before | WorkCalendar":
        """What was agreed for that day."""
        return next((one for one in self.earlier if day < one.until), self)

    def warned_at(self) -> datetime | None:
        """When it is said that no closed day is known much longer; None where none is known at all."""
        last = max(self.holidays, default=None)
        return datetime.combine(last - ENDING, MORNING, tzinfo=UTC) if last else None

    def ends_soon(self, now: datetime) -> bool:
        """Whether its last closed day is less than 60 days ahead by now, or past, or there is none."""
        warned = self.warned_at()
        return warned is None or warned <= now

    def followed_by(self, other: "WorkCalendar", today: date) -> "WorkCalendar":
        """The other from tomorrow on, as the next version; up to today everything stays as it was counted."""
        tomorrow = today + timedelta(days=1)
        past = frozenset(day for day in self.holidays if day < tomorrow)
        coming = frozenset(day for day in other.holidays if day >= tomorrow)
        same = (self.work_week, self.day_ends_at) == (other.work_week, other.day_ends_at)
        before = () if same else (Before(tomorrow, self.work_week, self.day_ends_at),)
        return replace(
            other,
            id=self.id,
            holidays=past | coming,
            earlier=(*self.earlier, *before),
            version=self.version + 1,
        )

    def business_day_after(self, day: date, count: int, stops: Sequence[Stop] = ()) -> date:
        """The `count`-th business day after `day`; `day` itself for 0.

        A day at whose close a stop was on does not count.
        """
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_business_day(day) and not self._stood_still(day, stops)
        return day

    def business_days_between(self, after: date, until: date) -> int:
        """How many business days follow `after`, `until` included; 0 where it does not."""
        days = range(1, (until - after).days + 1)
        return sum(self.is_business_day(after + timedelta(days=step)) for step in days)

    def close_of(self, day: date) -> datetime:
        """The instant at which that day ends, in UTC."""
        return datetime.combine(day, self._on(day).day_ends_at, tzinfo=UTC)

    def limit_end(self, start: datetime, limit: Limit, stops: Sequence[Stop] = ()) -> datetime:
        """When a limit that starts at `start` (aware) runs out; `stops` that have ended are left out of it.

        Business days end at the close of the n-th business day after the UTC date of the start; elapsed hours
        end exactly then.
        """
        start, ended = start.astimezone(UTC), sorted(_ended(stops))
        if limit.business_days is None:
            return _elapsed(start, timedelta(hours=limit.elapsed_hours or 0), ended)
        stops = [Stop(since, until) for since, until in ended]
        return self.close_of(self.business_day_after(start.date(), limit.business_days, stops))

    def _stood_still(self, day: date, stops: Sequence[Stop]) -> bool:
        return bool(stops) and any(stop.covers(self.close_of(day)) for stop in stops)


def _ended(stops: Sequence[Stop]) -> Iterator[tuple[datetime, datetime]]:
    return ((stop.since, stop.until) for stop in stops if stop.until is not None)


def _elapsed(start: datetime, length: timedelta, stops: Sequence[tuple[datetime, datetime]]) -> datetime:
    """`length` after `start`, the stops left out."""
    end = start + length
    for since, until in stops:
        if since < end and until > start:
            end += until - max(since, start)
    return end


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
