"""One real PostgreSQL for all tests of a process, started by the first that asks for it."""

import pytest

from tests import postgres


@pytest.fixture(scope="session")
def cluster():
    started = postgres.start()
    yield started
    started.stop()
