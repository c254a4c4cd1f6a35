"""Conversations are held twice: on SQLite as given, and on PostgreSQL with the platforms changed over.

Those that are many and alike are each held in one of the two, their journeys in both.
"""

import shutil
from zlib import crc32

import pytest
from sqlalchemy import make_url

from bot.clock import Clock
from storage import cast, migrate
from storage.store import SqlStore
from tests.beginnings import Beginning
from tests.world import World, example, fill

SIDES = {"as given": False, "changed over": True}


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


PAIRS = (("sqlite", "as given"), ("postgres", "changed over"))


def pytest_generate_tests(metafunc):
    """Both pairs, or one of them for what is many and alike and no journey."""
    if "setting" in metafunc.fixturenames:
        params = [_param(*pair) for pair in _pairs(metafunc.definition)]
        metafunc.parametrize("setting", params, indirect=True)


def _pairs(test):
    if test.get_closest_marker("alternately") and not test.get_closest_marker("journey"):
        return (PAIRS[crc32(test.name.encode()) % 2],)
    return PAIRS


def _param(kind, way_round):
    marks = [pytest.mark.postgres] if kind == "postgres" else []
    return pytest.param((kind, way_round), id=f"{kind}, {way_round}", marks=marks)


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
