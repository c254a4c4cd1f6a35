"""The severity as both sides see it: the higher applies until they agree, and the clocks begin anew."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.governance import clocks, legal
from bot.governance.clocks import Kind
from bot.governance.escalation import Severity
from bot.governance.grading import (
    AlreadySoSevere,
    AlreadyYourView,
    NothingToAgree,
    agree_severity,
    check_severity,
    check_severity_agree,
    differs,
    state_severity,
    view_of,
)
from bot.governance.issue import Assessment, State
from bot.governance.partnership import Level
from bot.governance.states import IsClaimed, IsOver, IsWithdrawn
from bot.governance.visibility import Side
from tests.governance import example
from tests.governance.judged import NOW, RAISED, issue, of, own

CRITICAL, MAJOR, MINOR = Severity
LATER = NOW + timedelta(hours=5)
both_ways = pytest.mark.parametrize("side", Side)


def known(side):
    """Major, raised by that side, acknowledged by the other."""
    return issue(State.ACKNOWLEDGED, raised=side, owned=side)


@both_ways
def test_a_higher_view_of_either_side_applies_at_once_and_begins_the_clocks_anew(side):
    for speaker in Side:
        raised = state_severity(known(side), of(speaker), CRITICAL, "Dosing error.", NOW)
        assert (raised.severity, raised.restarted_at) == (CRITICAL, NOW)
        assert (raised.grades[-1].severity, raised.grades[-1].reason) == (CRITICAL, "Dosing error.")
        assert raised.first_severity is MAJOR
        assert not differs(raised)


@both_ways
def test_a_lower_view_waits_until_the_other_side_agrees(side):
    asked = state_severity(known(side), of(side.other), MINOR, "Local.", NOW)
    assert (asked.severity, asked.grades) == (MAJOR, known(side).grades)
    assert not differs(asked)
    with pytest.raises(NothingToAgree):
        check_severity_agree(asked, of(side.other))
    agreed = agree_severity(asked, of(side, "PER-agrees"), LATER)
    assert (agreed.severity, agreed.views, agreed.restarted_at) == (MINOR, (), LATER)
    assert (agreed.grades[-1].by, agreed.grades[-1].reason) == ("PER-agrees", "Local.")


@both_ways
def test_where_both_have_spoken_and_differ_the_higher_applies_and_the_dispute_shows(side):
    raised = state_severity(known(side), of(side.other), CRITICAL, "Dosing error.", NOW)
    held = state_severity(raised, of(side), MAJOR, "No participant was dosed.", LATER)
    assert differs(held)
    assert (held.severity, held.grades) == (CRITICAL, raised.grades)
    assert [view_of(held, one).severity for one in (side, side.other)] == [MAJOR, CRITICAL]
    milder = state_severity(held, of(side), MINOR, "Nor could be.", LATER)
    assert (milder.severity, view_of(milder, side).severity, len(milder.views)) == (CRITICAL, MINOR, 2)
    for party, wanted in ((of(side), CRITICAL), (of(side.other), MAJOR)):
        agreed = agree_severity(held, party, LATER)
        assert (agreed.severity, agreed.views) == (wanted, ())
        assert (len(agreed.grades) > len(held.grades)) is (wanted is MAJOR)


@both_ways
def test_saying_what_the_other_side_says_is_agreeing(side):
    raised = state_severity(known(side), of(side.other), CRITICAL, "Dosing error.", NOW)
    agreed = state_severity(raised, of(side), CRITICAL, "So it is.", LATER)
    assert (agreed.severity, agreed.views, agreed.grades) == (CRITICAL, (), raised.grades)


@both_ways
def test_a_view_nobody_has_answered_can_be_taken_back_and_gains_no_time(side):
    raised = state_severity(known(side), of(side.other), CRITICAL, "Dosing error.", NOW)
    back = state_severity(raised, of(side.other), MAJOR, "Misread.", LATER)
    assert (back.severity, back.views, back.restarted_at) == (MAJOR, (), RAISED)
    lower = state_severity(raised, of(side.other), MINOR, "Less still.", LATER)
    assert (lower.severity, lower.grades, lower.restarted_at) == (MAJOR, known(side).grades, RAISED)
    answered = state_severity(raised, of(side), MAJOR, "No participant.", NOW)
    assert state_severity(answered, of(side.other), MAJOR, "Misread.", LATER).restarted_at == LATER


@both_ways
def test_neither_side_brings_a_possible_serious_breach_down_alone(side):
    raised = state_severity(known(side), of(side), CRITICAL, "Dosing error.", NOW)
    named = legal.named_breach(raised, "PER-owner", "", NOW, NOW)
    with pytest.raises(legal.StaysCritical):
        state_severity(named, of(side), MAJOR, "Misread.", LATER)
    none = legal.assessed(named, Assessment.NOT_A_BREACH, "In date.")
    assert state_severity(none, of(side), MAJOR, "Misread.", LATER).severity is CRITICAL


@both_ways
def test_a_view_comes_down_as_far_as_the_other_sides(side):
    raised = state_severity(known(side), of(side.other), CRITICAL, "Dosing error.", NOW)
    held = state_severity(raised, of(side), MAJOR, "No participant.", NOW)
    lower = state_severity(held, of(side.other), MINOR, "Less still.", LATER)
    assert (lower.severity, differs(lower)) == (MAJOR, True)


@both_ways
def test_the_same_view_twice_is_refused_and_changes_nothing(side):
    with pytest.raises(AlreadySoSevere):
        state_severity(known(side), of(side), MAJOR, "It is.", NOW)
    raised = state_severity(known(side), of(side), CRITICAL, "Dosing error.", NOW)
    with pytest.raises(AlreadyYourView):
        state_severity(raised, of(side), CRITICAL, "It is.", LATER)


def test_critical_moves_it_to_where_critical_begins_and_minor_moves_it_nowhere():
    raised = state_severity(known(Side.CRO), of(Side.CRO), CRITICAL, "Dosing error.", NOW)
    assert (raised.level, raised.level_entered_at) == (Level.L2, NOW)
    high = replace(known(Side.CRO), level=Level.L3)
    assert state_severity(high, of(Side.CRO), CRITICAL, "Dosing error.", NOW).level_entered_at == RAISED
    agreed = agree_severity(
        state_severity(raised, of(Side.CRO), MINOR, "Not at all.", NOW), of(Side.SPONSOR), LATER
    )
    assert (agreed.severity, agreed.level) == (MINOR, Level.L2)


def test_one_sides_own_issue_has_one_view():
    raised = state_severity(own(State.ACKNOWLEDGED), of(Side.CRO), MINOR, "Local.", NOW)
    assert (raised.severity, raised.views, raised.grades[-1].by) == (MINOR, (), "PER-colleague")


@pytest.mark.parametrize("state", State)
def test_a_severity_is_stated_while_there_is_something_left_to_do(state):
    refusals = dict.fromkeys((one for one in State if one.claimed), IsClaimed)
    refusals |= {State.CLOSED: IsOver, State.REJECTED: IsOver, State.WITHDRAWN: IsWithdrawn}
    for side in Side:
        if state in refusals:
            with pytest.raises(refusals[state]):
                check_severity(issue(state), of(side))
        else:
            check_severity(issue(state), of(side))


def test_the_limits_of_plan_and_resolve_follow_the_severity_in_force():
    known_ = replace(known(Side.CRO), contained_at=RAISED)
    raised = state_severity(known_, of(Side.SPONSOR), CRITICAL, "Dosing error.", NOW)
    running = {one.kind: one for one in clocks.running(raised, example.calendar())}
    assert {running[kind].since for kind in (Kind.PLAN, Kind.RESOLVE, Kind.LEVEL)} == {NOW}
    assert running[Kind.PLAN].limit == raised.rules[CRITICAL].plan
    unseen = replace(raised, acknowledged_at=None)
    ack = next(one for one in clocks.running(unseen, example.calendar()) if one.kind is Kind.ACK)
    assert (ack.since, ack.limit) == (RAISED, raised.rules[MAJOR].ack)
