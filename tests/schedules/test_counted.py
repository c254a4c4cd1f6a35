"""What is counted for an operator: each attempt by its outcome, and how the queues stand."""

from datetime import timedelta

import pytest

from bot.due import Due
from bot.errors import Again, Ambiguous, Permanent
from storage.troubles import Standing, standing
from tests.schedules.wire import START, Mishap, message

OUTCOMES = {
    "again": Again("busy"),
    "ambiguous": Ambiguous("who knows"),
    "permanent": Permanent("never"),
}


@pytest.fixture
def counted(office):
    """What was counted, in order."""
    found = []
    office.post.tally = lambda platform, outcome: found.append((platform, outcome))
    return found


@pytest.mark.parametrize("outcome", OUTCOMES)
async def test_an_attempt_counts_by_its_outcome(office, counted, outcome):
    office.wire.mishaps["one"].append(Mishap(OUTCOMES[outcome]))
    office.promise(message("a"), message("b", "two"))
    await office.post.drain()
    assert sorted(counted) == sorted([("wire", outcome), ("wire", "delivered")])


async def test_a_fault_of_a_courier_counts_as_nobody_knowing(office, counted):
    office.wire.mishaps["one"].append(Mishap(LookupError("a bug")))
    office.promise(message("a"))
    await office.post.drain()
    assert counted == [("wire", "ambiguous")]


async def test_the_queues_stand_as_an_operator_should_see_them(office):
    assert look(office) == Standing(0, 0, 0, 0.0, 0)
    office.wire.mishaps["one"].append(Mishap(Permanent("never")))
    office.wire.mishaps["two"].append(Mishap(Again("busy")))
    office.promise(message("a"), message("b", "two"), message("c", "two"))
    with office.store.writing() as archive:
        archive.schedule(Due("k", START + timedelta(seconds=60), "issue.ack", "X"))
    await office.post.drain()
    assert look(office) == Standing(2, 0, 1, 0.0, 0)
    office.wall.pass_(90)
    assert look(office) == Standing(2, 0, 1, 90.0, 1)


def look(office) -> Standing:
    return standing(office.store, office.clock)
