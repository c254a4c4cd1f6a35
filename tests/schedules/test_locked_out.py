"""We are not let in somewhere, for days: what is meant for there waits, in order, and is not counted."""

from datetime import timedelta

from bot.errors import Again, Ambiguous, LockedOut
from schedules.post import MOST_ATTEMPTS
from tests.postgres import beside
from tests.schedules.wire import START, Mishap, message

OUT = LockedOut("token_revoked", 600)


async def test_a_week_of_locked_doors_loses_nothing_and_keeps_the_order(office):
    tries = 7 * 24 * 6 + 10
    assert tries > 3 * MOST_ATTEMPTS
    office.wire.mishaps["one"].extend(Mishap(OUT) for _ in range(tries))
    office.promise(message("a"), message("b"), message("elsewhere", "two"))
    await office.drain_for(7 * 24 * 3600, step=600)
    assert office.wire.words("one") == []
    assert office.wire.words("two") == ["elsewhere"]
    assert office.states() == {}
    office.wire.mishaps["one"].clear()
    await office.drain_for(1200, step=600)
    assert office.wire.words("one") == ["a", "b"]


async def test_the_days_outside_use_up_none_of_the_attempts_that_come_after(office):
    office.post.most_attempts = 3
    office.wire.mishaps["one"].extend(Mishap(OUT) for _ in range(10))
    office.wire.mishaps["one"].extend(Mishap(Again("busy", 1)) for _ in range(2))
    office.promise(message("a"))
    await office.drain_for(10 * 600, step=600)
    await office.drain_for(10)
    assert office.wire.words("one") == ["a"]


async def test_one_that_may_have_arrived_before_is_looked_for_once_the_door_opens(office):
    office.wire.mishaps["one"].append(Mishap(Ambiguous("hang up"), arrives=True))
    office.wire.mishaps["one"].append(Mishap(OUT))
    office.promise(message("a"))
    await office.drain_for(1300, step=50)
    assert office.wire.words("one") == ["a"]
    assert len([one for one in office.wire.calls if one.key == "a"]) == 1


async def test_a_locked_door_holds_up_no_bucket(office):
    office.wire.mishaps["one"].append(Mishap(OUT))
    office.promise(message("a"))
    await office.post.drain()
    with beside(office.store) as record:  # what being let in again does
        record.exec_driver_sql("UPDATE outbox SET not_before = due")
    await office.post.drain()
    assert office.wire.words("one") == ["a"]
    assert office.wall() == START + timedelta()
