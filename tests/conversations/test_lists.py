"""Lists: what is open, overdue or mine, ten at a time, and never what its reader may not see."""

import pytest

MANY = 23  # beside the six of the example


@pytest.fixture
def many(world):
    """Annika's side has logged more than two pages of issues."""
    annika = world.as_("annika")
    for number in range(MANY):
        annika.say(f"issue Late shipment {number}, minor, owner rafael, study HAL-202")
    return annika


def test_pages_keep_the_filter_and_a_true_count(many):
    first = many.say("issue list minor HAL-202")
    assert f"Open issues (minor, HAL-202), 1 to 10 of {MANY}" in first
    assert "NOR-ISS-030" in first
    second = many.press("Next page", first)
    assert f"Open issues (minor, HAL-202), 11 to 20 of {MANY}" in second
    last = many.press("Next page", second)
    assert f"Open issues (minor, HAL-202), 21 to {MANY} of {MANY}" in last
    assert "NOR-ISS-008" in last
    assert "Next page" not in last.buttons
    assert f"11 to 20 of {MANY}" in many.press("Previous page", last)
    assert "Overdue issues (minor, HAL-202): none" in many.press("Overdue", last)
    whole = many.say("issue list")
    assert f"Open issues, 1 to 10 of {MANY + 6}" in whole


def test_what_is_overdue_comes_first_and_says_by_how_much(world):
    annika = world.as_("annika")
    annika.say("issue Late shipment, minor, owner rafael")
    shown = annika.say("issue list")
    numbers = [word for word in shown.words.split() if word.startswith("NOR-ISS-")]
    late = annika.say("issue list overdue")
    overdue = [word for word in late.words.split() if word.startswith("NOR-ISS-")]
    assert numbers[: len(overdue)] == overdue
    assert 0 < len(overdue) < len(numbers)
    assert "NOR-ISS-008" in numbers[len(overdue) :]
    assert f"Overdue issues, {len(overdue)}" in late
    assert late.words.count("business day") + late.words.count("calendar day") >= len(overdue)
    world.pass_business_days(4)
    assert "not acknowledged, 1 business day late" in annika.say("issue list minor overdue")


def test_filters_go_in_any_order_and_one_of_a_kind(world):
    tomasz = world.as_("tomasz")
    for words in ("major overdue hal-301", "HAL-301, overdue, major", "late MAJOR HAL-301"):
        assert "Overdue issues (major, HAL-301)" in tomasz.say(f"issue list {words}"), words
    assert "takes one severity at a time and you said major and minor" in tomasz.say("issue list major minor")
    assert "takes one state at a time" in tomasz.say("issue list open closed")
    assert "Open issues (L2)" in tomasz.say("issue list l2")
    assert "All issues, 7" in tomasz.say("issue list all")
    assert "Closed issues, 1" in tomasz.say("issue list closed")
    refused = tomasz.say("issue list shipments")
    assert "cannot be narrowed to “shipments”; it takes mine, overdue, open, closed, all" in refused
    assert "“issue log shipments” logs an issue with that title" in refused


def test_mine_are_those_one_owns_or_answers_for(world):
    rafael, tomasz = world.as_("rafael"), world.as_("tomasz")
    world.as_("annika").say("issue Late shipment, minor, owner rafael")
    shown = rafael.say("issue list mine")
    assert "Your open issues" in shown
    assert "NOR-ISS-008" in shown
    assert "NOR-ISS-008" not in tomasz.say("issue list mine")
    everybody = rafael.press("Everybody’s", shown)
    assert "Open issues, 7" in everybody


def test_in_a_direct_message_the_list_holds_all_partnerships_of_its_reader(world):
    shown = world.as_("tomasz").say("issue list", at="direct")
    assert "Open issues, 8" in shown
    assert "QUI-ISS-001" in shown
    assert "NOR-ISS-002" in shown
    assert "Open issues, 6" in world.as_("tomasz").say("issue list")


def test_no_filter_shows_or_counts_what_its_reader_may_not_see(world):
    said = "issue Move 15 sites elsewhere, critical, owner @tomasz, for Northmere, internal"
    world.as_("marcus").say(said, at="direct")
    annika, gareth, marcus = (world.as_(name) for name in ("annika", "gareth", "marcus"))
    for words in ("", "all", "critical", "overdue", "mine", "L2", "all critical HAL-301", "closed"):
        for shown in (annika.say(f"issue list {words}"), annika.say(f"issue list {words}", at="direct")):
            assert "HAL-NOR-ISS" not in shown
            assert "QUI-ISS" not in shown
            assert "RST" not in shown
    assert "All issues, 7" in annika.say("issue list all", at="direct")
    hidden, nonsense = gareth.say("issue list HAL-202"), gareth.say("issue list HAL-999")
    assert hidden.words.replace("HAL-202", "X") == nonsense.words.replace("HAL-999", "X")
    assert "HAL-NOR-ISS-001" in marcus.say("issue list critical", at="direct")
    assert "HAL-NOR-ISS-001" not in marcus.say("issue list critical")  # a shared room lists what is shared


def test_a_page_asked_for_beyond_the_end_leads_back(world):
    annika = world.as_("annika")
    for number in range(6):
        annika.say(f"issue Late shipment {number}, minor, owner rafael")
    first = annika.say("issue list")
    world.rows_gone("DELETE FROM issue WHERE severity = 'minor'")
    gone = annika.press("Next page", first)
    assert "Nothing on this page any more" in gone
    assert "Open issues" in annika.press("First page", gone)


def test_nothing_open_is_said_in_one_line_with_an_example(world):
    world.rows_gone("DELETE FROM note WHERE partnership = 'P-QUI'")
    world.rows_gone("DELETE FROM issue WHERE partnership = 'P-QUI'")
    shown = world.as_("gareth").say("issue list")
    assert "No open issues" in shown
    assert "To log one: issue TMF backlog" in shown
    none = world.as_("gareth").say("issue list overdue")
    assert "Overdue issues: none" in none
    assert "No open issues" in world.as_("gareth").press("All open issues", none)


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
