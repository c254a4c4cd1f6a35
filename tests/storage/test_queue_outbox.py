"""The outbox table on both databases: order, leases, receipts, and what a person must look at."""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.actors import CLOCK
from bot.due import Due
from bot.intents import Place
from bot.outbox import Audience, Claimed, Letter, OutboxMessage, Receipt
from storage.outbox import SqlLedger
from storage.queues import due, outbox
from tests.postgres import beside
from tests.storage.people import CROS, issue
from tests.storage.rivals import claim_everything

NOW = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
RATE = (1.0, 2)


def later(seconds):
    return NOW + timedelta(seconds=seconds)


def note(key, room="one", at=NOW, **more):
    return OutboxMessage(
        key, Letter("note", key, {"words": "for nobody's log"}), Audience(room=room), at, **more
    )


def promise(store, *messages):
    with store.writing() as archive:
        for message in messages:
            archive.promise(message)


def keys(claimed):
    return [one.message.key for one in claimed]


def test_a_promise_comes_back_as_it_was_made(store):
    place = Place("wire", "t", "c", private=True, thread="r", service="https://s")
    made = OutboxMessage("k", Letter("reply", "s", {"a": "b"}), Audience(user="u", place=place), NOW, 7, True)
    promise(store, made)
    (claimed,) = SqlLedger(store).claim_messages(NOW, 5, 30)
    assert claimed.message == made
    assert (claimed.attempts, claimed.doubt) == (1, False)


def test_the_same_promise_is_made_once_even_after_it_was_kept(store):
    ledger = SqlLedger(store)
    promise(store, note("a"), note("a"))
    (claimed,) = ledger.claim_messages(NOW, 5, 30)
    assert ledger.delivered(claimed, Receipt("c", "m"), 0, NOW)
    promise(store, note("a"))
    assert ledger.claim_messages(NOW, 5, 30) == ()


def test_only_the_oldest_of_a_queue_is_claimed_and_the_next_once_that_is_done(store):
    ledger = SqlLedger(store)
    promise(store, note("a"), note("b"), note("c", "two"))
    first = ledger.claim_messages(NOW, 5, 30)
    assert keys(first) == ["a", "c"]
    assert ledger.claim_messages(NOW, 5, 30) == ()
    assert ledger.delivered(first[0], None, 0, NOW)
    assert keys(ledger.claim_messages(NOW, 5, 30)) == ["b"]


def test_no_more_is_claimed_than_was_asked_for(store):
    promise(store, *(note(f"{n}", room=f"{n}") for n in range(5)))
    assert keys(SqlLedger(store).claim_messages(NOW, 3, 30)) == ["0", "1", "2"]


def test_what_is_due_tomorrow_keeps_nobody_waiting_today(store):
    ledger = SqlLedger(store)
    promise(store, note("tomorrow", at=later(86400)), note("today"))
    assert ledger.next_message_at(NOW) == NOW
    (today,) = ledger.claim_messages(NOW, 5, 30)
    assert today.message.key == "today"
    ledger.delivered(today, None, 0, NOW)
    assert ledger.claim_messages(NOW, 5, 30) == ()
    assert ledger.next_message_at(NOW) == later(86400)


def test_what_becomes_due_while_another_is_on_its_way_waits_for_that(store):
    ledger = SqlLedger(store)
    promise(store, note("at ten", at=later(10)), note("now"))
    (now,) = ledger.claim_messages(NOW, 5, 30)
    assert ledger.claim_messages(later(10), 5, 30) == ()
    assert ledger.next_message_at(later(10)) == later(30)
    assert ledger.delivered(now, None, 0, later(10))
    assert keys(ledger.claim_messages(later(10), 5, 30)) == ["at ten"]


def test_a_head_that_waits_blocks_its_own_queue_only(store):
    ledger = SqlLedger(store)
    promise(store, note("a"), note("b"), note("c", "two"), note("d", "two"))
    a, c = ledger.claim_messages(NOW, 5, 30)
    assert ledger.postpone(a, later(60), "rate limit", doubt=False)
    assert ledger.delivered(c, None, 0, NOW)
    (d,) = ledger.claim_messages(NOW, 5, 30)
    assert d.message.key == "d"
    assert ledger.delivered(d, None, 0, NOW)
    assert ledger.next_message_at(NOW) == later(60)
    (again,) = ledger.claim_messages(later(60), 5, 30)
    assert (again.message.key, again.attempts, again.doubt) == ("a", 2, False)


def test_a_lease_that_ends_before_the_send_began_brings_the_message_back_without_doubt(store):
    ledger = SqlLedger(store)
    promise(store, note("a"))
    ledger.claim_messages(NOW, 5, 30)
    assert ledger.claim_messages(later(29), 5, 30) == ()
    assert ledger.next_message_at(later(29)) == later(30)
    (again,) = ledger.claim_messages(later(30), 5, 30)
    assert not again.doubt


def test_a_lease_that_ends_in_mid_send_brings_the_message_back_in_doubt(store):
    ledger = SqlLedger(store)
    promise(store, note("a"))
    (first,) = ledger.claim_messages(NOW, 5, 30)
    assert ledger.begin(first, "b", RATE, later(20)) == 0.0
    assert ledger.claim_messages(later(31), 5, 30) == (), "the lease runs from the beginning of the send"
    (second,) = ledger.claim_messages(later(51), 5, 30)
    assert second.doubt
    (third,) = ledger.claim_messages(later(90), 5, 30)
    assert third.doubt, "doubt stays until somebody knows"


