"""Instants in the reader's own zone and with its name, also while clocks change."""

from datetime import UTC, date, datetime

import pytest

from bot.cards import when
from tests.governance import example

PEOPLE_ZONES = {one["zone"] for one in example.EXAMPLE["organisations"]}


def at(words):
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "zone", "words"),
    [
        ("2026-11-11 17:00", "Europe/Zurich", "Wed 11 Nov 2026, 18:00 CET"),
        ("2026-11-11 17:00", "Europe/London", "Wed 11 Nov 2026, 17:00 GMT"),
        ("2026-11-11 17:00", "America/New_York", "Wed 11 Nov 2026, 12:00 EST"),
        ("2026-11-11 17:00", "America/Sao_Paulo", "Wed 11 Nov 2026, 14:00 UTC-3"),
        ("2026-11-11 17:00", "Asia/Singapore", "Thu 12 Nov 2026, 01:00 UTC+8"),
        ("2026-11-11 17:00", "Asia/Kathmandu", "Wed 11 Nov 2026, 22:45 UTC+5:45"),
        ("2026-11-11 17:00", "Asia/Kolkata", "Wed 11 Nov 2026, 22:30 IST"),
        ("2026-11-11 17:00", "America/St_Johns", "Wed 11 Nov 2026, 13:30 NST"),
        ("2026-11-11 17:00", "Pacific/Marquesas", "Wed 11 Nov 2026, 07:30 UTC-9:30"),
        ("2026-11-11 17:00", "Pacific/Chatham", "Thu 12 Nov 2026, 06:45 UTC+13:45"),
        ("2026-11-11 17:00", "UTC", "Wed 11 Nov 2026, 17:00 UTC"),
        ("2026-12-31 23:30", "Europe/Zurich", "Fri 1 Jan 2027, 00:30 CET"),
    ],
)
def test_an_instant_is_told_in_the_readers_zone_with_its_name(instant, zone, words):
    assert when.instant(at(instant), zone) == words


@pytest.mark.parametrize(
    ("instant", "zone", "words"),
    [
        ("2026-03-29 00:59", "Europe/Zurich", "Sun 29 Mar 2026, 01:59 CET"),
        ("2026-03-29 01:00", "Europe/Zurich", "Sun 29 Mar 2026, 03:00 CEST"),
        ("2026-10-25 00:30", "Europe/Zurich", "Sun 25 Oct 2026, 02:30 CEST"),
        ("2026-10-25 01:30", "Europe/Zurich", "Sun 25 Oct 2026, 02:30 CET"),  # the same hour again
        ("2026-10-25 00:30", "Europe/London", "Sun 25 Oct 2026, 01:30 BST"),
        ("2026-10-25 01:30", "Europe/London", "Sun 25 Oct 2026, 01:30 GMT"),
        ("2026-03-08 06:59", "America/New_York", "Sun 8 Mar 2026, 01:59 EST"),
        ("2026-03-08 07:00", "America/New_York", "Sun 8 Mar 2026, 03:00 EDT"),
        ("2026-11-01 05:30", "America/New_York", "Sun 1 Nov 2026, 01:30 EDT"),
        ("2026-11-01 06:30", "America/New_York", "Sun 1 Nov 2026, 01:30 EST"),
        ("2026-10-28 17:00", "America/New_York", "Wed 28 Oct 2026, 13:00 EDT"),  # Europe has changed already
        ("2026-10-28 17:00", "Europe/Zurich", "Wed 28 Oct 2026, 18:00 CET"),
    ],
)
def test_while_clocks_change_the_zone_says_which_hour_is_meant(instant, zone, words):
    assert when.instant(at(instant), zone) == words


def test_one_limit_is_one_instant_however_it_is_told():
    limit = at("2026-10-26 17:00")
    told = {zone: when.instant(limit, zone) for zone in sorted(PEOPLE_ZONES)}
    assert told == {
        "Europe/London": "Mon 26 Oct 2026, 17:00 GMT",
        "Europe/Madrid": "Mon 26 Oct 2026, 18:00 CET",
        "Europe/Zurich": "Mon 26 Oct 2026, 18:00 CET",
    }


def test_a_day_is_told_with_its_weekday_and_year():
    assert when.day(date(2026, 11, 5)) == "Thu 5 Nov 2026"
