"""A change of what was agreed: who may answer it, what no policy may hold, and what a calendar keeps."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.governance import proposal as rules
from bot.governance.calendar import Limit, WorkCalendar
from bot.governance.escalation import Severity
from bot.governance.proposal import Kind, Proposal, State
from bot.governance.terms import STANDARD_POLICY, ending
from bot.governance.visibility import Side
from bot.handlers import setup_lengths as lengths
from tests.governance import example

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
OFFER = Proposal("p", "P-NOR", Kind.POLICY, "ESC-1", "PER-08", Side.CRO, NOW, "Too long")
ENDED = {
    State.AGREED: rules.AgreedAlready,
    State.DECLINED: rules.DeclinedAlready,
    State.WITHDRAWN: rules.WithdrawnAlready,
    State.OVERTAKEN: rules.Overtaken,
}
WEEK = frozenset({"mon", "tue", "wed", "thu", "fri"})
CALENDAR = WorkCalendar("CAL", WEEK, frozenset({date(2026, 11, 9), date(2027, 1, 1)}), time(17))


def test_the_other_side_answers_and_its_own_side_withdraws():
    rules.check_answer(OFFER, Side.SPONSOR, "ESC-1", "Halcyra")
    rules.check_withdraw(OFFER, Side.CRO, "ESC-1", "Northmere")
    with pytest.raises(rules.OwnProposal) as own:
        rules.check_answer(OFFER, Side.CRO, "ESC-1", "Halcyra")
    assert "an administrator of Halcyra answers it" in own.value.sentence
    with pytest.raises(rules.NotYoursToWithdraw):
        rules.check_withdraw(OFFER, Side.SPONSOR, "ESC-1", "Northmere")


@pytest.mark.parametrize("state", ENDED)
def test_what_has_ended_is_answered_by_nobody(state):
    ended = OFFER.settled(state, "PER-03", NOW)
    assert (ended.is_open, ended.version) == (False, 2)
    for check in (rules.check_answer, rules.check_withdraw):
        for side in Side:
            with pytest.raises(ENDED[state]):
                check(ended, side, "ESC-1", "Northmere")


def test_what_would_follow_other_terms_than_those_in_force_is_overtaken():
    with pytest.raises(rules.Overtaken):
        rules.check_answer(OFFER, Side.SPONSOR, "P-NOR/2", "Halcyra")


def changed(severity, **values):
    found = dict(STANDARD_POLICY.rules)
    found[severity] = replace(found[severity], **values)
    return replace(STANDARD_POLICY, rules=found)


WRONG = {
    "minor has no rule": replace(
        STANDARD_POLICY,
        rules={one: rule for one, rule in STANDARD_POLICY.rules.items() if one != Severity.MINOR},
    ),
    "major, ack cannot be negative": changed(Severity.MAJOR, ack=Limit(business_days=-1)),
    "major, plan is longer than a year": changed(Severity.MAJOR, plan=Limit(business_days=400)),
    "critical, contain must be in hours or in business days": changed(Severity.CRITICAL, contain=Limit()),
    "minor, resolve is no time at all": changed(Severity.MINOR, resolve=Limit(elapsed_hours=0)),
    "minor, told at once names “wizards”": changed(Severity.MINOR, notify=("L2", "wizards")),
    "critical, longest at L2 is longer than a year": changed(
        Severity.CRITICAL, time_at_level=(("L2", Limit(elapsed_hours=float("inf"))),)
    ),
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_policy_is_refused_whole_with_the_place(fault):
    with pytest.raises(rules.WrongTerms) as refused:
        rules.check_policy(WRONG[fault])
    assert fault in refused.value.sentence


def test_the_standard_policy_and_the_examples_have_no_fault():
    rules.check_policy(STANDARD_POLICY)
    rules.check_policy(example.policy())


READ = {
    "4 hours": Limit(elapsed_hours=4),
    "4h": Limit(elapsed_hours=4),
    "1,5 Elapsed  Hours": Limit(elapsed_hours=1.5),
    "1 business day": Limit(business_days=1),
    "3 BD": Limit(business_days=3),
    "none": None,
    "Never": None,
    "–": None,
}
UNREAD = {
    "": "Write 4 hours, 2 business days, or none.",
    "soon": "is no length of time",
    "2 weeks": "“weeks” is no unit",
    "2 days": "could be hours or business days",
    "2": "could be hours or business days",
    "-4 hours": "cannot be negative",
    "1.5 business days": "Business days are whole.",
    "999 bd": "is longer than a year",
    "0 hours": "is no time at all",
    "4 hours or so": "is no unit",
    "9" * 40 + " h": "is no length of time",
}


@pytest.mark.parametrize("said", READ)
def test_lengths_are_read_as_people_write_them(said):
    assert lengths.wrong(said) == ""
    assert lengths.read(said) == READ[said]
    assert lengths.read(lengths.words(READ[said])) == READ[said]


@pytest.mark.parametrize("said", UNREAD)
def test_a_length_that_cannot_be_read_gets_one_sentence(said):
    assert UNREAD[said] in lengths.wrong(said)


def test_an_issue_may_pass_a_level_in_no_time():
    assert lengths.wrong_at_level("0 hours") == ""


def test_a_new_calendar_counts_from_tomorrow_and_leaves_the_past_as_it_was():
    other = WorkCalendar("", frozenset({"sat"}), frozenset({date(2026, 11, 6), date(2026, 12, 5)}), time(12))
    today = date(2026, 11, 10)
    follows = CALENDAR.followed_by(other, today)
    assert (follows.id, follows.version) == ("CAL", 2)
    for day in (today - timedelta(days=back) for back in range(20)):
        assert follows.is_business_day(day) == CALENDAR.is_business_day(day)
        assert follows.close_of(day) == CALENDAR.close_of(day)
    assert not follows.is_business_day(date(2026, 11, 11))
    assert follows.is_business_day(date(2026, 11, 14))
    assert follows.close_of(date(2026, 11, 14)).time() == time(12)
    assert not follows.is_business_day(date(2026, 12, 5))
    again = follows.followed_by(CALENDAR, date(2026, 11, 20))
    assert again.is_business_day(date(2026, 11, 14))
    assert not again.is_business_day(date(2026, 11, 21))
    assert again.close_of(date(2026, 11, 9)).time() == time(17)


def test_a_limit_that_has_run_out_stays_where_it_was():
    start, limit = datetime(2026, 11, 5, 9, tzinfo=UTC), Limit(business_days=2)
    follows = CALENDAR.followed_by(replace(CALENDAR, day_ends_at=time(12)), date(2026, 11, 10))
    assert follows.limit_end(start, limit) == CALENDAR.limit_end(start, limit)
    assert follows.limit_end(start, Limit(business_days=4)).time() == time(12)


def test_the_end_of_a_calendar_is_told_sixty_days_ahead_or_the_next_business_morning():
    assert CALENDAR.ends_soon(NOW)
    assert not CALENDAR.ends_soon(datetime(2026, 11, 2, 6, 59, tzinfo=UTC))
    assert CALENDAR.ends_soon(datetime(2026, 11, 2, 7, tzinfo=UTC))
    assert WorkCalendar("", WEEK, frozenset(), time(17)).ends_soon(NOW)
    far = ending("P-NOR", CALENDAR, datetime(2026, 6, 1, tzinfo=UTC))
    assert (far.key, far.at) == ("calendar.ends:P-NOR", datetime(2026, 11, 2, 7, tzinfo=UTC))
    assert ending("P-NOR", CALENDAR, datetime(2026, 11, 13, 9, tzinfo=UTC)).at == datetime(
        2026, 11, 16, 7, tzinfo=UTC
    )
