"""Digests: how often somebody, or a room, is told what waits and what changed; and when the next one is."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.governance.calendar import WEEKDAYS, WorkCalendar
from bot.governance.company import Absence

DUE = "digest.due"  # the kind of the due that makes one
DAY, YEAR = timedelta(days=1), 366
AHEAD = 2  # business days that are looked ahead
DAILY_ROLES = frozenset(
    {
        *("joc_co_chair", "alliance_manager", "quality_lead", "finance_lead", "account_executive"),
        *("study_lead", "project_lead", "clinops_lead", "functional_lead"),
    }
)
WEEKLY_ROLES = frozenset({"executive_sponsor", "general_counsel"})
USUAL_WEEK = frozenset(WEEKDAYS[:5])


class Rhythm(StrEnum):
    """How often."""

    DAILY = "daily"
    WEEKLY = "weekly"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class DigestSetting:
    """One reader's: a `person`, or a `room`. `at` is local wall time, `weekday` 0 is Monday (weekly only).

    `quiet`: where there is nothing to tell, one line is sent, else nothing. `paused_until` is the first day
    on which digests come again. `told_at` is when the last one was made (business time). `chosen` is False
    while it follows the person's roles.
    """

    person: str = ""
    room: str = ""
    rhythm: Rhythm = Rhythm.DAILY
    at: time = time(7, 30)
    weekday: int = 0
    quiet: bool = True
    paused_until: date | None = None
    told_at: datetime | None = None
    chosen: bool = False
    version: int = 1

    @property
    def reader(self) -> str:
        """Whom it is for, in the keys of its dues and letters."""
        return f"room:{self.room}" if self.room else f"person:{self.person}"

    @property
    def period(self) -> timedelta:
        """How far the first one looks back."""
        return 7 * DAY if self.rhythm is Rhythm.WEEKLY else DAY


@dataclass(frozen=True, slots=True)
class Odd:
    """A day on which clocks are set, and what that does to a time of day: `at` is when it comes instead.

    `twice`: that time comes twice on that day, and the first one counts.
    """

    day: date
    at: time
    twice: bool


@dataclass(frozen=True, slots=True)
class Days:
    """When a reader works: the `calendars` they work by, and when they are away."""

    calendars: tuple[WorkCalendar, ...] = ()
    absence: Absence | None = None

    def closed(self, day: date) -> bool:
        """Whether they do not work on that day: they are away, or it is closed in every one of the calendars.

        Who works by none has Saturdays and Sundays.
        """
        if self.absence and self.absence.first <= day <= self.absence.last:
            return True
        if not self.calendars:
            return WEEKDAYS[day.weekday()] not in USUAL_WEEK
        return not any(one.is_business_day(day) for one in self.calendars)

    def looks_to(self, today: date) -> date:
        """The last day that a digest looks ahead to: the second one after today on which they work."""
        day, left = today, AHEAD
        while left and day < today + YEAR * DAY:
            day += DAY
            left -= not self.closed(day)
        return day if not left else today + AHEAD * DAY


def usual(person: str, roles: Collection[str]) -> DigestSetting:
    """What somebody with these roles gets until they choose: the more frequent where roles differ."""
    if DAILY_ROLES & set(roles):
        return DigestSetting(person)
    return DigestSetting(person, rhythm=Rhythm.WEEKLY if WEEKLY_ROLES & set(roles) else Rhythm.NONE)


def follows(setting: DigestSetting, roles: Collection[str]) -> DigestSetting:
    """The same after the person's roles changed; what they chose themselves stays."""
    if setting.chosen:
        return setting
    return replace(setting, rhythm=usual(setting.person, roles).rhythm)


def instant(day: date, at: time, zone: str) -> datetime:
    """That wall time on that day, in UTC: the first one where it comes twice.

    Where clocks skip it, the first instant after the gap.
    """
    there = ZoneInfo(zone)
    naive = datetime.combine(day, at)
    found = naive.replace(tzinfo=there, fold=0).astimezone(UTC)
    if found.astimezone(there).replace(tzinfo=None) == naive:
        return found
    return _after_gap(found, there)


