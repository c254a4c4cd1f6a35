"""One real PostgreSQL for all tests of a process; and no test fails because a machine is slow."""

import pytest
from hypothesis import settings

from tests import postgres

WALL = "tests/wall/"
LONGEST = ("tests/processes/test_replicas.py", "tests/wall/test_property.py")
settings.register_profile("unhurried", deadline=None, max_examples=40)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def cluster():
    started = postgres.start()
    yield started
    started.stop()


def pytest_collection_modifyitems(items):
    """The longest begin, then whatever starts processes, and the wall's; the others fill the time left."""
    items.sort(key=_turn)


def _turn(item):
    if item.nodeid.startswith(LONGEST):
        return 0
    return 1 if item.get_closest_marker("slow") or item.nodeid.startswith(WALL) else 2
