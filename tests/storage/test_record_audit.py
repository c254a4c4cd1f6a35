"""The audit: append-only, chained apart for each class, and tampering shows."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.actors import CLOCK
from bot.records import Entry
from storage.audit import verify
from tests.storage.people import CROS, NOW, OTHERS, RESTRICTED, SHARED
from tests.storage.rivals import patiently

CHAIN = "P-NOR:shared"


def entry(record="i1", scope=SHARED, **more):
    return Entry("issue.log", "PER-ANNIKA", NOW, scope, record=record, **more)


def write(store, *entries):
    with store.writing() as archive:
        for one in entries:
            archive.record(one)


def read(store, chain=CHAIN):
    with store.reading() as archive:
        return archive.chain(chain), archive.heads().get(chain)


def test_history_tells_who_what_why_before_and_after_the_oldest_first(world):
    told = (
        entry(after={"title": "TMF", "version": 1}),
        replace(entry(why="late", before={"level": "L1"}, after={"level": "L2"}), what="issue.climb"),
    )
    write(world, *told)
    with world.reading() as archive:
        assert archive.history(CLOCK, "i1") == told
        assert archive.history(CLOCK, "i2") == ()


def test_each_class_each_restricted_record_and_each_company_has_its_own_chain(world):
    company = Entry("admission.ask", "", NOW, organisation="ORG-NOR")
    secrets = (entry("r1", RESTRICTED), entry("r2", RESTRICTED))
    write(world, entry(), entry(), entry(scope=CROS), entry(scope=OTHERS), *secrets, company)
    with world.reading() as archive:
        lengths = {chain: head[0] for chain, head in archive.heads().items()}
    assert lengths == {
        "P-NOR:shared": 2,
        "P-NOR:cro_internal": 1,
        "P-QUI:shared": 1,
        "P-NOR:restricted:r1": 1,
        "P-NOR:restricted:r2": 1,
        "org:ORG-NOR": 1,
    }


def test_a_whole_chain_verifies_also_with_content_lawfully_erased(world):
    write(world, *(entry(why=str(count)) for count in range(3)))
    lines, head = read(world)
    assert verify(lines, head) is None
    erased = replace(lines[1], payload=None, salt=None)
    assert verify((lines[0], erased, lines[2]), head) is None


CHANGES = (
    {"payload": '{"after":null,"before":null,"why":"another"}'},
    {"person": "PER-DAVID"},
    {"at": NOW.replace(year=2025)},
    {"version": 9},
    {"salt": "00"},
    {"payload": None},
    {"hash": "0" * 64},
    {"seq": 7},
)


def test_a_changed_line_is_found_whatever_was_changed(world):
    write(world, *(entry(why=str(count)) for count in range(3)))
    (first, second, third), head = read(world)
    found = [verify((first, replace(second, **change), third), head) for change in CHANGES]
    assert found == [2] * len(CHANGES)


def test_a_line_taken_out_put_elsewhere_or_cut_off_is_found(world):
    write(world, *(entry(why=str(count)) for count in range(3)))
    (first, second, third), head = read(world)
    assert verify((first, third), head) == 2
    assert verify((second, first, third), head) == 1
    assert verify((first, second), head) == 3
    assert verify((), head) == 1


@pytest.mark.parametrize("statement", ["UPDATE audit SET person = 'x'", "DELETE FROM audit"])
def test_the_database_itself_refuses_to_change_or_delete_a_line(world, statement):
    write(world, entry())
    before = read(world)
    with pytest.raises(DBAPIError), Session(world.engines.writer) as session:
        session.connection().execute(text(statement))
    assert read(world) == before


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET person = 'x'", "DELETE FROM audit", "TRUNCATE audit"]
)
def test_on_postgresql_not_even_the_owner_may(cluster, statement):
    with pytest.raises(Exception, match="append-only"):
        cluster.run(statement, make_url(cluster.fresh()).database)


def test_twenty_at_the_same_moment_make_one_unbroken_chain(world):
    gate = threading.Barrier(20)

    def add(which):
        gate.wait()
        patiently(lambda: write(world, entry(why=str(which))))

    with ThreadPoolExecutor(20) as threads:
        list(threads.map(add, range(20)))
    lines, head = read(world)
    assert len(lines) == 20
    assert verify(lines, head) is None
