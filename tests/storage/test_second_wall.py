"""The second wall: what PostgreSQL itself lets nobody read or write, whatever is asked of it."""

from dataclasses import replace

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from bot.actors import CLOCK
from bot.clock import Clock
from bot.due import Due
from bot.governance.visibility import Side
from bot.outbox import Audience, Letter, OutboxMessage, Receipt
from bot.records import Draft, Entry, Note
from storage import second_wall
from storage.bound import Bound
from storage.columns import METADATA
from storage.outbox import SqlLedger, keep_live
from storage.store import SqlStore
from storage.told import Worker
from tests.storage.people import ANNIKA, EVERY_SCOPE, NOW, OTHERS, PRIYA, RESTRICTED, SHARED, TOMASZ, issue

NAMED = frozenset({"PER-TOMASZ", "PER-DAVID"})
RECORDS = ("issue", "note", "audit")
# What must hold a row in the world below; a new table of a class needs none here, it is looked at anyway.
FILLED = (
    *RECORDS,
    "restricted_reader",
    "record_link",
    "draft",
    "series",
    "audit_chain",
    "outbox",
    "sent",
    "due",
)


@pytest.fixture
def database():
    return "postgres"


pytestmark = pytest.mark.postgres


def _id(scope):
    return f"{scope.partnership}/{scope.visibility}"


@pytest.fixture
def full(world):
    """In every class an issue, a note and a line; a link, a draft, a promise and a due besides."""
    with world.writing() as archive:
        for scope in EVERY_SCOPE:
            readers = NAMED if scope is RESTRICTED else frozenset()
            archive.add_issue(CLOCK, issue(_id(scope), scope, readers=readers))
            archive.add_note(
                CLOCK, Note(f"N-{_id(scope)}", _id(scope), *_where(scope), "PER-X", NOW, "words")
            )
            archive.record(Entry("issue.log", "PER-X", NOW, scope, record=_id(scope), after={"title": "TMF"}))
        archive.next_number(CLOCK, SHARED, "ISS")
        tomasz = archive.actor(TOMASZ)
        archive.keep_link(tomasz, _internal(tomasz), _id(SHARED), "https://there.example")
        archive.keep_draft(Draft("d1", "PER-TOMASZ", {"title": "half said"}, NOW))
        said = OutboxMessage("m1", Letter("issue.card", _id(SHARED)), Audience(room="ROOM-NOR"), NOW)
        archive.promise(said)
        archive.schedule(Due("k1", NOW, "issue.ack", _id(SHARED)))
        archive.flush()
        keep_live(archive, said, Receipt("C", "1"), 1)
    return world


def _where(scope):
    return scope.partnership, scope.visibility


def _internal(actor):
    side = "sponsor_internal" if actor.side is Side.SPONSOR else "cro_internal"
    return next(one for one in actor.sees if one.visibility == side and one.partnership == "P-NOR")


def ask(archive, statement):
    return archive.connection.execute(text(statement)).scalars().all()


def counted(archive, name):
    return ask(archive, f"SELECT count(*) FROM {name}")[0]  # noqa: S608 our own table names


def test_every_table_with_a_class_stands_behind_it_or_says_why_not(world):
    with world.reading() as archive:
        assert list(second_wall.gaps(archive)) == []
    classed = {one.name for one in METADATA.sorted_tables if "visibility" in one.columns}
    assert set(second_wall.OUTSIDE) <= classed
    assert classed - set(second_wall.OUTSIDE) <= second_wall.behind()


def test_who_says_nothing_sees_nothing(full):
    with full.reading() as archive:
        seen = {name: counted(archive, name) for name in sorted(second_wall.behind())}
    assert set(FILLED) <= set(seen)
    assert set(seen.values()) == {0}


def test_without_a_word_nothing_can_be_written_or_taken_away(full):
    row = "INSERT INTO series (partnership, visibility, noun, prefix, last)"
    row += " VALUES ('P-NOR', 'shared', 'X', 'X', 1)"
    with pytest.raises(DBAPIError, match="row-level security"), full.writing() as archive:
        archive.connection.exec_driver_sql(row)
    with full.writing() as archive:
        assert archive.connection.exec_driver_sql("UPDATE issue SET title = 'x'").rowcount == 0
        assert archive.connection.exec_driver_sql("DELETE FROM outbox").rowcount == 0


