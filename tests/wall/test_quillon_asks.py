"""Journey J7: Quillon's staff ask for everything; nothing of Northmere's or of the sponsor's own shows."""

import pytest

from tests.wall import asking
from tests.wall.cast import PEOPLE
from tests.wall.forbidden import words_hidden_from
from tests.wall.windows import Window

ASKERS = ("gareth", "newcomer at Quillon")
NOT_PRESSED = ("Back to setting up", "End their access")  # the one leads in a circle, the other out of it
OTHERS = ("annika", "rafael.monteiro", "Charlotte Beaumont")
INVENTED = "nobody.atall"


@pytest.fixture
def lively(world):
    """Something of everybody's is under way, the sponsor's own and Northmere's own too."""
    world.quiet()
    world.as_("annika").say("issue Freezer at depot two failed, major, owner @rafael, HAL-202")
    world.as_("tomasz").say("issue note NOR-ISS-008 haggle over the rate", at="direct")
    world.as_("marcus").say("issue Exit plan, major, owner @tomasz, for Northmere, internal", at="direct")
    world.as_("marcus").say("issue Their prices, major, owner @tomasz, for Quillon, internal", at="direct")
    world.as_("david").say("issue Margin is thin, major, owner @rafael, internal", at="direct")
    return world


def leaked(world, reader, typed=()):
    """Which hidden words stand before that reader, those aside that they typed themselves."""
    shown = Window(world, reader.name).words()
    for word in typed:
        shown = shown.replace(word, "")
    hidden = {*words_hidden_from(reader), "Exit plan", "Their prices", "Margin is thin", "HAL-QUI-ISS"}
    hidden |= {"Freezer at depot two failed", "haggle"}
    return sorted(word for word in hidden if word in shown)


@pytest.mark.parametrize("asker", ASKERS)
def test_quillons_staff_ask_for_everything(lively, asker):
    reader, voice = PEOPLE[asker], lively.as_(asker)
    for place, words in asking.questions(reader, ()):
        voice.say(words, at=place)
    typed = (*asking.GUESSES, *asking.HELD, " NOR-JOC", "HAL-202", "rafael")
    assert leaked(lively, reader, typed) == []


def test_every_button_of_every_card_that_quillons_administrator_can_reach(lively):
    gareth = lively.as_("gareth")
    pressed = set()
    for words in (*asking.CARDS, *asking.MORE_CARDS, "issue list", "issue show QUI-ISS-001"):
        gareth.say(words, at="direct")
        while fresh := [label for label in offered(gareth) if label not in pressed]:
            pressed.add(fresh[0])
            gareth.press(fresh[0])
    assert len(pressed) > 25
    assert leaked(lively, PEOPLE["gareth"]) == []


def offered(voice):
    """What the newest messages offer to press."""
    return [label for one in voice.inbox[-3:] for label in one.buttons if label not in NOT_PRESSED]


def test_a_hidden_number_a_hidden_person_and_a_hidden_study_are_like_invented_ones(lively):
    gareth = lively.as_("gareth")
    for verb in ("show", "ack", "plan", "update", "severity", "escalate", "resolve", "note", "breach"):
        nothing = gareth.say(f"issue {verb} NOR-ISS-777 something", at="direct").words
        for number in ("NOR-ISS-008", "HAL-QUI-ISS-001", "HAL-RST-K7Q2", "NORI-ISS-001"):
            answer = gareth.say(f"issue {verb} {number} something", at="direct").words
            assert answer.replace(number, "NOR-ISS-777") == nothing, (verb, number)
    nothing = gareth.say(f"issue A thing, major, owner @{INVENTED}, shared", at="direct").words
    for name in OTHERS:
        answer = gareth.say(f"issue A thing, major, owner @{name}, shared", at="direct").words
        assert answer.replace(name, INVENTED) == nothing, name
    nothing = gareth.say("issue list HAL-999", at="direct").words
    assert gareth.say("issue list HAL-202", at="direct").words.replace("HAL-202", "HAL-999") == nothing


def test_counts_and_numbers_of_quillon_go_on_as_if_nobody_else_were_there(lively):
    wei_ling = lively.as_("wei-ling")
    assert "Open issues, 2" in wei_ling.say("issue list", at="direct")
    assert "All issues, 2" in wei_ling.say("issue list all", at="direct")
    answer = wei_ling.say("issue Late data, minor, owner @gareth, shared", at="direct")
    assert "Logged QUI-ISS-003" in answer
    assert "Logged QUII-ISS-001" in wei_ling.say("issue Ours, minor, owner @gareth, internal", at="direct")
    assert "Open issues, 4" in wei_ling.say("issue list", at="direct")
