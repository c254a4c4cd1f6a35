"""A database of the previous schema, full of data, goes on under this one: nothing is lost, all holds."""

import shutil
import uuid

import pytest
from alembic import command
from sqlalchemy import Column, MetaData, Table, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from bot.clock import Clock
from bot.governance.visibility import Scope, Visibility
from bot.records import Entry
from storage import migrate, second_wall
from storage.columns import METADATA
from storage.engines import owner
from storage.inspector import Inspector
from storage.load.file import load
from storage.store import SqlStore
from tests import postgres
from tests.postgres import beside
from tests.world import AS_OF, example

BEFORE = "0010"  # what the issue before this one left behind
REFUSED = (
    "UPDATE audit SET hash = 'x' WHERE seq = 1",
    "UPDATE audit SET payload = '{}' WHERE seq = 1",
    "DELETE FROM audit WHERE seq = 1",
)


@pytest.fixture(scope="module")
def told(folder):
    """Everything that the example's world is made of, as (its table, its rows)."""
    shutil.copy(folder / "empty.db", folder / "told.db")
    store = SqlStore(f"sqlite:///{folder}/told.db", Clock(lambda: AS_OF))
    load(store, example(), AS_OF)
    with store.engines.reader.connect() as connection:
        found = [(one, connection.execute(select(one)).mappings().all()) for one in METADATA.sorted_tables]
    store.close()
    return found


@pytest.fixture
def old(request, database, tmp_path, told):
    """The address of a database as it was then, with all of that in it."""
    cluster = request.getfixturevalue("cluster") if database == "postgres" else None
    name = f"old_{uuid.uuid4().hex}"
    if cluster:
        cluster.run(f"CREATE DATABASE {name}")
    url = cluster.url(name, postgres.APP) if cluster else f"sqlite:///{tmp_path}/old.db"
    engine = owner(postgres.owners(url))
    with engine.begin() as connection:
        config = migrate._config()
        config.attributes["connection"] = connection
        command.upgrade(config, BEFORE)
        for table, rows in told:
            then = as_it_was(connection, table)
            if rows and then is not None and not count(connection, then):
                connection.execute(
                    then.insert(), [{one.name: row[one.name] for one in then.c} for row in rows]
                )
    engine.dispose()
    yield url
    if cluster:
        cluster.drop(url)


def as_it_was(connection, table):
    """The table with the columns it has in that database; what counts its own rows is left to it."""
    if not inspect(connection).has_table(table.name):
        return None
    there = {one["name"] for one in inspect(connection).get_columns(table.name)}
    wanted = [one for one in table.c if one.name in there and one is not table.autoincrement_column]
    return Table(table.name, MetaData(), *(Column(one.name, one.type) for one in wanted))


def count(connection, table):
    return connection.execute(select(func.count()).select_from(table)).scalar()


def everything(url):
    """All rows by table, in the columns of then."""
    engine = owner(postgres.owners(url))
    with engine.connect() as connection:
        then = [one for table in METADATA.sorted_tables if (one := as_it_was(connection, table)) is not None]
        rows = {one.name: connection.execute(select(one)).mappings().all() for one in then}
    engine.dispose()
    return {name: [dict(row) for row in found] for name, found in rows.items()}


def kept(before, after):
    """Whether every row of then is still there, whatever columns were added."""
    for name, rows in before.items():
        columns = rows[0].keys() if rows else ()
        now = [{one: row[one] for one in columns} for row in after[name]]
        assert sorted(map(str, now)) == sorted(map(str, rows)), name
    return True


def test_a_full_database_of_the_schema_before_goes_on_under_this_one(old):
    before = everything(old)
    assert {"issue", "audit", "audit_chain", "due", "series", "restricted_reader"} <= {
        name for name, rows in before.items() if rows
    }
    migrate.upgrade(postgres.owners(old), postgres.APP)
    assert kept(before, everything(old))
    store = SqlStore(old, Clock(lambda: AS_OF))
    lines = len(before["audit"])
    assert Inspector(store, "").inspect().lines == lines
    with store.writing() as archive:
        archive.record(Entry("issue.log", "PER-09", AS_OF, Scope("P-NOR", Visibility.SHARED), record="i1"))
    inspected = Inspector(store, "").inspect()
    assert (inspected.broken, inspected.lines) == ([], lines + 1)
    with store.reading() as archive:
        assert list(second_wall.gaps(archive)) == []
        seen = {one: len(archive.issues_numbered(archive.person_actor(one), "HAL-RST-K7Q2")) for one in SEES}
    assert seen == SEES
    guarded(store)
    store.close()


SEES = {"PER-05": 1, "PER-09": 0}  # Elena is named in it, Annika is of the other company


def guarded(store):
    """The triggers stand, for the owner too."""
    for statement in REFUSED:
        with pytest.raises(DBAPIError, match="append-only"), beside(store) as connection:
            connection.execute(text(statement))
    token = text("SELECT token FROM edition")
    with beside(store) as connection:
        earlier = connection.execute(token).scalar()
        connection.execute(text("UPDATE person SET title = 'Head' WHERE id = 'PER-09'"))
        assert connection.execute(token).scalar() != earlier
