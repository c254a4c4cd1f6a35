"""The policy and the example's oracle: who is told, how long they have, and where it goes then."""

from datetime import datetime, timedelta

import pytest

from bot.governance import escalation
from bot.governance.calendar import Limit
from bot.governance.escalation import Severity, SeverityRule
from bot.governance.partnership import Counterparts, Level
from tests.governance import example

CALENDAR, POLICY = example.calendar(), example.policy()
PAIRS = (
    Counterparts("L1", "TOMASZ", "ANNIKA"),
    Counterparts("L2", "MARCUS", "DAVID"),
    Counterparts("L3", "INGRID", "CLAIRE"),
    Counterparts("quality", "HELENA", "OSKAR"),
)
ONE_SIDED = (Counterparts("L1", "TOMASZ", "ANNIKA"), Counterparts("L2", "MARCUS", ""))
CRITICAL, MAJOR, MINOR = (POLICY.rules[severity] for severity in Severity)


def limit_of(issue):
    """When the acknowledgement of one of the example's issues runs out."""
    raised = datetime.fromisoformat(issue["raised_at"])
    first = issue.get("severity_history", [issue])[0]["severity"]
    return escalation.ack_limit(POLICY.rules[Severity(first)], CALENDAR, raised)


def written(at):
    return f"{at:%Y-%m-%d %H:%MZ}"


def acknowledged(issue):
    said = issue["acknowledged_at"]
    return datetime.fromisoformat(said) if said else None


def test_the_acknowledgements_the_example_calls_late_are_late_with_its_own_limits():
    late = {
        number: f"acknowledged {written(acknowledged(issue))}, limit {written(limit_of(issue))}"
        for number, issue in example.ISSUES.items()
        if acknowledged(issue) and acknowledged(issue) > limit_of(issue)
    }
    assert late == example.found("ack_late")
    assert late["NOR-ISS-006"].endswith("limit 2026-10-29 17:00Z")


def test_the_acknowledgements_the_example_calls_breached_are_missing_with_its_own_limits():
    breached = {
        number: f"not acknowledged; limit was {written(limit_of(issue))}"
        for number, issue in example.ISSUES.items()
        if acknowledged(issue) is None and limit_of(issue) < example.AS_OF
    }
    assert breached == example.found("ack_breached")
    assert breached["QUI-ISS-002"].endswith("2026-11-05 17:00Z")


@pytest.mark.parametrize(
    ("number", "limit"),
    [
        ("NOR-ISS-001", "2026-08-19 11:20Z"),
        ("NOR-ISS-002", "2026-09-15 17:00Z"),
        ("NOR-ISS-003", "2026-08-06 17:00Z"),
        ("NOR-ISS-004", "2026-07-22 17:00Z"),
        ("NOR-ISS-005", "2026-09-29 17:00Z"),
        ("NOR-ISS-006", "2026-10-29 17:00Z"),
        ("NOR-ISS-007", "2026-11-06 19:40Z"),
        ("QUI-ISS-001", "2026-10-16 17:00Z"),  # minor then; it became major two weeks later
        ("QUI-ISS-002", "2026-11-05 17:00Z"),
        ("HAL-RST-K7Q2", "2026-11-09 12:00Z"),
    ],
)
def test_every_issue_of_the_example_has_the_limit_its_policy_gives(number, limit):
    assert written(limit_of(example.ISSUES[number])) == limit


def test_the_issues_are_all_there():
    assert len(example.ISSUES) == 10


def test_a_severity_without_a_limit_never_runs_out():
    assert escalation.ack_limit(SeverityRule(Level.L1), CALENDAR, example.AS_OF) is None


def test_what_is_in_the_policy_is_what_counts():
    generous = SeverityRule(Level.L1, ack=Limit(elapsed_hours=100))
    end = escalation.ack_limit(generous, CALENDAR, example.AS_OF)
    assert end == example.AS_OF + timedelta(hours=100)


def test_climbing_goes_level_by_level_and_stops_at_the_executives():
    climbed = [escalation.climbs_to(level) for level in Level]
    assert climbed == [Level.L2, Level.L3, None, None]


def test_level_four_has_nothing_above_it():
    assert [level.above for level in Level] == [Level.L2, Level.L3, Level.L4, None]


def test_both_of_the_pair_that_decides_hear_of_a_new_issue_and_those_the_policy_names():
    assert escalation.told_at_birth(MINOR, PAIRS) == ("TOMASZ", "ANNIKA")
    assert escalation.told_at_birth(MAJOR, PAIRS) == ("TOMASZ", "ANNIKA", "MARCUS", "DAVID")
    heard = ("MARCUS", "DAVID", "INGRID", "CLAIRE", "HELENA", "OSKAR")
    assert escalation.told_at_birth(CRITICAL, PAIRS) == heard


def test_a_level_that_nobody_is_named_for_is_silent():
    assert escalation.told_at_birth(CRITICAL, ONE_SIDED) == ("MARCUS",)
    assert escalation.told_at_birth(MAJOR, ()) == ()


@pytest.mark.parametrize(
    ("owner", "told"),
    [
        ("RAFAEL", ("RAFAEL", "TOMASZ", "ANNIKA", "MARCUS", "DAVID")),
        ("ANNIKA", ("ANNIKA", "TOMASZ", "MARCUS", "DAVID")),
        ("MARCUS", ("MARCUS", "TOMASZ", "ANNIKA", "DAVID")),
        ("", ("TOMASZ", "ANNIKA", "MARCUS", "DAVID")),
    ],
)
def test_owner_old_pair_and_new_pair_are_each_told_once_in_that_order(owner, told):
    assert escalation.told_of_climb(owner, Level.L1, Level.L2, PAIRS) == told


def test_one_person_on_two_levels_is_told_once():
    pairs = (Counterparts("L1", "TOMASZ", "ANNIKA"), Counterparts("L2", "TOMASZ", "DAVID"))
    assert escalation.told_of_climb("ANNIKA", Level.L1, Level.L2, pairs) == ("ANNIKA", "TOMASZ", "DAVID")


def test_a_climb_to_a_level_with_one_side_empty_tells_the_side_that_is_there():
    told = escalation.told_of_climb("ANNIKA", Level.L1, Level.L2, ONE_SIDED)
    assert told == ("ANNIKA", "TOMASZ", "MARCUS")
    assert escalation.told_of_climb("ANNIKA", Level.L2, Level.L3, ONE_SIDED) == ("ANNIKA", "MARCUS")
