"""A message that may have arrived: looked for first, and then each kind by its own policy."""

import asyncio

import pytest

from bot import outbox
from bot.errors import Again, Ambiguous
from schedules import post
from tests.schedules.wire import Mishap, card, message

RESENT = sorted(post.AMBIGUOUS_KINDS | outbox.ALARMS)
LOST = Mishap(Ambiguous("504"))
ARRIVED = Mishap(Ambiguous("504"), arrives=True)


async def test_found_means_delivered_and_it_is_not_sent_again(office):
    office.wire.mishaps["one"].append(ARRIVED)
    office.promise(message("a"), message("b"))
    await office.drain_for(3)
    assert office.wire.words("one") == ["a", "b"]
    assert office.troubles().counts == {}


async def test_certainly_not_there_means_it_is_sent_again_and_is_no_repeat(office):
    office.wire.mishaps["one"].append(LOST)
    office.promise(message("a", kind="issue.alarm"))
    await office.drain_for(3)
    assert office.wire.words("one") == ["a"]
    assert len(office.wire.calls) == 2


@pytest.mark.parametrize("kind", RESENT)
@pytest.mark.parametrize("mishap", [LOST, ARRIVED])
async def test_where_nobody_can_look_what_must_not_be_lost_is_resent_and_says_so(office, kind, mishap):
    office.wire.blind = True
    office.wire.mishaps["one"].append(mishap)
    office.promise(message("a", kind=kind))
    await office.drain_for(3)
    assert office.wire.words("one")[-1] == "a (may be a repeat)"
    assert len(office.wire.calls) == 2
    assert office.troubles().counts == {}


@pytest.mark.parametrize("kind", ["reply", "digest", "note"])
async def test_where_nobody_can_look_everything_else_is_held_for_a_person(office, kind):
    office.wire.blind = True
    office.wire.mishaps["one"].append(ARRIVED)
    office.promise(message("a", kind=kind), message("b"))
    await office.drain_for(3)
    assert office.wire.words("one") == ["a", "b"], "the queue goes on behind it"
    assert [(row.kind, row.state, row.reason) for row in office.troubles().rows] == [
        (kind, "held", "may have arrived")
    ]


async def test_an_edit_in_doubt_is_simply_made_again(office):
    office.wire.blind = True
    office.promise(card("NOR-1", 1))
    await office.post.drain()
    office.wire.mishaps["one"].append(ARRIVED)
    office.promise(card("NOR-1", 2))
    await office.drain_for(3)
    assert office.wire.words("one") == ["NOR-1 v2"]
    assert not any(parcel.repeat for parcel in office.wire.calls)


async def test_a_new_card_that_was_found_is_edited_from_then_on(office):
    office.wire.mishaps["one"].append(ARRIVED)
    office.promise(card("NOR-1", 1))
    await office.drain_for(3)
    office.promise(card("NOR-1", 2))
    await office.post.drain()
    assert office.wire.words("one") == ["NOR-1 v2"]


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_process_that_died_between_send_and_receipt_is_reconciled_by_the_next(office, arrived):
    office.promise(message("a"))
    claimed = office.die_in_mid_send()
    if arrived:
        await office.wire.send(office.scribe.compose(claimed.message))
    await office.post.drain()
    assert office.wire.words("one") == ["a"]
    assert len(office.wire.calls) == 1


async def test_a_process_that_died_before_it_began_leaves_no_doubt(office):
    office.wire.blind = True
    office.promise(message("a"))
    office.ledger.claim_messages(office.wall(), 1, 30)
    office.wall.pass_(31)
    await office.post.drain()
    assert office.wire.words("one") == ["a"]


async def test_a_refused_resend_does_not_remove_the_doubt_of_before(office):
    office.wire.blind = True
    office.wire.mishaps["one"].extend([ARRIVED, Mishap(Again("ratelimited", after=5))])
    office.promise(message("a", kind="issue.alarm"))
    await office.drain_for(10)
    assert office.wire.words("one") == ["a", "a (may be a repeat)"]


async def test_a_courier_that_never_answers_is_left_after_a_while_and_its_message_is_in_doubt(office):
    office.post.call = 0.01
    office.wire.gates["one"] = asyncio.Event()
    office.promise(message("a"))
    await office.post.drain()
    office.wire.gates.clear()
    office.wall.pass_(5)
    (claimed,) = office.ledger.claim_messages(office.wall(), 1, 30)
    assert claimed.doubt


async def test_a_fault_in_the_courier_counts_as_doubt(office):
    office.wire.mishaps["one"].append(Mishap(RuntimeError("broken"), arrives=True))
    office.promise(message("a"))
    await office.drain_for(3)
    assert office.wire.words("one") == ["a"]
    assert len(office.wire.calls) == 1


async def test_doubt_that_never_ends_is_held_in_the_end(office):
    office.wire.blind = True
    office.wire.mishaps["one"].extend([LOST] * 99)
    office.promise(message("a", kind="issue.alarm"))
    await office.drain_for(3 * 3600, step=60)
    assert [(row.state, row.reason) for row in office.troubles().rows] == [("held", "gave up: 504")]
