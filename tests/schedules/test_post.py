"""The post: in order, paced, patient, and honest about what did not arrive."""

import asyncio
import logging
from datetime import timedelta

from bot.errors import Again, Permanent
from schedules.post import Post
from storage.outbox import SqlLedger
from tests.schedules.wire import START, Mishap, card, message

WORDS = "what somebody wrote"


async def test_messages_of_one_conversation_arrive_in_the_order_they_were_promised(office):
    office.promise(message("a"), message("b"), message("c"))
    assert await office.post.drain() == 3
    assert office.wire.words("one") == ["a", "b", "c"]
    assert await office.post.drain() == 0


async def test_a_later_message_waits_for_an_earlier_one_that_did_not_arrive(office):
    office.wire.mishaps["one"].append(Mishap(Again("server busy")))
    office.promise(message("a"), message("b"))
    await office.post.drain()
    assert office.wire.words("one") == []
    await office.drain_for(3)
    assert office.wire.words("one") == ["a", "b"]


async def test_a_slow_conversation_keeps_no_other_waiting_not_even_what_is_promised_meanwhile(office):
    gate = office.wire.gates["slow"] = asyncio.Event()
    office.promise(message("a", "slow"), message("b", "quick"))
    drain = asyncio.create_task(office.post.drain())
    await office.wire.shows("quick", 1)
    office.promise(message("c", "quick"))
    office.post.fresh.set()
    await office.wire.shows("quick", 2)
    assert office.wire.words("slow") == []
    gate.set()
    await drain
    assert office.wire.words("slow") == ["a"]


async def test_a_rate_limit_is_waited_out_to_the_second_and_stops_one_conversation_only(office):
    office.wire.mishaps["one"].append(Mishap(Again("ratelimited", after=30)))
    office.promise(message("a"), message("b"), message("c", "two"), message("d", "two"))
    await office.drain_for(29)
    assert office.wire.words("one") == []
    assert office.wire.words("two") == ["c", "d"]
    await office.drain_for(1)
    assert office.wire.words("one")[:1] == ["a"]
    await office.drain_for(2)
    assert office.wire.words("one") == ["a", "b"]


async def test_a_rate_limit_met_by_one_process_is_kept_by_another(office):
    office.wire.mishaps["one"].append(Mishap(Again("ratelimited", after=30)))
    office.promise(message("a"))
    await office.post.drain()
    # Another queue that ends in the same conversation, and a second process with a ledger of its own.
    (claimed,) = SqlLedger(office.store).claim_messages(office.wall() + timedelta(seconds=30), 1, 30)
    assert SqlLedger(office.store).begin(claimed, "wire:t:one", (1.0, 5), office.wall()) == 30.0


async def test_a_conversation_is_paced_by_its_own_rate(office):
    office.wire.rate = (1.0, 2)
    office.promise(*(message(f"{n}") for n in range(5)), message("x", "two"))
    await office.post.drain()
    assert office.wire.words("one") == ["0", "1"]
    assert office.wire.words("two") == ["x"]
    assert await office.post.next_at() == START + timedelta(seconds=1)
    await office.drain_for(3)
    assert office.wire.words("one") == ["0", "1", "2", "3", "4"]


async def test_a_live_card_is_edited_in_place(office):
    office.promise(card("NOR-1", 1))
    await office.post.drain()
    office.promise(card("NOR-1", 2))
    await office.post.drain()
    assert office.wire.words("one") == ["NOR-1 v2"]
    assert len(office.wire.calls) == 2


async def test_edits_that_pile_up_collapse_into_the_newest(office):
    office.promise(*(card("NOR-1", version) for version in (1, 2, 3)))
    office.scribe.versions["NOR-1"] = 3
    await office.post.drain()
    assert office.wire.words("one") == ["NOR-1 v3"]
    assert len(office.wire.calls) == 1
    assert office.troubles().counts == {}


async def test_what_its_reader_may_no_longer_see_is_dropped(office):
    office.scribe.hidden.add("one")
    office.promise(message("a"))
    assert await office.post.drain() == 1
    assert office.wire.calls == []
    assert await office.post.next_at() is None
    assert office.troubles().counts == {}


async def test_what_can_never_arrive_fails_at_once_and_lets_the_next_through(office):
    office.wire.mishaps["one"].append(Mishap(Permanent("channel_not_found")))
    office.promise(message("a"), message("b"), message("c", "unknown"), message("d", "nowhere"))
    await office.post.drain()
    assert office.wire.words("one") == ["b"]
    assert {(row.queue, row.state, row.reason) for row in office.troubles().rows} == {
        ("room:one", "failed", "channel_not_found"),
        ("room:unknown", "failed", "no address"),
        ("room:nowhere", "failed", "no such platform: elsewhere"),
    }


async def test_attempts_come_rarer_and_rarer_and_end(office):
    office.wire.mishaps["one"].extend([Mishap(Again("server busy"))] * 99)
    office.post.most_attempts = 20
    office.promise(message("a"))
    await office.drain_for(10)
    assert 3 <= len(office.wire.calls) <= 6
    await office.drain_for(3 * 3600, step=60)
    assert len(office.wire.calls) == 20
    assert [(row.state, row.reason) for row in office.troubles().rows] == [("failed", "gave up: server busy")]


async def test_a_fault_of_our_own_is_logged_under_a_reference_without_anybodys_words(office, caplog):
    def broken(message, repeat=False):
        raise RuntimeError(WORDS)

    office.promise(message("a"))
    mended, office.post.compose = office.post.compose, broken
    with caplog.at_level(logging.INFO):
        await office.post.drain()
    assert "RuntimeError" in caplog.text
    assert WORDS not in caplog.text
    office.post.compose = mended
    await office.drain_for(2)
    assert office.wire.words("one") == ["a"]


async def test_no_words_of_a_message_are_ever_logged(office, caplog):
    outcomes = [Mishap(RuntimeError(WORDS)), Mishap(Again("busy")), Mishap(Permanent(WORDS))]
    office.wire.mishaps["one"].extend(outcomes)
    office.promise(message(WORDS))
    with caplog.at_level(logging.DEBUG):
        await office.drain_for(20)
    assert len(office.wire.calls) >= 1
    assert WORDS not in caplog.text


async def test_two_processes_deliver_a_hundred_messages_once_each(office):
    other = Post(SqlLedger(office.store), office.store, office.scribe, {"wire": office.wire}, office.clock)
    office.promise(*(message(f"{n}", room=f"{n % 10}") for n in range(100)))
    while await asyncio.gather(office.post.drain(), other.drain()) != [0, 0]:
        pass
    assert len(office.wire.calls) == 100
    for room in range(10):
        assert office.wire.words(f"{room}") == [f"{n}" for n in range(room, 100, 10)]


async def test_a_post_that_is_halted_takes_on_nothing_more(office):
    office.promise(message("a"))
    office.post.halted = True
    assert await office.post.drain() == 0
    assert office.wire.calls == []
