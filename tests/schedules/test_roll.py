"""Before a message is built for a room its platform is asked who is there; without an answer it waits."""

import pytest

from bot.errors import Absent, Again, Ambiguous, LockedOut, Permanent
from bot.intents import Handle
from bot.outbox import LEAVE, ROLL, Audience, Letter, OutboxMessage, Place
from tests.postgres import beside
from tests.schedules.wire import START, message


@pytest.fixture
def door(office):
    """A room that is watched, with two people in it."""
    office.scribe.porter.watched.add("one")
    office.wire.there[:] = ["ann", "bo"]
    return office.scribe.porter


def roll(key):
    return OutboxMessage(key, Letter(ROLL, "one"), Audience(room="one"), START)


async def test_the_room_is_asked_before_the_message_is_sent(office, door):
    office.promise(message("a"))
    await office.post.drain()
    assert office.wire.asked == ["one"]
    assert door.seen == [("ann", "bo")]
    assert office.wire.words("one") == ["a"]


async def test_messages_in_the_same_breath_share_an_answer_and_later_ones_do_not(office, door):
    office.promise(message("a"), message("b"))
    await office.post.drain()
    assert office.wire.asked == ["one"]
    office.wall.pass_(1)
    office.promise(message("c"))
    await office.post.drain()
    assert office.wire.asked == ["one", "one"]


async def test_an_order_to_look_is_never_answered_from_memory_and_shows_nothing(office, door):
    office.scribe.hidden.add("one")
    office.promise(message("a"), roll("look"))
    await office.post.drain()
    assert office.wire.asked == ["one", "one"]
    assert office.wire.calls == []
    assert office.states() == {}


@pytest.mark.parametrize(
    "fault", [Again("busy"), Ambiguous("?"), TimeoutError(), ValueError("odd"), LockedOut("no scope", 5.0)]
)
async def test_without_an_answer_the_message_waits_and_is_not_in_doubt(office, door, fault):
    office.wire.roll_fails.append(fault)
    office.promise(message("a"))
    await office.post.drain()
    assert office.wire.calls == []
    office.wall.pass_(400)
    office.wire.blind = True  # in doubt, it would be held
    await office.post.drain()
    assert office.wire.words("one") == ["a"]


async def test_where_we_are_not_in_the_room_its_messages_wait_and_that_is_told(office, door):
    office.wire.roll_fails.append(Absent("not_in_channel"))
    office.promise(message("a"))
    await office.post.drain()
    assert door.lost_rooms == ["one"]
    assert office.states() == {}
    with beside(office.store, writes=False) as record:
        assert record.exec_driver_sql("SELECT state FROM outbox").scalars().all() == ["withheld"]


async def test_a_look_into_a_room_we_are_not_in_is_no_trouble(office, door):
    office.scribe.hidden.add("one")
    office.wire.roll_fails.extend([Absent("not_in_channel"), Permanent("odd")])
    office.promise(roll("look"), roll("look again"))
    await office.post.drain()
    assert door.lost_rooms == ["one"]
    assert office.states() == {}


async def test_news_of_who_is_there_lets_what_waits_longer_go_first(office, door):
    door.changes = 1
    office.promise(message("a"))
    await office.post.drain()
    assert office.wire.words("one") == ["a"]
    assert len(door.seen) == 2


async def test_a_member_whom_the_record_bars_is_asked_about_anew(office, door):
    door.doubted, door.changed = (Handle("wire", "t", "bo"),), False
    office.promise(message("a"))
    await office.post.drain()
    assert [one.handle.user for one in door.accounts] == ["bo"]
    assert office.wire.words("one") == ["a"]


async def test_a_newcomer_is_looked_up_before_they_are_greeted(office, door):
    office.promise(OutboxMessage("w", Letter("admission.welcome"), Audience(person="zoe"), START))
    await office.post.drain()
    assert [(one.handle.user, one.kind) for one in door.accounts] == [("zoe", "guest")]


async def test_an_order_to_leave_is_carried_out_once(office, door):
    there = Place("wire", "t", "somewhere")
    office.promise(OutboxMessage("l", Letter(LEAVE, "one"), Audience(place=there), START))
    await office.post.drain()
    await office.post.drain()
    assert office.wire.left == ["u"]
    assert office.wire.calls == []
