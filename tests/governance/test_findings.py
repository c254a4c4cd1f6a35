"""What needs attention: where each limit lies to the day, and what a hold, a claim or an end leaves of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.governance.calendar import Stop
from bot.governance.company import Member
from bot.governance.escalation import Severity
from bot.governance.findings import Code, Home, Record, findings
from bot.governance.issue import Assessment, Graded, Hold, LegalClock, Plan, State
from bot.governance.partnership import Counterparts, Level
from bot.governance.visibility import Side, Visibility
from tests.governance import example
from tests.governance.issues import ISSUE, LIMIT, RAISED

SEEN = replace(ISSUE, state=State.ACKNOWLEDGED, acknowledged_at=RAISED)
PLANNED = replace(SEEN, state=State.IN_PROGRESS, plan=Plan(date(2026, 11, 13), agreed=date(2026, 11, 11)))
LONG_AFTER = datetime(2027, 3, 1, tzinfo=UTC)
LEGAL = LegalClock("EU CTR Art. 52", RAISED, 7, date(2026, 11, 17))


def about(issue, at=LONG_AFTER):
    """What is found about one issue: (code, sentence) each."""
    home = Home("ORG-HAL", Side.SPONSOR, ("P-NOR",), ())
    record = Record((issue,), {"P-NOR": example.calendar()}, {}, home)
    return [(one.code, one.finding) for one in findings(record, at)]


def codes(issue, at=LONG_AFTER):
    return {code for code, _ in about(issue, at)}


def test_a_limit_is_missed_only_after_its_last_moment():
    assert codes(ISSUE, LIMIT) == set()
    assert codes(ISSUE, LIMIT + timedelta(seconds=1)) == {Code.ACK_BREACHED}


def test_an_acknowledgement_on_the_limit_is_in_time_and_a_later_one_stays_late_after_the_end():
    in_time = replace(SEEN, state=State.CLOSED, acknowledged_at=LIMIT)
    late = replace(in_time, acknowledged_at=LIMIT + timedelta(minutes=1))
    assert about(in_time) == []
    assert about(late) == [(Code.ACK_LATE, "acknowledged 2026-11-11 17:01Z, limit 2026-11-11 17:00Z")]


def test_acknowledgement_runs_by_the_first_severity_and_the_plan_by_the_present_one_from_its_change():
    changed = RAISED + timedelta(days=1)
    grades = (Graded(RAISED, Severity.MINOR), Graded(changed, Severity.CRITICAL, "PER-04", "interim lock"))
    issue = replace(ISSUE, severity=Severity.CRITICAL, grades=grades, level=Level.L2)
    assert about(issue, changed + timedelta(hours=25)) == [
        (Code.ESCALATE_DUE, "time at L2 ran out 2026-11-12 09:00Z with no agreed plan")
    ]
    assert about(issue, datetime(2026, 11, 17, tzinfo=UTC))[:2] == [
        (Code.ACK_BREACHED, "not acknowledged; limit was 2026-11-13 17:00Z"),
        (Code.PLAN_OVERDUE, "no agreed plan; limit was 2026-11-16"),
    ]


@pytest.mark.parametrize(
    ("at", "late", "climbs"),
    [
        (datetime(2026, 11, 13, 23, 59, tzinfo=UTC), None, False),
        (datetime(2026, 11, 14, tzinfo=UTC), 0, False),
        (datetime(2026, 11, 16, tzinfo=UTC), 1, False),
        (datetime(2026, 11, 20, 23, 59, tzinfo=UTC), 5, False),
        (datetime(2026, 11, 22, 12, tzinfo=UTC), 5, False),
        (datetime(2026, 11, 23, tzinfo=UTC), 6, True),
    ],
)
def test_a_plan_is_late_from_the_next_day_on_and_climbs_after_five_business_days(at, late, climbs):
    found = dict(about(PLANNED, at))
    words = f"plan due 2026-11-13 is {late} business days late"
    assert found.get(Code.PLAN_LATE) == (None if late is None else words)
    assert (Code.ESCALATE_DUE in found) is climbs


def test_where_parley_has_climbed_for_a_late_plan_that_is_not_asked_for_again():
    climbed = replace(PLANNED, level=Level.L2, plan_climbed=date(2026, 11, 13))
    assert codes(climbed) == {Code.PLAN_LATE}
    moved = replace(climbed, plan=replace(PLANNED.plan, due=date(2026, 12, 1)))
    assert codes(moved) == {Code.PLAN_LATE, Code.ESCALATE_DUE}


def test_a_plan_that_is_only_offered_counts_for_nothing():
    offered = replace(SEEN, offer=Plan(date(2026, 11, 13)))
    assert codes(offered) == {Code.PLAN_OVERDUE, Code.RESOLVE_OVERDUE, Code.ESCALATE_DUE}


def test_on_hold_only_legal_clocks_run():
    hold = Hold("ethics committee", date(2027, 4, 1), "PER-09", Side.CRO, RAISED, agreed_at=RAISED)
    held = replace(ISSUE, state=State.ON_HOLD, hold=hold, stops=(Stop(RAISED),), legal=LEGAL)
    assert codes(held) == codes(replace(held, plan=PLANNED.plan)) == {Code.LEGAL_CLOCK}


def test_a_time_on_hold_is_added_to_the_limits():
    stop = Stop(datetime(2026, 11, 11, 9, tzinfo=UTC), datetime(2026, 11, 13, 9, tzinfo=UTC))
    assert codes(replace(ISSUE, stops=(stop,)), datetime(2026, 11, 13, 16, tzinfo=UTC)) == set()


@pytest.mark.parametrize("state", [State.RESOLVED, State.VERIFIED, State.EFFECTIVENESS_CHECK])
def test_what_its_owner_says_is_resolved_waits_for_no_plan_but_for_the_law(state):
    assert codes(replace(SEEN, state=state, legal=LEGAL)) == {Code.LEGAL_CLOCK}
    assert codes(replace(PLANNED, state=state)) == set()


@pytest.mark.parametrize("state", [State.CLOSED, State.REJECTED, State.WITHDRAWN])
def test_what_is_over_needs_nothing(state):
    assert codes(replace(SEEN, state=state, legal=LEGAL)) == set()


@pytest.mark.parametrize("state", [State.REOPENED, State.DISPUTED, State.INVESTIGATING])
def test_what_is_open_again_or_disputed_is_judged_like_any_other(state):
    assert Code.PLAN_OVERDUE in codes(replace(SEEN, state=state))


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (
            datetime(2026, 11, 10, 9, tzinfo=UTC),
            "7 calendar days left (due 2026-11-17); assessment confirmed",
        ),
        (
            datetime(2026, 11, 17, 23, tzinfo=UTC),
            "0 calendar days left (due 2026-11-17); assessment confirmed",
        ),
        (
            datetime(2026, 11, 19, 1, tzinfo=UTC),
            "-2 calendar days left (due 2026-11-17); assessment confirmed",
        ),
    ],
)
def test_a_legal_clock_counts_calendar_days_below_zero(at, words):
    assessed = replace(PLANNED, legal=replace(LEGAL, assessment=Assessment.CONFIRMED))
    assert dict(about(assessed, at))[Code.LEGAL_CLOCK] == f"EU CTR Art. 52: {words}"


@pytest.mark.parametrize(
    ("visibility", "who"),
    [
        (Visibility.SHARED, ("sponsor", "P-NOR")),
        (Visibility.SPONSOR_INTERNAL, ("sponsor",)),
        (Visibility.CRO_INTERNAL, ("P-NOR",)),
        (Visibility.RESTRICTED, ("PER-01", "PER-05")),
    ],
)
def test_each_finding_says_who_may_see_it(visibility, who):
    issue = replace(ISSUE, visibility=visibility, readers=frozenset({"PER-05", "PER-01"}))
    home = Home("ORG-NOR", Side.CRO, ("P-NOR",), ())
    found = findings(Record((issue,), {"P-NOR": example.calendar()}, {}, home), LONG_AFTER)
    assert {one.visible_to for one in found} == {who}


def test_levels_with_an_empty_side_and_key_roles_without_a_back_up_are_found():
    rows = (
        Counterparts("L1", "PER-04", "PER-09"),
        Counterparts("L2", "", "PER-08"),
        Counterparts("L4", "", ""),
    )
    staff = (
        Member("PER-09", "Annika", roles=frozenset({"project_lead", "administrator"})),
        Member("PER-08", "David", roles=frozenset({"alliance_manager"})),
        Member("PER-10", "Rafael", roles=frozenset({"clinops_lead"}), backup="PER-09"),
        Member("PER-13", "Ines", roles=frozenset({"quality_lead"})),
    )
    home = Home("ORG-NOR", Side.CRO, ("P-VEX", "P-NOR"), staff)
    found = findings(Record((), {}, {"P-NOR": rows}, home), LONG_AFTER)
    assert [(one.code, one.entity, one.visible_to) for one in found] == [
        (Code.NO_COUNTERPART, "P-NOR/L2", ("sponsor", "P-NOR")),
        (Code.NO_COUNTERPART, "P-NOR/L4", ("sponsor", "P-NOR")),
        (Code.NO_BACKUP, "ORG-NOR", ("P-NOR", "P-VEX")),
    ]
    assert found[2].finding == "key roles with no named back-up: PER-08, PER-09"
