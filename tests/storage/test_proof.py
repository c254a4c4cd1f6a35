"""The auditor: it finds every clock that should be set and is not, or should have rung and has not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.actors import CLOCK
from bot.clock import Clock
from bot.governance import clocks
from bot.governance.clocks import Kind
from bot.governance.issue import State
from bot.handlers.issue import dues, set_clocks
from storage import checkup, proof
from storage.outbox import SqlLedger
from storage.proof import Auditor, Proven
from tests.storage.people import CALENDAR, NOW, OTHERS, issue

LIMIT = clocks.wanted(issue(), CALENDAR)[Kind.LEVEL]


@pytest.fixture
def kept(world):
    """Two partnerships' issues, more than a page of them, every clock set."""
    issues = [issue(f"i{n:03}") for n in range(proof.PAGE + 3)]
    issues += [issue("other", OTHERS, ack_due=LIMIT), issue("over", state=State.CLOSED)]
    with world.writing() as archive:
        for one in issues:
            archive.add_issue(CLOCK, one)
            set_clocks(archive, CALENDAR, one)
    return world


def proven(store, after=timedelta()):
    return proof.prove(store, Clock(lambda: NOW + after))


def test_where_every_clock_is_set_and_none_is_past_nothing_is_found(kept):
    found = proven(kept)
    assert (found.issues, found.late, found.missing, found.found) == (proof.PAGE + 4, 0, 0, ())
    assert list(proof.lines(found)) == []


def test_a_clock_that_somebody_took_away_is_found_and_named_and_set_by_mending(kept, world_url):
    kept_key = f"issue.level:i{proof.PAGE + 1:03}"
    with kept.writing() as archive:
        archive.cancel(kept_key)
        archive.cancel("issue.ack:other")
    found = proven(kept)
    assert (found.late, found.missing) == (0, 2)
    lines = list(proof.lines(found))
    assert lines[0].startswith(
        f"the clock “level” of i{proof.PAGE + 1:03}, {LIMIT:%Y-%m-%d %H:%M}Z, is not set"
    )
    assert "TMF" not in " ".join(lines)
    clock = Clock(lambda: NOW)
    assert any(line == lines[1] and not fine for fine, line in checkup.look(world_url, clock))
    told = checkup.look(world_url, clock, mend=True)
    assert any(line.startswith("clocks set anew: 2") for _, line in told)
    assert proven(kept).missing == 0


def test_one_set_for_a_later_moment_than_agreed_is_missing_too(kept):
    with kept.writing() as archive:
        (due, *_) = dues(issue("i000"), CALENDAR)
        archive.schedule(replace(due, at=due.at + timedelta(hours=1)))
    assert proven(kept).missing == 1


def test_clocks_that_are_past_and_silent_are_late_until_they_have_rung(kept):
    ahead = LIMIT - NOW
    assert proven(kept, ahead + timedelta(minutes=4)).late == 0, "somebody may be ringing it at this moment"
    silent = proven(kept, ahead + timedelta(minutes=6))
    assert (silent.late, silent.missing) == (proof.PAGE + 4 + 1, 0), "the other one has two clocks"
    assert len(list(proof.lines(silent))) == proof.SHOWN + 1


def test_one_that_was_rung_without_a_word_in_the_record_is_missing(kept):
    ledger = SqlLedger(kept)
    claimed = ledger.claim_dues(LIMIT, NOW, 500, 60)
    for one in claimed:
        ledger.finish_due(one, NOW)
    assert proven(kept).missing == len(claimed)


async def test_the_auditor_goes_through_all_pages_and_hands_on_what_it_found(kept):
    told: list[Proven] = []
    with kept.writing() as archive:
        archive.cancel("issue.level:i000")
    assert await Auditor(kept, Clock(lambda: NOW), told.append).run() == 1
    (one,) = told
    assert (one.at, one.issues, one.missing) == (NOW, proof.PAGE + 4, 1)
