"""No log holds what people write, whatever goes wrong; and no line of the record holds a name."""

import json
import logging

import pytest

from adapters.cli.logs import Json, Plain
from tests.conversations.issues import NUMBER, known

WORD = "Quetzalcoatl"
pytestmark = pytest.mark.usefixtures("quiet")


class Ear(logging.Handler):
    """Keeps every line as an operator may read it, in both forms."""

    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines += [form.format(record) for form in (Json(), Plain())]


@pytest.fixture
def ear():
    root, heard = logging.getLogger(), Ear()
    before = root.level
    root.addHandler(heard)
    root.setLevel(logging.INFO)
    yield heard
    root.setLevel(before)
    root.removeHandler(heard)


def talk(world):
    """The word in every kind of request: typed, filled in, pressed, refused and stopped."""
    said = f"issue {WORD} backlog, major, owner @rafael, due 30 Nov\n{WORD} again"
    annika, rafael, tomasz = known(world, said)
    annika.say(f"issue update {NUMBER} {WORD} was filed")
    annika.say(f"issue note {NUMBER} {WORD} for us alone")
    rafael.say(f"issue plan {NUMBER} hire {WORD}, due 27 Nov")
    tomasz.opened(f"issue plan {NUMBER} decline")
    tomasz.submit(reason=f"{WORD} is not enough")
    annika.opened(f"issue {WORD} once more")
    annika.submit(title=f"{WORD} in a form", severity="", description=WORD)
    annika.say(f"{WORD} what is this")
    annika.say(f"issue show {WORD}")
    annika.say(f"issue list {WORD}")
    annika.say(f"search {WORD}")
    annika.say(f"setup {WORD}", at="direct")
    annika.say(f"issue subject 101-0007 {WORD} vomited, DOB 1961-02-03")
    annika.say(f"issue {WORD * 500}")
    annika.chat(f"{WORD} among ourselves")
    world.as_("elena").opened(f"issue redact {NUMBER} {WORD} has to go")
    return annika


def test_nothing_that_people_write_is_ever_logged_also_where_a_request_breaks(world, ear):
    annika = talk(world)
    world.rows_gone("ALTER TABLE note RENAME TO mislaid")
    answer = annika.say(f"issue update {NUMBER} {WORD} breaks it")
    assert "Something went wrong on our side" in answer
    world.rows_gone("ALTER TABLE mislaid RENAME TO note")
    assert any("fault" in line for line in ear.lines)
    assert [line for line in ear.lines if WORD.lower() in line.lower()] == []


def words(state, key=""):
    """Every text of a payload with the key it stands under."""
    if isinstance(state, dict):
        yield from (found for name, part in state.items() for found in words(part, name))
    elif isinstance(state, list):
        yield from (found for part in state for found in words(part, key))
    elif isinstance(state, str):
        yield key, state


WRITTEN = {"title", "description", "text", "why", "reason", "containment", "resolution"}


def test_no_line_of_the_record_holds_a_name_but_where_somebody_wrote_one(world):
    talk(world)
    world.as_("newcomer at Northmere").say("issue list", at="direct")
    names = {name for (name,) in world.rows("SELECT name FROM person")} | {"Noor"}
    ids = {one for (one,) in world.rows("SELECT id FROM person")} | {""}
    rows = world.rows("SELECT what, person, payload FROM audit")
    assert {what for what, _, _ in rows} >= {"issue.log", "issue.load", "admission.ask", "refused"}
    assert {person for _, person, _ in rows} <= ids
    odd = [
        (what, key, value)
        for what, _, payload in rows
        for key, value in words(json.loads(payload))
        if key not in WRITTEN and any(name in value for name in names)
    ]
    assert odd == []
