"""What needs attention in worlds nobody has seen: a naive second opinion counts the same for everybody."""

import shutil

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import text

from bot.clock import Clock
from bot.governance.findings import findings
from bot.handlers.attention import gathered
from storage.load.file import load
from storage.store import SqlStore
from tests.governance.oracle import expected, shown
from tests.storage.worlds import END, instants, worlds, written

QUICK = settings(
    max_examples=10,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),  # a failing world is told as it is: making it small takes minutes
    suppress_health_check=list(HealthCheck),
)
LATE = text("SELECT count(*) FROM due WHERE at <= :now")


@pytest.fixture
def emptied(folder, tmp_path):
    """Makes a store on an empty database, as often as it is asked."""

    def opened():
        shutil.copy(folder / "empty.db", tmp_path / "parley.db")
        return SqlStore(f"sqlite:///{tmp_path}/parley.db", Clock(lambda: END))

    return opened


def told(archive, person, at):
    """What that person may see, as the second opinion writes it."""
    found = findings(gathered(archive, archive.person_actor(person)), at)
    return sorted((one.code, one.entity, one.finding, list(one.visible_to)) for one in found)


@QUICK
@given(world=worlds(), at=instants)
def test_every_person_of_any_world_sees_what_a_naive_count_says(emptied, world, at):
    store = emptied()
    load(store, written(world), at)
    found = expected(world, at)
    with store.reading() as archive:
        for person in (one["id"] for one in world["people"]):
            assert told(archive, person, at) == shown(world, found, person)
        # A load never alarms: nothing is to be said, and no clock is past.
        assert archive.run(text("SELECT count(*) FROM outbox")).scalar() == 0
        assert archive.run(LATE, now=f"{at:%Y-%m-%d %H:%M:%S.%f}").scalar() == 0
    store.close()
