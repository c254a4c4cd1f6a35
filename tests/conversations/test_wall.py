"""Neither company sees what belongs to the other, nor another partnership, nor a stranger anything."""

import pytest

pytestmark = pytest.mark.journey

HIDDEN = ("QUI-ISS-001", "QUI-ISS-002", "HAL-RST-K7Q2")


def test_the_other_partnership_is_not_in_lists_nor_in_counts(world):
    shown = world.as_("annika").say("issue list")
    assert "Open issues, 6" in shown
    for number in HIDDEN:
        assert number not in shown
    quillon = world.as_("gareth").say("issue list")
    assert "Open issues, 2" in quillon
    assert "NOR-" not in quillon


def test_a_hidden_number_gets_the_words_of_one_that_does_not_exist(world):
    for name in ("annika", "gareth", "priya"):
        asker = world.as_(name)
        nothing = asker.say("issue show NOR-ISS-999").words.replace("NOR-ISS-999", "X")
        for number in ("QUI-ISS-001", "NOR-ISS-001", "HAL-RST-K7Q2"):
            answer = asker.say(f"issue show {number}")
            if number not in MAY_SEE[name]:
                assert answer.words.replace(number, "X") == nothing, (name, number)
            else:
                assert number in answer


MAY_SEE = {"annika": ("NOR-ISS-001",), "gareth": ("QUI-ISS-001",), "priya": ("NOR-ISS-001", "QUI-ISS-001")}


def test_a_restricted_issue_is_for_the_people_it_names(world):
    for name in ("elena", "ingrid"):
        assert "Training records" in world.as_(name).say("issue show HAL-RST-K7Q2")
    for name in ("marcus", "priya", "kenji", "tomasz"):
        assert "There is no issue" in world.as_(name).say("issue show HAL-RST-K7Q2")


def test_one_sides_own_issue_leaves_no_trace_on_the_other(world):
    world.rows_gone("DELETE FROM due")  # the clocks of the example's own issues have no part in this
    before = {name: everything(world, name) for name in ("annika", "david", "charlotte", "gareth")}
    said = "issue Move 15 sites elsewhere, major, owner @tomasz, for Northmere, internal"
    assert "Logged HAL-NOR-ISS-001" in world.as_("marcus").say(said, at="direct")
    world.pass_business_days(3)
    assert {name: everything(world, name) for name in before} == before
    assert "Logged NOR-ISS-008" in world.as_("annika").say("issue Late, minor, owner @rafael")


def test_one_sides_own_issue_climbs_on_its_own_side(world):
    world.as_("marcus").say(
        "issue Exit plan is untested, major, owner @tomasz, for Northmere, internal", at="direct"
    )
    world.pass_business_days(1)
    assert "moves from L1 to L2" in world.as_("marcus").inbox[-1]
    assert "moves from L1 to L2" in world.as_("tomasz").inbox[-1]


def test_a_room_of_one_partnership_takes_no_issue_of_another(world):
    form = world.as_("priya").opened("issue Late, major, owner @tomasz, for Quillon")
    assert "This room is for Halcyra Therapeutics AG and Northmere" in form.errors["class"]


def test_a_button_of_a_hidden_issue_finds_nothing(world):
    """A press is proof of nothing: the number in it is looked up as its presser."""
    gareth = world.as_("gareth")
    world.as_("annika").say("issue Late, major, owner @rafael")
    seen = world.as_("marcus").room()[-1]
    before = everything(world, "annika")
    gareth.face.side.record  # noqa: B018 the emulator is the presser's own
    assert "There is no issue NOR-ISS-008" in gareth.say("issue ack NOR-ISS-008")
    assert "Acknowledge" in world.as_("marcus").again(seen).buttons
    assert everything(world, "annika") == before


def test_an_issue_is_acknowledged_by_the_side_that_did_not_raise_it(world):
    world.as_("annika").say("issue Late, major, owner @rafael")
    for name in ("annika", "rafael", "charlotte"):
        answer = world.as_(name).say("issue ack NOR-ISS-008")
        assert (
            "Northmere Clinical Ltd raised NOR-ISS-008, so Halcyra Therapeutics AG acknowledges it" in answer
        )
    world.as_("tomasz").say("issue Late too, major, owner @rafael")
    answer = world.as_("marcus").say("issue ack NOR-ISS-009")
    assert "Halcyra Therapeutics AG raised NOR-ISS-009, so Northmere Clinical Ltd acknowledges it" in answer
    assert "Acknowledged by Rafael Monteiro" in world.as_("rafael").say("issue ack NOR-ISS-009")


def everything(world, name):
    """All that this person's windows hold, word for word."""
    return [(one.id, one.words, tuple(one.buttons)) for one in world.as_(name).sight()]
