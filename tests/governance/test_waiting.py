"""What waits for one person: which records, in which words, what comes first."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.governance import waiting
from bot.governance.action import Action
from bot.governance.action import State as ActionState
from bot.governance.clocks import running
from bot.governance.commitment import Commitment
from bot.governance.commitment import State as Promised
from bot.governance.deciding import Matter, Table
from bot.governance.decision import Approval, Decision, Quorum, Status
from bot.governance.escalation import Severity
from bot.governance.issue import LegalClock, State
from bot.governance.party import Party
from bot.governance.session import Committee
from bot.governance.visibility import Side, Visibility
from tests.governance import example
from tests.governance.judged import NOW, OWNER, issue, of

CALENDAR = example.calendar()
DAY = date(2026, 11, 17)  # a Tuesday
MADE = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
AT = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
PROMISE = Commitment(
    *("NOR-CMT-011", "NOR-CMT-011", "P-NOR", Visibility.SHARED, "The recovery plan", "PER-mine", Side.CRO),
    *("PER-theirs", "PER-mine", MADE, DAY, DAY, Promised.ACCEPTED),
)
DECISION = Decision(
    *("NOR-DEC-005", "NOR-DEC-005", "P-NOR", Visibility.SHARED, "Open site 110?", "Yes", Status.PROVISIONAL),
    *("PER-mine", MADE, DAY),
    deciders=("PER-mine", "PER-theirs"),
)
MINE, THEIRS = Party("PER-mine", Side.CRO), Party("PER-theirs", Side.SPONSOR)


def of_promise(party: Party, now: datetime = AT, **more: object) -> waiting.Wait | None:
    """What a promise in that state asks of them."""
    return waiting.of_commitment(replace(PROMISE, **more), party, CALENDAR, now)


def test_a_promise_waits_for_its_owner_to_answer_and_for_its_receiver_to_confirm():
    proposed = of_promise(MINE, state=Promised.PROPOSED)
    assert (proposed.what, proposed.verb) == ("accept or decline it", "commit.accept")
    assert of_promise(THEIRS, state=Promised.PROPOSED) is None
    claimed = of_promise(THEIRS, state=Promised.DONE, confirm_by=NOW)
    assert (claimed.verb, claimed.by) == ("commit.confirm", NOW)
    assert of_promise(MINE, state=Promised.DONE) is None
    assert all(
        of_promise(who, state=Promised.DISPUTED).what == "settle the dispute" for who in (MINE, THEIRS)
    )


@pytest.mark.parametrize(
    ("due", "waits"),
    [(date(2026, 11, 16), True), (DAY, True), (date(2026, 11, 19), True), (date(2026, 11, 20), False)],
)
def test_an_accepted_promise_waits_from_two_business_days_before_its_date(due, waits):
    found = of_promise(MINE, due=due)
    assert bool(found) is waits
    if found:
        assert (found.rank == waiting.LATE) is (due < DAY)


def test_a_promise_is_not_late_before_its_day_is_over_where_its_reader_is():
    evening = datetime(2026, 11, 17, 23, 30, tzinfo=UTC)
    assert of_promise(MINE, evening, due=DAY).rank == waiting.REST
    assert of_promise(MINE, evening.astimezone(ZoneInfo("Europe/Zurich")), due=DAY).rank == waiting.LATE


def test_its_own_reminder_makes_a_promise_wait_earlier_and_a_snooze_later():
    later = DAY + timedelta(days=6)
    assert of_promise(MINE, due=later, remind=(5,))
    assert of_promise(MINE, snoozed_until=DAY + timedelta(days=1)) is None
    assert of_promise(MINE, snoozed_until=DAY)


def test_who_stands_in_is_told_for_whom():
    found = of_promise(Party("PER-colleague", Side.CRO, frozenset({"PER-mine"})))
    assert found.stands_for == "PER-mine"
    assert of_promise(MINE).stands_for == ""


def of_decision(decision: Decision, party: Party, **table: object) -> waiting.Wait | None:
    """What that decision asks of them."""
    sides = {"PER-mine": Side.CRO, "PER-colleague": Side.CRO, "PER-theirs": Side.SPONSOR}
    return waiting.of_decision(Matter(decision, Table(sides, **table)), party)


def test_a_decision_waits_for_each_side_that_has_not_approved_it():
    approved = replace(DECISION, approvals=(Approval("PER-mine", Side.CRO, MADE),))
    assert of_decision(approved, THEIRS).verb == "decision.ratify"
    assert of_decision(approved, MINE) is None
    assert of_decision(replace(DECISION, status=Status.FINAL), THEIRS) is None
    assert of_decision(DECISION, of(Side.SPONSOR)) is None


def test_who_stands_in_for_a_decider_is_asked_and_told_for_whom():
    stand_in = Party("PER-colleague", Side.CRO, frozenset({"PER-mine"}))
    assert of_decision(DECISION, stand_in).stands_for == "PER-mine"


def test_without_a_quorum_only_the_chairs_are_asked():
    committee = Committee("C", "P-NOR", "JOC", 2, "monthly", "PER-theirs", "PER-colleague", ())
    loose = {"quorum": Quorum.NOT_QUORATE, "committee": committee}
    assert of_decision(DECISION, MINE, **loose) is None
    assert of_decision(DECISION, Party("PER-colleague", Side.CRO), **loose)


def test_one_sides_own_decision_waits_for_another_of_its_deciders():
    inside = replace(DECISION, visibility=Visibility.CRO_INTERNAL, deciders=("PER-mine", "PER-colleague"))
    assert of_decision(inside, MINE) is None
    assert of_decision(inside, Party("PER-colleague", Side.CRO))
    assert of_decision(replace(inside, deciders=("PER-mine",)), MINE)


def test_an_action_item_waits_until_it_is_done():
    item = Action(
        "A-1", "NOR-ACT-001", "P-NOR", Visibility.SHARED, "Send it", "PER-mine", Side.CRO, "x", MADE
    )
    assert waiting.of_action(item, MINE, CALENDAR, AT).verb == "action.done"
    assert waiting.of_action(replace(item, due=date(2026, 11, 2)), MINE, CALENDAR, AT).rank == waiting.LATE
    assert waiting.of_action(replace(item, state=ActionState.DONE), MINE, CALENDAR, AT) is None
    assert waiting.of_action(item, THEIRS, CALENDAR, AT) is None


def test_the_law_comes_first_then_what_is_critical_then_what_is_late():
    law = LegalClock("EU CTR Art. 52", NOW, 7, NOW.date() + timedelta(days=7), owner="PER-quality")
    quality = Party("PER-quality", Side.SPONSOR)

    def wait(record, party):
        return waiting.of_issue(record, party, (), running(record, CALENDAR), NOW)

    breach = wait(issue(State.ACKNOWLEDGED, severity=Severity.CRITICAL, legal=law), quality)
    critical = wait(issue(State.ACKNOWLEDGED, severity=Severity.CRITICAL), of(Side.CRO, OWNER))
    late = wait(issue(State.ACKNOWLEDGED), of(Side.CRO, OWNER))
    assert [one.rank for one in (breach, critical)] == [waiting.LAW, waiting.CRITICAL]
    rest = replace(late, rank=waiting.REST, by=None)
    slow = replace(late, rank=waiting.LATE, by=NOW - timedelta(days=1))
    worse = replace(slow, by=NOW - timedelta(days=2))
    assert waiting.ranked((rest, slow, worse, critical, breach)) == (breach, critical, worse, slow, rest)


def test_two_things_about_one_issue_are_one_line_with_the_button_of_the_graver():
    law = LegalClock("EU CTR Art. 52", NOW, 7, NOW.date() + timedelta(days=7), owner="PER-both")
    new = issue(State.NEW, counterpart="PER-both", legal=law)
    found = waiting.of_issue(new, Party("PER-both", Side.SPONSOR), (), running(new, CALENDAR), NOW)
    assert found.what == "assess the possible serious breach and acknowledge it"
    assert (found.verb, found.rank) == ("issue.assess", waiting.LAW)
