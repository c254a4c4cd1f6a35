"""A hold: both sides consent, the clocks stand still, a legal one does not, and it ends by itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.errors import Refusal
from bot.governance import clocks, pause
from bot.governance.clocks import Kind
from bot.governance.issue import LegalClock, State
from bot.governance.states import IsClaimed, IsOver
from bot.governance.visibility import Visibility
from tests.governance import example
from tests.governance.issues import ISSUE
from tests.governance.test_work import ANNIKA, DISPUTED, KNOWN, OFFERED, RAFAEL, RESOLVED, ROOM, TOMASZ

ASKED_AT = datetime(2026, 11, 12, 10, tzinfo=UTC)
UNTIL = date(2026, 11, 19)
ASKED = pause.ask(KNOWN, RAFAEL, "ethics committee", UNTIL, ASKED_AT)
HELD = pause.agreed(ASKED, TOMASZ, ASKED_AT)
CALENDAR = example.calendar()


def refused(check, issue, party):
    """The class of the refusal, None where it passes."""
    try:
        check(issue, party)
    except Refusal as refusal:
        return type(refusal) if refusal.sentence else None
    return None


def test_asking_stops_nothing():
    assert ASKED.state is State.ACKNOWLEDGED
    assert ASKED.stops == ()
    assert Kind.LEVEL in clocks.wanted(ASKED, CALENDAR)
    assert (ASKED.hold.reason, ASKED.hold.until, ASKED.hold.by) == ("ethics committee", UNTIL, "PER-10")


def test_only_the_other_side_consents():
    assert refused(pause.check_answer, ASKED, ANNIKA) is pause.OwnHold
    assert refused(pause.check_answer, ASKED, ROOM) is None
    assert refused(pause.check_answer, KNOWN, TOMASZ) is pause.NoHoldAsked
    assert pause.declined(ASKED).hold is None


def test_from_the_consent_on_every_clock_but_a_legal_one_stands_still():
    legal = LegalClock("EU CTR Art. 52", ASKED_AT, 7, date(2026, 11, 19))
    held = pause.agreed(replace(ASKED, legal=legal), TOMASZ, ASKED_AT)
    assert held.state is State.ON_HOLD
    assert set(clocks.wanted(held, CALENDAR)) == {Kind.RESUME, Kind.LEGAL}
    assert {one.kind for one in clocks.running(held, CALENDAR)} == {Kind.LEGAL}
    assert clocks.wanted(held, CALENDAR)[Kind.RESUME] == datetime(2026, 11, 19, 7, tzinfo=UTC)


def test_it_goes_on_where_it_was_and_the_days_in_between_do_not_count():
    before = clocks.wanted(KNOWN, CALENDAR)[Kind.LEVEL]
    resumed = pause.resumed(HELD, datetime(2026, 11, 19, 7, tzinfo=UTC))
    assert (resumed.state, resumed.hold) == (State.ACKNOWLEDGED, None)
    after = clocks.wanted(resumed, CALENDAR)[Kind.LEVEL]
    assert CALENDAR.business_days_between(before.date(), after.date()) == 5
    assert refused(pause.check_resume, resumed, TOMASZ) is pause.NotOnHold


def test_a_plan_made_before_a_hold_is_still_the_plan_after_it():
    in_progress = replace(KNOWN, state=State.IN_PROGRESS)
    held = pause.agreed(pause.ask(in_progress, TOMASZ, "authority", UNTIL, ASKED_AT), RAFAEL, ASKED_AT)
    assert pause.resumed(held, ASKED_AT + timedelta(days=1)).state is State.IN_PROGRESS


def test_either_side_resumes():
    assert refused(pause.check_resume, HELD, ANNIKA) is None
    assert refused(pause.check_resume, HELD, TOMASZ) is None
    assert refused(pause.check_resume, replace(HELD, state=State.CLOSED), TOMASZ) is IsOver


def test_a_hold_is_asked_for_only_while_it_is_worked_on():
    assert refused(pause.check_hold, OFFERED, RAFAEL) is None
    assert refused(pause.check_hold, ISSUE, RAFAEL) is pause.NotSeenYet
    assert refused(pause.check_hold, HELD, RAFAEL) is pause.IsOnHold
    assert refused(pause.check_hold, RESOLVED, RAFAEL) is IsClaimed
    assert refused(pause.check_hold, replace(KNOWN, state=State.CLOSED), RAFAEL) is IsOver
    assert refused(pause.check_hold, DISPUTED, RAFAEL) is pause.IsDisputed
    assert refused(pause.check_answer, HELD, TOMASZ) is pause.IsOnHold


def test_one_sides_own_issue_is_held_at_once():
    own = replace(KNOWN, visibility=Visibility.CRO_INTERNAL)
    held = pause.ask(own, RAFAEL, "authority", UNTIL, ASKED_AT)
    assert (held.state, held.hold.agreed_by, len(held.stops)) == (State.ON_HOLD, "PER-10", 1)


def test_a_hold_that_would_be_over_is_not_agreed():
    with pytest.raises(pause.PastHold):
        pause.agreed(ASKED, TOMASZ, datetime(2026, 11, 19, 8, tzinfo=UTC))
