"""The rules of escalation as people live them: both sides together, whoever stands in, each message once."""

from datetime import UTC, datetime

from tests.conversations.test_first_issue import neutral

MOVES = "NOR-ISS-008 moves from"


def about(world, name, words):
    return [one for one in world.as_(name).inbox if words in one]


def test_silence_goes_up_to_both_sides_at_once_with_whoever_stands_in_and_one_message_for_each_event(world):
    annika, marcus = world.as_("annika"), world.as_("marcus")
    world.quiet()
    marcus.say("setup away from 10 Nov to 30 Nov, @elena", at="direct")
    annika.say("issue TMF backlog at site 104, major, owner @rafael")
    world.pass_business_days(1)
    people = ("rafael", "tomasz", "annika", "marcus", "elena", "david")
    for name in people:
        (alarm,) = about(world, name, MOVES)
        assert "stays the owner" in alarm, "rule 4"
        assert "Halcyra Therapeutics AG is asked to acknowledge it by Thu 12 Nov 2026" in alarm, "rule 9"
    hers, his = (neutral(about(world, name, MOVES)[0]) for name in ("annika", "marcus"))
    assert hers == his, "rule 1"
    world.as_("tomasz").say("issue ack NOR-ISS-008")
    for name in people:
        assert "It has since been acknowledged by Tomasz" in about(world, name, MOVES)[0]
    heard = {name: len(about(world, name, "NOR-ISS-008")) for name in people}
    # The plan's five days count from Tuesday, those of the level from Wednesday.
    world.pass_to(datetime(2026, 11, 18, 17, 1, tzinfo=UTC))
    for name in ("rafael", "marcus", "david"):
        assert len(about(world, name, "NOR-ISS-008")) == heard[name] + 2, name
    facts = [one.words.splitlines()[1] for one in about(world, "david", "NOR-ISS-008")]
    assert any("No plan was agreed by Tue 17 Nov 2026" in one and "moves" not in one for one in facts)
    (level,) = about(world, "ingrid", "NOR-ISS-008 moves from L2 to L3")
    assert "Both sides are asked to agree a plan by" in level


def test_a_level_with_one_side_empty_is_told_to_both_and_goes_on_to_whoever_is_named(world):
    world.as_("wei-ling").say("issue Query backlog at site 9, critical, owner @wei-ling")
    world.pass_hours(4.1)
    for name in ("wei-ling", "gareth", "priya"):
        (alarm,) = about(world, name, "moves from L2 to L3")
        assert "Halcyra Therapeutics AG names nobody at L3." in alarm, name
    lines = world.rows("SELECT payload FROM audit WHERE what = 'issue.climb' AND partnership = 'P-QUI'")
    assert "Halcyra Therapeutics AG names nobody at L3" in lines[-1][0]


def test_an_owner_who_says_nothing_is_reminded_alone_and_both_sides_again_where_nothing_moves(world):
    world.as_("tomasz").say("issue Kits past expiry at two sites, critical, owner @annika")
    world.as_("david").say("issue ack NOR-ISS-008")
    heard = {name: len(world.as_(name).inbox) for name in ("david", "marcus", "ingrid")}
    world.pass_to(datetime(2026, 11, 11, 9, 1, tzinfo=UTC))
    (reminder,) = about(world, "annika", "An update was due by Wed 11 Nov 2026")
    assert "is asked to say what happens next by" in reminder
    world.as_("annika").say("issue update NOR-ISS-008 two sites have new kits")
    assert "There is news of it since" in about(world, "annika", "An update was due")[0]
    assert not any("An update was due" in one for name in heard for one in world.as_(name).inbox)
