"""What is late, of whatever kind, and in which order it is told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.governance import overdue
from bot.governance.action import Action
from bot.governance.action import State as ActionState
from bot.governance.clocks import running
from bot.governance.commitment import State as Promised
from bot.governance.issue import State
from bot.governance.visibility import Side, Visibility
from tests.governance.judged import NOW, OWNER, issue
from tests.governance.test_waiting import CALENDAR, DAY, MADE, PROMISE


def test_an_issue_is_late_by_the_first_of_its_clocks_that_ran_out():
    known = issue(State.ACKNOWLEDGED)
    clocks = running(known, CALENDAR)
    assert overdue.of_issue(known, clocks, known.raised_at) is None
    far = overdue.of_issue(known, clocks, known.raised_at + timedelta(days=90))
    assert far.since == min(one.at for one in clocks)
    assert (far.owner, far.what) == (OWNER, "no plan agreed")


@pytest.mark.parametrize(
    ("due", "state", "what"),
    [
        (DAY - timedelta(days=1), Promised.ACCEPTED, "not kept"),
        (DAY - timedelta(days=1), Promised.PROPOSED, "not accepted"),
        (DAY - timedelta(days=1), Promised.DONE, None),
        (DAY, Promised.ACCEPTED, None),
    ],
)
def test_a_promise_is_late_once_its_day_is_over_where_its_reader_is(due, state, what):
    evening = datetime(2026, 11, 17, 22, 0, tzinfo=UTC)
    found = overdue.of_commitment(replace(PROMISE, due=due, state=state), CALENDAR, evening)
    assert (found.what if found else None) == what


def test_an_action_item_is_late_after_its_day_and_one_without_a_day_never():
    known = ("A-1", "NOR-ACT-001", "P-NOR", Visibility.SHARED, "Send it", "PER-mine", Side.CRO, "x", MADE)
    item = Action(*known, due=date(2026, 11, 2))
    assert overdue.of_action(item, CALENDAR, NOW).what == "not done"
    assert overdue.of_action(replace(item, due=None), CALENDAR, NOW) is None
    assert overdue.of_action(replace(item, state=ActionState.DONE), CALENDAR, NOW) is None


def test_ones_own_come_first_then_the_longest_late():
    late = overdue.Late("issue", "I", "1", "P-NOR", "t", "not resolved", "PER-theirs", NOW)
    older = replace(late, number="2", since=NOW - timedelta(days=1))
    mine = replace(late, number="3", owner="PER-mine", since=NOW + timedelta(days=1))
    assert overdue.ordered((late, older, mine), frozenset({"PER-mine"})) == (mine, older, late)
