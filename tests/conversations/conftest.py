"""Conversations are held on SQLite as given, or on PostgreSQL with the platforms changed over; by turns.

Journeys, and what must hold wherever anything else does, are held in both.
"""

import shutil

import pytest
from sqlalchemy import make_url

from bot.clock import Clock
from storage import cast, migrate
from storage.store import SqlStore
from tests import pairs
from tests.beginnings import Beginning
from tests.pairs import SIDES
from tests.world import World, example, fill


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


def pytest_generate_tests(metafunc):
    """Both pairs for a journey, else one of them."""
    if "setting" in metafunc.fixturenames:
        metafunc.parametrize("setting", pairs.of(metafunc.definition), indirect=True)


@pytest.fixture
def setting(request):
    """(database, which way round the platforms are)."""
    return request.param


@pytest.fixture
def database(request, setting, tmp_path):
    """A database of its own with the example world in it."""
    kind, way_round = setting
    if kind == "postgres":
        worlds = request.getfixturevalue("postgres_worlds")
        return request.getfixturevalue("cluster").fresh(worlds[way_round])
    folder = request.getfixturevalue("sqlite_worlds")
    shutil.copy(folder / f"{way_round}.db", tmp_path / "parley.db")
    return f"sqlite:///{tmp_path}/parley.db"


@pytest.fixture(scope="session")
def casts(sqlite_worlds):
    """The people and channels of the example, each way round, for a record that knows none of them yet."""
    found = {}
    for name in SIDES:
        store = SqlStore(f"sqlite:///{sqlite_worlds}/{name}.db", Clock())
        with store.reading() as archive:
            found[name] = cast.everyone(archive)
        store.close()
    return found


@pytest.fixture(scope="session")
def nothing(tmp_path_factory, casts):
    """For each way round a SQLite file with the schema, and nothing but where the people and channels are."""
    folder = tmp_path_factory.mktemp("nothing")
    for name in SIDES:
        url = f"sqlite:///{folder}/{name}.db"
        migrate.upgrade(url)
        Beginning(url, casts[name]).close()
    return folder


@pytest.fixture(scope="session")
def postgres_nothing(cluster, casts):
    """The same as names of PostgreSQL databases."""
    found = {}
    for name in SIDES:
        url = cluster.fresh()
        Beginning(url, casts[name]).close()
        found[name] = make_url(url).database
    return found


@pytest.fixture
def empty(request, setting, tmp_path, casts):
    """A world whose record is empty; its people and channels are the example's."""
    kind, way_round = setting
    if kind == "postgres":
        worlds = request.getfixturevalue("postgres_nothing")
        database = request.getfixturevalue("cluster").fresh(worlds[way_round])
    else:
        shutil.copy(request.getfixturevalue("nothing") / f"{way_round}.db", tmp_path / "parley.db")
        database = f"sqlite:///{tmp_path}/parley.db"
    opened = Beginning(database, casts[way_round])
    yield opened
    opened.close()


@pytest.fixture
def world(database):
    opened = World(database)
    yield opened
    opened.close()


@pytest.fixture
def quiet(world):
    """What was loaded rings no more."""
    world.quiet()
