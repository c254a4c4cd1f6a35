"""One real PostgreSQL for all tests of a process; and no test fails because a machine is slow."""

import pytest
from hypothesis import settings

from tests import postgres

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
WORKERS = 4


def pytest_collection_modifyitems(items):
    """The long ones begin each worker's share, so that nobody waits for them at the end."""
    long = [one for one in items if one.get_closest_marker("slow")]
    rest = [one for one in items if not one.get_closest_marker("slow")]
    share = -(-len(rest) // WORKERS)
    parts = [(*long[at::WORKERS], *rest[at * share : (at + 1) * share]) for at in range(WORKERS)]
    items[:] = [one for part in parts for one in part]


@pytest.fixture(scope="session")
def cluster():
    started = postgres.start()
    yield started
    started.stop()
