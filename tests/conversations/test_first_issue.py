"""J1, first half: an issue is logged, seen on both sides, acknowledged, or climbs for want of it."""

from datetime import UTC, datetime

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("quiet")]
LOGGED = "issue TMF backlog at site 104, major, owner @rafael, due next Friday"


def test_what_one_side_logs_the_other_sees_live_and_acknowledges(world):
    annika, marcus = world.as_("annika"), world.as_("marcus")
    answer = annika.say(LOGGED)
    assert "Logged NOR-ISS-008" in answer
    assert "Fri 20 Nov 2026" in answer
    assert "Rafael Monteiro (Northmere Clinical Ltd)" in answer
    seen = marcus.room()[-1]
    assert "NOR-ISS-008: TMF backlog at site 104" in seen
    assert "Halcyra Therapeutics AG is asked to acknowledge it by Wed 11 Nov 2026, 18:00 CET" in seen
    marcus.press("Acknowledge", seen)
    for reader in (marcus, annika):
        card = reader.room()[-1]
        assert "Acknowledged by Marcus Adeyemi (Halcyra Therapeutics AG)" in card
        assert "Acknowledge" not in card.buttons
        assert card.edited


def test_the_owner_and_the_people_the_policy_names_hear_of_it_once(world):
    world.as_("annika").say(LOGGED)
    for name in ("rafael", "tomasz", "marcus", "david"):
        told = [one for one in world.as_(name).inbox if "NOR-ISS-008" in one]
        assert len(told) == 1, name
    for name in ("kenji", "ingrid", "wei-ling", "gareth"):
        assert not any("NOR-ISS-008" in one for one in world.as_(name).inbox), name


def test_an_unacknowledged_issue_reaches_both_counterparts(world):
    world.as_("annika").say(LOGGED)
    world.pass_to(datetime(2026, 11, 11, 16, 59, tzinfo=UTC))
    assert "moves from L1 to L2" not in world.as_("tomasz").inbox[-1]
    world.pass_to(datetime(2026, 11, 11, 17, 1, tzinfo=UTC))
    for name in ("rafael", "tomasz", "annika", "marcus", "david"):
        alarms = [one for one in world.as_(name).inbox if "NOR-ISS-008 moves from L1 to L2" in one]
        assert len(alarms) == 1, name
        assert "Not acknowledged by Wed 11 Nov 2026" in alarms[0]
        assert "Rafael Monteiro (Northmere Clinical Ltd) stays the owner" in alarms[0]
    for name in ("tomasz", "annika"):
        assert "moved from L1 to L2" in newest(world.as_(name).room())


def test_it_climbs_again_after_each_further_limit_and_stops_at_the_executives(world):
    world.as_("tomasz").say("issue Late site contracts, major, owner @annika")
    world.pass_business_days(1)
    world.pass_business_days(1)
    for name in ("annika", "marcus", "david", "ingrid", "charlotte"):
        assert "moves from L2 to L3" in newest(world.as_(name).inbox), name
    world.pass_business_days(3)
    for name in ("annika", "tomasz", "marcus", "david", "ingrid", "charlotte"):
        assert not any("NOR-ISS-008 moves from L3" in one for one in world.as_(name).inbox), name
    assert "No plan was agreed by Tue 17 Nov 2026" in newest(world.as_("ingrid").inbox)
    assert "L3: the executives decide" in newest(world.as_("tomasz").room())


def test_a_critical_issue_runs_by_the_hour_and_through_the_night(world):
    world.as_("annika").say("issue IRT is down at all sites, critical, owner @annika")
    for name in ("ingrid", "charlotte", "elena"):
        assert "NOR-ISS-008" in world.as_(name).inbox[-1], name
    world.pass_hours(3.9)
    assert "moves" not in newest(world.as_("ingrid").inbox)
    world.pass_hours(0.2)
    assert "moves from L2 to L3" in newest(world.as_("ingrid").inbox)


def test_an_acknowledged_issue_does_not_climb(world):
    world.as_("annika").say(LOGGED)
    world.as_("tomasz").say("issue ack NOR-ISS-008")
    world.pass_business_days(2)
    assert "L1: the study team decides" in newest(world.as_("annika").room())
    assert not any("NOR-ISS-008 moves from" in one for one in world.as_("tomasz").inbox)


def test_both_sides_get_the_same_words_each_in_their_own_zone(world):
    world.as_("annika").say(LOGGED)
    world.pass_business_days(1)
    hers, his = (neutral(newest(world.as_(name).inbox)) for name in ("annika", "marcus"))
    assert hers == his


def newest(seen):
    """The newest of these messages that is about the issue of this test."""
    return next(one for one in reversed(seen) if "NOR-ISS-008" in one)


def neutral(seen):
    """The words without what each platform and zone adds to them."""
    words = seen.words.replace("Alarm: ", "").replace(" GMT", "").replace(" CET", "").replace(":", " ")
    for hour in range(9, 19):
        words = words.replace(f" {hour:02d} ", " HH ")
    return words.split()
