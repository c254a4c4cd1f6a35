"""The schema: the migrations make exactly what the rows say, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, DateTime, inspect

from storage import migrate
from storage.columns import METADATA
from storage.engines import engines

WITHOUT_SCOPE = {
    "organisation": "directory",
    "person": "directory",
    "identity": "directory",
    "role": "directory",
    "calendar": "directory",
    "policy": "directory",
    "partnership": "directory",
    "room": "directory",
    "counterpart": "directory",
    "study": "directory",
    "service": "directory",
    "admission": "directory",
    "roster": "who is in a room, no content",
    "occupant": "who is in a room, no content",
    "contact": "directory",
    "absence": "directory",
    "ending": "for both sides' administrators alone",
    "access_review": "a company's own directory",
    "digest": "how often somebody is told, no content",
    "export_link": "for the one person it was made for",
    "proposal": "for both sides' administrators alone",
    "shown": "who has shown a code, no content",
    "series": "counts a scope, is not a record",
    "audit_chain": "its name is the scope",
    "once": "keys of requests, no content of records",
    "sent": "where a message stands, no content",
    "reach": "addresses",
    "bucket": "rate limits",
    "clock": "one row",
    "edition": "one row",
    "taken": "digests of files",
    "installation": "where we are installed, no content",
    "belonging": "which workspace belongs to which organisation",
    "install_state": "digests of states that were used",
}


@pytest.fixture
def connection(url):
    found = engines(url)
    with found.reader.connect() as connection:
        yield connection
    found.dispose()


def test_a_migrated_database_is_what_the_rows_say(connection):
    options = {"compare_type": True, "include_name": not_of_search}
    context = MigrationContext.configure(connection, opts=options)
    assert compare_metadata(context, METADATA) == []


def not_of_search(name, kind, parents):
    """Each database keeps the index of what is said in its own way, which no row can say."""
    return not (name or "").startswith(("said_", "ix_said_tokens"))


def test_migrating_again_changes_nothing(connection, url, database):
    assert migrate.current(url) == migrate.head()
    if database == "sqlite":
        migrate.upgrade(url)
        assert migrate.current(url) == migrate.head()


def test_looking_at_the_revision_of_a_missing_file_makes_no_file(tmp_path):
    assert migrate.current(f"sqlite:///{tmp_path}/none.db") is None
    assert list(tmp_path.iterdir()) == []


def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path):
    url = f"sqlite:///{tmp_path}/odd.db"
    engine = migrate.owner(url)
    with engine.begin() as odd:
        odd.exec_driver_sql("CREATE TABLE due (odd)")
    with pytest.raises(Exception, match="due"):
        migrate.upgrade(url)
    with engine.connect() as after:
        assert inspect(after).get_table_names() == ["due"]


@pytest.mark.parametrize("name", sorted(METADATA.tables))
def test_every_table_of_records_bears_its_partnership_its_class_and_a_version(name):
    columns = set(METADATA.tables[name].columns.keys())
    assert {"partnership", "visibility", "version"} <= columns or name in WITHOUT_SCOPE


def test_no_instant_is_kept_in_a_column_that_forgets_its_zone():
    columns = [column for table in METADATA.tables.values() for column in table.columns]
    assert not [column for column in columns if plain_time(column)]


def plain_time(column: Column) -> bool:
    return isinstance(column.type, DateTime)
