"""Connections: one way to write and one way to only read, on SQLite and on PostgreSQL."""

import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, QueuePool

from bot.errors import Busy
from storage.alike import decoded
from storage.compiled import SHARED
from storage.patience import LOCK_WAIT, lock_wait

READERS = 4
POSTGRES_WRITERS = 8


@dataclass(frozen=True, slots=True)
class Engines:
    """`writers` and `readers` are how many threads each engine serves at once."""

    writer: Engine
    reader: Engine
    writers: int
    readers: int

    def dispose(self) -> None:
        """Close what is open."""
        self.writer.dispose()
        self.reader.dispose()


def engines(url: str) -> Engines:
    """Both engines for a SQLAlchemy URL; `postgresql://` means psycopg. The database must exist."""
    where = address(url)
    if where.get_backend_name() == "sqlite":
        path = where.database or ""
        # One thread for reading too: SQLite runs in our own process, so several mostly hand the interpreter's
        # lock to and fro. No run showed a gain from four.
        return Engines(_sqlite(path, 1, "IMMEDIATE"), _sqlite(path, READERS, "DEFERRED"), 1, 1)
    writer, reader = _postgres(where, POSTGRES_WRITERS, "off"), _postgres(where, READERS, "on")
    return Engines(writer, reader, POSTGRES_WRITERS, READERS)


def owner(url: str) -> Engine:
    """For changes of the schema: it creates a SQLite file that is not there."""
    where = address(url)
    engine = create_engine(where, poolclass=NullPool)
    if where.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _plain)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


class WrongAddress(ValueError):
    """A database's URL leads nowhere; the message does not repeat it, because it may hold a password."""

    def __init__(self) -> None:
        super().__init__(
            "DATABASE_URL leads to no database that Parley knows;"
            " write it like sqlite:///parley.db or postgresql://user:password@host/parley"
        )


def address(url: str) -> URL:
    """The URL with its driver named. Raises WrongAddress."""
    try:
        where = make_url(url)
    except (ArgumentError, ValueError):
        raise WrongAddress from None
    match where.get_backend_name(), where.database:
        case "postgresql" | "postgres", _:
            return where.set(drivername="postgresql+psycopg")
        case "sqlite", str(path) if path not in ("", ":memory:"):
            return where.set(drivername="sqlite")
    raise WrongAddress


def takes_many(url: str) -> bool:
    """Whether several processes may serve on that database at once."""
    return address(url).get_backend_name() != "sqlite"


def _sqlite(path: str, size: int, begin: str) -> Engine:
    # mode=rw: a file that went away is an error, not a fresh empty record.
    source = f"file:{quote(os.path.abspath(path))}?mode=rw"
    engine = create_engine(
        "sqlite://",
        hide_parameters=True,  # an error's text must not quote what people wrote
        execution_options={"compiled_cache": SHARED},
        json_deserializer=decoded,
        creator=lambda: sqlite3.connect(source, uri=True, check_same_thread=False),
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=LOCK_WAIT,
    )
    event.listen(engine, "connect", _plain)
    event.listen(engine, "connect", _prepare(path, "ON" if begin == "DEFERRED" else "OFF"))
    event.listen(engine, "checkout", _still_there(path))
    event.listen(engine, "begin", _begin(begin))
    return engine


def _plain(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """No transaction but those SQLAlchemy asks for; write-ahead, so readers never wait for the writer."""
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout = 1500")
    connection.execute("PRAGMA journal_mode = WAL")


def _prepare(path: str, query_only: str) -> Callable[[DBAPIConnection, ConnectionPoolEntry], None]:
    def prepare(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten
        connection.execute(f"PRAGMA query_only = {query_only}")
        entry.info["file"] = _file(path)

    return prepare


def _still_there(path: str) -> Callable[[DBAPIConnection, ConnectionPoolEntry, object], None]:
    """A connection to a file that was removed or replaced would save into nothing."""

    def check(_: DBAPIConnection, entry: ConnectionPoolEntry, __: object) -> None:
        if _file(path) != entry.info["file"]:
            raise DisconnectionError("the database file is gone or another one")

    return check


def _file(path: str) -> tuple[int, int]:
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return (0, 0)
    return (found.st_dev, found.st_ino)


def _begin(kind: str) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        try:
            driver.execute(f"PRAGMA busy_timeout = {int(lock_wait() * 1000)}")
            driver.execute(f"BEGIN {kind}")
        except sqlite3.Error as error:
            raise Busy("the database is locked or gone") from error

    return begin


def _postgres(where: URL, size: int, read_only: str) -> Engine:
    limit = int(LOCK_WAIT * 1000)
    settings = {
        "lock_timeout": limit,
        "statement_timeout": limit,
        "idle_in_transaction_session_timeout": 10_000,
        "timezone": "UTC",
        "default_transaction_read_only": read_only,
    }
    engine = create_engine(
        where,
        hide_parameters=True,
        execution_options={"compiled_cache": SHARED},
        json_deserializer=decoded,
        pool_size=size,
        max_overflow=0,
        pool_timeout=LOCK_WAIT,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": 2,
            "tcp_user_timeout": 2000,
            "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
        },
    )
    event.listen(engine, "begin", _shorten)
    return engine


def _shorten(connection: Connection) -> None:
    """Somebody who waited in the queue has less time left for locks and statements."""
    wait = lock_wait()
    if wait < LOCK_WAIT:
        limit = f"{max(1, int(wait * 1000))}ms"
        connection.execute(
            text("SELECT set_config(name, :limit, true) FROM unnest(CAST(:names AS text[])) AS name"),
            {"limit": limit, "names": ["lock_timeout", "statement_timeout"]},
        )
