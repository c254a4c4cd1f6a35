"""Whose turn it is with an issue: what its card asks for, and of which people."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.governance.clocks import Clock, Kind
from bot.governance.escalation import Severity
from bot.governance.issue import Assessment, Hold, LegalClock, Plan, State, View
from bot.governance.partnership import Counterparts, Level
from bot.governance.party import Party
from bot.governance.turns import Turn, falls_to, steps
from bot.governance.visibility import Side
from tests.governance.judged import ANSWERER, COLLEAGUE, NOW, OWNER, RAISER, issue, of, own

BOSS, THEIRS, QUALITY = "PER-boss", "PER-theirs", "PER-quality"
PAIRS = (
    Counterparts("L1", "PER-l1-sponsor", "PER-l1-cro"),
    Counterparts("L2", THEIRS, BOSS),
    Counterparts("quality", QUALITY, ""),
)
PLAN = Plan(NOW.date() + timedelta(days=9), by=OWNER, side=Side.CRO, at=NOW)
LAW = LegalClock("EU CTR Art. 52", NOW, 7, NOW.date() + timedelta(days=7), owner=QUALITY)


def turns(record, *running: Clock) -> list[Turn]:
    """What it waits for."""
    return [one.turn for one in steps(record, running)]


def whose(record, turn: Turn, party: Party) -> str:
    """For whom that is the party's turn."""
    step = next(one for one in steps(record) if one.turn is turn)
    return falls_to(record, step, party, PAIRS)


@pytest.mark.parametrize(
    ("record", "wanted"),
    [
        (issue(State.NEW), [Turn.ACKNOWLEDGE]),
        (issue(State.ACKNOWLEDGED), [Turn.PLAN]),
        (issue(State.ACKNOWLEDGED, offer=PLAN), [Turn.ANSWER_PLAN]),
        (issue(State.IN_PROGRESS, plan=PLAN), [Turn.RESOLVE]),
        (issue(State.ON_HOLD), []),
        (issue(State.RESOLVED), [Turn.VERIFY]),
        (issue(State.VERIFIED), [Turn.CLOSE]),
        (issue(State.EFFECTIVENESS_CHECK), [Turn.CHECK_EFFECT]),
        (issue(State.DISPUTED), [Turn.SETTLE]),
        (issue(State.CLOSED), []),
        (issue(State.ON_HOLD, legal=LAW), [Turn.ASSESS]),
        (
            issue(State.NEW, legal=replace(LAW, assessment=Assessment.CONFIRMED)),
            [Turn.ACKNOWLEDGE, Turn.NOTIFY],
        ),
    ],
)
def test_each_state_waits_for_its_next_step(record, wanted):
    assert turns(record) == wanted


def test_what_runs_out_first_is_asked_first_and_only_one_step_of_the_owner_at_a_time():
    contain = Clock(Kind.CONTAIN, NOW, NOW + timedelta(hours=4))
    seen = issue(State.ACKNOWLEDGED)
    assert turns(seen, contain) == [Turn.CONTAIN]
    assert turns(replace(seen, offer=PLAN), contain) == [Turn.ANSWER_PLAN, Turn.CONTAIN]
    asked = Hold("ethics committee", NOW.date(), OWNER, Side.CRO, NOW)
    assert turns(replace(seen, hold=asked)) == [Turn.ANSWER_HOLD, Turn.PLAN]
    views = (
        View(Side.SPONSOR, Severity.MAJOR, "", NOW, ""),
        View(Side.CRO, Severity.CRITICAL, OWNER, NOW, "x"),
    )
    assert turns(replace(seen, views=views)) == [Turn.PLAN, Turn.ANSWER_SEVERITY]


def test_an_acknowledgement_is_asked_of_the_counterpart_and_of_who_decides_at_its_level():
    new = issue(State.NEW, counterpart=ANSWERER)
    assert whose(new, Turn.ACKNOWLEDGE, of(Side.SPONSOR, ANSWERER)) == ANSWERER
    assert whose(new, Turn.ACKNOWLEDGE, of(Side.SPONSOR, "PER-l1-sponsor")) == "PER-l1-sponsor"
    assert not whose(new, Turn.ACKNOWLEDGE, of(Side.SPONSOR, COLLEAGUE))
    assert not whose(new, Turn.ACKNOWLEDGE, of(Side.SPONSOR, THEIRS))
    assert whose(replace(new, level=Level.L2), Turn.ACKNOWLEDGE, of(Side.SPONSOR, THEIRS)) == THEIRS
    assert not whose(new, Turn.ACKNOWLEDGE, of(Side.CRO, OWNER))


def test_a_plan_is_asked_of_the_owner_alone_and_of_who_stands_in_for_them():
    seen = issue(State.ACKNOWLEDGED)
    assert whose(seen, Turn.PLAN, of(Side.CRO, OWNER)) == OWNER
    assert not whose(seen, Turn.PLAN, of(Side.CRO, "PER-l1-cro"))
    assert whose(seen, Turn.PLAN, Party(COLLEAGUE, Side.CRO, frozenset({OWNER}))) == OWNER


def test_where_its_owner_has_left_who_decides_at_its_level_is_asked():
    left = Party("PER-l1-cro", Side.CRO, gone=frozenset({OWNER}))
    assert whose(issue(State.ACKNOWLEDGED), Turn.PLAN, left) == "PER-l1-cro"


def test_nobody_is_asked_to_judge_what_they_own():
    resolved = own(State.RESOLVED)
    assert whose(resolved, Turn.VERIFY, of(Side.CRO, RAISER)) == RAISER
    assert not whose(resolved, Turn.VERIFY, of(Side.CRO, OWNER))
    assert not whose(own(State.VERIFIED), Turn.CLOSE, of(Side.CRO, OWNER))
    shared = issue(State.RESOLVED, counterpart=ANSWERER)
    assert whose(shared, Turn.VERIFY, of(Side.SPONSOR, ANSWERER)) == ANSWERER
    assert not whose(shared, Turn.VERIFY, of(Side.CRO, "PER-l1-cro"))


def test_a_breach_is_assessed_by_who_was_named_else_by_the_quality_line():
    named = issue(State.NEW, legal=replace(LAW, owner="PER-named"))
    assert whose(named, Turn.ASSESS, of(Side.SPONSOR, "PER-named"))
    assert not whose(named, Turn.ASSESS, of(Side.SPONSOR, QUALITY))
    assert whose(issue(State.NEW, legal=replace(LAW, owner="")), Turn.ASSESS, of(Side.SPONSOR, QUALITY))


def test_a_third_company_is_asked_for_nothing():
    reader = Party(ANSWERER, Side.SPONSOR, third=True)
    assert not whose(issue(State.NEW, counterpart=ANSWERER), Turn.ACKNOWLEDGE, reader)
