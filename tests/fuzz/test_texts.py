"""Whatever is typed, and whatever a file holds: a refusal in one sentence, or it is done."""

import copy
from datetime import date

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import dates, menu
from bot.clock import Clock
from bot.errors import Refusal
from storage import migrate
from storage.load.file import load
from storage.load.lines import LARGEST, WrongFile
from storage.store import SqlStore
from tests.fuzz.mangled import mangled
from tests.world import AS_OF, example

SOME = settings(max_examples=20, derandomize=True, suppress_health_check=list(HealthCheck))
MANY = settings(SOME, max_examples=80)
TODAY = date(2026, 11, 10)
PIECES = ("issue", "list", "plan", "NOR-ISS-008", "due", "next Friday", "31 Feb", "@rafael", ",", "critical")
PIECES += ("within", "9" * 20, "until", "-", "HAL-301", "setup", "help", "“", ";", "\n", "\x00", "e" * 300)
TYPED = st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=30).map(" ".join) | st.text()
TRAPS = ("[" * 5000, "a: &a [*a]", "&a [*a, *a]", "!!python/object:os.system {}", "\x00")


@MANY
@given(TYPED)
def test_whatever_is_typed_is_a_command_or_refused_in_one_sentence(text):
    said = routed(text)
    assert said
    assert "\n" not in said


def routed(text):
    """The verb that is meant, or the sentence of the refusal."""
    try:
        return menu.route("", text)[0].verb
    except Refusal as refusal:
        return refusal.sentence


@MANY
@given(TYPED)
def test_whatever_is_typed_for_a_day_is_a_day_near_today_or_none(text):
    found = dates.read(text, TODAY)
    days = found.options if isinstance(found, dates.Unclear) else (found,) if found else ()
    assert [day for day in days if abs(day.year - TODAY.year) > dates.FAR] == []


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A record with nobody in it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('texts')}/parley.db"
    migrate.upgrade(url)
    store = SqlStore(url, Clock())
    yield store
    store.close()


@pytest.fixture(scope="module")
def told():
    """The example as values, with a few of each kind."""
    whole = yaml.load(example(), Loader=yaml.CSafeLoader)
    return {name: few(value) for name, value in whole.items() if name != "expected"}


def few(value):
    return copy.deepcopy(value)[:6] if isinstance(value, list) else value


@pytest.mark.thorough
def test_whatever_a_file_holds_is_refused_at_its_line_or_taken_whole(empty, told):
    @SOME
    @given(mangled([told]))
    def read(changed):
        text = yaml.dump(changed, Dumper=yaml.CSafeDumper, allow_unicode=True)
        before = people(empty)
        line = refused_at(empty, text)
        assert line is None or 1 <= line <= text.count("\n") + 1
        assert line is None or people(empty) == before

    read()


def refused_at(store, text):
    """The line at which the file is refused; None where it was taken."""
    try:
        load(store, text, AS_OF)
    except WrongFile as fault:
        return fault.line
    return None


def people(store):
    with store.reading() as archive:
        return archive.everyone()


@pytest.mark.parametrize("text", TRAPS)
def test_a_file_that_is_a_trap_is_refused_at_its_line(empty, text):
    with pytest.raises(WrongFile):
        load(empty, text, AS_OF)


def test_a_file_that_is_too_large_is_not_read(empty):
    with pytest.raises(WrongFile, match="line 1"):
        load(empty, " " * (LARGEST + 1), AS_OF)
