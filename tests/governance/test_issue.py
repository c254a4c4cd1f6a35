"""An issue's first steps: who may acknowledge it, what a climb changes, and what is written down."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.governance.change import difference
from bot.governance.escalation import Severity
from bot.governance.issue import State, View
from bot.governance.life import acknowledge, may_acknowledge, may_change, moved, put_right, unseen
from bot.governance.partnership import Level
from bot.governance.visibility import Side, Visibility
from tests.governance.issues import ISSUE, LIMIT, RAISED

LATER = RAISED + timedelta(hours=2)


@pytest.mark.parametrize("raiser", Side)
def test_a_shared_issue_is_acknowledged_by_the_side_that_did_not_raise_it(raiser):
    issue = replace(ISSUE, raised_side=raiser)
    assert issue.waits_for is raiser.other
    assert may_acknowledge(issue, "PER-04", raiser.other)
    assert not may_acknowledge(issue, "PER-04", raiser)
    assert not may_acknowledge(issue, "PER-04", None)


@pytest.mark.parametrize(
    "visibility", [Visibility.SPONSOR_INTERNAL, Visibility.CRO_INTERNAL, Visibility.RESTRICTED]
)
@pytest.mark.parametrize("side", Side)
def test_an_issue_the_other_side_cannot_see_waits_for_a_colleague_of_its_raiser(visibility, side):
    issue = replace(ISSUE, visibility=visibility)
    assert issue.waits_for is None
    assert may_acknowledge(issue, "PER-04", side)
    assert not may_acknowledge(issue, issue.raised_by, side)


def test_acknowledging_stops_the_clock_and_says_who_and_when():
    known = acknowledge(replace(ISSUE, missed=True), "PER-04", LATER)
    assert (known.state, known.acknowledged_by, known.acknowledged_at) == (
        State.ACKNOWLEDGED,
        "PER-04",
        LATER,
    )
    assert known.ack_due is None
    assert not known.missed
    assert (known.owner, known.level) == (ISSUE.owner, ISSUE.level)


@pytest.mark.parametrize("state", [state for state in State if state is not State.NEW])
def test_acknowledging_takes_no_issue_back_to_an_earlier_state(state):
    assert acknowledge(replace(ISSUE, state=state), "PER-04", LATER).state is state


def test_a_climb_changes_who_decides_and_never_the_owner():
    limit = LIMIT + timedelta(days=1)
    climbed = moved(unseen(ISSUE, limit), Level.L2, LIMIT)
    assert (climbed.level, climbed.level_entered_at, climbed.ack_due) == (Level.L2, LIMIT, limit)
    assert climbed.missed
    assert (climbed.owner, climbed.severity, climbed.state) == (ISSUE.owner, ISSUE.severity, ISSUE.state)


def test_at_the_top_no_further_limit_is_set():
    assert moved(unseen(ISSUE, None), Level.L3, LIMIT).ack_due is None


def test_only_closed_rejected_and_withdrawn_are_over():
    assert {state for state in State if state.over} == {State.CLOSED, State.REJECTED, State.WITHDRAWN}
    assert State.IN_PROGRESS.words == "in progress"


def test_only_what_changed_is_written_down_before_and_after():
    before, after = difference(ISSUE, moved(unseen(ISSUE, LIMIT + timedelta(days=1)), Level.L2, LIMIT))
    assert before == {
        "level": "L1",
        "level_entered_at": "2026-11-10T09:00:00+00:00",
        "ack_due": "2026-11-11T17:00:00+00:00",
        "missed": False,
    }
    assert after == {
        "level": "L2",
        "level_entered_at": "2026-11-11T17:00:00+00:00",
        "ack_due": "2026-11-12T17:00:00+00:00",
        "missed": True,
    }


def test_what_became_empty_is_written_down_as_empty():
    before, after = difference(ISSUE, replace(ISSUE, ack_due=None))
    assert (before, after) == ({"ack_due": "2026-11-11T17:00:00+00:00"}, {"ack_due": None})


def test_nothing_changed_is_nothing_written_down():
    assert difference(ISSUE, replace(ISSUE)) == ({}, {})


def test_a_birth_writes_down_everything_that_is_said_and_nothing_that_is_not():
    before, after = difference(None, replace(ISSUE, due=date(2026, 11, 20), readers=frozenset("BA")))
    assert before is None
    assert after["due"] == "2026-11-20"
    assert after["readers"] == ["A", "B"]
    assert after["missed"] is False
    assert after["rules"]["major"]["ack"] == {"elapsed_hours": None, "business_days": 1}
    assert after["rules"]["major"]["time_at_level"][0] == ["L1", {"elapsed_hours": None, "business_days": 5}]
    assert not after.keys() & {"study", "description", "acknowledged_at", "acknowledged_by"}


def test_what_is_written_down_is_plain_json():
    for old in (None, ISSUE):
        for told in difference(old, acknowledge(ISSUE, "PER-04", LATER)):
            assert json.loads(json.dumps(told)) == told


def test_its_raiser_may_change_it_until_somebody_else_has_acknowledged_it():
    assert may_change(ISSUE, "PER-09")
    assert not may_change(ISSUE, "PER-10")
    assert not may_change(acknowledge(ISSUE, "PER-04", LATER), "PER-09")
    assert may_change(acknowledge(ISSUE, "PER-09", LATER), "PER-09")
    assert not may_change(replace(ISSUE, state=State.WITHDRAWN), "PER-09")
    for claimed in (State.RESOLVED, State.VERIFIED):  # or its raiser could choose which side judges it
        assert not may_change(replace(ISSUE, state=claimed), "PER-09")


def test_another_severity_from_the_beginning_never_comes_down_a_level():
    limit = LATER + timedelta(hours=4)
    worse = put_right(replace(ISSUE, missed=True), Severity.CRITICAL, LATER, limit)
    assert (worse.severity, worse.level, worse.level_entered_at) == (Severity.CRITICAL, Level.L2, LATER)
    assert (worse.first_severity, worse.ack_due, worse.missed) == (Severity.CRITICAL, limit, False)
    milder = put_right(replace(worse, level=Level.L3), Severity.MINOR, LATER + limit.resolution, None)
    assert (milder.level, milder.level_entered_at) == (Level.L3, worse.level_entered_at)
    assert milder.restarted_at == ISSUE.raised_at
    views = (View(Side.CRO, Severity.MINOR, "PER-09", LATER, "Local."),)
    assert put_right(replace(ISSUE, views=views), Severity.MINOR, LATER, None).views == ()
