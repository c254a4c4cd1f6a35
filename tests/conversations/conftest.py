"""Every conversation is held in four worlds: on both databases, and with the platforms changed over."""

import shutil

import pytest
from sqlalchemy import make_url

from storage import migrate
from tests import postgres
from tests.world import World, example, fill

SIDES = {"as given": False, "changed over": True}


@pytest.fixture(scope="session")
def cluster():
    started = postgres.start()
    yield started
    started.stop()


@pytest.fixture(scope="session")
def sqlite_worlds(tmp_path_factory):
    """A filled SQLite file for each way round."""
    folder = tmp_path_factory.mktemp("worlds")
    for name, swapped in SIDES.items():
        url = f"sqlite:///{folder}/{name}.db"
        migrate.upgrade(url)
        fill(url, example(swapped))
    return folder


@pytest.fixture(scope="session")
def postgres_worlds(cluster):
    """The name of a filled PostgreSQL database for each way round."""
    found = {}
    for name, swapped in SIDES.items():
        url = cluster.fresh()
        fill(url, example(swapped))
        found[name] = make_url(url).database
    return found


@pytest.fixture(params=list(SIDES))
def way_round(request):
    """Sponsor on Teams and CRO on Slack, or the other way."""
    return request.param


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request, way_round, tmp_path):
    """A database of its own with the example world in it."""
    if request.param == "postgres":
        worlds = request.getfixturevalue("postgres_worlds")
        return request.getfixturevalue("cluster").fresh(worlds[way_round])
    folder = request.getfixturevalue("sqlite_worlds")
    shutil.copy(folder / f"{way_round}.db", tmp_path / "parley.db")
    return f"sqlite:///{tmp_path}/parley.db"


@pytest.fixture
def world(database):
    opened = World(database)
    yield opened
    opened.close()
