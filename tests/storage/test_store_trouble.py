"""A database that is locked or gone: told in time that nothing was saved, and well again afterwards."""

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import psycopg
import pytest
from sqlalchemy import make_url

from bot.clock import Clock
from bot.errors import Busy
from storage.store import SqlStore
from tests.storage.people import NOW


def request(store):
    with store.writing() as archive:
        return archive.once("K1", None, NOW)


@pytest.fixture
def locked(request, database, url):
    """Holds a lock that no writer gets past."""

    @contextmanager
    def hold():
        if database == "sqlite":
            other = sqlite3.connect(make_url(url).database, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
        else:
            cluster = request.getfixturevalue("cluster")
            other = psycopg.connect(cluster.server.get_uri(make_url(url).database))
            other.execute("LOCK TABLE once")
        yield
        other.rollback()
        other.close()

    return hold


async def test_a_locked_database_says_busy_in_time_and_saves_nothing(store, locked):
    started = monotonic()
    with locked():
        with pytest.raises(Busy):
            await store.write(lambda: request(store), 0.5)
        assert monotonic() - started < 1.2
    assert await store.write(lambda: request(store), 5), "nothing was saved, so the same request is new"


def test_without_a_limit_of_its_own_a_writer_waits_for_a_lock_no_longer_than_two_seconds(store, locked):
    started = monotonic()
    with locked(), pytest.raises(Busy):
        request(store)
    assert monotonic() - started < 2.5
    assert request(store)


def test_a_locked_database_is_not_ready_and_says_so_within_a_second(store, locked):
    store.ready()
    with locked():
        started = monotonic()
        with pytest.raises(Busy):
            store.ready()
        assert monotonic() - started < 1.3
    store.ready()


def test_reading_goes_on_while_somebody_writes(store, locked):
    if store.engines.writers == 1:
        with locked(), store.reading() as archive:
            assert archive.served("K1") is None


def test_a_sqlite_file_that_goes_away_or_is_replaced_is_noticed(folder, tmp_path):
    path = tmp_path / "parley.db"
    path.write_bytes((folder / "empty.db").read_bytes())
    store = SqlStore(f"sqlite:///{path}", Clock(lambda: NOW))
    assert request(store)
    for file in tmp_path.iterdir():
        file.rename(file.with_name(f"moved-{file.name}"))
    for ask in (lambda: request(store), store.ready, lambda: store.reading().__enter__()):
        with pytest.raises(Busy):
            ask()
    assert not path.exists(), "no fresh empty record in its place"
    path.write_bytes((folder / "empty.db").read_bytes())
    store.ready()
    assert request(store)
    store.close()


def test_a_sqlite_file_that_is_no_database_is_not_ready(tmp_path):
    path = Path(tmp_path / "parley.db")
    path.write_text("this is not a database, but it is long enough to look like one" * 100)
    store = SqlStore(f"sqlite:///{path}", Clock(lambda: NOW))
    with pytest.raises(Busy):
        store.ready()
    store.close()


@pytest.mark.postgres
class TestConnectionsThatBreak:
    """PostgreSQL only: SQLite has none."""

    @pytest.fixture
    def database(self):
        return "postgres"

    @pytest.fixture
    def cut(self, cluster, url):
        """Ends every connection of the app, as a restart of the server would."""
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        statement = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"  # noqa: S608  # our own words
        return lambda: cluster.run(statement, make_url(url).database)

    def test_a_connection_lost_between_requests_is_replaced(self, store, cut):
        with store.reading() as archive:
            assert archive.served("K1") is None
        store.ready()
        cut()
        assert request(store)
        with store.reading() as archive:
            assert not archive.served("K1")

    def test_a_connection_lost_within_a_request_means_that_nothing_was_saved(self, store, cut):
        def lose():
            with store.writing() as archive:
                archive.once("K1", None, NOW)
                cut()
                archive.served("K1")

        with pytest.raises(Busy):
            lose()
        assert request(store)

    def test_a_connection_lost_in_the_commit_leaves_nobody_sure(self, store, cut):
        def lose():
            with store.writing() as archive:
                archive.once("K1", None, NOW)
                cut()

        with pytest.raises(TimeoutError):
            lose()
        assert request(store)

    def test_a_server_that_is_not_there_is_busy(self, tmp_path):
        store = SqlStore(f"postgresql://parley@/parley?host={tmp_path}", Clock(lambda: NOW))
        for ask in (store.ready, lambda: request(store), lambda: store.reading().__enter__()):
            with pytest.raises(Busy):
                ask()
        store.close()

    def test_the_apps_role_owns_nothing_and_passes_no_wall(self, store):
        with store.reading() as archive:
            role = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
            owned = "SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = current_user"
            assert archive.connection.exec_driver_sql(role).scalar() is False
            assert archive.connection.exec_driver_sql(owned).scalar() == 0
