"""The rules of a promise: who may do what with it, and what becomes of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.errors import Refusal
from bot.governance import promise as rules
from bot.governance.commitment import Claim, Evidence, State
from bot.governance.kept import kept
from bot.governance.visibility import Side, Visibility
from tests.governance.example import EXAMPLE
from tests.governance.promises import (
    ACCEPTED,
    ANNIKA,
    CALENDAR,
    FIRST,
    MARCUS,
    NOW,
    PRIYA,
    PROPOSED,
    RAFAEL,
    TODAY,
    standing_in,
)

LATER = date(2026, 12, 4)


def claimed(promise=ACCEPTED, on=TODAY):
    claim = Claim(ANNIKA.side, "all filed", "PER-09", NOW)
    return rules.done(promise, ANNIKA, claim, on, CALENDAR)


DONE = claimed()
DISPUTED = rules.dispute(DONE, Claim(MARCUS.side, "two are missing", "PER-02", NOW))
CONFIRMED = rules.confirm(DONE, MARCUS, NOW)
ALL = {"proposed": PROPOSED, "accepted": ACCEPTED, "done": DONE, "disputed": DISPUTED, "confirmed": CONFIRMED}
MAY = {  # verb: (rule, states in which its owner may, states in which its receiver may)
    "accept": (rules.check_accept, {"proposed"}, set()),
    "move": (rules.check_move, {"accepted", "done", "disputed"}, set()),
    "done": (rules.check_done, {"accepted", "disputed"}, set()),
    "confirm": (rules.check_confirm, set(), {"done", "disputed"}),
    "dispute": (rules.check_dispute, set(), {"accepted", "done"}),
    "withdraw": (rules.check_withdraw, set(), {"proposed", "accepted", "disputed"}),
    "remind": (rules.check_remind, {"accepted", "disputed"}, set()),
    "evidence": (rules.check_evidence, set(ALL) - {"confirmed"}, set(ALL) - {"confirmed"}),
}


def allowed(rule, party):
    found = set()
    for name, promise in ALL.items():
        try:
            rule(promise, party)
        except Refusal:
            continue
        found.add(name)
    return found


@pytest.mark.parametrize("verb", MAY)
def test_only_its_owner_or_its_receiver_may_each_in_their_states(verb):
    rule, owner, receiver = MAY[verb]
    assert allowed(rule, ANNIKA) == owner
    assert allowed(rule, MARCUS) == receiver
    others = receiver if verb == "evidence" else set()
    assert allowed(rule, RAFAEL) == others
    assert allowed(rule, PRIYA) == others


@pytest.mark.parametrize("verb", MAY)
def test_whoever_stands_in_may_do_the_same(verb):
    rule, owner, receiver = MAY[verb]
    assert allowed(rule, standing_in(RAFAEL, "PER-09")) == owner
    assert allowed(rule, standing_in(PRIYA, "PER-02")) == receiver


def test_nobody_confirms_their_own_claim_whomever_they_stand_in_for():
    own = replace(DONE, visibility=Visibility.CRO_INTERNAL, receiver="PER-10")
    with pytest.raises(rules.OwnPromise):
        rules.check_confirm(own, standing_in(ANNIKA, "PER-10"))
    by_rafael = replace(own, done_by="PER-10")
    with pytest.raises(rules.OwnPromise):
        rules.check_confirm(by_rafael, RAFAEL)
    rules.check_confirm(own, RAFAEL)


def test_it_is_accepted_once_and_never_after_its_day():
    accepted = rules.accept(PROPOSED, ANNIKA, NOW, TODAY)
    assert (accepted.state, accepted.accepted_by) == (State.ACCEPTED, "PER-09")
    with pytest.raises(rules.AlreadyAccepted):
        rules.check_accept(accepted, ANNIKA)
    with pytest.raises(rules.PastPromise):
        rules.accept(PROPOSED, ANNIKA, NOW, FIRST + timedelta(days=1))
    assert rules.decline(PROPOSED, "no").state.over


def test_its_first_date_stays_and_every_move_is_counted_with_its_reason():
    moved = rules.move(rules.move(ACCEPTED, ANNIKA, LATER, "vendor", NOW), ANNIKA, TODAY, "sooner", NOW)
    assert (moved.first_due, moved.due, moved.times_moved) == (FIRST, TODAY, 2)
    assert [(one.was, one.due, one.why) for one in moved.moves] == [
        (FIRST, LATER, "vendor"),
        (LATER, TODAY, "sooner"),
    ]
    with pytest.raises(rules.SameDay):
        rules.move(moved, ANNIKA, TODAY, "again", NOW)


def test_a_claim_waits_five_business_days_for_its_receiver():
    assert DONE.confirm_by == CALENDAR.close_of(date(2026, 11, 17))
    silent = rules.fall_silent(DONE)
    assert (silent.state, silent.confirmed_at, silent.confirmed_by) == (State.CONFIRMED, DONE.confirm_by, "")
    assert rules.confirm(DONE, MARCUS, NOW).confirmed_by == "PER-02"
    with pytest.raises(rules.DoneBefore):
        claimed(on=TODAY - timedelta(days=9))


def test_after_a_dispute_no_silence_settles_it():
    assert (DISPUTED.state, DISPUTED.confirm_by) == (State.DISPUTED, None)
    again = claimed(DISPUTED)
    assert (again.state, again.confirm_by, len(again.claims)) == (State.DISPUTED, None, 3)
    assert rules.move(again, ANNIKA, LATER, "they are right", NOW).state is State.ACCEPTED


def test_whoever_proposed_it_takes_it_back_until_it_is_accepted():
    by_priya = replace(PROPOSED, made_by="PER-03")
    rules.check_withdraw(by_priya, PRIYA)
    with pytest.raises(rules.NotYoursToRelease):
        rules.check_withdraw(rules.accept(by_priya, ANNIKA, NOW, TODAY), PRIYA)


def test_evidence_has_its_end():
    full = ACCEPTED
    for number in range(rules.MOST_EVIDENCE):
        full = rules.show(full, Evidence(f"https://northmere.example/{number}"))
    with pytest.raises(rules.EnoughEvidence):
        rules.check_evidence(full, ANNIKA)


def test_what_was_just_made_is_put_right_by_its_maker_alone_and_for_a_day():
    rules.check_put_right(ACCEPTED, ANNIKA)
    rules.in_time(ACCEPTED, NOW + rules.PUT_RIGHT)
    for party, promise in ((MARCUS, ACCEPTED), (ANNIKA, replace(ACCEPTED, version=2))):
        with pytest.raises(rules.TooLateToPutRight):
            rules.check_put_right(promise, party)
    with pytest.raises(rules.TooLateToPutRight):
        rules.in_time(ACCEPTED, NOW + rules.PUT_RIGHT + timedelta(seconds=1))


def test_where_somebody_has_left_anybody_of_their_side_acts():
    gone = replace(RAFAEL, gone=frozenset({"PER-09"}))
    assert allowed(rules.check_move, gone) == {"accepted", "done", "disputed"}


def due(first, state=State.ACCEPTED, done=None, moved_to=None):
    return replace(ACCEPTED, first_due=first, due=moved_to or first, state=state, done_on=done)


def test_kept_on_time_counts_the_first_date_of_what_was_due():
    early, late = date(2026, 11, 3), date(2026, 11, 9)
    told = [
        due(early, State.DONE, early),
        due(early, State.CONFIRMED, late, moved_to=late),  # on its new day, not on its first
        due(early),
        due(TODAY),
        due(FIRST, State.DONE, early),  # not due yet
        due(early, State.PROPOSED),
        due(early, State.DISPUTED, early),
        due(early, State.DECLINED),
        due(early, State.WITHDRAWN),
    ]
    assert str(kept(told, TODAY)) == "1/3"
    assert kept(told, TODAY).percent == pytest.approx(33.33, abs=0.01)
    assert kept([], TODAY).percent is None


def test_the_example_is_kept_on_time_exactly_as_expected():
    told = [
        replace(
            ACCEPTED,
            owner_side=Side(one["side"]),
            state=State(one["status"]),
            first_due=date.fromisoformat(one["first_due"]),
            due=date.fromisoformat(one["due"]),
            done_on=date.fromisoformat(one["done_on"]) if one.get("done_on") else None,
        )
        for one in EXAMPLE["commitments"]
    ]
    wanted = EXAMPLE["expected"]["commitments_kept_on_time"]
    assert str(kept(told, TODAY)) == wanted["all"]
    for side in Side:
        assert str(kept((one for one in told if one.owner_side is side), TODAY)) == wanted[side.value]
