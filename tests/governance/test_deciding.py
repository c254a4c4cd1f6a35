"""Deciding: who approves for which side, when a decision is final, who may say no, and what replaces it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot import decision_words
from bot.errors import Refusal
from bot.governance import deciding
from bot.governance.calendar import WorkCalendar
from bot.governance.deciding import Matter, Table
from bot.governance.decision import Approval, Decision, Quorum, Status
from bot.governance.party import Party
from bot.governance.session import Committee
from bot.governance.visibility import Side, Visibility
from bot.grammar import Vocabulary

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
SPONSORS, CROS = ("ingrid", "marcus", "tomasz"), ("charlotte", "david", "annika")
SIDES = dict.fromkeys(SPONSORS, Side.SPONSOR) | dict.fromkeys(CROS, Side.CRO)
JOC = Committee(
    "NOR-JOC", "P-NOR", "JOC", 2, "monthly", "marcus", "david", (), delegates=("ingrid", "annika")
)
DECISION = Decision(
    "NOR-DEC-005",
    "NOR-DEC-005",
    "P-NOR",
    Visibility.SHARED,
    "Approve recovery plan v2?",
    "Approve",
    Status.PROVISIONAL,
    recorded_by="annika",
    recorded_at=NOW,
    decided_on=NOW.date(),
    rationale="Gap of 18 points",
    deciders=("tomasz", "annika"),
)
SHARED = Matter(DECISION, Table(SIDES))
OWN = Matter(
    replace(DECISION, visibility=Visibility.CRO_INTERNAL, deciders=("annika", "david")), Table(SIDES)
)
INQUORATE = Matter(replace(DECISION, session="NOR-MTG-06"), Table(SIDES, Quorum.NOT_QUORATE, JOC))
CALENDAR = WorkCalendar("CAL", frozenset({"mon", "tue", "wed", "thu", "fri"}), frozenset(), time(17))
WORDS = Vocabulary(("HAL-301",), ("Northmere Clinical Ltd",), date(2026, 11, 10))


def party(person, *stands_for):
    return Party(person, SIDES[person], frozenset(stands_for))


def refused(check, matter, who):
    """The name of the refusal; "" where it passes."""
    try:
        check(matter, who)
    except Refusal as refusal:
        return type(refusal).__name__ if refusal.sentence else "a refusal without words"
    return ""


def left(matter, *people, **instead):
    """The same where these people have left; `instead` by side."""
    sides = {one: side for one, side in SIDES.items() if one not in people}
    stand_in = {Side(side): person for side, person in instead.items()}
    return replace(matter, table=replace(matter.table, sides=sides, instead=stand_in))


def test_a_decision_is_final_once_both_sides_have_approved_it():
    born = deciding.recorded(SHARED, party("annika"), NOW)
    assert born.decision.status is Status.PROVISIONAL
    assert born.decision.approvals == (Approval("annika", Side.CRO, NOW),)
    assert born.waits_for == (Side.SPONSOR,)
    final = deciding.ratify(born, party("tomasz"), NOW)
    assert final.decision.status is Status.FINAL
    assert final.waits_for == ()


def test_who_records_it_and_does_not_decide_it_approves_nothing():
    born = deciding.recorded(SHARED, party("david"), NOW)
    assert born.decision.approvals == ()
    assert born.waits_for == (Side.SPONSOR, Side.CRO)


@pytest.mark.parametrize(
    ("matter", "who", "name"),
    [
        (SHARED, party("tomasz"), ""),
        (SHARED, party("marcus"), "NotADecider"),
        (SHARED, party("marcus", "tomasz"), ""),
        (deciding.ratify(SHARED, party("tomasz"), NOW), party("tomasz"), "SideApproved"),
        (deciding.withdraw(SHARED, "twice"), party("tomasz"), "DecisionWithdrawn"),
        (replace(SHARED, decision=replace(DECISION, status=Status.FINAL)), party("tomasz"), "DecisionFinal"),
        (replace(SHARED, decision=replace(DECISION, superseded_by="X")), party("tomasz"), "DecisionReplaced"),
        (left(SHARED, "tomasz"), party("marcus"), "NobodyDecides"),
        (left(SHARED, "tomasz", sponsor="marcus"), party("marcus"), ""),
        (left(SHARED, "tomasz", sponsor="marcus"), party("ingrid"), "NotADecider"),
        (INQUORATE, party("tomasz"), "NotADecider"),
        (INQUORATE, party("marcus"), ""),
        (INQUORATE, party("ingrid"), ""),
        (INQUORATE, party("annika"), ""),
        (left(INQUORATE, "marcus", "ingrid", sponsor="tomasz"), party("tomasz"), ""),
    ],
)
def test_those_who_decide_approve_it_for_their_side_or_the_chairs_where_there_was_no_quorum(
    matter, who, name
):
    assert refused(deciding.check_ratify, matter, who) == name


def test_one_sides_own_is_approved_by_another_of_its_deciders_or_by_its_only_one():
    assert deciding.recorded(OWN, party("annika"), NOW).decision.status is Status.PROVISIONAL
    assert refused(deciding.check_ratify, OWN, party("annika")) == "AnotherApproves"
    assert deciding.ratify(OWN, party("david"), NOW).decision.status is Status.FINAL
    alone = replace(OWN, decision=replace(OWN.decision, deciders=("annika",)))
    assert deciding.recorded(alone, party("annika"), NOW).decision.status is Status.FINAL
    assert refused(deciding.check_ratify, left(OWN, "david"), party("annika")) == ""


def test_those_who_decide_or_came_may_dissent_and_the_last_words_of_each_stand():
    came = replace(SHARED, table=replace(SHARED.table, attended=frozenset({"marcus"})))
    assert [refused(deciding.check_dissent, came, party(one)) for one in ("tomasz", "marcus", "ingrid")] == [
        *("", "", "NotAsked")
    ]
    twice = deciding.dissent(
        deciding.dissent(came, party("marcus"), "no", NOW), party("marcus"), "later", NOW
    )
    assert [(one.person, one.words) for one in twice.decision.dissent] == [("marcus", "later")]
    assert refused(deciding.check_ratify, twice, party("tomasz")) == ""


def test_before_it_is_final_the_side_that_recorded_it_withdraws_it():
    whose = {one: refused(deciding.check_withdraw, SHARED, party(one)) for one in SIDES}
    assert {one for one, name in whose.items() if not name} == {"annika"}
    assert refused(deciding.check_withdraw, SHARED, party("david", "annika")) == ""
    assert refused(deciding.check_withdraw, left(SHARED, "annika"), party("tomasz")) == ""
    final = replace(SHARED, decision=replace(DECISION, status=Status.FINAL))
    assert refused(deciding.check_withdraw, final, party("annika")) == "DecisionFinal"


def test_only_what_still_counts_and_is_seen_by_the_same_people_is_superseded():
    old = replace(DECISION, id="NOR-DEC-003", status=Status.FINAL)
    for changed, name in (
        ({}, ""),
        ({"visibility": Visibility.CRO_INTERNAL}, "OtherClass"),
        ({"superseded_by": "NOR-DEC-004"}, "DecisionReplaced"),
        ({"status": Status.WITHDRAWN}, "DecisionWithdrawn"),
    ):
        one = replace(old, **changed)
        check = lambda record, _: deciding.check_supersede(record, "P-NOR", Visibility.SHARED)  # noqa: E731 it is asked like every other check
        assert refused(check, one, None) == name
    assert deciding.superseded(old, DECISION).superseded_by == "NOR-DEC-005"


def test_the_day_of_follow_up_begins_at_nine_where_each_one_is_and_waits_for_a_business_day():
    saturday = replace(DECISION, follow_up=date(2026, 11, 28))
    at = {
        zone: deciding.follow_up_at(saturday, zone, CALENDAR)
        for zone in ("Asia/Singapore", "America/Sao_Paulo")
    }
    assert at["Asia/Singapore"] == datetime(2026, 11, 30, 1, tzinfo=UTC)
    assert at["America/Sao_Paulo"] == datetime(2026, 11, 30, 12, tzinfo=UTC)
    assert deciding.follow_up_at(DECISION, "UTC", CALENDAR) is None
    assert deciding.follow_up_at(replace(saturday, superseded_by="X"), "UTC", CALENDAR) is None


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        (
            "approve recovery plan v2, because gap of 18 points, follow-up 28 Nov",
            {"outcome": "approve recovery plan v2", "rationale": "gap of 18 points", "follow_up": "28 Nov"},
        ),
        (
            "Approve v2? Approve, in full, because of gaps, and sites, deciders @al and @mo, HAL 301, shared",
            {
                "question": "Approve v2?",
                "outcome": "Approve, in full",
                "rationale": "because of gaps, and sites",
                "deciders": "@al and @mo",
                "study": "HAL 301",
                "visibility": "shared",
            },
        ),
        (
            "stop, follow-up Friday, 27 Nov, 2026, session mtg-6, supersedes NOR-DEC-003, for northmere",
            {
                "outcome": "stop",
                "follow_up": "Friday, 27 Nov, 2026",
                "session": "mtg-6",
                "supersedes": "NOR-DEC-003",
                "partner": "Northmere Clinical Ltd",
            },
        ),
        (
            "approve\nthe gap is 18 points\noptions: yes / no\nhttps://a.example/x?y=1, https://b.example",
            {
                "outcome": "approve",
                "rationale": "the gap is 18 points",
                "options": "yes / no",
                "evidence": "https://a.example/x?y=1\nhttps://b.example",
            },
        ),
        ("follow-up visits stop, see the sponsor", {"outcome": "follow-up visits stop, see the sponsor"}),
        ("stop, follow-up soon", {"outcome": "stop", "follow_up": "soon"}),
        ("", {}),
    ],
)
def test_a_decision_in_one_line_becomes_its_fields(typed, fields):
    assert decision_words.read(typed, WORDS) == fields
