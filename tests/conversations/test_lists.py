"""What is open, ten at a time, in the room's partnership or in all of one's own."""


def test_a_long_list_has_pages_and_a_true_count(world):
    annika = world.as_("annika")
    for number in range(7):
        annika.say(f"issue Late shipment {number}, minor, owner rafael")
    first = annika.say("issue list")
    assert "Open issues, 1 to 10 of 13" in first
    assert "NOR-ISS-014" in first
    second = annika.press("Next page", first)
    assert "Open issues, 11 to 13 of 13" in second
    assert "NOR-ISS-002" in second
    assert "Next page" not in second.buttons


def test_in_a_direct_message_the_list_holds_all_partnerships_of_its_reader(world):
    shown = world.as_("tomasz").say("issue list", at="direct")
    assert "Open issues, 8" in shown
    assert "QUI-ISS-001" in shown
    assert "NOR-ISS-002" in shown
    assert "Open issues, 6" in world.as_("tomasz").say("issue list")


def test_nothing_open_is_said_in_one_line_with_an_example(world):
    world.rows_gone("DELETE FROM issue WHERE partnership = 'P-QUI'")
    shown = world.as_("gareth").say("issue list")
    assert "No open issues" in shown
    assert "To log one: issue TMF backlog" in shown


def test_a_restricted_issue_is_named_at_random_and_told_to_nobody_else(world):
    said = "issue Records may be back-dated, critical, owner elena, for Northmere, restricted"
    answer = world.as_("ingrid").say(said, at="direct")
    number = world.rows("SELECT number FROM issue WHERE title = 'Records may be back-dated'")[0][0]
    assert number.startswith("HAL-RST-")
    assert f"Logged {number}" in answer
    assert "only Elena Duarte and Ingrid Solheim" in answer
    world.pass_hours(5)
    told = {name for name in world.people if any(number in one for one in world.as_(name).sight())}
    assert told == {"ingrid", "elena"}
    assert "moves from L2 to L3" in world.as_("elena").inbox[-1]
    assert "There is no issue" in world.as_("priya").say(f"issue show {number}")
    assert "Acknowledged by Elena Duarte" in world.as_("elena").say(f"issue ack {number}")
