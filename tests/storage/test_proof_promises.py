"""The proof looks at promises too: the next morning of each open one is set, and what is past has rung."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.actors import CLOCK
from bot.clock import Clock
from bot.governance.commitment import State
from storage import proof
from storage.proof_promises import wanted
from tests.storage.people import NOW
from tests.storage.test_record_commitments import commitment

OPEN = commitment("NOR-CMT-011", due=date(2026, 3, 20), remind=(0,))
ENDED = commitment("NOR-CMT-012", state=State.WITHDRAWN)


def clock(ahead=timedelta()):
    return Clock(lambda: NOW + ahead)


@pytest.fixture
def kept(world):
    with world.writing() as archive:
        for one in (OPEN, ENDED):
            archive.add_commitment(CLOCK, one)
        for due in wanted(archive, OPEN, NOW):
            archive.schedule(due)
    return world


def test_a_promise_whose_morning_is_set_is_proven_until_that_is_past_in_silence(kept):
    assert proof.prove(kept, clock()).found == ()
    late = proof.prove(kept, clock(datetime(2026, 3, 20, 13, tzinfo=UTC) - NOW))
    assert [(one.issue, one.kind, one.is_set) for one in late.found] == [
        ("NOR-CMT-011", "commit.remind", True)
    ]
    assert "the clock “commit.remind” of NOR-CMT-011 ran out" in next(proof.lines(late))


def test_what_is_missing_is_set_anew_and_the_record_says_so(kept):
    with kept.writing() as archive:
        archive.cancel("commit.remind:NOR-CMT-011")
    assert proof.prove(kept, clock()).missing == 1
    assert proof.mend(kept, clock()) == 1
    assert proof.prove(kept, clock()).found == ()
    with kept.reading() as archive:
        assert [one.what for one in archive.history(CLOCK, "NOR-CMT-011")] == [proof.MENDED]
