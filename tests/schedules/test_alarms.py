"""The alarms: each rings once, in order, and never after it was cancelled."""

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.due import ClaimedDue, Due
from schedules import alarms
from schedules.alarms import Alarms
from storage.outbox import SqlLedger
from tests.schedules.wire import START

WORDS = "what somebody wrote"


class Bell:
    """Remembers what rang, and sets or breaks what it is told to."""

    def __init__(self, store):
        self.store = store
        self.rang: list[str] = []
        self.broken: set[str] = set()
        self.then: dict[str, Due] = {}

    def __call__(self, claimed: ClaimedDue) -> None:
        key = claimed.due.key
        if key in self.broken:
            raise RuntimeError(WORDS)
        self.rang.append(key)
        if key in self.then:
            with self.store.writing() as archive:
                archive.schedule(self.then.pop(key))


@pytest.fixture
def bell(store):
    return Bell(store)


@pytest.fixture
def ringing(office, bell):
    return Alarms(office.ledger, office.store, bell, office.clock)


def after(hours):
    return START + timedelta(hours=hours)


def schedule(store, *dues):
    with store.writing() as archive:
        for due in dues:
            archive.schedule(due)


async def test_alarms_ring_in_order_of_their_time_and_not_before_it(office, bell, ringing):
    schedule(office.store, *(Due(f"{hour}", after(hour), "ack", "i") for hour in (3, 1, 2, 9)))
    assert await ringing.drain() == 0
    office.clock.offset = timedelta(hours=3)
    assert await ringing.drain() == 3
    assert bell.rang == ["1", "2", "3"]
    assert await ringing.next_at() == after(9)


async def test_business_time_decides_however_late_it_is_on_the_wall(office, bell, ringing):
    schedule(office.store, Due("a", after(1), "ack", "i"))
    office.clock.offset = -timedelta(hours=5)
    office.wall.pass_(2 * 3600)
    assert await ringing.drain() == 0


async def test_an_alarm_rings_once_with_two_workers(office, bell, ringing):
    other = Alarms(SqlLedger(office.store), office.store, bell, office.clock)
    schedule(office.store, *(Due(f"{n}", START, "ack", "i") for n in range(100)))
    await asyncio.gather(ringing.drain(), other.drain())
    assert sorted(bell.rang) == sorted(f"{n}" for n in range(100))


async def test_a_cancelled_alarm_never_rings(office, bell, ringing):
    schedule(office.store, Due("a", START, "ack", "i"), Due("b", START, "ack", "i"))
    with office.store.writing() as archive:
        archive.cancel("a")
    await ringing.drain()
    assert bell.rang == ["b"]


async def test_an_alarm_that_sets_its_own_clock_again_rings_again_at_that_time(office, bell, ringing):
    bell.then["a"] = Due("a", after(2), "ack", "i")
    schedule(office.store, Due("a", START, "ack", "i"))
    await ringing.drain()
    office.clock.offset = timedelta(hours=2)
    await ringing.drain()
    await ringing.drain()
    assert bell.rang == ["a", "a"]


async def test_what_an_alarm_sets_for_this_very_moment_rings_in_the_same_run(office, bell, ringing):
    bell.then["a"] = Due("b", START, "ack", "i")
    schedule(office.store, Due("a", START, "ack", "i"))
    assert await ringing.drain() == 2
    assert bell.rang == ["a", "b"]


async def test_a_broken_alarm_keeps_no_other_from_ringing_and_is_tried_again(office, bell, ringing, caplog):
    bell.broken.add("a")
    schedule(office.store, Due("a", START, "ack", "i"), Due("b", after(0.001), "ack", "i"))
    office.wall.pass_(5)
    with caplog.at_level(logging.INFO):
        assert await ringing.drain() == 1
    assert bell.rang == ["b"]
    assert "RuntimeError" in caplog.text
    assert WORDS not in caplog.text
    bell.broken.clear()
    assert await ringing.drain() == 0, "it waits for its lease to end"
    office.wall.pass_(alarms.LEASE)
    assert await ringing.drain() == 1
    assert bell.rang == ["b", "a"]
