"""Brings a database to the newest schema, by one history for both; only this module loads alembic."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from storage import (
    agreed,
    commitment_rows,
    decision_rows,
    digest_rows,
    export_links,
    faults,
    fulltext,
    heads,
    installations,
    occupants,
    queues,
    redactions,
    said_rows,
    session_rows,
    tables,
)
from storage.columns import METADATA
from storage.engines import address, engines, owner

FOLDER = Path(__file__).parent / "migrations"
# Imported so that the metadata knows every table.
ROWS = (
    *(tables, agreed, queues, installations, occupants, heads, redactions, export_links),
    *(commitment_rows, decision_rows, session_rows, digest_rows, said_rows),
)
APPEND_ONLY = ("audit", "signed_head")
ERASABLE = "payload, salt"  # columns of the audit; a trigger lets them become empty and nothing else
ONE_AT_A_TIME = 7_026_117  # PostgreSQL's advisory lock of whoever migrates


class NotMigrated(Exception):
    """The database refused; the message is one line for an operator."""


def upgrade(url: str, app_role: str = "") -> None:
    """Up to the newest revision, all or nothing; a SQLite file is made where there is none.

    On PostgreSQL `url` is the owner's, and `app_role` is given what the bot needs and nothing more.
    Raises Busy where the database cannot be reached, NotMigrated where it refuses.
    """
    if lacking := unfit(url):
        raise NotMigrated(lacking)
    engine = owner(url)
    with _named(), engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if app_role and connection.dialect.name == "postgresql":
            _grant(connection, app_role)
    engine.dispose()


def unfit(url: str) -> str:
    """Why this Python cannot keep a record there, in one sentence; "" where it can. Raises WrongAddress."""
    return fulltext.lacking() if address(url).get_backend_name() == "sqlite" else ""


def current(url: str) -> str | None:
    """The revision a database stands at; None where there is no schema, or no file, yet. As `upgrade`."""
    where = address(url)
    if where.get_backend_name() == "sqlite" and not Path(where.database or "").exists():
        return None
    found = engines(url)
    try:
        with _named(), found.reader.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        found.dispose()


def head() -> str:
    """The newest revision."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


@contextmanager
def _named() -> Iterator[None]:
    try:
        with faults.named():
            yield
    except CommandError as error:
        raise NotMigrated("the database belongs to another version of Parley; run that one") from error
    except DBAPIError as error:
        reason = str(error.orig).partition("\n")[0]
        remedy = "run ./parley migrate as its owner (DATABASE_OWNER_URL), the bot's role in DATABASE_ROLE"
        raise NotMigrated(f"the database refused ({reason}) and is as it was; {remedy}") from error


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config


def _grant(connection: Connection, app_role: str) -> None:
    """The bot's role reads and writes rows; it owns nothing and can only add to the audit, and erase."""
    role = connection.dialect.identifier_preparer.quote(app_role)
    for table in METADATA.sorted_tables:
        rights = "SELECT, INSERT" if table.name in APPEND_ONLY else "SELECT, INSERT, UPDATE, DELETE"
        name = connection.dialect.identifier_preparer.quote(table.name)
        connection.execute(text(f"GRANT {rights} ON {name} TO {role}"))
    connection.execute(text(f"GRANT UPDATE ({ERASABLE}) ON audit TO {role}"))
    connection.execute(text(f"GRANT SELECT ON alembic_version TO {role}"))
    connection.execute(text(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}"))
