"""Dates in words: each phrase gives the one day meant, the days to ask about, or nothing at all."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import dates
from bot.dates import Unclear

TODAY = date(2026, 11, 10)  # a Tuesday
FRIDAY, SUNDAY = date(2026, 11, 13), date(2026, 11, 15)
NEW_YEARS_EVE, LEAP_DAY = date(2026, 12, 31), date(2028, 2, 29)

CLEAR = {
    "today": "2026-11-10",
    "EOD": "2026-11-10",
    "Tomorrow": "2026-11-11",
    "yesterday": "2026-11-09",
    "the day after tomorrow": "2026-11-12",
    "Friday": "2026-11-13",
    "fri": "2026-11-13",
    "Fri.": "2026-11-13",
    "by Friday": "2026-11-13",
    "on thursday": "2026-11-12",
    "this Friday": "2026-11-13",
    "Monday": "2026-11-16",
    "next Friday": "2026-11-20",
    "next Monday": "2026-11-16",
    "next sunday": "2026-11-22",
    "next tuesday": "2026-11-17",
    "coming Tuesday": "2026-11-17",
    "Friday week": "2026-11-20",
    "a week on Friday": "2026-11-20",
    "a week from Monday": "2026-11-23",
    "Friday next week": "2026-11-20",
    "end of week": "2026-11-13",
    "end of the week": "2026-11-13",
    "this week": "2026-11-13",
    "end of next week": "2026-11-20",
    "end of month": "2026-11-30",
    "EOM": "2026-11-30",
    "end of next month": "2026-12-31",
    "end of the year": "2026-12-31",
    "end of December": "2026-12-31",
    "end of Feb": "2027-02-28",
    "end of February 2028": "2028-02-29",
    "in 3 days": "2026-11-13",
    "in a week": "2026-11-17",
    "in two weeks": "2026-11-24",
    "in two weeks’ time": "2026-11-24",
    "in a fortnight": "2026-11-24",
    "2 weeks from now": "2026-11-24",
    "in ten days": "2026-11-20",
    "in 1 month": "2026-12-10",
    "in a year": "2027-11-10",
    "2026-11-28": "2026-11-28",
    "2026-1-5": "2026-01-05",
    "2026/11/28": "2026-11-28",
    "28.11.2026": "2026-11-28",
    "28.11.": "2026-11-28",
    "28.11": "2026-11-28",
    "3.4.": "2027-04-03",
    "28/11": "2026-11-28",
    "28/11/2026": "2026-11-28",
    "28-11-2026": "2026-11-28",
    "13/4": "2027-04-13",
    "11/11": "2026-11-11",
    "28 Nov": "2026-11-28",
    "28 Nov.": "2026-11-28",
    "28Nov": "2026-11-28",
    "28th of november": "2026-11-28",
    "the 28th of November": "2026-11-28",
    "28 November 2026": "2026-11-28",
    "Nov 28": "2026-11-28",
    "Nov 28, 2026": "2026-11-28",
    "november the 28th": "2026-11-28",
    "2026 Nov 28": "2026-11-28",
    "1 sept": "2026-09-01",
    "1 May": "2027-05-01",
    "15 Jan": "2027-01-15",
    "by the 28th": "2026-11-28",
    "the 5th": "2026-12-05",
    "Sat 28 Nov": "2026-11-28",
    "Saturday, 28 November 2026": "2026-11-28",
    "28 Nov, Saturday": "2026-11-28",
    "Monday 16th": "2026-11-16",
    "Mon the 16th": "2026-11-16",
    "Mon 16.11.": "2026-11-16",
    "Thu 3/4": "2027-03-04",
    "29 Feb 2028": "2028-02-29",
    "28 Nov 2050": "2050-11-28",
    "２８ Nov": "2026-11-28",
    "٢٠٢٦-١١-٢٨": "2026-11-28",
}
ASKED = {
    "Tuesday": ["2026-11-10", "2026-11-17"],
    "this Tuesday": ["2026-11-10", "2026-11-17"],
    "Tuesday week": ["2026-11-17", "2026-11-24"],
    "next week": ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"],
    "the 10th": ["2026-11-10", "2026-12-10"],
    "3/4": ["2027-03-04", "2027-04-03"],
    "10/11": ["2026-10-11", "2026-11-10"],
    "3/4/2027": ["2027-03-04", "2027-04-03"],
    "03-04-2027": ["2027-03-04", "2027-04-03"],
    "Fri 28 Nov": ["2026-11-27", "2026-11-28"],
    "Friday 28 November 2026": ["2026-11-27", "2026-11-28"],
    "Friday 14 November": ["2026-11-13", "2026-11-14"],
    "28 Nov, Friday": ["2026-11-27", "2026-11-28"],
    "Tue the 16th": ["2026-11-16", "2026-11-17"],
}
UNREADABLE = (
    *(
        "",
        " ",
        ",",
        ".",
        "soon",
        "ASAP",
        "tbd",
        "whenever",
        "next",
        "week",
        "month",
        "nov",
        "28",
        "2026",
        "0",
    ),
    *(
        "next month",
        "next year",
        "early next week",
        "late next week",
        "beginning of December",
        "mid November",
    ),
    *("in 3 business days", "three working days", "in 5 BD", "2 weeks", "in 1000 weeks", "in some days"),
    *("in an hour", "in eleventy days", "weekend", "Q4", "end of Q4", "end of the quarter", "week 48"),
    *("31 Feb", "Feb 31", "29 Feb 2027", "29 Feb", "31 Nov", "31.11.", "the 31st", "the 0th", "the 32nd"),
    *("13/13", "0/5", "5/0", "32/1", "2026-13-01", "2026-02-30", "0000-01-01", "26-11-28", "3-4", "3/4/26"),
    *("28.11.26", "28 Nov 26", "28 Nov 10", "28 29 Nov", "13 march 13", "28 Nov 29 Nov"),
    *("28 Nov 2126", "1 Jan 0001", "1 Jan 9999", "1000 28 nov", "28 Nov 1000", "in 999 months"),
    *(
        "2026-11-28T10:00",
        "2026-11-28 10:00",
        "28 Nov 10:00",
        "28 Nov 2026 noon",
        "Friday 5pm",
        "Friday noon",
    ),
    *("before 28 Nov", "after Friday", "week of 16 Nov 2026", "around 28 November 2026", "not 28 Nov 2026"),
    *("Friday or Monday", "Fri Mon", "fri nov", "Friday 31 Feb", "fri fri 27 nov", "next Friday 20 Nov"),
    *("28 Novembre", "28 Brumaire", "fr", "ma 5", "sa 28 nov", "to staff shortage", "²⁸ Nov", "½ May"),
    *("28 Nov\x00", "\ud800", "🗓 28 Nov", "28 Nov!", "{28 Nov}", "28\u200b Nov", "%s", "nan", "-1", "1e3"),
)


def options(read):
    return [day.isoformat() for day in read.options]


@pytest.mark.parametrize(("words", "day"), CLEAR.items())
def test_a_clear_phrase_is_one_day(words, day):
    assert dates.read(words, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(("words", "days"), ASKED.items())
def test_where_two_readings_are_fair_both_are_offered(words, days):
    assert options(dates.read(words, TODAY)) == days


@pytest.mark.parametrize("words", UNREADABLE)
def test_what_is_no_day_is_never_taken_for_one(words):
    assert dates.read(words, TODAY) is None


@pytest.mark.parametrize(
    ("today", "words", "day"),
    [
        (FRIDAY, "next Friday", "2026-11-20"),
        (FRIDAY, "coming Friday", "2026-11-20"),
        (FRIDAY, "this coming Friday", "2026-11-20"),
        (FRIDAY, "end of week", "2026-11-13"),
        (FRIDAY, "Saturday", "2026-11-14"),
        (FRIDAY, "the 1st", "2026-12-01"),
        (SUNDAY, "Monday", "2026-11-16"),
        (SUNDAY, "next Monday", "2026-11-16"),
        (SUNDAY, "next Friday", "2026-11-20"),
        (SUNDAY, "end of next week", "2026-11-20"),
        (NEW_YEARS_EVE, "tomorrow", "2027-01-01"),
        (NEW_YEARS_EVE, "end of month", "2026-12-31"),
        (NEW_YEARS_EVE, "end of next month", "2027-01-31"),
        (NEW_YEARS_EVE, "end of year", "2026-12-31"),
        (NEW_YEARS_EVE, "in 2 months", "2027-02-28"),
        (NEW_YEARS_EVE, "3 January", "2027-01-03"),
        (NEW_YEARS_EVE, "1.1.", "2027-01-01"),
        (NEW_YEARS_EVE, "30 Dec", "2026-12-30"),
        (NEW_YEARS_EVE, "the 3rd", "2027-01-03"),
        (NEW_YEARS_EVE, "friday", "2027-01-01"),
        (LEAP_DAY, "in a year", "2029-02-28"),
        (LEAP_DAY, "in 1 month", "2028-03-29"),
        (LEAP_DAY, "29 Feb", "2028-02-29"),
        (LEAP_DAY, "end of month", "2028-02-29"),
        (date(2027, 11, 10), "29 Feb", "2028-02-29"),
        (date(2027, 1, 31), "in a month", "2027-02-28"),
        (date(2026, 7, 1), "15 Jan", "2026-01-15"),  # 167 days ago: past, so it is refused and not guessed
        (date(2026, 7, 31), "15 Jan", "2027-01-15"),
    ],
)
def test_seen_from_another_day_a_clear_phrase_is_still_one_day(today, words, day):
    assert dates.read(words, today) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("today", "words", "days"),
    [
        (FRIDAY, "Friday", ["2026-11-13", "2026-11-20"]),
        (FRIDAY, "this Friday", ["2026-11-13", "2026-11-20"]),
        (FRIDAY, "Friday week", ["2026-11-20", "2026-11-27"]),
        (SUNDAY, "Sunday", ["2026-11-15", "2026-11-22"]),
        (SUNDAY, "end of week", ["2026-11-15", "2026-11-20"]),
        (date(2026, 11, 14), "this week", ["2026-11-15", "2026-11-20"]),
        (NEW_YEARS_EVE, "the 31st", ["2026-12-31", "2027-01-31"]),
    ],
)
def test_seen_from_another_day_fair_readings_are_still_offered(today, words, days):
    assert options(dates.read(words, today)) == days


@pytest.mark.parametrize("today", [NEW_YEARS_EVE.replace(month=1), LEAP_DAY.replace(year=2027, day=28)])
@pytest.mark.parametrize("words", ["the 30th", "30 Feb"])
def test_a_day_that_a_month_does_not_have_is_not_moved_to_one_it_has(today, words):
    assert dates.read(words, today) is None


def test_no_phrase_is_read_twice_in_two_ways():
    phrases = [*CLEAR, *ASKED, *UNREADABLE]
    assert len(phrases) == len(set(phrases))
    assert len(phrases) >= 60


@pytest.mark.parametrize(
    "garbage",
    [
        "mon " * 1000,
        "1" * 4000,
        "28 nov " * 571,
        "a" * 4000,
        "/" * 4000,
        "9 " * 2000,
        "in " * 1333,
        "🗓" * 4000,
    ],
)
def test_four_thousand_characters_of_garbage_are_nothing_and_at_once(garbage):
    start = time.process_time()
    assert dates.read(garbage, TODAY) is None
    assert time.process_time() - start < 0.05


TODAYS = st.dates(date(2020, 1, 1), date(2050, 12, 31))


@given(st.text(max_size=80), TODAYS)
def test_any_words_at_all_are_a_day_several_days_or_nothing(words, today):
    read = dates.read(words, today)
    assert read is None or isinstance(read, date | Unclear)


@given(TODAYS, st.sampled_from(["%d %B %Y", "%B %d, %Y", "%d.%m.%Y", "%Y-%m-%d", "%a %d %b %Y"]), TODAYS)
def test_a_whole_date_is_the_same_day_from_wherever_it_is_seen(day, form, today):
    assert dates.read(day.strftime(form), today) == day


@given(TODAYS, st.sampled_from(dates.DAYS))
def test_next_and_a_weekday_is_in_next_week(today, weekday):
    day = dates.read(f"next {weekday}", today)
    monday = today - timedelta(days=today.weekday()) + timedelta(days=7)
    assert monday <= day < monday + timedelta(days=7)
    assert dates.DAYS[day.weekday()] == weekday


@given(TODAYS, st.integers(1, 12), st.integers(1, 31))
def test_several_readings_are_different_days_in_order(today, month, day):
    read = dates.read(f"{day}/{month}", today)
    if isinstance(read, Unclear):
        assert list(read.options) == sorted(set(read.options))
        assert len(read.options) > 1
