"""The ladder climbed by hand: up and down, by either side, and who is told of it."""

from dataclasses import replace

import pytest

from bot.governance import ladder, states
from bot.governance.escalation import Severity
from bot.governance.issue import State
from bot.governance.partnership import Counterparts, Level
from bot.governance.visibility import Side
from tests.governance.judged import NOW, OWNER, issue, of

L1, L2, L3, L4 = Level
PAIRS = (
    Counterparts(L1, "S1", "C1"),
    Counterparts(L2, "S2", "C2"),
    Counterparts(L3, "S3", "C3"),
    Counterparts("quality", "SQ", "CQ"),
)
DONE = [state for state in State if state.over or state.claimed]


def at(level, **more):
    return issue(State.ACKNOWLEDGED, level=level, **more)


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("raised", Side)
def test_either_side_moves_it_up_whoever_raised_it_and_the_owner_stays(raised, side):
    known = at(L1, raised=raised, owned=side)
    up = ladder.escalate(known, of(side), None, NOW)
    assert (up.level, up.level_entered_at, up.owner, up.state) == (L2, NOW, OWNER, known.state)
    assert ladder.escalate(known, of(side.other), L3, NOW).level is L3
    assert ladder.deescalate(up, of(side.other), None, NOW).level is L1


@pytest.mark.parametrize("wanted", [L1, L2])
def test_up_is_up(wanted):
    with pytest.raises(ladder.NotHigher):
        ladder.escalate(at(L2), of(Side.CRO), wanted, NOW)


def test_nothing_is_above_the_contract():
    with pytest.raises(ladder.AtTheTop):
        ladder.check_escalate(at(L4), of(Side.CRO))


def test_down_is_down_and_never_below_where_the_policy_starts_it():
    with pytest.raises(ladder.NotLower):
        ladder.deescalate(at(L3), of(Side.CRO), L3, NOW)
    critical = {"severity": Severity.CRITICAL}
    assert ladder.deescalate(at(L4, **critical), of(Side.CRO), L2, NOW).level is L2
    for known, wanted in ((at(L1), None), (at(L3, **critical), L1), (at(L2, **critical), None)):
        with pytest.raises(ladder.BelowItsStart):
            ladder.deescalate(known, of(Side.CRO), wanted, NOW)


@pytest.mark.parametrize("state", State)
def test_it_moves_while_there_is_something_left_to_decide(state):
    known = issue(state, level=L2)
    for side in Side:
        for check in (ladder.check_escalate, ladder.check_deescalate):
            if state in DONE:
                with pytest.raises((states.IsOver, states.IsWithdrawn, states.IsClaimed)):
                    check(known, of(side))
            else:
                check(known, of(side))


def test_both_counterparts_of_the_level_it_leaves_and_reaches_hear_of_it_once():
    known = at(L1, counterpart="S1")
    assert ladder.told_of_step(known, L2, PAIRS) == (OWNER, "S1", "C1", "S2", "C2")
    assert ladder.told_of_step(replace(known, level=L2), L1, PAIRS) == (OWNER, "S1", "S2", "C2", "C1")


@pytest.mark.parametrize(
    ("more", "copied"),
    [
        ({}, True),
        ({"severity": Severity.MINOR}, True),
        ({"severity": Severity.CRITICAL}, False),
        ({"category": "data integrity"}, False),
        ({"category": "safety_reporting"}, False),
        ({"category": "serious-breach candidate"}, False),
        ({"category": "enrolment"}, True),
    ],
)
def test_a_pair_that_is_passed_over_is_copied_unless_the_matter_allows_it(more, copied):
    told = ladder.told_of_step(at(L1, **more), L3, PAIRS)
    assert ({"S2", "C2"} <= set(told)) is copied
    assert {"S1", "C1", "S3", "C3"} <= set(told)


def test_where_a_side_names_nobody_at_the_level_the_next_one_up_hears_it_too():
    gap = (Counterparts(L1, "S1", "C1"), Counterparts(L2, "", "C2"), Counterparts(L3, "S3", "C3"))
    assert ladder.told_of_step(at(L1), L2, gap) == (OWNER, "S1", "C1", "C2", "S3", "C3")


@pytest.mark.parametrize("side", Side)
def test_who_escalates_what_they_are_asked_to_acknowledge_has_seen_it(side):
    new = issue(State.NEW, raised=side, level=L1)
    assert ladder.escalate(new, of(side.other), None, NOW).acknowledged_by == "PER-colleague"
    assert ladder.escalate(new, of(side), None, NOW).acknowledged_at is None
