"""The nine rules of DOMAIN.md 1.6 that experts expect, each by its number."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.governance import alarm, clocks, ladder, pause
from bot.governance.alarm import Alarm
from bot.governance.clocks import Kind
from bot.governance.escalation import Severity
from bot.governance.issue import Graded, LegalClock, Plan, State
from bot.governance.life import acknowledge, moved
from bot.governance.partnership import Counterparts, Level
from bot.governance.party import Party
from bot.governance.visibility import Side, Visibility
from tests.governance import example
from tests.governance.issues import ISSUE, LIMIT, RAISED

CALENDAR = example.calendar()
PAIRS = (
    Counterparts("L1", "TOMASZ", "ANNIKA"),
    Counterparts("L2", "MARCUS", "DAVID"),
    Counterparts("L3", "INGRID", "CLAIRE"),
    Counterparts("L4", "COUNSEL", "LAWYER"),
    Counterparts("quality", "HELENA", "OSKAR"),
)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SEEN = acknowledge(ISSUE, "PER-04", RAISED + HOUR)
LEGAL = LegalClock("EU 536/2014 Art. 52", RAISED, 7, date(2026, 11, 17), owner="HELENA")
MIRRORED = replace(
    ISSUE, raised_side=Side.SPONSOR, owner_side=Side.SPONSOR, raised_by="TOMASZ", owner="TOMASZ"
)


def rings(issue, kind, now=None):
    """What the clock of that kind does when it runs out: the alarm and the issue after it."""
    now = now or clocks.wanted(issue, CALENDAR)[kind]
    limits = alarm.ripe(issue, CALENDAR, kind, now)
    after = alarm.rung(issue, limits, CALENDAR, now)
    levels = {} if after.level is issue.level else {"was": issue.level, "now": after.level}
    return Alarm(now, limits, **levels, late=alarm.lateness(issue, limits, now)), after


def ruled(issue, **limits):
    """The issue's rules with these limits besides."""
    return {severity: replace(rule, **limits) for severity, rule in issue.rules.items()}


def hearers(issue, kind, pairs=PAIRS, now=None):
    heard, after = rings(issue, kind, now)
    return alarm.hearers(after, heard, pairs)


def test_rule_1_both_counterparts_of_a_level_hear_it_together_with_the_owner_and_the_pair_before():
    assert hearers(ISSUE, Kind.ACK) == ("PER-10", "TOMASZ", "ANNIKA", "MARCUS", "DAVID")
    planned = replace(SEEN, plan=Plan(date(2026, 11, 13), agreed=date(2026, 11, 10)), counterpart="WEI")
    assert hearers(planned, Kind.RESOLVE) == ("PER-10", "WEI", "TOMASZ", "ANNIKA")
    assert hearers(SEEN, Kind.LEVEL) == ("PER-10", "TOMASZ", "ANNIKA", "MARCUS", "DAVID")


@pytest.mark.parametrize(
    ("pairs", "level", "told"),
    [
        (
            (Counterparts("L2", "MARCUS", ""), Counterparts("L3", "INGRID", "CLAIRE")),
            "L2",
            "MARCUS INGRID CLAIRE",
        ),
        ((Counterparts("L2", "MARCUS", ""), Counterparts("L4", "", "LAWYER")), "L2", "MARCUS LAWYER"),
        ((Counterparts("L1", "TOMASZ", "ANNIKA"), Counterparts("L2", "", "DAVID")), "L2", "DAVID TOMASZ"),
        ((Counterparts("L1", "TOMASZ", "ANNIKA"),), "L4", "TOMASZ ANNIKA"),
        ((Counterparts("L3", "INGRID", "CLAIRE"),), "quality", "INGRID CLAIRE"),
        ((), "L1", ""),
    ],
)
def test_rule_1_a_level_with_one_side_empty_goes_up_to_the_next_filled_one_and_says_so(pairs, level, told):
    assert alarm.answering(pairs, level) == tuple(told.split())
    at_l2 = moved(ISSUE, Level.L2, RAISED)
    missing = alarm.gaps(at_l2, (Counterparts("L2", "MARCUS", ""),))
    assert missing == (Side.CRO,)
    assert alarm.gaps(replace(at_l2, visibility=Visibility.SPONSOR_INTERNAL), ()) == (Side.SPONSOR,)
    assert alarm.gaps(replace(at_l2, visibility=Visibility.RESTRICTED), ()) == ()
    heard, _ = rings(ISSUE, Kind.ACK)
    told = alarm.why(heard, Level.L2, ("Northmere",))
    assert told == "not acknowledged by 2026-11-11 17:00Z; Northmere names nobody at L2"


