"""When a promise is spoken of by itself."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.governance import promise as rules
from bot.governance import reminders
from bot.governance.commitment import Claim, State
from bot.governance.reminders import Event
from bot.governance.visibility import Side
from tests.governance.promises import ACCEPTED, ANNIKA, CALENDAR, FIRST, NOW, PROPOSED, TODAY

ZURICH, NEW_YORK = "Europe/Zurich", "America/New_York"
ZONES = (ZURICH, NEW_YORK)
DONE = rules.done(ACCEPTED, ANNIKA, Claim(Side.CRO, "", "PER-09", NOW), TODAY, CALENDAR)


def days(promise):
    return [(one.event.value, one.day.isoformat()) for one in reminders.reminders(promise, CALENDAR)]


def test_it_is_said_before_on_the_day_after_it_and_past_its_limit():
    assert days(ACCEPTED) == [  # 26 Nov is a holiday
        ("ahead", "2026-11-24"),
        ("ahead", "2026-11-27"),
        ("late", "2026-11-30"),
        ("still", "2026-12-02"),
        ("limit", "2026-12-07"),
    ]


def test_its_owner_chooses_the_mornings_before():
    assert days(replace(ACCEPTED, remind=(1,)))[:2] == [("ahead", "2026-11-25"), ("late", "2026-11-30")]
    assert days(replace(ACCEPTED, remind=()))[0] == ("late", "2026-11-30")


def test_a_day_off_is_told_of_on_the_business_day_before_it():
    on_holiday = replace(ACCEPTED, due=date(2026, 11, 26))
    assert days(on_holiday)[:3] == [("ahead", "2026-11-24"), ("ahead", "2026-11-25"), ("late", "2026-11-27")]


def test_only_what_is_awaited_is_said():
    assert days(PROPOSED) == [("asked", "2026-11-12")]
    assert days(DONE) == [("claim", "2026-11-16")]  # the close of the 17th may come before nine there
    for state in (State.DISPUTED, State.CONFIRMED, State.DECLINED, State.WITHDRAWN):
        assert days(replace(ACCEPTED, state=state)) == []


def test_mornings_are_at_nine_where_the_person_is():
    found = reminders.next_one(ACCEPTED, CALENDAR, ZONES, NOW)
    assert found is not None
    assert found[1] == datetime(2026, 11, 24, 9, tzinfo=ZoneInfo(ZURICH))
    claim = reminders.next_one(DONE, CALENDAR, ZONES, NOW)
    assert claim is not None
    assert claim[1] == datetime(2026, 11, 16, 9, tzinfo=ZoneInfo(NEW_YORK))


def test_every_morning_comes_once_in_order_whenever_one_looks():
    now, heard = NOW, []
    while found := reminders.next_one(ACCEPTED, CALENDAR, ZONES, now):
        one, now = found
        assert reminders.ripe(ACCEPTED, CALENDAR, ZONES, now)[-1] == one
        heard.append(one.event)
    assert heard == [Event.AHEAD, Event.AHEAD, Event.LATE, Event.STILL, Event.LIMIT]


def test_a_snoozed_reminder_comes_on_that_morning_and_others_hear_all_the_same():
    quiet = replace(ACCEPTED, snoozed_until=date(2026, 12, 3))
    assert days(quiet) == [("late", "2026-11-30"), ("still", "2026-12-03"), ("limit", "2026-12-07")]
    over_the_weekend = replace(ACCEPTED, snoozed_until=date(2026, 11, 28))
    assert days(over_the_weekend)[:2] == [("ahead", "2026-11-30"), ("late", "2026-11-30")]


@pytest.mark.parametrize(
    ("today", "until", "fits"),
    [
        (TODAY, date(2026, 11, 24), True),  # ten business days
        (TODAY, date(2026, 11, 25), False),
        (FIRST, date(2026, 12, 4), True),  # the limit's last day
        (FIRST, date(2026, 12, 5), False),
    ],
)
def test_a_reminder_waits_ten_business_days_at_most_and_never_beyond_the_limit(today, until, fits):
    if fits:
        reminders.check_snooze(ACCEPTED, CALENDAR, until, today)
        return
    with pytest.raises(reminders.TooLongASnooze):
        reminders.check_snooze(ACCEPTED, CALENDAR, until, today)


def test_what_was_late_before_it_came_into_the_record_is_not_told_again():
    late = datetime(2026, 12, 1, 9, tzinfo=ZoneInfo(ZURICH))
    taken = reminders.taken_over(ACCEPTED, CALENDAR, ZONES, late)
    assert [reminders.unsaid(taken, one) for one in (Event.LATE, Event.LIMIT)] == [False, True]
    assert reminders.taken_over(ACCEPTED, CALENDAR, ZONES, NOW) == ACCEPTED


def test_what_the_record_says_of_a_due_day_it_says_once():
    assert reminders.unsaid(ACCEPTED, Event.LATE)
    said = replace(ACCEPTED, rang={"late": FIRST.isoformat()})
    assert not reminders.unsaid(said, Event.LATE)
    assert reminders.unsaid(replace(said, due=FIRST + timedelta(days=7)), Event.LATE)
