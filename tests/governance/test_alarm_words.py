"""What an alarm says: fact, effect, ask and by when, with times of the reader's own, and nobody to blame."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.cards import issue_alarm
from bot.cards.setting import Setting
from bot.governance.alarm import Alarm
from bot.governance.calendar import Limit, WorkCalendar
from bot.governance.clocks import Kind, running
from bot.governance.escalation import Severity
from bot.governance.issue import Graded, LegalClock
from bot.governance.life import acknowledge
from bot.governance.partnership import Level
from bot.records import Entry
from tests import alarm_gallery as gallery
from tests.gallery_words import ANNIKA, NORTHMERE, PEOPLE
from tests.governance.issues import ISSUE, LIMIT, RAISED

WEEK = frozenset({"mon", "tue", "wed", "thu", "fri"})
SWISS = WorkCalendar(
    "CAL", WEEK, frozenset({date(2026, 12, 25), date(2027, 1, 1), date(2027, 3, 26)}), time(17)
)
ZONES = ("Europe/Zurich", "Europe/London", "Europe/Madrid", "America/New_York")
BLAME = ("fail", "fault", "ignor", "neglect", "should have", "blame", "again and again", "unfortunately")


def said(at, zone, kind=Kind.ACK):
    """The fact of an alarm of that limit, as somebody in that zone reads it."""
    here = Setting(replace(ANNIKA, zone=zone), NORTHMERE, PEOPLE)
    return issue_alarm.said(ISSUE, here, Alarm(at, {kind: at}))


def ends(raised, **limit):
    return SWISS.limit_end(datetime.fromisoformat(f"{raised}Z"), Limit(**limit))


@pytest.mark.parametrize(
    ("raised", "limit", "utc", "words"),
    [
        # the last week of summer time in Europe: the close of day stays where it is in UTC
        (
            "2026-10-23T09:00",
            {"business_days": 1},
            "2026-10-26T17:00",
            "18:00 CET|17:00 GMT|18:00 CET|13:00 EDT",
        ),
        (
            "2026-10-22T09:00",
            {"business_days": 1},
            "2026-10-23T17:00",
            "19:00 CEST|18:00 BST|19:00 CEST|13:00 EDT",
        ),
        (
            "2026-10-24T23:30",
            {"elapsed_hours": 4},
            "2026-10-25T03:30",
            "04:30 CET|03:30 GMT|04:30 CET|23:30 EDT",
        ),
        # the hour that comes twice: both instants are told apart by the zone
        (
            "2026-10-24T20:30",
            {"elapsed_hours": 4},
            "2026-10-25T00:30",
            "02:30 CEST|01:30 BST|02:30 CEST|20:30 EDT",
        ),
        (
            "2026-10-24T21:30",
            {"elapsed_hours": 4},
            "2026-10-25T01:30",
            "02:30 CET|01:30 GMT|02:30 CET|21:30 EDT",
        ),
        # New York follows a week later
        (
            "2026-10-30T09:00",
            {"business_days": 1},
            "2026-11-02T17:00",
            "18:00 CET|17:00 GMT|18:00 CET|12:00 EST",
        ),
        (
            "2026-11-01T03:00",
            {"elapsed_hours": 4},
            "2026-11-01T07:00",
            "08:00 CET|07:00 GMT|08:00 CET|02:00 EST",
        ),
        # in spring it goes first, and an hour is missing
        (
            "2027-03-12T09:00",
            {"business_days": 1},
            "2027-03-15T17:00",
            "18:00 CET|17:00 GMT|18:00 CET|13:00 EDT",
        ),
        (
            "2027-03-14T05:00",
            {"elapsed_hours": 4},
            "2027-03-14T09:00",
            "10:00 CET|09:00 GMT|10:00 CET|05:00 EDT",
        ),
        (
            "2027-03-25T09:00",
            {"business_days": 1},
            "2027-03-29T17:00",
            "19:00 CEST|18:00 BST|19:00 CEST|13:00 EDT",
        ),
        (
            "2027-03-27T22:00",
            {"elapsed_hours": 4},
            "2027-03-28T02:00",
            "04:00 CEST|03:00 BST|04:00 CEST|22:00 EDT",
        ),
        # over the year's end, a weekend, and a holiday of one side
        (
            "2026-12-31T16:59",
            {"business_days": 1},
            "2027-01-04T17:00",
            "18:00 CET|17:00 GMT|18:00 CET|12:00 EST",
        ),
        (
            "2026-12-31T23:00",
            {"elapsed_hours": 4},
            "2027-01-01T03:00",
            "04:00 CET|03:00 GMT|04:00 CET|22:00 EST",
        ),
        (
            "2026-12-24T10:00",
            {"business_days": 1},
            "2026-12-28T17:00",
            "18:00 CET|17:00 GMT|18:00 CET|12:00 EST",
        ),
    ],
)
def test_a_limit_over_a_change_of_the_clocks_ends_as_agreed_and_each_reads_it_in_their_own_zone(
    raised, limit, utc, words
):
    at = ends(raised, **limit)
    assert at == datetime.fromisoformat(f"{utc}Z")
    for zone, time_there in zip(ZONES, words.split("|"), strict=True):
        assert f", {time_there}." in said(at, zone), zone
    assert said(datetime(2027, 1, 1, 3, tzinfo=UTC), "America/New_York").startswith(
        "Not acknowledged by Thu 31 Dec 2026"
    )


def test_the_day_of_a_legal_clock_is_the_same_for_everybody_and_runs_over_the_year():
    aware = datetime(2026, 12, 28, 23, 30, tzinfo=UTC)
    legal = LegalClock("EU 536/2014 Art. 52", aware, 7, date(2027, 1, 4))
    issue = replace(acknowledge(ISSUE, "PER-04", RAISED), legal=legal)
    (clock,) = (one for one in running(issue, SWISS) if one.kind is Kind.LEGAL)
    assert clock.at == datetime(2027, 1, 5, tzinfo=UTC)
    for zone in ZONES:
        here = Setting(replace(ANNIKA, zone=zone), NORTHMERE, PEOPLE)
        at = datetime(2027, 1, 1, 7, tzinfo=UTC)
        told = issue_alarm.said(issue, here, Alarm(at, {Kind.LEGAL: at}))
        assert told.endswith("(EU 536/2014 Art. 52): 3 calendar days left, until Mon 4 Jan 2027.")


def test_the_clocks_of_an_issue_that_is_raised_in_the_last_hour_of_the_year_agree():
    raised = datetime(2026, 12, 31, 23, 59, tzinfo=UTC)
    issue = replace(
        ISSUE, raised_at=raised, level_entered_at=raised, grades=(Graded(raised, Severity.MAJOR),)
    )
    days = {one.kind: one.at.date().isoformat() for one in running(issue, SWISS)}
    wanted = {"ack": "2027-01-04", "plan": "2027-01-08", "resolve": "2027-01-29", "level": "2027-01-08"}
    assert days == wanted


def test_fact_effect_ask_and_need_by_date_stand_in_that_order():
    card = gallery.cards_of_kinds()["acknowledge, one side empty"]
    fact, effect, *_ = card.blocks
    assert fact.text == (
        "Not acknowledged by Wed 11 Nov 2026, 22:45 UTC+5:45. NOR-ISS-008 moves from L1 to L2."
    )
    assert effect.text == (
        "Operations decide now. Rafael Okonkwo-Brandão (Northmere Clinical Ltd) stays the owner."
        " Northmere Clinical Ltd names nobody at L2."
        " Halcyra Therapeutics AG is asked to acknowledge it by Tue 17 Nov 2026, 22:45 UTC+5:45."
    )


def test_no_alarm_blames_anybody():
    for name, card in (gallery.cards_of_kinds() | gallery.cards_answered()).items():
        words = " ".join(getattr(block, "text", "") for block in card.blocks[:3]).casefold()
        assert not any(one in words for one in BLAME), name


def test_lateness_is_told_from_the_record_alone():
    limit = LIMIT.isoformat()
    history = (
        Entry("issue.log", "PER-09", RAISED),
        Entry("issue.climb", "", LIMIT + timedelta(hours=26), None, "", "", "",
              {"level": "L1", "rang": {}}, {"level": "L2", "rang": {"ack": limit}, "version": 2}),
    )  # fmt: skip
    heard = issue_alarm.read(history, "2")
    assert (heard.kind, heard.was, heard.now) == (Kind.ACK, Level.L1, Level.L2)
    assert issue_alarm.lateness(heard) == "Parley was not running then; this comes 26 hours late."
    corrected = (replace(history[0], at=LIMIT + timedelta(hours=26)), history[1])
    assert issue_alarm.lateness(issue_alarm.read(corrected, "2")) == ""
    assert issue_alarm.read(history, "3") is None
