"""What several contracts stand on: a filled world on SQLite, and a house that Slack's small API installs."""

import shutil

import pytest

from storage import migrate
from tests.contracts.slack_house import Api, houses
from tests.world import World, example, fill


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """An SQLite file with the example world in it."""
    path = tmp_path_factory.mktemp("world") / "filled.db"
    migrate.upgrade(f"sqlite:///{path}")
    fill(f"sqlite:///{path}", example())
    return path


@pytest.fixture
def world(filled, tmp_path):
    shutil.copy(filled, tmp_path / "parley.db")
    opened = World(f"sqlite:///{tmp_path}/parley.db")
    yield opened
    opened.close()


@pytest.fixture
def api():
    return Api()


@pytest.fixture
async def made(api, tmp_path):
    """Makes houses on one record."""
    async with houses(api, tmp_path) as make:
        yield make


@pytest.fixture
def house(made):
    return made()