def test_whoever_lost_the_lease_changes_nothing(store):
    ledger = SqlLedger(store)
    promise(store, note("a", live=True, version=1))
    (lost,) = ledger.claim_messages(NOW, 5, 30)
    (kept,) = ledger.claim_messages(later(31), 5, 30)
    assert ledger.begin(lost, "b", RATE, later(31)) > 0
    assert not ledger.delivered(lost, Receipt("c", "m"), 1, later(31))
    assert not ledger.postpone(lost, later(99), "late", doubt=True)
    assert not ledger.settle(lost, "failed", "late", later(31))
    assert not ledger.troubles().rows
    assert ledger.begin(kept, "b", RATE, later(31)) == 0.0
    assert ledger.delivered(kept, None, 1, later(32))
    assert not ledger.delivered(kept, None, 1, later(33)), "once is enough"


def test_a_live_message_is_remembered_with_the_version_it_shows(store):
    ledger = SqlLedger(store)
    first, second = note("a", live=True, version=1), note("a2", live=True, version=2)
    second = OutboxMessage("a2", first.letter, first.audience, NOW, 2, True)
    promise(store, first, second)
    for version in (1, 2):
        (claimed,) = ledger.claim_messages(NOW, 5, 30)
        assert ledger.delivered(claimed, Receipt("c", "m1"), version, NOW)
        with store.reading() as archive:
            assert archive.sent(second) == (Receipt("c", "m1"), version)
    with store.reading() as archive:
        assert archive.sent(note("a", room="two", live=True)) is None


def test_what_was_held_or_failed_is_there_for_a_person_to_see_without_its_words(store):
    ledger = SqlLedger(store)
    promise(store, note("a", "1"), note("b", "2"), note("c", "3"), note("d", "4"))
    a, b, c = ledger.claim_messages(NOW, 3, 30)
    ledger.settle(a, "held", "may have arrived", later(1))
    ledger.settle(b, "failed", "channel_not_found", later(2))
    ledger.settle(c, "dropped", "nothing to show", later(3))
    troubles = ledger.troubles()
    assert troubles.counts == {"held": 1, "failed": 1, "open": 1}
    assert [(row.queue, row.state, row.reason, row.since) for row in troubles.rows] == [
        ("room:2", "failed", "channel_not_found", later(2)),
        ("room:1", "held", "may have arrived", later(1)),
    ]
    assert "nobody's log" not in repr(troubles)


def test_two_processes_share_one_bucket_and_waiting_is_no_attempt(store):
    here, there = SqlLedger(store), SqlLedger(store)
    promise(store, *(note(f"{n}", room=f"{n}") for n in range(4)))
    a, b, c, d = here.claim_messages(NOW, 4, 30)
    assert here.begin(a, "b", RATE, NOW) == 0.0
    assert there.begin(b, "b", RATE, NOW) == 0.0
    assert here.begin(c, "b", RATE, later(0.25)) == 0.75
    assert there.begin(d, "another", RATE, NOW) == 0.0
    assert here.postpone(c, later(1), "pacing", doubt=False)
    (again,) = there.claim_messages(later(1), 4, 30)
    assert again.attempts == 1
    assert there.begin(again, "b", RATE, later(1)) == 0.0


def test_a_held_bucket_is_closed_for_everybody_until_then_and_never_reopened_sooner(store):
    here, there = SqlLedger(store), SqlLedger(store)
    promise(store, note("a"))
    (a,) = here.claim_messages(NOW, 4, 3600)
    here.hold_bucket("b", later(60))
    there.hold_bucket("b", later(30))
    assert there.begin(a, "b", RATE, later(40)) == 20.0
    assert there.begin(a, "b", RATE, later(60)) == 0.0
    assert there.begin(a, "b", RATE, later(60)) > 0.0, "what waited does not leave in one burst"


def test_four_processes_claim_a_thousand_messages_and_none_of_them_twice(store, url):
    promise(store, *(note(f"{n}", room=f"{n}") for n in range(1000)))
    taken = claim_everything(url, lambda ledger: keys(ledger.claim_messages(NOW, 25, 3600)))
    assert len(taken) == 1000
    assert len(set(taken)) == 1000


def test_nobody_to_claim_for_is_no_error(store):
    ledger = SqlLedger(store)
    assert ledger.claim_messages(NOW, 5, 30) == ()
    assert ledger.next_message_at(NOW) is None
    assert ledger.troubles().rows == ()
    gone = Claimed(99, "x", note("a"), 1, False)
    assert not ledger.settle(gone, "failed", "", NOW)


def test_a_promise_and_a_due_carry_the_partnership_and_class_of_their_record(world):
    with world.writing() as archive:
        archive.add_issue(CLOCK, issue(scope=CROS))
        archive.promise(OutboxMessage("a", Letter("issue.card", "i1"), Audience(room="one"), NOW))
        archive.promise(note("b"))
        archive.schedule(Due("a", NOW, "ack", "i1"))
    with beside(world, writes=False) as record:
        columns = select(outbox.c.partnership, outbox.c.visibility).order_by(outbox.c.id)
        assert record.execute(columns).all() == [("P-NOR", "cro_internal"), ("", "")]
        columns = select(due.c.partnership, due.c.visibility)
        assert record.execute(columns).all() == [("P-NOR", "cro_internal")]
