"""The end of a partnership, quarters of reviews, and periods: days and instants, no record."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.governance import parting, retention, review
from bot.governance.calendar import WorkCalendar
from bot.governance.parting import End
from bot.governance.visibility import Side

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
WEEK = frozenset({"mon", "tue", "wed", "thu", "fri"})
CALENDAR = WorkCalendar("CAL", WEEK, frozenset({date(2027, 1, 1), date(2027, 1, 4)}), time(17))


def end(side, day, at=NOW):
    return End("P-NOR", side, day, "PER-03", at, "It ends")


def test_the_earlier_day_holds_and_of_the_same_day_the_one_named_first():
    ours, theirs = end(Side.SPONSOR, date(2026, 12, 1)), end(Side.CRO, date(2026, 11, 30))
    assert parting.holding([ours, theirs]) == theirs
    twin = end(Side.CRO, date(2026, 12, 1), NOW - timedelta(hours=1))
    assert parting.holding([ours, twin]) == twin
    assert parting.holding([]) is None
    assert parting.of([ours, theirs], Side.SPONSOR) == ours


def test_the_last_day_counts_whole():
    assert end(Side.CRO, date(2026, 11, 30)).over == datetime(2026, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "fine"),
    [(None, False), (date(2026, 11, 9), False), (date(2026, 11, 10), True), (date(2040, 1, 1), False)],
)
def test_a_last_day_is_today_or_later_and_no_slip(day, fine):
    assert (parting.wrong(day, NOW.date()) == "") is fine


def test_a_review_is_due_on_the_first_business_day_of_the_quarter():
    assert review.quarter(date(2027, 1, 1)) == "2027-Q1"
    assert review.quarter(date(2026, 12, 31)) == "2026-Q4"
    assert review.due_in(date(2027, 2, 14), CALENDAR).date() == date(2027, 1, 5)
    assert review.due_after(date(2026, 11, 10), CALENDAR).date() == date(2027, 1, 5)
    assert review.due_after(date(2027, 1, 5), CALENDAR).date() == date(2027, 4, 1)


def test_its_reminder_comes_after_ten_business_days():
    begun = review.Review("r", "ORG-HAL", "2027-Q1", datetime(2027, 1, 5, 7, tzinfo=UTC))
    assert review.reminder(begun, CALENDAR).date() == date(2027, 1, 19)


def test_25_years_after_a_leap_day_end_on_the_first_of_march():
    assert retention.OVERSIGHT.until(date(2028, 2, 29)) == date(2053, 3, 1)
    assert retention.OVERSIGHT.until(date(2026, 11, 27)) == date(2051, 11, 27)
