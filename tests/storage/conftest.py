"""The record on both databases: every storage test runs on SQLite and on a real PostgreSQL."""

import shutil

import pytest
from sqlalchemy import make_url
from sqlmodel import Session

from bot.clock import Clock
from storage import migrate
from storage.engines import engines
from storage.store import SqlStore
from tests import postgres
from tests.storage.people import NOW, rows


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """Template databases of SQLite: one empty, one with everybody in it."""
    folder = tmp_path_factory.mktemp("sqlite")
    migrate.upgrade(f"sqlite:///{folder}/empty.db")
    shutil.copy(folder / "empty.db", folder / "world.db")
    fill(f"sqlite:///{folder}/world.db")
    return folder


@pytest.fixture(scope="session")
def world_template(cluster):
    """The name of a PostgreSQL database with everybody in it."""
    url = cluster.fresh()
    fill(url)
    return make_url(url).database


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request):
    return request.param


@pytest.fixture
def url(request, database, tmp_path):
    """A migrated, empty database of its own."""
    if database == "postgres":
        yield from lent(request.getfixturevalue("cluster"), postgres.TEMPLATE)
    else:
        shutil.copy(request.getfixturevalue("folder") / "empty.db", tmp_path / "parley.db")
        yield f"sqlite:///{tmp_path}/parley.db"


@pytest.fixture
def world_url(request, database, tmp_path):
    """A database of its own with two partnerships, a stranger's company and everybody in them."""
    if database == "postgres":
        yield from lent(request.getfixturevalue("cluster"), request.getfixturevalue("world_template"))
    else:
        shutil.copy(request.getfixturevalue("folder") / "world.db", tmp_path / "world.db")
        yield f"sqlite:///{tmp_path}/world.db"


@pytest.fixture
def store(url):
    opened = SqlStore(url, Clock(lambda: NOW))
    yield opened
    opened.close()


@pytest.fixture
def world(world_url):
    opened = SqlStore(world_url, Clock(lambda: NOW))
    yield opened
    opened.close()


def lent(cluster, template):
    url = cluster.fresh(template)
    yield url
    cluster.drop(url)


def fill(url):
    found = engines(url)
    with Session(found.writer) as session:
        for row in rows():  # one by one: the foreign keys want their order
            session.add(row)
            session.flush()
        session.commit()
    found.dispose()
