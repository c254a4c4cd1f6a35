"""One request is one transaction: all of it or nothing, once only, and the truth about what was saved."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import monotonic

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError

from bot.actors import CLOCK
from bot.clock import Clock
from bot.due import Due
from bot.errors import Busy
from bot.outbox import Audience, Letter, OutboxMessage
from bot.records import Draft, Entry
from storage.bound import table
from storage.store import SqlStore
from storage.tables import OnceRow
from tests.postgres import beside
from tests.storage.people import ANNIKA, NOR_CHANNEL, NOW, SHARED, issue
from tests.storage.rivals import patiently

LETTER = Letter("issue.card", "i1", {"said": "“logged”"})
TABLES = ("issue", "series", "audit", "audit_chain", "once", "outbox", "due", "draft", "reach")


def serve(archive, key="K1"):
    """A whole request: everything a command may write."""
    first = archive.once(key, LETTER, NOW)
    if first:
        archive.next_number(CLOCK, SHARED, "ISS")
        archive.add_issue(CLOCK, issue())
        archive.record(Entry("issue.log", "PER-ANNIKA", NOW, SHARED, record="i1"))
        archive.promise(OutboxMessage(f"{key}:card", LETTER, Audience(room="ROOM-HAL"), NOW))
        archive.schedule(Due("i1:ack", NOW, "issue.ack", "i1"))
        archive.keep_draft(Draft("d1", "PER-ANNIKA", {"title": "TMF"}, NOW))
        archive.meet(ANNIKA, NOR_CHANNEL, NOW)
    return first


def request(store, key="K1"):
    with store.writing() as archive:
        return serve(archive, key)


def counts(store):
    with beside(store, writes=False) as record:
        counted = (select(func.count()).select_from(text(name)) for name in TABLES)
        return {record.execute(one).scalar_one() for one in counted}


def test_a_request_is_kept_whole(world):
    request(world)
    assert counts(world) == {1}


def test_an_exception_at_the_very_end_leaves_nothing_behind(world):
    def fail():
        with world.writing() as archive:
            serve(archive)
            raise RuntimeError("at the last moment")

    with pytest.raises(RuntimeError, match="last moment"):
        fail()
    assert counts(world) == {0}


def test_fifty_identical_requests_at_the_same_moment_are_served_once(world):
    gate = threading.Barrier(50)

    def asked():
        with world.writing() as archive:
            return serve(archive), archive.served("K1")

    def ask(_):
        gate.wait()
        return patiently(asked)

    with ThreadPoolExecutor(50) as threads:
        answers = list(threads.map(ask, range(50)))
    assert sum(first for first, _ in answers) == 1
    assert {letter.subject for _, letter in answers} == {"i1"}
    assert counts(world) == {1}


async def test_fifty_identical_requests_through_the_writers_are_served_once(world):
    answers = await asyncio.gather(*(world.write(lambda: request(world)) for _ in range(50)))
    assert sum(answers) == 1
    assert counts(world) == {1}


def test_the_letter_that_answered_is_kept_with_the_key(world):
    with world.writing() as archive:
        assert archive.once("with", LETTER, NOW)
        assert archive.once("without", None, NOW)
        assert not archive.once("with", None, NOW)
    with world.reading() as archive:
        assert archive.served("with") == LETTER
        assert archive.served("without") is None
        assert archive.served("never") is None


def test_old_keys_are_forgotten(world):
    with world.writing() as archive:
        archive.once("old", LETTER, NOW - timedelta(days=31))
        archive.once("new", LETTER, NOW)
    assert world.purge_once(NOW - timedelta(days=30)) == 1
    with world.writing() as archive:
        assert archive.once("old", LETTER, NOW)
        assert not archive.once("new", LETTER, NOW)


def test_reading_cannot_write(world):
    with pytest.raises((DBAPIError, Busy)), world.reading() as archive:
        archive.run(insert(table(OnceRow)).values(key="K", at=NOW, kind="", subject="", facts={}))


def test_what_was_committed_is_read_at_once_and_what_was_not_is_not(world):
    with world.writing() as archive:
        archive.add_issue(CLOCK, issue())
        with world.reading() as other:
            assert other.issue(CLOCK, "i1") is None
    with world.reading() as other:
        assert other.issue(CLOCK, "i1") == issue()


async def test_what_the_work_raises_comes_out_and_nothing_is_saved(world):
    def work():
        with world.writing() as archive:
            serve(archive)
            raise LookupError("not there")

    with pytest.raises(LookupError, match="not there"):
        await world.write(work, 5)
    assert counts(world) == {0}


async def test_a_request_that_waits_its_patience_in_the_queue_is_never_begun(world):
    go, begun = threading.Event(), []
    stuck = [asyncio.ensure_future(world.write(go.wait)) for _ in range(world.engines.writers)]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await world.write(lambda: begun.append(1), 0.05)
    go.set()
    await asyncio.gather(*stuck)
    await world.write(lambda: None)
    assert begun == []


async def test_a_request_past_its_patience_says_so_and_is_rolled_back(world):
    go, ended = threading.Event(), threading.Event()

    def work():
        try:
            with world.writing() as archive:
                serve(archive)
                go.wait()
        finally:
            ended.set()

    started = monotonic()
    with pytest.raises(Busy):
        await world.write(work, 0.2)
    assert monotonic() - started < 0.7
    go.set()
    await asyncio.to_thread(ended.wait)
    assert counts(world) == {0}


def test_the_clock_is_kept_with_the_record(world, world_url):
    world.set_clock(timedelta(days=3, microseconds=7))
    again = SqlStore(world_url, Clock(lambda: NOW))
    again.load_clock()
    assert again.clock.now() == NOW + timedelta(days=3, microseconds=7)
    again.close()
