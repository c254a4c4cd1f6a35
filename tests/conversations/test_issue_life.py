"""J1, second half: planned, agreed, late, climbing again, resolved, verified by the other side, closed."""

from datetime import UTC, datetime

import pytest

LOGGED = "issue TMF backlog at site 104, major, owner @annika, due next Friday"


def told(world, words):
    """How many direct messages of each person have these words; nobody else is in it."""
    heard = {name: sum(words in one for one in world.as_(name).inbox) for name in world.people}
    return {name: count for name, count in heard.items() if count}


def card(voice):
    """The issue's live card in that person's room."""
    return next(one for one in voice.room() if "NOR-ISS-008:" in one)


@pytest.mark.journey
def test_an_issue_is_planned_is_late_climbs_again_and_ends_with_the_other_side(world):
    annika, marcus, tomasz = world.as_("annika"), world.as_("marcus"), world.as_("tomasz")
    world.quiet()
    annika.say(LOGGED)
    world.pass_business_days(1)  # nobody acknowledged
    assert told(world, "NOR-ISS-008 moves from L1 to L2").keys() == {"annika", "david", "marcus", "tomasz"}
    marcus.press("Acknowledge", card(marcus))
    assert "Acknowledged by Marcus Adeyemi" in card(annika)

    annika.say("issue plan NOR-ISS-008 file the overdue documents, due 20 Nov")
    assert "Halcyra Therapeutics AG is asked to agree by" in card(annika)
    marcus.press("Agree to the plan", card(marcus))
    for reader in (annika, marcus):
        assert "Plan" in card(reader)
        assert "in progress" in reader.say("issue list")
    world.restart()

    world.pass_to(datetime(2026, 11, 27, 16, 59, tzinfo=UTC))
    assert "moved from L2 to L3" not in card(annika)
    world.pass_to(datetime(2026, 11, 27, 17, 1, tzinfo=UTC))  # five business days after the plan's date
    assert "moved from L2 to L3" in card(annika)
    climbed = told(world, "NOR-ISS-008 moves from L2 to L3")
    assert {"annika", "charlotte", "david", "ingrid", "marcus"} <= climbed.keys()
    assert set(climbed.values()) == {1}
    world.restart()
    world.settle()
    assert told(world, "NOR-ISS-008 moves from L2 to L3") == climbed

    annika.say("issue resolve NOR-ISS-008 all are filed, cause process: filing was left to month end")
    assert "Verify" not in card(annika).buttons
    assert "cannot verify" in annika.say("issue verify NOR-ISS-008")
    marcus.press("Verify", card(marcus))
    assert "verified" in annika.say("issue list")
    tomasz.say("issue close NOR-ISS-008 seen in the file of site 104")
    for reader in (annika, marcus):
        assert "NOR-ISS-008" not in reader.say("issue list")
        assert "Closed" in card(reader)
    before = told(world, "NOR-ISS-008")
    world.pass_business_days(3)
    assert told(world, "NOR-ISS-008") == before