def _after_gap(found: datetime, there: ZoneInfo) -> datetime:
    """The first minute of the new offset; `found` lies behind it by less than the gap."""
    new = found.astimezone(there).utcoffset()
    while (found - timedelta(minutes=1)).astimezone(there).utcoffset() == new:
        found -= timedelta(minutes=1)
    return found.replace(second=0, microsecond=0)


def next_instant(setting: DigestSetting, zone: str, now: datetime) -> datetime | None:
    """When it is made next, later than `now`; None for never. On a day that had one already, no second one.

    The days are told off in the reader's own calendar and each is converted for itself, so a change of the
    clocks moves nothing.
    """
    if setting.rhythm is Rhythm.NONE:
        return None
    first = local_day(now, zone)
    if setting.told_at:
        first = max(first, local_day(setting.told_at, zone) + DAY)
    if setting.paused_until:
        first = max(first, setting.paused_until)
    days = (first + step * DAY for step in range(15))
    return next(at for day in days if _falls(setting, day) and (at := instant(day, setting.at, zone)) > now)


def _falls(setting: DigestSetting, day: date) -> bool:
    return setting.rhythm is Rhythm.DAILY or day.weekday() == setting.weekday


def next_open(setting: DigestSetting, zone: str, now: datetime, days: Days) -> datetime | None:
    """When one that is held comes instead: a weekly one on the first day on which its reader works.

    A daily one is asked again each day, because something urgent may have come up.
    """
    regular = next_instant(setting, zone, now)
    if setting.rhythm is not Rhythm.WEEKLY or regular is None:
        return regular
    today = local_day(now, zone)
    ahead = (today + step * DAY for step in range(1, YEAR))
    return next((instant(day, setting.at, zone) for day in ahead if not days.closed(day)), regular)


def expected(setting: DigestSetting, zone: str, now: datetime, days: Days) -> datetime | None:
    """When the next one comes as far as can be foreseen: at its time, on a day on which its reader works."""
    regular = next_instant(setting, zone, now)
    if regular is None:
        return None
    ahead = (local_day(regular, zone) + step * DAY for step in range(YEAR))
    return next((instant(day, setting.at, zone) for day in ahead if not days.closed(day)), regular)


def odd(at: time, zone: str, today: date) -> Odd | None:
    """The next day of the year to come on which that time is skipped, or comes twice."""
    there = ZoneInfo(zone)
    for step in range(YEAR):
        day = today + step * DAY
        naive = datetime.combine(day, at)
        first, second = (naive.replace(tzinfo=there, fold=fold).astimezone(UTC) for fold in (0, 1))
        if first != second:
            real = instant(day, at, zone)
            return Odd(day, real.astimezone(there).time(), first.astimezone(there).time() == at)
    return None


def is_paused(setting: DigestSetting, day: date) -> bool:
    """Whether none comes on that day, because the reader asked for peace."""
    return setting.paused_until is not None and day < setting.paused_until


def had_one(setting: DigestSetting, today: date, zone: str) -> bool:
    """Whether one was made that day already: a second one would tell of nothing, and swallow what it told."""
    return setting.told_at is not None and local_day(setting.told_at, zone) >= today


def current(setting: DigestSetting, today: date) -> DigestSetting:
    """The same without a pause that is over."""
    is_over = setting.paused_until is not None and setting.paused_until <= today
    return replace(setting, paused_until=None) if is_over else setting


def local_day(at: datetime, zone: str) -> date:
    """The date there."""
    return at.astimezone(ZoneInfo(zone)).date()


def day_end(day: date, zone: str) -> datetime:
    """The instant at which that day is over there."""
    return instant(day + DAY, time(), zone)
