"""The leak tests that the example's file expects, asked of every one of its people."""

import pytest

from storage.load import issue_links
from storage.load.lines import WrongFile, read
from tests.governance.example import EXAMPLE
from tests.wall.cast import PEOPLE
from tests.wall.forbidden import words_hidden_from
from tests.wall.windows import Window

LISTED = (
    "issue list all",
    "issue list HAL-301",
    "issue",
    "issue show NOR-ISS-003",
    "issue show 1",
    "issue show 2",
    "issue show",
    "issue list",
)
NEVER = {
    "a CRO": ("HAL-RSK-", "HAL-DEC-", "HAL-ISS-", "QUAL-", "HAL-DOC-", "HAL-RST-"),
    "the sponsor": ("NORI-RSK-", "NORI-"),
}
# Where each line of the file is tested; a line that is new there fails here.
EXPECTED = {
    "Northmere and Quillon both work on HAL-301": "here; KPIs and the like: with those records",
    "a Quillon user must not learn that HAL-202": "here",
    "no CRO user may see HAL-RSK-*": "here; the records of a later issue have no way in yet",
    "no sponsor user may see NORI-RSK-01": "here",
    "HAL-RST-K7Q2 only PER-01 and PER-05": "here",
    "counts, numbering, search, autocomplete": "the property, and the journey of Quillon’s staff",
}


def test_every_leak_test_of_the_example_is_known_here():
    told = EXAMPLE["expected"]["leak_tests"]
    assert len(told) == len(EXPECTED)
    assert all(any(line.startswith(known) for known in EXPECTED) for line in told)


def test_nobody_of_the_example_is_shown_what_they_may_not_learn(world):
    world.quiet()
    for reader in (one for one in PEOPLE.values() if not one.is_stranger):
        voice = world.as_(reader.name)
        for words in LISTED:
            voice.say(words, at="direct")
        shown = Window(world, reader.name).words()
        never = NEVER["the sponsor" if reader.company == "ORG-HAL" else "a CRO"]
        assert [word for word in (*words_hidden_from(reader), *never) if word in _read(shown)] == [], (
            reader.name
        )
        assert ("HAL-RST-K7Q2" in shown) == (reader.name in ("ingrid", "elena"))
        assert "NOR-ISS-003" in shown or reader.company == "ORG-QUI"


def _read(shown):
    """Without the one line that answers to a number the asker typed."""
    return "\n".join(line for line in shown.split("\n") if "There is no issue NOR-ISS-003" not in line)


def test_a_link_to_one_sides_own_record_is_words_for_that_side_alone(world):
    """The file links a shared issue to the sponsor's qualification record, which no CRO may know of."""
    told = world.as_("tomasz").say("issue show QUI-ISS-002", at="direct")
    assert "Linked to qualification QUAL-QUI" in told
    assert "QUAL" not in world.as_("gareth").say("issue show QUI-ISS-002", at="direct").words
    assert "QUAL" not in world.as_("gareth").say("search QUAL-QUI", at="direct").words.replace(
        "QUAL-QUI", "", 1
    )


def test_a_link_that_not_all_readers_may_know_of_is_refused_where_it_is_no_sides_own():
    secret = "- id: X-1\n  visibility: restricted\n"
    root = read(f"issues:\n- id: A-1\n  visibility: shared\n  linked: {{risk: X-1}}\nrisks:\n{secret}")
    (item,) = root.need("issues")
    known = issue_links.classes(root)
    assert issue_links.linked(item, known) == {}
    with pytest.raises(WrongFile, match="line 4: linked names “X-1”"):
        list(issue_links.apart(item, known))
