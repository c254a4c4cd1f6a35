"""A possible serious breach: who may name it, what its clock does, who assesses it and what that ends."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.errors import Refusal
from bot.governance import clocks, legal
from bot.governance.clocks import Kind
from bot.governance.company import Contact
from bot.governance.escalation import Severity
from bot.governance.issue import Assessment, Issue, State
from bot.governance.partnership import Counterparts, Level
from bot.governance.party import Party
from bot.governance.visibility import Side, Visibility
from tests.governance.example import calendar
from tests.governance.issues import ISSUE, RAISED

NOW = RAISED + timedelta(hours=8)
SPONSOR, CRO = Party("PER-05", Side.SPONSOR), Party("PER-09", Side.CRO)
BREACH = legal.named_breach(ISSUE, "PER-09", "PER-05", NOW, NOW)
PAIRS = (
    Counterparts("L2", "PER-02", "PER-08"),
    Counterparts("L3", "", "PER-07"),
    Counterparts("quality", "PER-05", ""),
)
CONTACTS = (
    Contact("P-NOR", "quality", Side.SPONSOR, person="PER-55"),
    Contact("P-NOR", "quality", Side.CRO, person="PER-08"),
    Contact("P-NOR", "safety", Side.SPONSOR, name="Drug safety desk"),
)


def refused(check, *args, **more):
    try:
        check(*args, **more)
    except Refusal as refusal:
        return type(refusal)
    return None


def test_naming_one_makes_it_critical_at_its_level_with_seven_calendar_days():
    assert BREACH.severity is Severity.CRITICAL
    assert BREACH.category == "serious_breach_candidate"
    assert (BREACH.level, BREACH.level_entered_at) == (Level.L2, NOW)
    assert [one.severity for one in BREACH.grades] == [Severity.MAJOR, Severity.CRITICAL]
    assert BREACH.restarted_at == NOW
    assert BREACH.first_severity is Severity.MAJOR
    assert BREACH.legal == replace(BREACH.legal, rule="EU CTR Art. 52", aware_at=NOW, limit_calendar_days=7)
    assert BREACH.legal.due == date(2026, 11, 17)
    assert BREACH.legal.assessment is Assessment.PENDING


def test_what_is_critical_and_higher_up_stays_as_it_is():
    high = replace(ISSUE, severity=Severity.CRITICAL, level=Level.L3)
    named = legal.named_breach(high, "PER-09", "", NOW, NOW)
    assert (named.level, named.level_entered_at, named.grades) == (Level.L3, RAISED, ISSUE.grades)


@pytest.mark.parametrize(
    ("aware", "due"),
    [
        (datetime(2026, 11, 13, 17, 40, tzinfo=UTC), date(2026, 11, 20)),
        (datetime(2026, 12, 28, 23, 59, tzinfo=UTC), date(2027, 1, 4)),
        (datetime(2028, 2, 27, 0, 0, tzinfo=UTC), date(2028, 3, 5)),
    ],
)
def test_it_counts_calendar_days_over_weekends_and_the_end_of_a_year(aware, due):
    named = legal.named_breach(ISSUE, "PER-09", "", aware, aware)
    assert named.legal.due == due
    assert named.legal.days_left(aware.date()) == 7


def test_awareness_is_never_later_than_now_and_only_ever_moves_back():
    later = legal.named_breach(ISSUE, "PER-09", "", NOW + timedelta(days=1), NOW)
    assert later.legal.aware_at == NOW
    earlier = legal.aware_since(BREACH, NOW - timedelta(days=2))
    assert earlier.legal.due == date(2026, 11, 15)
    assert refused(legal.aware_since, BREACH, NOW) is legal.NotEarlier


def test_a_hold_stops_every_clock_but_the_legal_one():
    held = replace(BREACH, state=State.ON_HOLD)
    assert [one.kind for one in clocks.running(held, calendar())] == [Kind.LEGAL]


@pytest.mark.parametrize("verdict", Assessment)
def test_the_clock_runs_until_the_authority_was_told_or_it_is_none(verdict):
    found = legal.assessed(BREACH, verdict, "why")
    kinds = [one.kind for one in clocks.running(found, calendar())]
    assert (Kind.LEGAL in kinds) is (verdict in (Assessment.PENDING, Assessment.CONFIRMED))
    assert found.legal.reason == "why"


NAMED = {
    "new": (ISSUE, None),
    "on hold": (replace(ISSUE, state=State.ON_HOLD), None),
    "resolved": (replace(ISSUE, state=State.RESOLVED), None),
    "the sponsor's own": (replace(ISSUE, visibility=Visibility.SPONSOR_INTERNAL), None),
    "the CRO's own": (replace(ISSUE, visibility=Visibility.CRO_INTERNAL), legal.OnlyTheCrosOwn),
    "pending": (BREACH, legal.AlreadyABreach),
    "confirmed": (legal.assessed(BREACH, Assessment.CONFIRMED, ""), legal.AlreadyABreach),
    "none after all": (legal.assessed(BREACH, Assessment.NOT_A_BREACH, ""), None),
    "notified": (legal.assessed(BREACH, Assessment.NOTIFIED, ""), legal.AlreadyNotified),
}


@pytest.mark.parametrize("case", NAMED)
def test_either_side_names_an_open_one(case):
    issue, why = NAMED[case]
    assert [refused(legal.check_breach, issue, party) for party in (SPONSOR, CRO)] == [why, why]


@pytest.mark.parametrize("state", [state for state in State if state.over])
def test_what_is_over_is_not_named_one(state):
    assert refused(legal.check_breach, replace(ISSUE, state=state), SPONSOR)


def test_only_the_sponsor_assesses_what_runs():
    ended = legal.assessed(BREACH, Assessment.NOT_A_BREACH, "")
    assert refused(legal.check_assess, BREACH, SPONSOR) is None
    assert refused(legal.check_assess, BREACH, CRO) is legal.TheSponsorAssesses
    assert refused(legal.check_assess, ISSUE, SPONSOR) is legal.NoBreach
    assert refused(legal.check_assess, ended, SPONSOR) is legal.AlreadyAssessed
    assert refused(legal.check_aware, ISSUE, CRO) is legal.NoBreach


@pytest.mark.parametrize(
    ("party", "leads", "may"),
    [
        (SPONSOR, False, True),
        (Party("PER-55", Side.SPONSOR), False, True),
        (Party("PER-04", Side.SPONSOR), False, False),
        (Party("PER-04", Side.SPONSOR), True, True),
        (Party("PER-04", Side.SPONSOR, frozenset({"PER-05"})), False, True),
        (Party("PER-05", Side.CRO), False, False),
        (Party("", Side.SPONSOR), False, True),
    ],
)
def test_the_assessor_the_quality_line_a_lead_or_a_stand_in_says_what_it_is(party, leads, may):
    found = refused(legal.check_assessor, BREACH, party, ("PER-55",), leads=leads)
    assert found is (None if may else legal.NotYoursToAssess)


def test_the_same_verdict_twice_is_refused():
    assert refused(legal.check_verdict, BREACH, Assessment.PENDING) is legal.AlreadyABreach
    assert refused(legal.check_verdict, BREACH, Assessment.CONFIRMED) is None


def test_it_stays_critical_until_it_is_assessed():
    minor: Issue = replace(BREACH, severity=Severity.MINOR)
    assert refused(legal.stays_critical, BREACH, minor) is legal.StaysCritical
    assert legal.stays_critical(ISSUE, minor) is minor
    assert legal.stays_critical(BREACH, replace(BREACH, category="tmf")).category == legal.CATEGORY


def test_both_quality_lines_and_both_levels_hear_each_once():
    assert legal.assessor(PAIRS, CONTACTS) == "PER-05"
    assert legal.assessor((), CONTACTS) == "PER-55"
    assert legal.assessor((), ()) == ""
    assert legal.hear_at_once(PAIRS, CONTACTS) == ("PER-05", "PER-55", "PER-08", "PER-07", "PER-02")
