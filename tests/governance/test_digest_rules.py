"""When digests come: in the reader's own days, through changes of the clocks, once a day, not on days off."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refusal
from bot.governance import digest as rules
from bot.governance.calendar import WorkCalendar
from bot.governance.company import Absence
from bot.governance.digest import Days, DigestSetting, Rhythm
from bot.handlers import digest_said

ZURICH = "Europe/Zurich"
DAILY = DigestSetting("PER-01")
WEEKLY = replace(DAILY, rhythm=Rhythm.WEEKLY, at=time(8))
WORK = WorkCalendar(
    "C", frozenset({"mon", "tue", "wed", "thu", "fri"}), frozenset({date(2026, 12, 25)}), time(17)
)
ZONES = (ZURICH, "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "UTC")


def utc(*when):
    return datetime(*when, tzinfo=UTC)


def test_it_comes_at_the_same_wall_time_before_and_after_the_clocks_change():
    before, after = (
        rules.next_instant(DAILY, ZURICH, utc(2026, 10, 24, 4)),
        rules.next_instant(DAILY, ZURICH, utc(2026, 10, 25, 4)),
    )
    assert (before, after) == (utc(2026, 10, 24, 5, 30), utc(2026, 10, 25, 6, 30))


def test_a_time_in_the_hour_that_is_skipped_comes_at_the_first_instant_after_it():
    early = replace(DAILY, at=time(2, 30))
    assert rules.next_instant(early, ZURICH, utc(2027, 3, 27, 12)) == utc(2027, 3, 28, 1)
    odd = rules.odd(time(2, 30), ZURICH, date(2026, 11, 22))
    assert (odd.day, odd.at, odd.twice) == (date(2027, 3, 28), time(3), False)


def test_an_hour_that_comes_twice_counts_once():
    early = replace(DAILY, at=time(2, 30))
    first = rules.next_instant(early, ZURICH, utc(2026, 10, 24, 12))
    assert first == utc(2026, 10, 25, 0, 30)
    assert rules.next_instant(replace(early, told_at=first), ZURICH, first) == utc(2026, 10, 26, 1, 30)
    assert rules.odd(time(2, 30), ZURICH, date(2026, 10, 1)).twice
    assert rules.odd(time(7, 30), ZURICH, date(2026, 10, 1)) is None


@given(st.dates(date(2024, 1, 1), date(2028, 1, 1)), st.sampled_from(ZONES), st.times())
def test_every_local_day_has_one_and_no_day_has_two(start, zone, at):
    setting = replace(DAILY, at=at.replace(second=0, microsecond=0))
    now, days = datetime.combine(start, time(), tzinfo=UTC), []
    for _ in range(6):
        now = rules.next_instant(setting, zone, now)
        setting = replace(setting, told_at=now)
        days.append(rules.local_day(now, zone))
    assert days == [days[0] + timedelta(days=step) for step in range(6)]


def test_weekly_ones_come_on_their_day_and_none_comes_before_a_pause_is_over():
    assert rules.next_instant(WEEKLY, ZURICH, utc(2026, 11, 23, 8)) == utc(2026, 11, 30, 7)
    paused = replace(DAILY, paused_until=date(2026, 12, 3))
    assert rules.next_instant(paused, ZURICH, utc(2026, 11, 23, 8)) == utc(2026, 12, 3, 6, 30)
    assert rules.next_instant(replace(DAILY, rhythm=Rhythm.NONE), ZURICH, utc(2026, 11, 23)) is None


def test_whoever_had_one_today_gets_the_next_one_tomorrow_whatever_time_they_choose():
    told = replace(DAILY, told_at=utc(2026, 11, 23, 6, 30), at=time(17))
    assert rules.next_instant(told, ZURICH, utc(2026, 11, 23, 7)) == utc(2026, 11, 24, 16)


def test_roles_decide_until_somebody_chooses():
    assert rules.usual("P", {"executive_sponsor"}).rhythm is Rhythm.WEEKLY
    assert rules.usual("P", {"executive_sponsor", "study_lead"}).rhythm is Rhythm.DAILY
    assert rules.usual("P", {"observer", "administrator"}).rhythm is Rhythm.NONE
    assert rules.follows(DAILY, {"general_counsel"}).rhythm is Rhythm.WEEKLY
    assert rules.follows(replace(DAILY, chosen=True), {"general_counsel"}).rhythm is Rhythm.DAILY


def test_a_day_off_is_one_in_every_calendar_or_of_ones_own():
    days = Days(
        (WORK, replace(WORK, holidays=frozenset())), Absence("P", date(2026, 12, 1), date(2026, 12, 4), "Q")
    )
    assert not days.closed(date(2026, 12, 25))
    assert Days((WORK,)).closed(date(2026, 12, 25))
    assert days.closed(date(2026, 12, 3))
    assert Days().closed(date(2026, 12, 5))
    assert Days((WORK,)).looks_to(date(2026, 12, 24)) == date(2026, 12, 29)


def test_a_weekly_one_on_a_day_off_comes_on_the_first_day_at_work():
    closed = Days((replace(WORK, holidays=frozenset({date(2026, 11, 30)})),))
    held = rules.next_open(WEEKLY, ZURICH, utc(2026, 11, 30, 7), closed)
    assert held == utc(2026, 12, 1, 7)
    assert rules.next_open(DAILY, ZURICH, utc(2026, 11, 27, 6, 30), closed) == utc(2026, 11, 28, 6, 30)


def test_what_is_foreseen_is_a_day_at_work_and_a_pause_that_is_over_is_forgotten():
    closed = Days((replace(WORK, holidays=frozenset({date(2026, 11, 30)})),))
    assert rules.expected(DAILY, ZURICH, utc(2026, 11, 27, 7), closed) == utc(2026, 12, 1, 6, 30)
    assert rules.expected(replace(DAILY, rhythm=Rhythm.NONE), ZURICH, utc(2026, 11, 27), closed) is None
    paused = replace(DAILY, paused_until=date(2026, 12, 3))
    assert rules.current(paused, date(2026, 12, 2)) == paused
    assert rules.current(paused, date(2026, 12, 3)) == DAILY


SAID = {
    "daily 07:30": (Rhythm.DAILY, 0, time(7, 30)),
    "every day at 7.15": (Rhythm.DAILY, 0, time(7, 15)),
    "weekly Monday 08:00": (Rhythm.WEEKLY, 0, time(8)),
    "fridays 4:30 pm": (Rhythm.WEEKLY, 4, time(16, 30)),
    "weekly": (Rhythm.WEEKLY, 0, time(7, 30)),
    "12am": (Rhythm.DAILY, 0, time(0)),
    "never": (Rhythm.NONE, 0, time(7, 30)),
}


@pytest.mark.parametrize("words", SAID)
def test_a_time_is_read_as_it_is_said(words):
    read = digest_said.read(words, DAILY, ZURICH)
    assert (read.rhythm, read.weekday, read.at) == SAID[words]


def test_whoever_gets_none_and_names_a_time_gets_it_daily():
    none = replace(DAILY, rhythm=Rhythm.NONE)
    assert digest_said.read("09:00", none, ZURICH).rhythm is Rhythm.DAILY
    assert not digest_said.read("daily silent", none, ZURICH).quiet


REFUSED = {
    "daily 25:00": "NoSuchTime",
    "daily 7": "NoSuchTime",
    "13pm": "NoSuchTime",
    "daily 07:30 Europe/Zurch": "NoSuchZone",
    "daily 07:30 CEST": "NoSuchZone",
    "daily 07:30 America/New_York": "YourOwnZone",
    "sometimes": "WhichRhythm",
    "at": "WhichRhythm",
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_be_meant_is_refused_in_one_sentence(words):
    with pytest.raises(Refusal) as refused:
        digest_said.read(words, DAILY, ZURICH)
    assert type(refused.value).__name__ == REFUSED[words]
    assert "\n" not in refused.value.sentence
