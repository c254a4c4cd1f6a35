"""What waits for one person is found in as many queries however much of it there is."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from bot.actors import CLOCK
from bot.clock import Clock
from bot.handlers.waits import waits
from storage import migrate
from storage.load.file import load
from storage.store import SqlStore
from tests.world import AS_OF, example

PERSON = "PER-10"


@pytest.fixture
def store(tmp_path):
    url = f"sqlite:///{tmp_path}/parley.db"
    migrate.upgrade(url)
    opened = SqlStore(url, Clock(lambda: AS_OF))
    load(opened, example(), AS_OF)
    yield opened
    opened.close()


def found(store):
    """How many things wait for that person, and how many queries it took to know."""
    asked = []
    with store.reading() as archive:
        actor = archive.person_actor(PERSON)
        waits(archive, actor, AS_OF)  # what seldom changes is remembered from here on
        event.listen(archive.connection, "before_cursor_execute", lambda *told: asked.append(told[2]))
        return len(waits(archive, actor, AS_OF)), len(asked)


def test_more_issues_and_promises_take_no_more_queries(store):
    few, queries = found(store)
    with store.writing() as archive:
        issue = archive.issue(CLOCK, "NOR-ISS-002")
        promise = archive.commitment(CLOCK, "NOR-CMT-01")
        for number in range(20):
            name = f"NOR-ISS-{100 + number}"
            archive.add_issue(CLOCK, replace(issue, id=name, number=name))
            name = f"NOR-CMT-{100 + number}"
            archive.add_commitment(CLOCK, replace(promise, id=name, number=name))
    assert (few, queries <= 10) == (2, True)
    assert found(store) == (few + 40, queries)


def test_an_administrator_an_observer_and_a_room_are_asked_for_nothing(store):
    with store.reading() as archive:
        actor = archive.person_actor(PERSON)
        assert waits(archive, replace(actor, roles=frozenset({"observer"})), AS_OF) == ()
        assert waits(archive, replace(actor, person="", room="R"), AS_OF) == ()
        assert waits(archive, replace(actor, ended=actor.partnerships), AS_OF) == ()
