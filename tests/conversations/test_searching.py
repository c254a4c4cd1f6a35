"""Searching: all the words, wherever they were said, as far as the asker may see."""

import pytest

HARD = '100%_sure, "site 104" at Überlingen\\Straße'


@pytest.fixture(autouse=True)
def _quiet(quiet):
    """What was loaded rings no more."""


def test_both_sides_find_what_both_may_read_and_each_its_own_notes(world):
    annika, tomasz, weiling = world.as_("annika"), world.as_("tomasz"), world.as_("wei-ling")
    annika.say(f"issue update NOR-ISS-003 {HARD}", at="direct")
    annika.say("issue note NOR-ISS-003 ask for a discount", at="direct")
    for words in ("100%_sure", '"site 104"', "überlingen", "straße ENROLMENT", "\\straße", "find"):
        for one in (annika, tomasz):
            answer = one.say(f"search {words}".replace("search find", "find überlingen"), at="direct")
            assert "NOR-ISS-003" in answer, words
            assert "an update: " in answer
    assert "your company’s note: ask for a discount" in annika.say("search discount", at="direct")
    assert "Nothing that you may see has “discount”" in tomasz.say("search discount", at="direct")
    for words in ("100%_sure", "discount", "NOR-ISS-003", "zzzz", "%", "_", "'", '"', "\\"):
        assert f"Nothing that you may see has “{words}”" in weiling.say(f"search {words}", at="direct")


def test_every_kind_of_record_is_found_with_a_way_to_it(world):
    annika, weiling = world.as_("annika"), world.as_("wei-ling")
    found = annika.say('find "enrolment recovery"', at="direct")
    assert "NOR-DEC-003, decision" in found
    assert "question: Approve enrolment recovery plan v2?" in found
    assert "Gap of 18 points to plan" in annika.press("Details of NOR-DEC-003", found)
    for number, kind in (("NOR-CMT", "commitment"), ("NOR-MTG", "session"), ("NOR-ISS", "issue")):
        found = annika.say(f"find {number}", at="direct")
        assert f", {kind}" in found
        label = next(one for one in found.buttons if one.startswith(f"Details of {number}"))
        assert label.removeprefix("Details of ") in annika.press(label, found)
        assert f", {kind}" not in weiling.say(f"find {number}", at="direct")


def test_in_a_room_it_is_its_partnership_and_there_are_pages(world):
    tomasz = world.as_("tomasz")
    here = tomasz.say("search HAL-301")
    assert "QUI-ISS-001" not in here
    assert "NOR-ISS-003" in here
    for count in ("One", "Another"):
        tomasz.say(f"issue {count} ISS problem, minor, owner @rafael")
    everything = tomasz.say("search ISS", at="direct")
    assert "1 to 10 of " in everything
    assert "11 to " in tomasz.press("Next page", everything)


def test_bad_input_gets_one_sentence(world):
    tomasz = world.as_("tomasz")
    assert "Say what to look for" in tomasz.say("search", at="direct")
    assert "Say what to look for" in tomasz.say("find ,", at="direct")
    assert "at most 8 words" in tomasz.say("search a b c d e f g h i", at="direct")
    assert "at most 8 words" in tomasz.say(f"search {'x' * 61}", at="direct")


def test_a_stranger_finds_nothing(world):
    assert "NOR-ISS" not in world.as_("newcomer at Northmere").say("search enrolment", at="direct").words