def test_rule_2_whatever_happens_to_the_one_side_happens_to_the_other():
    for kind in (Kind.ACK, Kind.LEVEL, Kind.PLAN, Kind.RESOLVE):
        ours, theirs = rings(ISSUE, kind), rings(MIRRORED, kind)
        assert ours[0] == theirs[0]
        assert ours[1].level is theirs[1].level
    assert ladder.escalate(SEEN, Party("ANNIKA", Side.CRO), None, RAISED).level is Level.L2
    assert ladder.escalate(SEEN, Party("TOMASZ", Side.SPONSOR), None, RAISED).level is Level.L2


def test_rule_3_the_clock_never_skips_a_level_however_much_has_run_out():
    long_after = RAISED + 90 * DAY
    heard, after = rings(ISSUE, Kind.ACK, long_after)
    assert (heard.was, heard.now, after.level) == (Level.L1, Level.L2, Level.L2)
    assert list(heard.limits) == [Kind.ACK, Kind.LEVEL, Kind.RESOLVE, Kind.PLAN]
    assert not ladder.may_skip(SEEN)
    assert ladder.may_skip(replace(SEEN, severity=Severity.CRITICAL))


def test_rule_4_the_owner_stays_and_who_decides_changes():
    _, after = rings(ISSUE, Kind.ACK)
    assert (after.owner, after.owner_side) == (ISSUE.owner, ISSUE.owner_side)
    assert after.level_entered_at == LIMIT
    down = ladder.deescalate(after, Party("ANNIKA", Side.CRO), None, LIMIT + DAY)
    assert (down.level, down.owner) == (Level.L1, ISSUE.owner)


def test_rule_5_a_hold_stops_every_clock_but_a_legal_one_and_ends_by_itself():
    asked = pause.ask(
        replace(SEEN, legal=LEGAL), Party("A", Side.CRO), "ethics", date(2026, 11, 16), RAISED + DAY
    )
    assert Kind.PLAN in clocks.wanted(asked, CALENDAR), "the other side has not agreed"
    held = pause.agreed(asked, Party("TOMASZ", Side.SPONSOR), RAISED + DAY)
    assert set(clocks.wanted(held, CALENDAR)) == {Kind.LEGAL, Kind.RESUME}
    restart = clocks.wanted(held, CALENDAR)[Kind.RESUME]
    assert restart == datetime(2026, 11, 16, 7, tzinfo=UTC)
    assert clocks.wanted(SEEN, CALENDAR)[Kind.PLAN] == datetime(2026, 11, 17, 17, tzinfo=UTC)
    after = {one.kind: one.at for one in clocks.running(pause.resumed(held, restart), CALENDAR)}
    assert after[Kind.LEGAL] == clocks.day_end(LEGAL.due)
    assert after[Kind.PLAN] == datetime(2026, 11, 20, 17, tzinfo=UTC), "three closes of day stood still"


