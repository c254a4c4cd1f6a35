"""Who came to a session: heads of both sides, and chairs or the delegates that the charter names."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.errors import Refusal
from bot.governance import sitting as rules
from bot.governance.decision import Approval, Decision, Quorum, Status
from bot.governance.party import Party
from bot.governance.quorum import counted, held
from bot.governance.session import Committee, Session, State
from bot.governance.sitting import NotHeldYet, NotYourCommittee, SessionCancelled, SessionClosed, Sitting
from bot.governance.visibility import Side, Visibility
from tests.governance.example import EXAMPLE
from tests.governance.oracle import expected

NOW = datetime(2026, 11, 18, 15, tzinfo=UTC)
SIDES = {one["id"]: Side.SPONSOR if one["org"] == "ORG-HAL" else Side.CRO for one in EXAMPLE["people"]}
JOC = Committee(
    *("NOR-JOC", "P-NOR", "Joint Operations Committee", 2, "monthly", "PER-02", "PER-08"),
    ("PER-02", "PER-04", "PER-08", "PER-09"),
    per_side=2,
    needs_chairs=True,
)
SESSION = Session("NOR-MTG-10", "NOR-JOC", "P-NOR", date(2026, 11, 18))
FULL = ("PER-02", "PER-04", "PER-08", "PER-09")


def quorate(*came, committee=JOC):
    return counted(committee, {one: SIDES[one] for one in came}).quorate


def test_the_sessions_of_the_example_stand_as_the_file_expects():
    said = {one["entity"]: one["code"] for one in EXAMPLE["expected"]["findings"]}
    boards = {one["id"]: one for one in EXAMPLE["committees"]}
    for one in EXAMPLE["meetings"]:
        told = boards[one["committee"]]
        quorum = told["quorum"]
        board = replace(
            JOC,
            sponsor_chair=told["chairs"]["sponsor"],
            cro_chair=told["chairs"]["cro"],
            per_side=quorum["per_side"],
            needs_chairs=quorum.get("needs_chair_each_side", False),
        )
        came = {person: SIDES[person] for person in one["attended"]}
        told = replace(SESSION, state=State(one["status"]), attended=tuple(came), sides=came)
        count = held(board, replace(told, chaired=counted(board, came).chaired))
        code = said.get(one["id"])
        assert (count is None) is (one["status"] == "planned")
        if count:
            assert bool(count.short) is (code == "not_quorate"), one["id"]
            assert bool(count.unchaired) is (code == "chair_absent"), one["id"]


def test_heads_count_once_each_whether_of_the_committee_or_not():
    assert quorate(*FULL)
    assert not quorate("PER-02", "PER-02", "PER-08", "PER-09")
    assert quorate("PER-02", "PER-05", "PER-08", "PER-07")  # not of the committee, and yet heads


def test_a_chair_is_the_chair_or_a_delegate_of_that_side_whom_the_charter_names():
    without = ("PER-02", "PER-04", "PER-09", "PER-10")
    assert not quorate(*without)
    assert counted(JOC, {one: SIDES[one] for one in without}).unchaired[0].side is Side.CRO
    assert quorate(*without, committee=replace(JOC, delegates=("PER-09",)))
    assert not quorate(*without, committee=replace(JOC, delegates=("PER-04",)))
    assert quorate(*without, committee=replace(JOC, needs_chairs=False))
    assert not quorate(*without, committee=replace(JOC, cro_chair=""))


def sitting(**changes):
    return Sitting(replace(SESSION, **changes), JOC)


@pytest.mark.parametrize(
    ("changes", "person", "refused"),
    [
        ({}, "PER-09", None),
        ({}, "PER-10", NotYourCommittee),
        ({"state": State.HELD}, "PER-09", SessionClosed),
        ({"state": State.CANCELLED}, "PER-09", SessionCancelled),
    ],
)
def test_the_committee_closes_its_session_and_once(changes, person, refused):
    party = Party(person, SIDES[person])
    if refused is None:
        rules.check_close(sitting(**changes), party)
        rules.check_close(sitting(), Party("PER-10", Side.CRO, frozenset({"PER-09"})))
    else:
        with pytest.raises(Refusal) as found:
            rules.check_close(sitting(**changes), party)
        assert type(found.value) is refused


def test_closing_keeps_who_came_and_on_which_side_and_never_before_its_day():
    came = {one: SIDES[one] for one in FULL}
    closed = rules.close(sitting(), came, "PER-09", NOW, NOW.date()).session
    assert (closed.state, closed.attended, closed.sides) == (State.HELD, FULL, came)
    assert closed.chaired == (Side.SPONSOR, Side.CRO)
    left = replace(JOC, sponsor_chair="PER-04", cro_chair="PER-10")  # other people chair it since
    assert held(left, closed).quorate
    with pytest.raises(NotHeldYet):
        rules.close(sitting(), came, "PER-09", NOW, date(2026, 11, 17))


def decision(status=Status.FINAL, *people, visibility=Visibility.SHARED):
    approvals = tuple(Approval(one, SIDES[one], NOW) for one in people)
    words = ("D-1", "NOR-DEC-005", "P-NOR", visibility, "Shall we?", "Yes", status)
    return Decision(*words, "PER-04", NOW, NOW.date(), approvals=approvals, session="NOR-MTG-10")


def test_without_a_quorum_only_what_the_chairs_approve_stays_decided():
    closed = rules.close(sitting(), {"PER-02": Side.SPONSOR, "PER-08": Side.CRO}, "PER-08", NOW, NOW.date())
    found = rules.constituted(decision(Status.FINAL, "PER-04", "PER-08"), closed)
    assert (found.status, found.quorum) == (Status.PROVISIONAL, Quorum.NOT_QUORATE)
    assert [one.person for one in found.approvals] == ["PER-08"]
    by_chairs = rules.constituted(decision(Status.FINAL, "PER-02", "PER-08"), closed)
    assert by_chairs.status is Status.FINAL
    own = decision(Status.FINAL, "PER-02", visibility=Visibility.SPONSOR_INTERNAL)
    assert rules.constituted(own, closed).status is Status.FINAL
    withdrawn = decision(Status.WITHDRAWN)
    assert rules.constituted(withdrawn, closed) == withdrawn


def test_with_a_quorum_and_before_it_is_closed_a_decision_stays_as_it_is():
    full = rules.close(sitting(), {one: SIDES[one] for one in FULL}, "PER-08", NOW, NOW.date())
    made = decision(Status.PROVISIONAL, "PER-04")
    assert rules.constituted(made, full) == replace(made, quorum=Quorum.QUORATE)
    assert rules.constituted(made, sitting()) == made


def test_the_naive_count_agrees_that_two_decisions_of_the_example_need_ratification():
    at = datetime.fromisoformat(EXAMPLE["meta"]["as_of"])
    found = {one[1] for one in expected(EXAMPLE, at) if one[0] == "decision_needs_ratification"}
    assert found == {"NOR-DEC-003", "NOR-DEC-004"}
