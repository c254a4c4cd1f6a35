"""Who judges an issue: in every state, by either side, whichever side raised it and whichever owns it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.errors import Refusal
from bot.governance import judge, states
from bot.governance.calendar import Stop
from bot.governance.escalation import Severity
from bot.governance.issue import Assessment, Capa, Dispute, LegalClock, Plan, State
from bot.governance.partnership import Level
from bot.governance.visibility import Side, Visibility
from tests.governance.judged import COLLEAGUE, MINOR, NOW, OWNER, RAISER, issue, of, own

OPEN = {State.NEW, State.ACKNOWLEDGED, State.INVESTIGATING, State.IN_PROGRESS, State.ON_HOLD, State.REOPENED}
CLAIMED = {State.RESOLVED, State.VERIFIED, State.EFFECTIVENESS_CHECK}
# Of a major issue: the states in which each verb counts, and for which side: of it, or across from it.
WHO = {
    "verify": dict.fromkeys((State.RESOLVED, State.DISPUTED), "across from its owner"),
    "close": dict.fromkeys((State.VERIFIED, State.EFFECTIVENESS_CHECK), "across from its owner"),
    "withdraw": dict.fromkeys(OPEN, "its raiser's"),
    "reject": dict.fromkeys(OPEN, "across from its raiser"),
    "reopen": dict.fromkeys((*CLAIMED, State.CLOSED, State.REJECTED, State.DISPUTED), "either"),
    "dispute": dict.fromkeys(CLAIMED, "across from its owner")
    | {State.REJECTED: "its raiser's", State.WITHDRAWN: "across from its raiser"},
}
CHECKS = {name: getattr(judge, f"check_{name}") for name in WHO}


def allowed(check, known, party):
    """Whether it passes; where it does not, the sentence must be whole."""
    sentence = refused(check, known, party)
    assert sentence is None or (sentence.endswith(".") and known.number in sentence)
    return sentence is None


def refused(check, known, party):
    try:
        check(known, party)
    except Refusal as refusal:
        return refusal.sentence


@pytest.mark.parametrize("owned", Side)
@pytest.mark.parametrize("raised", Side)
@pytest.mark.parametrize("verb", WHO)
def test_each_verb_counts_in_its_states_and_for_its_side_only(verb, raised, owned):
    sides = {
        "across from its owner": {owned.other},
        "its raiser's": {raised},
        "across from its raiser": {raised.other},
        "either": set(Side),
        "": set(),
    }
    for state in State:
        for side in Side:
            known = issue(state, raised, owned)
            wanted = side in sides[WHO[verb].get(state, "")]
            if verb == "withdraw" and state is State.DISPUTED:
                wanted = side is raised is owned.other  # whoever raised it and disputes it may let it go
            assert allowed(CHECKS[verb], known, of(side)) is wanted, (state, side)


@pytest.mark.parametrize("side", Side)
def test_a_minor_issue_is_verified_and_closed_by_anybody_but_its_owner(side):
    for state, verb in ((State.RESOLVED, "verify"), (State.VERIFIED, "close")):
        for party in (of(side), of(side.other)):
            CHECKS[verb](issue(state, owned=side, **MINOR), party)


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("side", Side)
def test_its_owner_never_verifies_it_nor_whoever_claimed_it_or_stands_in_for_them(side, severity):
    claimed = issue(State.RESOLVED, owned=side, severity=severity, resolved_by="PER-claimed")
    stand_in = replace(of(side), stands_for=frozenset({OWNER}))
    for party in (of(side, OWNER), of(side, "PER-claimed"), stand_in):
        assert not allowed(judge.check_verify, claimed, party)


def test_a_claimer_of_the_other_side_does_not_verify_what_they_claimed():
    claimed = issue(State.RESOLVED, owned=Side.CRO, resolved_by="PER-claimed")
    with pytest.raises(judge.OwnClaim):
        judge.check_verify(claimed, of(Side.SPONSOR, "PER-claimed"))


def test_one_sides_own_issue_is_judged_by_a_colleague_and_rejected_by_its_owner():
    for state, verb in ((State.RESOLVED, "verify"), (State.VERIFIED, "close"), (State.NEW, "withdraw")):
        CHECKS[verb](own(state), of(Side.CRO))
    judge.check_reject(own(State.NEW), of(Side.CRO, OWNER))
    with pytest.raises(judge.OwnerRejects):
        judge.check_reject(own(State.NEW), of(Side.CRO, RAISER))
    with pytest.raises(judge.NobodyToDispute):
        judge.check_dispute(own(State.RESOLVED), of(Side.CRO))


def test_a_room_is_offered_what_somebody_in_it_may_do():
    judge.check_verify(issue(State.RESOLVED), of(Side.SPONSOR, ""))
    judge.check_verify(issue(State.RESOLVED, **MINOR), of(Side.CRO, ""))
    judge.check_reject(own(State.NEW), of(Side.CRO, ""))
    with pytest.raises(judge.OtherSideJudges):
        judge.check_verify(issue(State.RESOLVED), of(Side.CRO, ""))


def test_what_is_verified_waits_for_the_check_of_its_effect_where_one_is_ahead():
    resolved = issue(State.RESOLVED)
    verified = judge.verify(resolved, of(Side.SPONSOR), NOW)
    assert (verified.state, verified.verified_by, verified.verified_at) == (State.VERIFIED, COLLEAGUE, NOW)
    capa = Capa("CAPA-014", effectiveness_check=date(2026, 12, 30))
    ahead = judge.verify(replace(resolved, capa=capa), of(Side.SPONSOR), NOW)
    assert ahead.state is State.EFFECTIVENESS_CHECK
    known = replace(resolved, capa=replace(capa, result="effective"))
    assert judge.verify(known, of(Side.SPONSOR), NOW).state is State.VERIFIED
    with pytest.raises(judge.NoResult):
        judge.close(ahead, of(Side.SPONSOR), "Done.", "", NOW)
    closed = judge.close(ahead, of(Side.SPONSOR), "Done.", "effective: 9 of 9", NOW)
    assert (closed.state, closed.capa.result, closed.reason) == (State.CLOSED, "effective: 9 of 9", "Done.")


def test_what_is_closed_before_it_was_resolved_is_withdrawn():
    held = issue(State.ON_HOLD, stops=(Stop(NOW - timedelta(days=1)),))
    gone = judge.withdraw(held, of(Side.CRO), "Logged twice.", NOW)
    assert judge.ends_as(held) is State.WITHDRAWN
    assert (gone.state, gone.closed_by, gone.reason, gone.hold) == (
        State.WITHDRAWN,
        COLLEAGUE,
        "Logged twice.",
        None,
    )
    assert gone.stops[-1].until == NOW


def clock(assessment):
    return LegalClock("EU CTR Art. 52", NOW, 7, date(2026, 11, 20), assessment)


@pytest.mark.parametrize("assessment", Assessment)
def test_a_legal_clock_that_runs_lets_nothing_end(assessment):
    runs = assessment in (Assessment.PENDING, Assessment.CONFIRMED)
    law = {"legal": clock(assessment)}
    for verb, state, side in (
        ("close", State.VERIFIED, Side.SPONSOR),
        ("withdraw", State.NEW, Side.CRO),
        ("reject", State.NEW, Side.SPONSOR),
    ):
        assert allowed(CHECKS[verb], issue(state, **law), of(side)) is not runs
    judge.check_verify(issue(State.RESOLVED, **law), of(Side.SPONSOR))


def test_a_rejection_answers_an_issue_and_is_kept_with_its_reason():
    rejected = judge.reject(issue(State.NEW), of(Side.SPONSOR), "Expected.", None, NOW)
    assert (rejected.state, rejected.reason, rejected.duplicate_of) == (State.REJECTED, "Expected.", "")
    assert (rejected.acknowledged_at, rejected.acknowledged_by, rejected.ack_due) == (NOW, COLLEAGUE, None)
    known = judge.reject(issue(State.ACKNOWLEDGED), of(Side.SPONSOR), "Expected.", None, NOW)
    assert known.acknowledged_at != NOW


def test_a_duplicate_names_another_issue_that_stands_and_that_everybody_there_sees():
    known = issue(State.NEW)
    first = replace(known, id="NOR-ISS-002", number="NOR-ISS-002")
    said = judge.reject(known, of(Side.SPONSOR), "The same backlog.", first, NOW)
    assert (said.state, said.duplicate_of) == (State.REJECTED, "NOR-ISS-002")
    for original, refusal in (
        (known, judge.DuplicateOfItself),
        (replace(first, state=State.REJECTED), judge.DuplicateOfDuplicate),
        (replace(first, state=State.WITHDRAWN), judge.DuplicateOfDuplicate),
        (replace(first, visibility=Visibility.SPONSOR_INTERNAL), judge.DuplicateUnseen),
        (replace(first, partnership="P-QUI"), judge.DuplicateUnseen),
    ):
        with pytest.raises(refusal):
            judge.reject(known, of(Side.SPONSOR), "The same.", original, NOW)
    hidden = own(State.NEW)
    judge.reject(hidden, of(Side.CRO, OWNER), "The same.", first, NOW)
    judge.reject(hidden, of(Side.CRO, OWNER), "The same.", replace(hidden, id="2"), NOW)


def test_reopening_keeps_the_number_and_begins_the_clocks_of_the_plan_anew():
    plan = Plan(date(2026, 11, 20), agreed=date(2026, 11, 12))
    capa = Capa("CAPA-014", result="effective")
    closed = issue(
        State.CLOSED,
        plan=plan,
        capa=capa,
        plan_climbed=plan.due,
        level=Level.L2,
        closed_at=NOW,
        reason="Done.",
    )
    again = judge.reopen(closed, of(Side.CRO), NOW)
    assert (again.state, again.id, again.number, again.level) == (
        State.REOPENED,
        closed.id,
        closed.number,
        Level.L2,
    )
    assert (again.plan, again.offer, again.plan_climbed, again.restarted_at) == (None, None, None, NOW)
    assert (again.closed_at, again.reason, again.verified_by, again.resolution) == (None, "", "", "")
    assert again.capa == Capa("CAPA-014")
    assert again.acknowledged_at == closed.acknowledged_at


@pytest.mark.parametrize("owned", Side)
def test_what_a_side_itself_takes_back_gains_it_no_time(owned):
    plan = Plan(date(2026, 11, 20), agreed=date(2026, 11, 12))
    claimed = issue(State.RESOLVED, raised=owned.other, owned=owned, plan=plan)
    disputed = judge.dispute(claimed, of(owned.other), "Not filed.", NOW)
    rejected = judge.reject(replace(claimed, state=State.ACKNOWLEDGED), of(owned), "None.", None, NOW)
    for stated in (claimed, disputed, rejected):
        back = judge.reopen(stated, of(owned), NOW)
        assert (back.state, back.plan, back.restarted_at) == (State.REOPENED, plan, claimed.raised_at)
        other = judge.reopen(stated, of(owned.other), NOW)
        assert (other.plan, other.restarted_at) == (None, NOW)


def test_nobody_acknowledges_what_they_raised_themselves_by_rejecting_it():
    mine = own(State.NEW, owner=RAISER)
    assert judge.reject(mine, of(Side.CRO, RAISER), "None.", None, NOW).acknowledged_at is None
    assert judge.reject(own(State.NEW), of(Side.CRO, OWNER), "None.", None, NOW).acknowledged_by == OWNER


def test_a_dispute_stands_beside_what_was_stated_until_it_is_verified_or_reopened():
    resolved = issue(State.RESOLVED)
    disputed = judge.dispute(resolved, of(Side.SPONSOR), "Two files are missing.", NOW)
    assert disputed.state is State.DISPUTED
    assert disputed.dispute == Dispute(COLLEAGUE, Side.SPONSOR, NOW, "Two files are missing.", State.RESOLVED)
    assert (disputed.resolution, disputed.resolved_by) == ("Filed.", OWNER)
    with pytest.raises(judge.AlreadyDisputed):
        judge.dispute(disputed, of(Side.SPONSOR), "Still.", NOW)
    verified = judge.verify(disputed, of(Side.SPONSOR), NOW)
    assert (verified.state, verified.dispute) == (State.VERIFIED, None)
    assert judge.reopen(disputed, of(Side.CRO), NOW).dispute is None


@pytest.mark.parametrize("before", [State.REJECTED, State.WITHDRAWN])
def test_a_disputed_end_is_let_be_by_the_side_that_disputes_it_and_by_no_other(before):
    ended = issue(before)
    disputer = judge.stated_by(ended).other
    disputed = judge.dispute(ended, of(disputer), "It is one.", NOW)
    with pytest.raises(states.IsDisputed):
        judge.check_withdraw(disputed, of(disputer.other))
    with pytest.raises(states.IsDisputed):
        judge.check_reject(disputed, of(disputer.other))
    with pytest.raises(judge.NotResolvedYet):
        judge.check_verify(disputed, of(disputer))
    assert judge.withdraw(disputed, of(disputer), "Let it be.", NOW).state is State.WITHDRAWN


def test_the_side_that_raised_and_owns_an_issue_cannot_slip_out_of_a_dispute():
    disputed = issue(State.DISPUTED, raised=Side.CRO, owned=Side.CRO)
    with pytest.raises(states.IsDisputed):
        judge.check_withdraw(disputed, of(Side.CRO))


def test_a_minor_dispute_is_verified_by_the_side_that_disputes():
    disputed = issue(State.DISPUTED, **MINOR)
    with pytest.raises(judge.NotYourDispute):
        judge.check_verify(disputed, of(Side.CRO))
    judge.check_verify(disputed, of(Side.SPONSOR))


def test_who_judges_what_they_never_acknowledged_has_seen_it():
    unseen = issue(State.RESOLVED, acknowledged_at=None, acknowledged_by="", ack_due=NOW)
    for judged in (
        judge.verify(unseen, of(Side.SPONSOR), NOW),
        judge.dispute(unseen, of(Side.SPONSOR), "Two are missing.", NOW),
        judge.reopen(unseen, of(Side.SPONSOR), NOW),
    ):
        assert (judged.acknowledged_at, judged.acknowledged_by, judged.ack_due) == (NOW, COLLEAGUE, None)
    assert judge.reopen(unseen, of(Side.CRO), NOW).acknowledged_at is None


def test_a_rejected_issue_that_is_reopened_needs_no_acknowledgement():
    rejected = judge.reject(issue(State.NEW), of(Side.SPONSOR), "Expected.", None, NOW)
    again = judge.reopen(rejected, of(Side.CRO), NOW)
    assert (again.state, again.acknowledged_at, again.ack_due) == (State.REOPENED, NOW, None)
