"""Somebody leaves: what is still to do moves, what was done stays, and what waits is found."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.cards.setting import Setting
from bot.desk import NOBODY
from bot.governance import leaving
from bot.governance.action import Action
from bot.governance.action import State as Doing
from bot.governance.commitment import Commitment
from bot.governance.commitment import State as Promised
from bot.governance.company import Absence
from bot.governance.decision import Approval, Decision, Status
from bot.governance.findings import Code, Home, Record, findings
from bot.governance.issue import Assessment, LegalClock, State
from bot.governance.partnership import Partnership, Person
from bot.governance.session import Committee
from bot.governance.visibility import Side, Visibility
from tests.governance import example
from tests.governance.issues import ISSUE, RAISED

GONE, HEIR, OTHER = "PER-10", "PER-09", "PER-04"
LEGAL = LegalClock("EU CTR Art. 52", RAISED, 7, date(2026, 11, 17), owner=GONE)
SHARED = ("P-NOR", Visibility.SHARED)
PROMISE = Commitment(
    *("NOR-CMT-01", "NOR-CMT-01", *SHARED, "Fill four vacancies", GONE, Side.CRO, OTHER, OTHER, RAISED),
    *(date(2026, 9, 15), date(2026, 10, 31), Promised.ACCEPTED),
)
ITEM = Action("NOR-ACT-001", "NOR-ACT-001", *SHARED, "Send the list", GONE, Side.CRO, OTHER, RAISED)
DECISION = Decision(
    *("NOR-DEC-004", "NOR-DEC-004", *SHARED, "Accept 12 days?", "Accept", Status.PROVISIONAL, OTHER, RAISED),
    date(2026, 10, 21),
    deciders=(OTHER, GONE),
)
JOC = Committee(
    *("NOR-JOC", "P-NOR", "Joint Operations Committee", 2, "monthly", OTHER, GONE, (OTHER, GONE, HEIR)),
)


def test_whoever_takes_over_owns_stands_for_and_assesses_what_is_open():
    issue = replace(ISSUE, counterpart=GONE, legal=LEGAL, acknowledged_by=GONE, raised_by=GONE)
    moved = leaving.issue_to(issue, GONE, HEIR)
    assert (moved.owner, moved.counterpart, moved.legal.owner) == (HEIR, HEIR, HEIR)
    assert (moved.raised_by, moved.acknowledged_by) == (GONE, GONE)
    told = replace(issue, legal=replace(LEGAL, assessment=Assessment.NOTIFIED))
    assert leaving.issue_to(told, GONE, HEIR).legal.owner == GONE


@pytest.mark.parametrize("change", [{"state": State.CLOSED}, {"visibility": Visibility.RESTRICTED}])
def test_what_is_over_or_restricted_is_not_asked_for(change):
    assert leaving.of_issue(ISSUE) == {GONE}
    assert leaving.of_issue(replace(ISSUE, **change)) == frozenset()


def test_both_parts_of_a_promise_move_but_nobody_comes_to_promise_to_themselves():
    assert leaving.commitment_to(PROMISE, GONE, HEIR).owner == HEIR
    assert leaving.commitment_to(replace(PROMISE, owner=OTHER, receiver=GONE), GONE, HEIR).receiver == HEIR
    assert leaving.commitment_to(PROMISE, GONE, OTHER) == PROMISE
    assert leaving.of_commitment(replace(PROMISE, state=Promised.CONFIRMED)) == frozenset()


def test_a_decider_who_approved_has_done_their_part_and_each_decides_once():
    assert leaving.decision_to(DECISION, GONE, HEIR).deciders == (OTHER, HEIR)
    assert leaving.decision_to(DECISION, GONE, OTHER).deciders == (OTHER,)
    done = replace(DECISION, approvals=(Approval(GONE, Side.CRO, RAISED),))
    assert leaving.of_decision(done) == {OTHER}
    assert leaving.of_decision(replace(DECISION, status=Status.FINAL)) == frozenset()


def test_chairs_and_seats_move_and_open_action_items_do():
    moved = leaving.committee_to(JOC, GONE, HEIR)
    assert (moved.cro_chair, moved.members) == (HEIR, (OTHER, HEIR))
    assert leaving.seat(JOC, GONE) == ("chair", "member")
    assert leaving.action_to(ITEM, GONE, HEIR).owner == HEIR
    assert leaving.of_action(replace(ITEM, state=Doing.DONE)) == frozenset()


def test_what_nobody_took_over_is_found_in_each_kind_and_nothing_else_is():
    home = Home("ORG-NOR", Side.CRO, ("P-NOR",), ())
    closed = replace(ISSUE, id="X", number="X", state=State.CLOSED)
    record = Record(
        *((ISSUE, closed), {"P-NOR": example.calendar()}, {}, home),
        commitments=(PROMISE,),
        decisions=(DECISION,),
        committees={JOC.id: JOC},
        actions=(ITEM,),
    )

    def orphans(record):
        found = findings(record, datetime(2026, 11, 10, 10, tzinfo=UTC))
        return [(one.entity, one.visible_to) for one in found if one.code is Code.NO_OWNER]

    assert orphans(record) == []
    numbers = ["NOR-ACT-001", "NOR-CMT-01", "NOR-DEC-004", "NOR-ISS-008", "NOR-JOC"]
    assert orphans(replace(record, former=frozenset({GONE}))) == [
        (one, ("sponsor", "P-NOR")) for one in numbers
    ]


def test_a_name_says_whether_its_person_is_away_or_has_left():
    home = Partnership("P-NOR", "ORG-HAL", "ORG-NOR", "Halcyra AG", "Northmere Ltd", "CAL", "POL")
    people = {
        one: Person(one, "ORG-NOR", name, "", "UTC", "")
        for one, name in ((HEIR, "Annika Lindqvist"), (GONE, "Rafael Monteiro"))
    }
    away = {HEIR: Absence(HEIR, date(2026, 11, 10), date(2026, 12, 11), GONE)}
    here = Setting(NOBODY, home, people, away=away)
    assert (
        here.name(HEIR)
        == "Annika Lindqvist (Northmere Ltd; away until Fri 11 Dec, Rafael Monteiro stands in)"
    )
    assert here.listed(HEIR) == "Annika Lindqvist (Northmere Ltd; away)"
    assert here.past.name(HEIR) == "Annika Lindqvist (Northmere Ltd)"
    left = replace(here, people={}, left=people)
    assert left.name(GONE) == "Rafael Monteiro (Northmere Ltd; has left)"
    assert left.called(GONE) == "Rafael Monteiro"
    assert left.name("PER-99") == "somebody who has left"
