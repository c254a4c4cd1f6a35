"""Towns with the example world in a database of their own, on SQLite and on PostgreSQL."""

import shutil
from contextlib import contextmanager

import pytest
import pytest_asyncio
from sqlalchemy import make_url

from bot.clock import Clock, system_time
from playground.server import listen, playing
from storage import engines, migrate
from storage.load.file import load
from storage.store import SqlStore
from tests import postgres
from tests.processes.town import Town
from tests.world import example


@pytest.fixture(scope="session")
def cluster():
    started = postgres.start()
    yield started
    started.stop()


@pytest.fixture(scope="session")
def sqlite_world(tmp_path_factory):
    """A filled SQLite file."""
    file = tmp_path_factory.mktemp("world") / "parley.db"
    migrate.upgrade(f"sqlite:///{file}")
    fill(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_world(cluster):
    """The name of a filled PostgreSQL database."""
    url = cluster.fresh()
    fill(url)
    return make_url(url).database


def fill(url):
    """The example world, loaded today."""
    store = SqlStore(url, Clock())
    load(store, example(), system_time())
    store.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request, tmp_path):
    """A database of its own with the example world in it."""
    if request.param == "postgres":
        return request.getfixturevalue("cluster").fresh(request.getfixturevalue("postgres_world"))
    shutil.copy(request.getfixturevalue("sqlite_world"), tmp_path / "parley.db")
    return f"sqlite:///{tmp_path}/parley.db"


@pytest_asyncio.fixture
async def town(database, tmp_path):
    """Nothing runs in it yet but the emulators."""
    bound = listen()
    opened = Town(database, tmp_path, bound)
    async with playing(opened.playground, bound):
        yield opened
        await opened.close()


STICK = {
    "sqlite": (
        "CREATE TRIGGER stuck BEFORE UPDATE OF state ON due WHEN NEW.state = 'done'"
        " BEGIN SELECT RAISE(ABORT, 'stuck'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION stick() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'stuck'; END $$",
        "CREATE TRIGGER stuck BEFORE UPDATE OF state ON due FOR EACH ROW WHEN (NEW.state = 'done')"
        " EXECUTE FUNCTION stick()",
    ),
}
LOOSEN = {"sqlite": "DROP TRIGGER stuck", "postgresql": "DROP TRIGGER stuck ON due"}


@pytest.fixture
def stuck(database, request):
    """While it lasts no alarm can be crossed off, as if the process died just before it."""
    where = make_url(database)
    kind = where.get_backend_name()
    if kind == "postgresql":
        cluster = request.getfixturevalue("cluster")
        owner = cluster.url(where.database, "postgres")
    else:
        owner = database
    return sticking(owner, kind)


@contextmanager
def sticking(owner, kind):
    engine = engines.owner(owner)
    with engine.begin() as connection:
        for statement in STICK[kind]:
            connection.exec_driver_sql(statement)
    yield
    with engine.begin() as connection:
        connection.exec_driver_sql(LOOSEN[kind])
    engine.dispose()