def test_rule_6_business_days_skip_holidays_hours_run_through_the_night_and_legal_clocks_through_everything():
    christmas = datetime(2026, 12, 23, 16, tzinfo=UTC)
    major = replace(
        ISSUE, raised_at=christmas, level_entered_at=christmas, grades=(Graded(christmas, Severity.MAJOR),)
    )
    assert [at.date() for at in (LIMIT, clocks.running(major, CALENDAR)[0].at)] == [
        date(2026, 11, 11),
        CALENDAR.business_day_after(christmas.date(), 1),
    ]
    friday = datetime(2026, 11, 13, 18, 40, tzinfo=UTC)
    grades = (Graded(friday, Severity.CRITICAL),)
    critical = replace(ISSUE, severity=Severity.CRITICAL, raised_at=friday, level=Level.L2, grades=grades)
    ends = {one.kind: one.at for one in clocks.running(critical, CALENDAR)}
    assert ends[Kind.ACK] == friday + 4 * HOUR
    assert ends[Kind.CONTAIN] == friday + 24 * HOUR, "a Saturday"
    legal = replace(SEEN, legal=LEGAL)
    says = list(clocks.countdown(legal))
    assert says == [datetime(2026, 11, day, 7, tzinfo=UTC) for day in (14, 16, 17, 18)]


def test_rule_6_a_legal_clock_is_told_to_quality_and_executives_at_three_one_and_no_days_and_when_past():
    issue, told = replace(SEEN, legal=LEGAL), []
    while Kind.LEGAL in (wanted := clocks.wanted(issue, CALENDAR)):
        told.append(wanted[Kind.LEGAL])
        assert hearers(issue, Kind.LEGAL) == ("HELENA", "OSKAR", "INGRID", "CLAIRE", "PER-10")
        issue = rings(issue, Kind.LEGAL)[1]
    assert told == list(clocks.countdown(issue))
    heard, late = rings(replace(SEEN, legal=LEGAL), Kind.LEGAL, datetime(2026, 11, 17, 9, tzinfo=UTC))
    assert heard.limits == {Kind.LEGAL: told[2]}, "after an outage the newest is told, and the others are not"
    assert clocks.wanted(late, CALENDAR)[Kind.LEGAL] == told[3]


def test_rule_7_a_new_severity_restarts_every_clock_but_that_of_the_acknowledgement():
    worse = replace(
        ISSUE,
        severity=Severity.CRITICAL,
        grades=(*ISSUE.grades, Graded(RAISED + 5 * HOUR, Severity.CRITICAL, "TOMASZ", "two sites")),
    )
    ends = {one.kind: one.at for one in clocks.running(worse, CALENDAR)}
    assert ends[Kind.ACK] == LIMIT
    assert ends[Kind.CONTAIN] == RAISED + 29 * HOUR
    _, after = rings(worse, Kind.LEVEL)
    assert after.level is Level.L2, "critical stays no hour with the study team"


def test_rule_8_silence_goes_up_by_itself_to_the_executives_and_is_told_there_without_climbing_further():
    issue, levels = ISSUE, []
    while issue.ack_due:
        heard, issue = rings(issue, Kind.ACK)
        levels.append(heard.now)
        assert issue.missed
    assert levels == [Level.L2, Level.L3]
    by_hand = replace(ISSUE, level=Level.L3)
    heard, after = rings(by_hand, Kind.ACK)
    assert (heard.climbed, after.ack_due, after.level) == (False, None, Level.L3)
    assert hearers(by_hand, Kind.ACK) == ("PER-10", "INGRID", "CLAIRE")


def test_rule_8_no_plan_in_the_time_at_a_level_goes_up_to_the_dispute_clause_and_is_told_again_there():
    issue, levels = SEEN, []
    while Kind.LEVEL in clocks.wanted(issue, CALENDAR):
        heard, issue = rings(issue, Kind.LEVEL)
        levels.append(heard.now)
    assert levels == [Level.L2, Level.L3, Level.L4, None]
    rules = ruled(issue, again=example.limit({"business_days": 2}))
    again = clocks.wanted(replace(issue, rules=rules), CALENDAR)[Kind.AGAIN]
    assert again == CALENDAR.limit_end(issue.alarmed_at, rules[Severity.MAJOR].again)


