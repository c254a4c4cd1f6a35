"""One real PostgreSQL for all tests of a process; and no test fails because a machine is slow."""

import pytest
from hypothesis import settings

from tests import postgres

WALL = "tests/wall/"
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def cluster():
    started = postgres.start()
    yield started
    started.stop()


def pytest_collection_modifyitems(items):
    """Those that start processes, and the wall's, begin: they are long, and the others fill the time left."""
    items.sort(key=lambda item: not (item.get_closest_marker("slow") or item.nodeid.startswith(WALL)))
