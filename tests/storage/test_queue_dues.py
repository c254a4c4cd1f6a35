"""The due table on both databases: set once, cancelled with its state, rung by one worker."""

from datetime import datetime, timedelta

from bot.due import Due
from storage.outbox import SqlLedger
from tests.storage.rivals import claim_everything, patiently, rivals

NOW = datetime.fromisoformat("2026-03-02T09:00:00+00:00")


def later(seconds):
    return NOW + timedelta(seconds=seconds)


def schedule(store, *dues):
    with store.writing() as archive:
        for due in dues:
            archive.schedule(due)


def keys(claimed):
    return [one.due.key for one in claimed]


def test_dues_come_soonest_first_and_not_before_their_time(store):
    schedule(
        store,
        Due("b", later(20), "ack", "i"),
        Due("a", later(10), "ack", "i"),
        Due("c", later(30), "ack", "i"),
    )
    ledger = SqlLedger(store)
    assert ledger.next_due_at() == later(10)
    assert ledger.claim_dues(later(9), NOW, 5, 30) == ()
    claimed = ledger.claim_dues(later(20), NOW, 5, 30)
    assert keys(claimed) == ["a", "b"]
    assert claimed[0].due == Due("a", later(10), "ack", "i")
    assert ledger.next_due_at() == later(30), "those that are being rung are somebody's already"


def test_the_same_clock_set_again_is_moved_not_doubled(store):
    ledger = SqlLedger(store)
    schedule(store, Due("a", later(10), "ack", "i"))
    schedule(store, Due("a", later(50), "ack", "i"))
    assert ledger.claim_dues(later(20), NOW, 5, 30) == ()
    assert keys(ledger.claim_dues(later(50), NOW, 5, 30)) == ["a"]


def test_a_cancelled_due_is_never_claimed_and_its_key_is_free_again(store):
    ledger = SqlLedger(store)
    schedule(store, Due("a", NOW, "ack", "i"))
    with store.writing() as archive:
        archive.cancel("a")
        archive.cancel("never set")
    assert ledger.claim_dues(later(99), NOW, 5, 30) == ()
    assert ledger.next_due_at() is None
    schedule(store, Due("a", later(1), "ack", "i"))
    assert keys(ledger.claim_dues(later(1), NOW, 5, 30)) == ["a"]


def test_a_due_set_anew_while_it_rings_is_not_closed_with_the_old_one(store):
    ledger = SqlLedger(store)
    schedule(store, Due("a", NOW, "ack", "i"))
    (ringing,) = ledger.claim_dues(NOW, NOW, 5, 30)
    schedule(store, Due("a", later(60), "ack", "i"))
    assert not ledger.finish_due(ringing, NOW)
    (anew,) = ledger.claim_dues(later(60), NOW, 5, 30)
    assert anew.row != ringing.row
    assert ledger.finish_due(anew, NOW)
    assert ledger.claim_dues(later(99), later(99), 5, 30) == ()


def test_a_due_cancelled_while_it_rings_stays_cancelled(store):
    ledger = SqlLedger(store)
    schedule(store, Due("a", NOW, "ack", "i"))
    (ringing,) = ledger.claim_dues(NOW, NOW, 5, 30)
    with store.writing() as archive:
        archive.cancel("a")
    assert not ledger.finish_due(ringing, NOW)
    assert ledger.claim_dues(later(99), later(99), 5, 30) == ()


def test_a_lease_that_ends_hands_the_due_to_the_next_and_the_first_no_longer_counts(store):
    ledger = SqlLedger(store)
    schedule(store, Due("a", NOW, "ack", "i"))
    (lost,) = ledger.claim_dues(NOW, NOW, 5, 30)
    assert ledger.claim_dues(NOW, later(29), 5, 30) == ()
    (kept,) = ledger.claim_dues(NOW, later(30), 5, 30)
    assert not ledger.finish_due(lost, later(31))
    assert ledger.finish_due(kept, later(31))
    assert not ledger.finish_due(kept, later(32)), "once is enough"


def test_four_processes_claim_a_thousand_dues_and_none_of_them_twice(store, url):
    schedule(store, *(Due(f"{n}", NOW, "ack", "i") for n in range(1000)))
    taken = claim_everything(url, lambda ledger: keys(ledger.claim_dues(NOW, NOW, 25, 3600)))
    assert len(taken) == 1000
    assert len(set(taken)) == 1000


def test_two_replicas_that_set_the_same_clock_at_once_leave_one_of_it(store, url):
    rivals(url, lambda other: patiently(lambda: schedule(other, Due("a", later(5), "ack", "i"))))
    assert keys(SqlLedger(store).claim_dues(later(99), NOW, 50, 30)) == ["a"]


def test_of_those_that_are_late_together_the_gravest_comes_first_then_the_soonest(store):
    ledger = SqlLedger(store)
    ranks = (
        ("minor", 2, 1),
        ("major", 1, 3),
        ("critical", 0, 5),
        ("graver", 0, 4),
        ("to come", 0, 90),
    )
    schedule(store, *(Due(key, later(at), "ack", "i", rank) for key, rank, at in ranks))
    assert ledger.next_due_at() == later(1)
    assert keys(ledger.claim_dues(later(9), NOW, 2, 30)) == ["graver", "critical"]
    assert keys(ledger.claim_dues(later(9), NOW, 5, 30)) == ["major", "minor"]


def test_a_machine_whose_clock_was_set_back_waits_for_no_lease_of_the_future(store):
    ledger = SqlLedger(store)
    schedule(store, Due("a", NOW, "ack", "i"))
    ledger.claim_dues(NOW, later(3600), 5, 30)
    assert keys(ledger.claim_dues(NOW, NOW, 5, 30)) == ["a"]
