"""What is kept in memory of the directory: never longer than the directory stays as it is."""

from contextlib import suppress

import pytest
from sqlalchemy import text, update

from bot.actors import CLOCK, Actor
from bot.clock import Clock
from bot.errors import Busy
from storage.bound import table
from storage.memory import MOST, Memory
from storage.store import SqlStore
from storage.tables import PersonRow
from tests.storage.people import ANNIKA, NOW, SHARED, TOMASZ

PERSON = table(PersonRow)
GONE = update(PERSON).where(PERSON.c.id == "PER-ANNIKA").values(active=False)
WATCHED = {
    "organisation": "name",
    "person": "name",
    "identity": "person",
    "role": "role",
    "calendar": "day_ends_at",
    "policy": "version",
    "partnership": "code",
    "room": "name",
    "roster": "name",
    "occupant": "name",
    "counterpart": "level",
    "study": "id",
    "service": "study",
}


def edition(world):
    with world.reading() as archive:
        return archive.run(text("SELECT token FROM edition")).scalar_one()


def annika(world):
    with world.reading() as archive:
        return archive.actor(ANNIKA)


@pytest.fixture
def neighbour(world_url):
    """Another process on the same record."""
    opened = SqlStore(world_url, Clock(lambda: NOW))
    yield opened
    opened.close()


@pytest.mark.parametrize(("name", "column"), WATCHED.items())
def test_a_change_to_any_table_of_the_directory_makes_a_new_edition(world, name, column):
    before = edition(world)
    with world.writing() as archive:
        archive.run(text(f"UPDATE {name} SET {column} = {column}"))  # noqa: S608 our own constant words
    assert edition(world) != before


def test_what_is_no_directory_leaves_the_edition_as_it_is(world):
    before = edition(world)
    with world.writing() as archive:
        assert archive.once("key", None, NOW)
    assert edition(world) == before


def test_the_same_question_is_asked_of_the_database_once(world):
    assert annika(world) is annika(world)


def test_somebody_whom_another_process_let_go_is_nobody_at_once(world, neighbour):
    assert isinstance(annika(world), Actor)
    with neighbour.writing() as archive:
        archive.run(GONE)
    assert annika(world) is None


def test_a_change_that_is_rolled_back_leaves_no_trace(world):
    with suppress(Busy), world.writing() as archive:
        archive.run(GONE)
        assert archive.actor(ANNIKA) is None
        raise Busy
    assert annika(world).person == "PER-ANNIKA"


def test_who_changes_the_directory_and_says_so_sees_it_changed(world):
    with world.writing() as archive:
        assert archive.actor(ANNIKA)
        archive.run(GONE)
        archive.forget()
        assert archive.actor(ANNIKA) is None


def test_strangers_leave_nothing_in_memory(world):
    with world.reading() as archive:
        known = len(archive.answers)
        assert archive.person_actor("PER-NOBODY") is None
        assert len(archive.answers) == known


def test_what_one_may_see_is_not_remembered_for_another(world):
    with world.reading() as archive:
        tomasz, annika = archive.actor(TOMASZ), archive.actor(ANNIKA)
        assert len(archive.partnerships(tomasz)) == 2
        assert [one.id for one in archive.partnerships(annika)] == ["P-NOR"]
        assert archive.people(annika, "P-QUI") == ()
        assert archive.people(tomasz, "P-QUI")
        assert archive.rooms(CLOCK, SHARED)


def test_the_memory_does_not_grow_for_ever():
    memory = Memory()
    memory.of("one").update(dict.fromkeys(range(MOST + 1)))
    assert memory.of("one") == {}