READS = [(TOMASZ, (SHARED, *EVERY_SCOPE[1:2], RESTRICTED, OTHERS)), (ANNIKA, (SHARED, EVERY_SCOPE[2]))]


@pytest.mark.parametrize(("handle", "scopes"), READS, ids=["tomasz", "annika"])
def test_a_reader_sees_what_is_theirs_whatever_is_asked(full, handle, scopes):
    wanted = sorted(map(_id, scopes))
    with full.reading() as archive:
        archive.passes(archive.actor(handle))
        assert sorted(ask(archive, "SELECT id FROM issue")) == wanted
        assert sorted(ask(archive, "SELECT issue FROM note")) == wanted
        assert sorted(ask(archive, "SELECT record FROM audit")) == wanted
        assert {counted(archive, name) for name in ("outbox", "sent", "due", "audit_chain")} == {0}
        named = ask(archive, "SELECT person FROM restricted_reader")
        assert frozenset(named) == (NAMED if RESTRICTED in scopes else frozenset())


def test_a_link_and_a_draft_are_their_own_sides_and_writers(full):
    with full.reading() as archive:
        archive.passes(archive.actor(TOMASZ))
        assert (counted(archive, "record_link"), counted(archive, "draft")) == (1, 1)
        archive.passes(archive.actor(PRIYA))
        assert (counted(archive, "record_link"), counted(archive, "draft")) == (1, 0)
        archive.passes(archive.actor(ANNIKA))
        assert (counted(archive, "record_link"), counted(archive, "draft")) == (0, 0)


ACROSS = (
    "INSERT INTO note (id, issue, partnership, visibility, person, at, text, version)"
    " VALUES ('n', 'P-NOR/shared', 'P-NOR', 'sponsor_internal', 'PER-ANNIKA', now(), 'x', 1)",
    "UPDATE issue SET visibility = 'sponsor_internal' WHERE id = 'P-NOR/shared'",
    "UPDATE issue SET partnership = 'P-QUI' WHERE id = 'P-NOR/shared'",
    "INSERT INTO restricted_reader (record, person, partnership, visibility, version)"
    " VALUES ('P-QUI/shared', 'PER-ANNIKA', 'P-QUI', 'restricted', 1)",
    "INSERT INTO draft (id, person, partnership, visibility, version, fields, at)"
    " VALUES ('d2', 'PER-TOMASZ', '', '', 1, '{}', now())",
    "INSERT INTO audit (chain, seq, at, person, what, record, partnership, visibility, organisation, version,"
    " payload_hash, previous, hash)"
    " VALUES ('P-NOR:shared', 99, now(), 'x', 'x', '', 'P-NOR', 'shared', '', 0, '', '', '')",
)


@pytest.mark.parametrize("statement", ACROSS)
def test_nobody_writes_across_the_wall(full, statement):
    with full.writing() as archive:
        archive.passes(archive.actor(ANNIKA))
        with pytest.raises(DBAPIError, match="row-level security"):
            archive.connection.exec_driver_sql(statement)
        archive.connection.rollback()


def test_what_is_not_seen_is_neither_changed_nor_deleted(full):
    hidden = "WHERE id IN ('P-NOR/sponsor_internal', 'P-NOR/restricted', 'P-QUI/shared')"
    with full.writing() as archive:
        archive.passes(archive.actor(ANNIKA))
        assert archive.connection.exec_driver_sql(f"UPDATE issue SET title = 'x' {hidden}").rowcount == 0  # noqa: S608 our own constant words
        assert archive.connection.exec_driver_sql(f"DELETE FROM issue {hidden}").rowcount == 0  # noqa: S608 our own constant words
        assert archive.connection.exec_driver_sql("DELETE FROM restricted_reader").rowcount == 0


def test_a_draft_of_somebody_else_is_not_written_over(full):
    with full.writing() as archive:
        archive.keep_draft(Draft("d1", "PER-ANNIKA", {"title": "another"}, NOW))
        assert archive.draft(archive.actor(ANNIKA), "d1") is None
    with full.reading() as archive:
        assert archive.draft(archive.actor(TOMASZ), "d1").fields == {"title": "half said"}


