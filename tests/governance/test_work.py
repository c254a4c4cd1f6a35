"""Working on an issue: who contains, plans, agrees, reports and claims, and what becomes of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.errors import Refusal
from bot.governance import clocks, pause, work
from bot.governance.clocks import Kind
from bot.governance.escalation import Severity
from bot.governance.issue import Capa, Dispute, Hold, Plan, PlanStep, RootCause, State
from bot.governance.party import Party
from bot.governance.states import IsClaimed, IsDisputed, IsOver, IsWithdrawn
from bot.governance.visibility import Side, Visibility
from tests.governance import example
from tests.governance.issues import ISSUE, RAISED

NOW = RAISED + timedelta(hours=3)
RAFAEL = Party("PER-10", Side.CRO)  # the owner
ANNIKA = Party("PER-09", Side.CRO)  # raised it
TOMASZ = Party("PER-04", Side.SPONSOR)
ROOM = Party("", Side.SPONSOR)
KNOWN = replace(ISSUE, state=State.ACKNOWLEDGED, acknowledged_at=NOW, acknowledged_by="PER-04", ack_due=None)
PLAN = Plan(date(2026, 11, 27), (PlanStep("Hire two CRAs", "PER-10", date(2026, 11, 20)),))
OFFERED = work.propose(KNOWN, ANNIKA, PLAN, NOW)
HELD = replace(KNOWN, state=State.ON_HOLD, hold=Hold("ethics", date(2026, 12, 1), "PER-09", Side.CRO, NOW))
RESOLVED = work.resolve(KNOWN, RAFAEL, work.Claim("All filed."), NOW)
DISPUTED = replace(
    RESOLVED, state=State.DISPUTED, dispute=Dispute("PER-04", Side.SPONSOR, NOW, "not so", State.RESOLVED)
)
CHECKS = (work.check_contain, work.check_plan, work.check_offer, work.check_update, work.check_resolve)


def refused(check, issue, party):
    """The class of the refusal, None where it passes."""
    try:
        check(issue, party)
    except Refusal as refusal:
        return type(refusal) if refusal.sentence else None
    return None


@pytest.mark.parametrize("check", CHECKS)
def test_what_has_ended_is_worked_on_no_more(check):
    for state in (State.CLOSED, State.REJECTED):
        assert refused(check, replace(OFFERED, state=state), RAFAEL) is IsOver
    assert refused(check, replace(OFFERED, state=State.WITHDRAWN), RAFAEL) is IsWithdrawn


def test_what_its_owner_claims_is_only_reported_on():
    for state in (State.RESOLVED, State.VERIFIED, State.EFFECTIVENESS_CHECK):
        claimed = replace(RESOLVED, state=state)
        assert [refused(check, claimed, RAFAEL) for check in CHECKS] == [
            *(IsClaimed, IsClaimed, IsClaimed, None, IsClaimed)
        ]


def test_while_the_sides_dispute_it_the_owner_can_only_report_and_resolve_it_again():
    assert [refused(check, DISPUTED, RAFAEL) for check in CHECKS] == [
        *(IsDisputed, IsDisputed, IsDisputed, None, None)
    ]


def test_while_it_is_on_hold_nobody_plans_or_resolves_it():
    assert [refused(check, HELD, RAFAEL) for check in CHECKS] == [
        *(None, pause.IsOnHold, pause.IsOnHold, None, pause.IsOnHold)
    ]


def test_the_owners_side_contains_it_once_and_its_clock_stops():
    calendar = example.calendar()
    critical = replace(KNOWN, severity=Severity.CRITICAL, grades=())
    assert Kind.CONTAIN in clocks.wanted(critical, calendar)
    contained = work.contain(critical, ANNIKA, "Kits recalled.", NOW)
    assert (contained.contained_by, contained.containment) == ("PER-09", "Kits recalled.")
    assert contained.state is State.INVESTIGATING
    assert Kind.CONTAIN not in clocks.wanted(contained, calendar)
    assert refused(work.check_contain, contained, RAFAEL) is work.AlreadyContained
    assert refused(work.check_contain, KNOWN, TOMASZ) is work.NotYoursToContain
    assert refused(work.check_contain, KNOWN, replace(ROOM, side=Side.CRO)) is None


def test_before_it_is_acknowledged_the_raisers_side_may_act_and_the_clock_runs_on():
    contained = work.contain(ISSUE, RAFAEL, "Recalled.", NOW)
    assert contained.state is State.NEW
    assert contained.ack_due == ISSUE.ack_due


def test_who_acts_for_the_side_that_is_asked_has_seen_it():
    theirs = replace(ISSUE, owner="PER-04", owner_side=Side.SPONSOR)
    contained = work.contain(theirs, TOMASZ, "Recalled.", NOW)
    assert (contained.acknowledged_by, contained.ack_due) == ("PER-04", None)
    assert contained.state is State.INVESTIGATING
    agreed = work.agree(work.propose(ISSUE, RAFAEL, PLAN, NOW), TOMASZ, NOW)
    assert agreed.acknowledged_by == "PER-04"
    assert agreed.state is State.IN_PROGRESS


def test_a_plan_counts_only_once_the_other_side_agrees():
    calendar = example.calendar()
    assert OFFERED.plan is None
    assert OFFERED.state is State.ACKNOWLEDGED
    assert Kind.LEVEL in clocks.wanted(OFFERED, calendar)
    assert refused(work.check_offer, OFFERED, RAFAEL) is work.OwnOffer
    assert refused(work.check_offer, KNOWN, TOMASZ) is work.NothingOffered
    assert refused(work.check_offer, OFFERED, ROOM) is None
    agreed = work.agree(OFFERED, TOMASZ, NOW)
    assert agreed.plan == replace(
        PLAN, by="PER-09", side=Side.CRO, at=NOW, agreed=NOW.date(), agreed_by="PER-04"
    )
    assert (agreed.offer, agreed.state) == (None, State.IN_PROGRESS)
    rings = clocks.wanted(agreed, calendar)
    assert not {Kind.LEVEL, Kind.PLAN} & rings.keys()
    assert rings[Kind.RESOLVE] == calendar.close_of(PLAN.due)
    assert rings[Kind.PLAN_LATE] == calendar.close_of(calendar.business_day_after(PLAN.due, 5))


def test_a_new_offer_replaces_the_old_one_and_a_plan_in_force_stays_until_then():
    in_force = work.agree(OFFERED, TOMASZ, NOW)
    later = replace(PLAN, due=date(2026, 12, 4))
    offered = work.propose(work.propose(in_force, ANNIKA, replace(PLAN, steps=()), NOW), TOMASZ, later, NOW)
    assert (offered.offer.due, offered.offer.side) == (later.due, Side.SPONSOR)
    assert offered.plan == in_force.plan
    assert work.decline(offered).plan == in_force.plan
    assert work.decline(offered).offer is None
    assert work.agree(offered, RAFAEL, NOW).plan.due == later.due


def test_a_plan_whose_date_has_passed_is_not_agreed_any_more():
    with pytest.raises(work.PastPlan):
        work.agree(OFFERED, TOMASZ, NOW + timedelta(days=18))


def test_one_sides_own_issue_is_planned_at_once():
    own = replace(KNOWN, visibility=Visibility.CRO_INTERNAL)
    planned = work.propose(own, RAFAEL, PLAN, NOW)
    assert (planned.plan.due, planned.offer, planned.state) == (PLAN.due, None, State.IN_PROGRESS)


def test_a_report_of_the_owners_side_says_that_it_is_looked_into():
    assert work.update(KNOWN, RAFAEL).state is State.INVESTIGATING
    assert work.update(KNOWN, TOMASZ) == KNOWN
    assert work.update(ISSUE, RAFAEL) == ISSUE
    assert work.update(work.agree(OFFERED, TOMASZ, NOW), RAFAEL).state is State.IN_PROGRESS


def test_only_the_owner_or_who_stands_in_for_them_says_that_it_is_resolved():
    assert refused(work.check_resolve, KNOWN, RAFAEL) is None
    assert refused(work.check_resolve, KNOWN, replace(ANNIKA, stands_for=frozenset({"PER-10"}))) is None
    assert refused(work.check_resolve, KNOWN, ANNIKA) is work.NotYoursToResolve
    assert refused(work.check_resolve, KNOWN, TOMASZ) is work.NotYoursToResolve
    left = frozenset({"PER-10"})
    assert refused(work.check_resolve, KNOWN, replace(ANNIKA, gone=left)) is None
    assert refused(work.check_resolve, KNOWN, replace(TOMASZ, gone=left)) is work.NotYoursToResolve
    assert refused(work.check_resolve, replace(KNOWN, owner=""), ANNIKA) is None
    assert refused(work.check_resolve, replace(KNOWN, owner=""), TOMASZ) is work.NotYoursToResolve


def test_a_claim_says_how_and_why_and_lets_every_clock_rest():
    claim = work.Claim("All filed.", RootCause("process", "", "Filing left to month end"), Capa("CAPA-21"))
    resolved = work.resolve(replace(DISPUTED, offer=PLAN), RAFAEL, claim, NOW)
    assert (resolved.state, resolved.resolved_by, resolved.resolution) == (
        State.RESOLVED,
        "PER-10",
        "All filed.",
    )
    assert (resolved.root_cause, resolved.capa) == (claim.cause, claim.capa)
    assert (resolved.offer, resolved.dispute) == (None, None)
    assert clocks.wanted(resolved, example.calendar()) == {}


@pytest.mark.parametrize(
    "words", ["Human error", "staff oversight", "Retrain the staff.", "re-train", "retraining", "A mistake!"]
)
def test_a_cause_that_only_blames_people_is_none(words):
    with pytest.raises(work.BlamesPeople) as refusal:
        work.check_cause(words)
    assert words in refusal.value.sentence


@pytest.mark.parametrize(
    "words",
    ["", "Filing left to month end", "Human error, because two lists look alike", "Site training lagged"],
)
def test_a_cause_that_can_be_mended_passes(words):
    work.check_cause(words)


def test_what_a_claim_must_hold_follows_the_severity():
    assert [work.needs_cause(one) for one in Severity] == [True, True, False]
    assert [work.needs_capa(one) for one in Severity] == [True, False, False]
