"""When a promise is spoken of by itself: on which mornings, to whom, and until when a reminder can wait.

Mornings are business days of the partnership's calendar. Before the due day and after it its owner hears of
it; once it is late its receiver too; and past the limit those who decide between the two sides.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.errors import Refusal
from bot.governance.calendar import WorkCalendar
from bot.governance.clocks import LATE_PLAN
from bot.governance.commitment import Commitment, State

MORNING = time(9)  # where the person is
BEFORE = (0, 1, 2, 3, 5, 10)  # business days before the due day among which an owner chooses
AFTER = 3  # business days after it, when its owner hears of it once more
LIMIT = LATE_PLAN.business_days or 0  # business days late, after which others are told
SNOOZE = 10  # business days a reminder can wait at most
UNANSWERED = 2  # business days after which whoever was asked is asked once more


class Event(StrEnum):
    """What is said on such a morning."""

    ASKED = "asked"  # its owner has not answered
    AHEAD = "ahead"  # it will be due
    LATE = "late"  # its day is past; the record says so
    STILL = "still"
    LIMIT = "limit"  # so late that others are told; the record says so
    CLAIM = "claim"  # silence will confirm it on the next business day

    @property
    def kept(self) -> bool:
        """Whether the record and the card say it, for everybody who sees them."""
        return self in (Event.LATE, Event.LIMIT)


class TooLongASnooze(Refusal):
    """A reminder waits at most 10 business days, and never beyond the five after its day: {day} or sooner."""


@dataclass(frozen=True, slots=True, order=True)
class Reminder:
    """One morning and what is said on it; `to_owner` or else to its receiver, whose morning it is."""

    day: date
    event: Event
    to_owner: bool = True

    def at(self, zone: str) -> datetime:
        """The instant of that morning in an IANA zone."""
        return datetime.combine(self.day, MORNING, tzinfo=ZoneInfo(zone))


def reminders(promise: Commitment, calendar: WorkCalendar) -> tuple[Reminder, ...]:
    """Every morning on which something would be said of it as it stands, the earliest first."""
    return tuple(sorted(_snoozed(promise, calendar, _reminders(promise, calendar))))


def _reminders(promise: Commitment, calendar: WorkCalendar) -> Iterator[Reminder]:
    match promise.state:
        case State.PROPOSED:
            asked = calendar.business_day_after(promise.made_at.date(), UNANSWERED)
            yield Reminder(asked, Event.ASKED)
        case State.ACCEPTED:
            for count in promise.remind:
                yield Reminder(business_day_before(calendar, promise.due, count), Event.AHEAD)
            yield Reminder(calendar.business_day_after(promise.due, 1), Event.LATE)
            yield Reminder(calendar.business_day_after(promise.due, AFTER), Event.STILL)
            yield Reminder(calendar.business_day_after(promise.due, LIMIT + 1), Event.LIMIT)
        case State.DONE if promise.confirm_by:
            # the day before: where nine comes late, the last day's close is over by then
            day = business_day_before(calendar, promise.confirm_by.date(), 1)
            yield Reminder(day, Event.CLAIM, to_owner=False)


def _snoozed(promise: Commitment, calendar: WorkCalendar, found: Iterator[Reminder]) -> Iterator[Reminder]:
    """What its owner would hear before that day waits for it; of several the last one is said.

    That it is late others hear on its morning all the same, and the owner once the day has come.
    """
    until, held = promise.snoozed_until, list[Reminder]()
    for one in found:
        waits = until is not None and one.to_owner and one.day < until
        if one.event.kept or not waits:
            yield one
        if waits:
            held.append(replace(one, event=Event.STILL) if one.event.kept else one)
    if held and until:
        yield Reminder(business_day_on(calendar, until), max(held).event)


def quiet(promise: Commitment, day: date) -> bool:
    """Whether its owner has snoozed what would be said to them on that day."""
    return promise.snoozed_until is not None and day < promise.snoozed_until


def business_day_before(calendar: WorkCalendar, day: date, count: int) -> date:
    """The `count`-th business day before `day`; for 0 the day itself, or the last business day before it."""
    while count > 0 or not calendar.is_business_day(day):
        day -= timedelta(days=1)
        count -= count > 0 and calendar.is_business_day(day)
    return day


def business_day_on(calendar: WorkCalendar, day: date) -> date:
    """That day, or the next business day."""
    return day if calendar.is_business_day(day) else calendar.business_day_after(day, 1)


def next_one(
    promise: Commitment, calendar: WorkCalendar, zones: tuple[str, str], now: datetime
) -> tuple[Reminder, datetime] | None:
    """The first one still to come, and when; `zones` are the owner's and the receiver's."""
    coming = ((one, one.at(zones[not one.to_owner])) for one in reminders(promise, calendar))
    return min(((one, at) for one, at in coming if at > now), key=lambda found: found[1], default=None)


def ripe(
    promise: Commitment, calendar: WorkCalendar, zones: tuple[str, str], now: datetime
) -> tuple[Reminder, ...]:
    """Every morning that has come; of several that went by in silence, the last one is said."""
    return tuple(one for one in reminders(promise, calendar) if one.at(zones[not one.to_owner]) <= now)


def taken_over(
    promise: Commitment, calendar: WorkCalendar, zones: tuple[str, str], now: datetime
) -> Commitment:
    """As it enters the record late: what the clock would have said by now has been said elsewhere."""
    past = (one.event for one in ripe(promise, calendar, zones, now) if one.event.kept)
    return replace(promise, rang={**promise.rang, **{event.value: promise.due.isoformat() for event in past}})


def unsaid(promise: Commitment, event: Event) -> bool:
    """Whether the record does not say yet that this happened with the due day as it is."""
    return promise.rang.get(event) != promise.due.isoformat()


def limit_day(promise: Commitment, calendar: WorkCalendar) -> date:
    """The last day of its limit; from the next business day on others know that it is late."""
    return calendar.business_day_after(promise.due, LIMIT)


def check_snooze(promise: Commitment, calendar: WorkCalendar, until: date, today: date) -> None:
    """Refuses a day too far ahead."""
    last = min(calendar.business_day_after(today, SNOOZE), limit_day(promise, calendar))
    if until > last:
        raise TooLongASnooze(day=last.isoformat())


def days_late(promise: Commitment, calendar: WorkCalendar, today: date) -> int:
    """Business days since its due day; 0 where it is not late."""
    return calendar.business_days_between(promise.due, today)
