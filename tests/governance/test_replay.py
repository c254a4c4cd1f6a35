"""Past issues lived again: what another policy would have made of them, worked out by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.cards.replayed import Replayed
from bot.governance.calendar import Limit
from bot.governance.clocks import Kind
from bot.governance.escalation import Severity
from bot.governance.issue import Graded, Plan, State
from bot.governance.partnership import Level
from bot.governance.replay import Course, compared, course
from tests.governance import example
from tests.governance.issues import ISSUE, RAISED

POLICY, CALENDAR = example.policy(), example.calendar()
LATER = datetime(2026, 12, 20, tzinfo=UTC)
SEEN = replace(ISSUE, acknowledged_at=RAISED + timedelta(hours=5), state=State.ACKNOWLEDGED)
PLANNED = replace(SEEN, plan=Plan(date(2026, 11, 20), agreed=date(2026, 11, 12)))
DONE = replace(PLANNED, state=State.RESOLVED, resolved_at=datetime(2026, 11, 19, 12, tzinfo=UTC))


def went(issue, now=LATER, severity=Severity.MAJOR, **values):
    rule = replace(POLICY.rules[severity], **values)
    return course(issue, {**POLICY.rules, severity: rule}, CALENDAR, now)


def test_an_issue_that_kept_every_limit_missed_none_and_never_climbed():
    assert went(DONE) == Course(frozenset(), 0)


def test_a_shorter_limit_would_have_been_missed_and_it_would_have_gone_up():
    assert went(DONE, ack=Limit(elapsed_hours=4)) == Course(frozenset({Kind.ACK}), 1)
    assert went(DONE, ack=Limit(elapsed_hours=2)) == Course(frozenset({Kind.ACK}), 2)
    assert went(DONE, ack=Limit(elapsed_hours=1)).climbs == 2  # L3 is the top for want of acknowledgement
    assert went(DONE, plan=Limit(business_days=1)).missed == {Kind.PLAN}
    assert went(DONE, plan=Limit(business_days=2)).missed == frozenset()
    assert went(DONE, contain=Limit(elapsed_hours=24)).missed == {Kind.CONTAIN}


def test_an_agreed_plans_date_takes_the_place_of_the_resolve_limit():
    assert went(DONE, resolve=Limit(elapsed_hours=1)).missed == frozenset()
    late = replace(DONE, resolved_at=datetime(2026, 11, 23, tzinfo=UTC))
    assert went(late).missed == {Kind.RESOLVE}


def test_a_plan_more_than_five_business_days_late_goes_up_once():
    assert went(PLANNED, now=datetime(2026, 11, 27, 17, tzinfo=UTC)).climbs == 0
    assert went(PLANNED, now=datetime(2026, 11, 27, 17, 1, tzinfo=UTC)).climbs == 1


def test_too_long_at_a_level_without_a_plan_goes_up_and_no_limit_never_does():
    limits = tuple((level, Limit(business_days=2)) for level in Level)
    assert went(SEEN, now=RAISED + timedelta(days=3), time_at_level=limits).climbs == 1
    assert went(SEEN, now=LATER, time_at_level=limits).climbs == 3
    assert went(SEEN, now=LATER, time_at_level=()).climbs == 0
    assert went(SEEN, now=LATER, time_at_level=limits, plan=None, resolve=None).missed == frozenset()


def test_a_change_of_severity_goes_on_under_the_other_rule():
    raised = Graded(RAISED, Severity.MINOR)
    worse = Graded(RAISED + timedelta(days=2), Severity.CRITICAL)
    graded = replace(SEEN, severity=Severity.CRITICAL, grades=(raised, worse))
    before = course(graded, POLICY.rules, CALENDAR, worse.at)
    assert before == Course(frozenset(), 0)
    after = course(graded, POLICY.rules, CALENDAR, worse.at + timedelta(hours=25))
    assert after.climbs == 1
    assert Kind.CONTAIN in after.missed


def test_nothing_counts_after_it_was_closed_or_before_its_limit():
    gone = replace(ISSUE, state=State.WITHDRAWN, closed_at=RAISED + timedelta(hours=1))
    assert went(gone) == Course(frozenset(), 0)
    assert went(ISSUE, now=RAISED + timedelta(hours=1)) == Course(frozenset(), 0)


def quick(hours):
    rule = replace(POLICY.rules[Severity.MAJOR], ack=Limit(elapsed_hours=hours))
    return replace(POLICY, rules={**POLICY.rules, Severity.MAJOR: rule})


def told(*issues, policy):
    lived = Replayed(compared(issues, policy, CALENDAR, LATER))
    return " ".join(getattr(block, "text", "") or str(block.rows) for block in lived.blocks)


def test_the_summary_is_a_few_plain_lines_and_a_table_of_what_differs():
    said = told(DONE, replace(DONE, number="NOR-ISS-009"), policy=quick(4))
    assert said.startswith("2 issues were raised in the last 91 days, as far as you may see them.")
    assert "0 were acknowledged late; under this it would have been 2." in said
    assert "They went up a level never; under this it would have been 2." in said
    assert "All else would have gone the same." in said
    assert "('NOR-ISS-009 TMF backlog at site 104', 'all in time', 'acknowledged late, went up once')" in said


def test_nothing_to_compare_and_nothing_different_are_said():
    assert told(policy=POLICY).startswith("No issue was raised in the last 91 days")
    assert told(DONE, policy=POLICY).endswith("would have gone just the same.")
    assert "does not include reading issues" in Replayed((), may_read=False).blocks[0].text
