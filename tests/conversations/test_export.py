"""J9, the inspector: what one may see is found, taken away with its proof, and fetched by oneself alone."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from bot.governance.export import Format
from bot.handlers import export_operator
from tests.conversations.exports import ADDRESS, Browser, asked_for, taken

NOTHING = "There is nothing to export there that you may see"
VERIFY = Path(__file__).parents[2] / "docs" / "verify_export.py"
GONE = "This link leads nowhere any more"


@pytest.fixture(autouse=True)
def _quiet(quiet):
    """What was loaded rings no more."""


@pytest.mark.journey
def test_everything_about_the_enrolment_decisions_with_evidence(world):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    annika.say("issue update NOR-ISS-003 Screening doubled after the enrolment call", at="direct")
    annika.say("issue note NOR-ISS-003 Our margin on enrolment is negative", at="direct")
    found = tomasz.say("search enrolment HAL-301", at="direct")
    assert "Enrolment 18 points under plan" in found
    card = tomasz.press("Take these away", found)
    assert "To take away: HAL-301, with “enrolment”" in tomasz.say("export HAL-301 enrolment", at="direct")
    assert "Tomasz" in card
    assert "follows from the one before it" in card
    pdf = taken(tomasz, "HAL-301 enrolment", "PDF")
    assert pdf.startswith(b"%PDF-")
    first, second = taken(tomasz, "HAL-301 enrolment"), taken(tomasz, "HAL-301 enrolment")
    assert first == second, "taking it away changed what is taken away"
    assert taken(tomasz, "HAL-301 enrolment", "PDF") == pdf
    assert b"Screening doubled" in first
    assert b"margin" not in first
    assert b"margin" in taken(annika, "HAL-301 enrolment")
    assert "Taken away before" in annika.say("export HAL-301 enrolment", at="direct")


def test_what_is_taken_away_verifies_alone_and_not_once_it_was_touched(world, tmp_path):
    told = taken(world.as_("tomasz"), "NOR-ISS-003")
    assert verified(tmp_path / "whole.json", told) == 0
    assert b"Screening" not in told
    assert verified(tmp_path / "other.json", told.replace(b"Enrolment 18", b"Enrolment 11")) == 1


def verified(file, told):
    """The exit code of the one command that needs nothing of ours."""
    file.write_bytes(told)
    return subprocess.run([sys.executable, VERIFY, file], capture_output=True, check=False).returncode


def test_somebody_else_with_the_link_gets_a_page_and_never_the_file(world):
    tomasz, annika = world.as_("tomasz"), world.as_("annika")
    card = asked_for(tomasz, "NOR-ISS-003")
    thief, own = Browser(world), Browser(world)
    stolen = thief.open(card)
    before = len(annika.inbox)
    first = tomasz.inbox[-1]
    code = own.open(card)
    assert stolen != code
    assert thief.fetch() is None
    answer = tomasz.press("Yes, that is mine", first) if stolen in first.words else None
    assert answer is None or code in tomasz.inbox[-1].words
    assert thief.fetch() is None
    tomasz.press("Yes, that is mine")
    assert thief.fetch() is None
    assert own.fetch()
    assert own.fetch() is None
    assert GONE in httpx.get(f"{world.url}{own.path}").text
    assert len(annika.inbox) == before
    assert "The file was fetched" in tomasz.inbox[-1]


def test_no_means_no_file(world):
    tomasz = world.as_("tomasz")
    browser = Browser(world)
    browser.open(asked_for(tomasz, "HAL-301"))
    question = tomasz.inbox[-1]
    assert "nobody gets the file" in tomasz.press("No", question)
    assert browser.fetch() is None
    assert "ask for a new one" in tomasz.press("Yes, that is mine", question).words


def test_a_link_runs_out_and_a_second_yes_changes_nothing(world):
    tomasz = world.as_("tomasz")
    browser = Browser(world)
    browser.open(asked_for(tomasz, "HAL-301"))
    tomasz.press("Yes, that is mine")
    world.rows_gone("UPDATE export_link SET until = '2020-01-01 00:00:00+00:00'")
    assert browser.fetch() is None
    assert GONE in browser.client.get(browser.path).text


def test_who_was_let_out_meanwhile_gets_nothing(world):
    tomasz = world.as_("tomasz")
    browser = Browser(world)
    browser.open(asked_for(tomasz, "HAL-301"))
    tomasz.press("Yes, that is mine")
    world.rows_gone("UPDATE identity SET barred = 'gone' WHERE person = 'PER-04'")
    assert browser.fetch() is None


JOINT = ("JOC", "NOR-JOC", "NOR-DEC-003", "NOR-CMT-01", "NOR-MTG-05")


def test_what_is_hidden_unknown_or_another_partnerships_is_answered_alike(world):
    weiling, tomasz = world.as_("wei-ling"), world.as_("tomasz")
    for words in (
        "NOR-ISS-003",
        "NOR-ISS-999",
        "HAL-RST-K7Q2",
        "Northmere",
        "HAL-202",
        "frobnication",
        *JOINT,
    ):
        assert NOTHING in weiling.say(f"export {words}", at="direct"), words
    assert NOTHING in tomasz.say("export HAL-RST-K7Q2", at="direct")
    assert "To take away: Joint Operations Committee" in tomasz.say("export JOC", at="direct")
    assert "at most 8 words" in tomasz.say("export one two three four five six seven eight nine", at="direct")


def test_with_several_partners_one_is_asked_which(world):
    tomasz = world.as_("tomasz")
    asked = tomasz.say("export", at="direct")
    assert "Which partnership do you want to take away?" in asked
    card = tomasz.press("Quillon Data Sciences SL", asked)
    assert "To take away: Halcyra Therapeutics AG and Quillon Data Sciences SL" in card
    assert "To take away: Halcyra Therapeutics AG and Northmere" in tomasz.say("export")  # in its room


def test_alone_under_an_issues_card_it_is_that_issue(world):
    annika = world.as_("annika")
    annika.say("issue Freezer 4 failed, minor, owner @rafael")
    card = next(one for one in annika.room() if one.by_bot and "Freezer 4" in one)
    assert "To take away: NOR-ISS-008 Freezer 4 failed" in annika.say("export", thread=card.id)


def test_a_stranger_can_take_nothing_away(world):
    noor = world.as_("newcomer at Northmere")
    answer = noor.say("export HAL-301", at="direct")
    assert "To take away" not in answer.words
    assert not ADDRESS.search(answer.words)


def told_to_both(world, what):
    """The lines of that kind which both companies of a partnership read."""
    lines = f"audit WHERE what = '{what}' AND visibility = 'shared'"
    return [tuple(row) for row in world.rows(f"SELECT chain, record FROM {lines} ORDER BY chain, seq")]  # noqa: S608 our own words only


def test_what_was_found_in_hidden_words_alone_is_no_line_that_both_read(world):
    elena = world.as_("elena")
    elena.say("issue note NOR-ISS-003 xylophone", at="direct")
    elena.say("issue update HAL-RST-K7Q2 xylophone", at="direct")
    assert b"xylophone" in taken(elena, "xylophone")
    assert world.rows("SELECT count(*) FROM audit WHERE what = 'export.made'")[0][0] > 1
    assert told_to_both(world, "export.made") == []
    world.as_("annika").say("issue update NOR-ISS-003 xylophone", at="direct")
    taken(elena, "xylophone")
    assert told_to_both(world, "export.made") == [("read:P-NOR:shared", "P-NOR")]


def test_what_an_operator_takes_away_is_told_by_what_was_asked_and_not_by_what_was_found(world):
    world.as_("tomasz").say("issue note QUI-ISS-001 xylophone", at="direct")
    world.as_("annika").say("issue update NOR-ISS-003 zither", at="direct")
    homes = [("read:P-NOR:shared", "P-NOR"), ("read:P-QUI:shared", "P-QUI")]
    for times, word in enumerate(("xylophone", "zither"), start=1):
        wanted = export_operator.Wanted("PER-04", word, Format.JSON, "inspection on Monday")
        export_operator.take(world.bot.store, wanted, world.clock.now())
        assert told_to_both(world, "operator.export") == sorted(homes * times), word