def test_a_temporary_table_of_ones_own_makes_nobody_a_reader(full):
    with full.writing() as archive:
        archive.connection.exec_driver_sql(
            "CREATE TEMPORARY TABLE restricted_reader AS"
            " SELECT 'P-NOR/restricted' AS record, 'PER-ANNIKA' AS person, false AS barred"
        )
        archive.passes(archive.actor(ANNIKA))
        assert _id(RESTRICTED) not in ask(archive, "SELECT id FROM issue")


def test_the_next_transaction_of_a_connection_knows_nothing_of_the_last(full):
    with full.writing() as archive:
        archive.passes(archive.actor(TOMASZ))
        assert counted(archive, "issue") == 4
    with full.writing() as archive:
        archive.passes(CLOCK)
        archive.connection.rollback()
        archive.connection.begin()
        assert counted(archive, "issue") == 0
    for _ in range(20):  # every connection of the pool
        with full.writing() as archive:
            assert counted(archive, "issue") == 0


def test_whoever_is_told_last_reads(full):
    with full.reading() as archive:
        archive.passes(CLOCK)
        assert counted(archive, "issue") == 5
        archive.passes(archive.actor(ANNIKA))
        assert counted(archive, "issue") == 2
        archive.passes(replace(archive.actor(ANNIKA), sees=frozenset(), partnerships=frozenset()))
        assert counted(archive, "issue") == 0


LOOKS = {
    Worker.DESK: {"outbox", "sent", "due", "audit_chain"},
    Worker.POST: {"outbox", "sent", "due"},
    Worker.AUDITOR: {"issue", "outbox", "sent", "due"},
    Worker.CHECKUP: {"issue", "restricted_reader", "outbox", "sent", "due"},
    Worker.VERIFIER: {"audit", "audit_chain"},
    Worker.SWEEPER: {"draft", "audit", "outbox"},
}


@pytest.mark.parametrize("worker", LOOKS)
def test_a_worker_sees_what_its_work_needs_and_no_more(full, worker):
    with full.reading() as archive:
        archive.works(worker)
        assert {name for name in FILLED if counted(archive, name)} == LOOKS[worker]


def test_a_worker_nobody_named_sees_nothing(full):
    with full.reading() as archive:
        archive.connection.exec_driver_sql("SELECT set_config('parley.worker', 'somebody', true)")
        assert {counted(archive, name) for name in FILLED} == {0}


def test_the_post_takes_what_was_promised_and_what_is_due(full):
    ledger = SqlLedger(full)
    assert len(ledger.claim_messages(NOW, 5, 30.0)) == 1
    assert len(ledger.claim_dues(NOW, NOW, 5, 30.0)) == 1


BROKEN = {
    "ALTER TABLE note DISABLE ROW LEVEL SECURITY": "no wall between the companies on note",
    "CREATE POLICY everybody ON issue USING (true)": "rules of somebody else's on issue",
    "ALTER TABLE taken OWNER TO parley_app": "a role that owns the tables",
}


@pytest.mark.parametrize("statement", BROKEN)
def test_where_it_does_not_hold_check_says_so_and_the_filters_stay(world_url, cluster, statement):
    cluster.run(statement, make_url(world_url).database)
    store = SqlStore(world_url, Clock(lambda: NOW))
    with store.reading() as archive:
        (line,) = second_wall.gaps(archive)
    assert BROKEN[statement] in line
    store.close()
    with pytest.raises(ValueError, match="without its filters"):
        SqlStore(world_url, Clock(lambda: NOW), filters=False)


def test_a_superuser_walks_through_it_and_is_named(world_url, cluster):
    store = SqlStore(cluster.url(make_url(world_url).database, "postgres"), Clock(lambda: NOW))
    with store.reading() as archive:
        assert any("passes by their rights" in line for line in second_wall.gaps(archive))
    store.close()


def test_on_sqlite_there_is_none_and_the_filters_cannot_be_taken_out(folder):
    with pytest.raises(ValueError, match="without its filters"):
        SqlStore(f"sqlite:///{folder}/world.db", Clock(lambda: NOW), filters=False)


def test_no_filter_is_missing_unless_it_was_taken_out():
    assert Bound.filtered