def test_rule_8_a_plan_five_business_days_late_goes_up_once_for_that_plan():
    plan = Plan(date(2026, 11, 13), by="ANNIKA", side=Side.CRO, agreed=date(2026, 11, 10), agreed_by="TOMASZ")
    planned = replace(SEEN, plan=plan)
    assert set(clocks.wanted(planned, CALENDAR)) == {Kind.RESOLVE, Kind.PLAN_LATE}
    heard, after = rings(planned, Kind.PLAN_LATE)
    assert heard.at == CALENDAR.close_of(date(2026, 11, 20))
    assert (heard.was, heard.now, after.plan_climbed) == (Level.L1, Level.L2, plan.due)
    assert clocks.wanted(after, CALENDAR) == {}
    moved_plan = replace(after, plan=replace(plan, due=date(2026, 11, 27)))
    assert Kind.PLAN_LATE in clocks.wanted(moved_plan, CALENDAR)


def test_two_clocks_that_run_out_at_the_same_close_of_day_are_one_climb():
    heard, after = rings(SEEN, Kind.PLAN)
    assert heard.climbed, "plan and level are both five business days"
    assert list(heard.limits) == [Kind.LEVEL, Kind.PLAN]
    assert rings(SEEN, Kind.LEVEL) == (heard, after)
    assert alarm.ripe(after, CALENDAR, Kind.PLAN, heard.at) == {}
    assert alarm.ripe(after, CALENDAR, Kind.LEVEL, heard.at) == {}


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"acknowledged_at": LIMIT - HOUR, "ack_due": None}, Kind.ACK),
        ({"state": State.WITHDRAWN}, Kind.ACK),
        ({"state": State.RESOLVED}, Kind.PLAN),
        ({"plan": Plan(date(2027, 1, 5), agreed=date(2026, 11, 10))}, Kind.LEVEL),
        ({"contained_at": RAISED + HOUR}, Kind.CONTAIN),
        ({"moved_at": RAISED + 400 * DAY}, Kind.UPDATE),
    ],
)
def test_what_was_met_meanwhile_rings_for_nobody(changed, kind):
    assert alarm.ripe(replace(ISSUE, **changed), CALENDAR, kind, RAISED + 60 * DAY) == {}


def test_it_is_told_again_only_where_a_limit_is_past_and_nothing_moved():
    rules = ruled(ISSUE, again=example.limit({"business_days": 2}))
    quiet = replace(SEEN, rules=rules, alarmed_at=RAISED + DAY, moved_at=RAISED + HOUR)
    assert Kind.AGAIN not in clocks.wanted(quiet, CALENDAR), "no limit is past by then"
    late = replace(quiet, alarmed_at=datetime(2026, 11, 17, 17, tzinfo=UTC), rang={Kind.PLAN: RAISED})
    assert clocks.wanted(late, CALENDAR)[Kind.AGAIN] == datetime(2026, 11, 19, 17, tzinfo=UTC)
    spoken = replace(late, moved_at=datetime(2026, 11, 18, 9, tzinfo=UTC))
    assert clocks.wanted(spoken, CALENDAR)[Kind.AGAIN] == datetime(2026, 11, 20, 17, tzinfo=UTC)


def test_only_the_owner_is_reminded_of_an_update():
    rules = ruled(ISSUE, update=example.limit({"business_days": 3}))
    issue = replace(SEEN, rules=rules)
    assert hearers(issue, Kind.UPDATE) == ("PER-10",)
    assert hearers(replace(issue, owner=""), Kind.UPDATE) == ("TOMASZ", "ANNIKA")


def test_an_alarm_says_that_it_is_late_only_where_the_clock_had_been_running():
    in_time, _ = rings(ISSUE, Kind.ACK, LIMIT + timedelta(minutes=4))
    outage, _ = rings(ISSUE, Kind.ACK, LIMIT + 26 * HOUR)
    assert in_time.late == timedelta()
    assert alarm.why(outage, Level.L2).endswith("; told 26 hours late, as Parley was not running")
    corrected = replace(ISSUE, moved_at=LIMIT + 26 * HOUR)
    assert rings(corrected, Kind.ACK, LIMIT + 26 * HOUR)[0].late == timedelta()
    assert [alarm.length(HOUR * n) for n in (1, 2, 47, 72)] == ["60 minutes", "2 hours", "47 hours", "3 days"]
