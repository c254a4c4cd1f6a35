"""The clockwork: prompt when nudged, orderly when stopped, and business time that can be pushed."""

import asyncio
from datetime import timedelta

import pytest

from bot.clock import system_time
from bot.due import Due
from bot.errors import Again
from schedules.alarms import Alarms
from schedules.clockwork import Clockwork, in_turn
from tests.schedules.wire import START, Mishap, message


class House:
    """A clockwork whose alarms promise one message each, under the key and time of the due that rang."""

    def __init__(self, office, tick):
        self.office = office
        self.swept = asyncio.Event()
        self.alarms = Alarms(office.ledger, office.store, self.ring, office.clock)
        self.work = Clockwork(office.post, self.alarms, self.sweep, self.sweep, tick)

    async def start(self):
        """Start, and wait until the workers have had their own first look and found nothing."""
        self.work.start()
        await self.work.settle()
        await self.work.settle()

    def ring(self, claimed):
        with self.office.store.writing() as archive:
            archive.promise(message(f"{claimed.due.key} at {self.office.clock.now():%H:%M}"))
            if claimed.due.kind == "repeating":
                archive.schedule(Due(claimed.due.key, claimed.due.at + timedelta(hours=1), "repeating", "i"))

    async def sweep(self):
        self.swept.set()
        return 0

    def set_now(self, now):
        self.office.clock.offset = now - self.office.wall()

    def schedule(self, *dues):
        with self.office.store.writing() as archive:
            for due in dues:
                archive.schedule(due)


@pytest.fixture
async def house(office):
    """No tick within the hour: what moves was woken."""
    house = House(office, tick=3600)
    yield house
    await house.work.stop()


def after(hours):
    return START + timedelta(hours=hours)


async def test_what_is_promised_goes_out_at_once_when_the_post_is_woken(office, house):
    await house.start()
    office.promise(message("a"))
    house.work.wake_post()
    await asyncio.wait_for(office.wire.shows("one", 1), 5)


async def test_the_post_can_be_woken_from_any_thread(office, house):
    await house.start()

    def elsewhere():
        office.promise(message("a"))
        house.work.wake_post()

    await asyncio.to_thread(elsewhere)
    await asyncio.wait_for(office.wire.shows("one", 1), 5)


async def test_an_alarm_that_rings_wakes_the_post(office, house):
    await house.start()
    house.schedule(Due("a", START, "ack", "i"))
    house.work.wake_alarms()
    await asyncio.wait_for(office.wire.shows("one", 1), 5)
    assert office.wire.words("one") == ["a at 09:00"]


async def test_what_nobody_was_woken_for_is_found_at_the_next_tick(office):
    house = House(office, tick=0.05)
    await house.start()
    office.promise(message("a"))
    house.schedule(Due("b", START, "ack", "i"))
    await asyncio.wait_for(office.wire.shows("one", 2), 5)
    await house.work.stop()


async def test_between_two_ticks_a_paced_conversation_goes_on_as_soon_as_it_may(office, house):
    office.wire.rate = (20.0, 1)
    office.clock.source = system_time
    house.work.start()
    office.promise(*(message(f"{n}") for n in range(4)))
    house.work.wake_post()
    await asyncio.wait_for(office.wire.shows("one", 4), 5)


async def test_once_rows_are_swept_when_the_clockwork_starts(house):
    house.work.start()
    await asyncio.wait_for(house.swept.wait(), 5)


async def test_a_fault_in_a_worker_does_not_end_it(office, house):
    async def broken():
        raise RuntimeError

    mended, house.work.sending.drain = house.work.sending.drain, broken
    house.work.start()
    house.work.wake_post()
    await asyncio.wait_for(house.swept.wait(), 5)
    house.work.sending.drain = mended
    office.promise(message("a"))
    house.work.wake_post()
    await asyncio.wait_for(office.wire.shows("one", 1), 5)


async def test_stopping_finishes_the_message_under_way_and_takes_on_no_other(office, house):
    gate = office.wire.gates["slow"] = asyncio.Event()
    office.promise(message("a", "slow"), message("b", "slow"))
    house.work.start()
    await asyncio.wait_for(office.wire.is_called(1), 5)
    stopping = asyncio.create_task(house.work.stop())
    gate.set()
    await asyncio.wait_for(stopping, 5)
    assert office.wire.words("slow") == ["a"]
    assert office.ledger.next_message_at(office.wall()) == START, "the other is free for whoever comes next"


async def test_a_clockwork_that_was_stopped_can_be_started_again(office, house):
    house.work.start()
    await house.work.stop()
    house.work.start()
    office.promise(message("a"))
    house.work.wake_post()
    await asyncio.wait_for(office.wire.shows("one", 1), 5)


async def test_settling_runs_alarms_and_post_until_nothing_is_left(office, house):
    house.schedule(*(Due(f"{n}", START, "ack", "i") for n in range(30)))
    await house.work.settle()
    assert len(office.wire.words("one")) == 30


async def test_settling_beside_running_workers_delivers_everything_once(office, house):
    house.work.start()
    house.schedule(*(Due(f"{n}", START, "ack", "i") for n in range(30)))
    house.work.wake_alarms()
    await asyncio.gather(house.work.settle(), house.work.settle())
    assert len(office.wire.calls) == 30


async def test_settling_does_not_wait_for_what_a_platform_has_put_off(office, house):
    office.wire.mishaps["one"].append(Mishap(Again("ratelimited", after=60)))
    office.promise(message("a"))
    await house.work.settle(patience=5)
    assert office.wire.words("one") == []


async def test_pushed_time_stops_at_every_alarm_on_its_way(office, house):
    house.schedule(Due("hourly", after(1), "repeating", "i"), Due("once", after(1.5), "ack", "i"))
    await house.work.push(after(3.25), house.set_now)
    assert office.wire.words("one") == [
        "hourly at 10:00",
        "once at 10:30",
        "hourly at 11:00",
        "hourly at 12:00",
    ]
    assert office.clock.now() == after(3.25)


async def test_time_is_never_pushed_backwards(office, house):
    await house.work.push(after(-5), house.set_now)
    assert office.clock.now() == START


async def test_of_several_daily_works_each_is_done_also_after_one_that_failed():
    done = []

    async def broken():
        raise ValueError("no words of this")

    async def works():
        done.append("works")
        return 3

    assert await in_turn(works, works)() == 6
    with pytest.raises(ValueError, match="no words"):
        await in_turn(broken, works)()
    assert done == ["works"] * 3
