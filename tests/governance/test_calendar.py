"""Business days and limits, counted as both sides agreed: on their calendar, to the minute."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.governance.calendar import Limit, WorkCalendar
from tests.governance import example

CALENDAR = example.calendar()
HOURS = {hours: Limit(elapsed_hours=hours) for hours in (0, 4, 24)}
DAYS = {days: Limit(business_days=days) for days in (0, 1, 2, 3, 5, 20)}


def at(words):
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-10-26 10:00", 3, "2026-10-29 17:00"),  # NOR-ISS-006 in the example
        ("2026-11-04 13:00", 1, "2026-11-05 17:00"),  # QUI-ISS-002 in the example
        ("2026-11-10 09:00", 0, "2026-11-10 17:00"),
        ("2026-11-10 00:00", 1, "2026-11-11 17:00"),
        ("2026-11-10 17:00", 1, "2026-11-11 17:00"),
        ("2026-11-10 23:59", 1, "2026-11-11 17:00"),  # the date counts, whatever the hour
        ("2026-11-13 18:40", 1, "2026-11-16 17:00"),  # Friday evening
        ("2026-11-14 09:00", 1, "2026-11-16 17:00"),  # Saturday
        ("2026-11-15 23:00", 1, "2026-11-16 17:00"),  # Sunday
        ("2026-11-14 09:00", 3, "2026-11-18 17:00"),
        ("2026-12-22 09:00", 1, "2026-12-23 17:00"),
        ("2026-12-23 09:00", 1, "2026-12-29 17:00"),  # 24, 25 and 28 December are holidays
        ("2026-12-23 09:00", 3, "2026-12-31 17:00"),
        ("2026-12-25 09:00", 1, "2026-12-29 17:00"),  # begun on a holiday
        ("2026-12-27 09:00", 2, "2026-12-30 17:00"),
        ("2026-12-31 09:00", 1, "2027-01-04 17:00"),  # New Year's Day, then a weekend
        ("2026-12-30 18:00", 5, "2027-01-07 17:00"),
        ("2028-02-28 09:00", 1, "2028-02-29 17:00"),
        ("2026-11-10 09:00", 20, "2026-12-08 17:00"),
    ],
)
def test_business_days_end_at_the_close_of_the_nth_one_after_the_day_it_began(start, days, end):
    assert CALENDAR.limit_end(at(start), DAYS[days]) == at(end)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-06 15:40", 4, "2026-11-06 19:40"),
        ("2026-11-13 18:40", 4, "2026-11-13 22:40"),
        ("2026-11-13 18:40", 24, "2026-11-14 18:40"),  # through a weekend
        ("2026-12-24 22:00", 4, "2026-12-25 02:00"),  # through a holiday
        ("2026-12-31 22:00", 24, "2027-01-01 22:00"),
        ("2026-10-25 00:30", 4, "2026-10-25 04:30"),  # while Europe's clocks go back
        ("2026-11-10 09:00", 0, "2026-11-10 09:00"),
    ],
)
def test_elapsed_hours_end_exactly_then_whatever_day_it_is(start, hours, end):
    assert CALENDAR.limit_end(at(start), HOURS[hours]) == at(end)


def test_a_limit_is_the_same_wherever_its_start_is_told():
    start = at("2026-11-10 23:30")
    for zone in (ZoneInfo("Asia/Singapore"), ZoneInfo("America/New_York"), timezone(timedelta(hours=-12))):
        for limit in (*HOURS.values(), *DAYS.values()):
            ends = CALENDAR.limit_end(start.astimezone(zone), limit)
            assert ends == CALENDAR.limit_end(start, limit)
            assert ends.utcoffset() == timedelta()


def test_elapsed_hours_are_real_hours_while_clocks_change():
    start = datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("Europe/Zurich"))
    assert CALENDAR.limit_end(start, HOURS[4]) - start.astimezone(UTC) == timedelta(hours=4)


def test_another_working_week_is_another_calendar():
    gulf = WorkCalendar("CAL", frozenset({"sun", "mon", "tue", "wed", "thu"}), frozenset(), time(14, 30))
    assert gulf.limit_end(at("2026-11-12 09:00"), DAYS[1]) == at("2026-11-15 14:30")


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (Limit(elapsed_hours=4), "4 hours"),
        (Limit(elapsed_hours=1), "1 hour"),
        (Limit(elapsed_hours=0.5), "0.5 hours"),
        (Limit(business_days=1), "1 business day"),
        (Limit(business_days=3), "3 business days"),
    ],
)
def test_a_limit_says_what_kind_of_days_it_counts(limit, words):
    assert limit.words == words


YEARS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
STARTS = st.builds(datetime.combine, YEARS, st.times(), st.just(UTC))


@given(STARTS, st.integers(1, 60))
def test_a_limit_in_business_days_ends_on_a_business_day_and_the_next_one_later(start, days):
    ends = [CALENDAR.limit_end(start, Limit(business_days=count)) for count in (days, days + 1)]
    assert start.date() < ends[0].date() < ends[1].date()
    assert all(CALENDAR.is_business_day(end.date()) for end in ends)


@given(YEARS, st.integers(0, 30))
def test_as_many_business_days_lie_between_as_were_counted(day, count):
    end = CALENDAR.business_day_after(day, count)
    between = (day + timedelta(days=passed + 1) for passed in range((end - day).days))
    assert sum(map(CALENDAR.is_business_day, between)) == count
