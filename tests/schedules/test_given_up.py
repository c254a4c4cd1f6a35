"""What did not arrive one way: when the desk is asked for another, and when it is not."""

import pytest

from bot.errors import Again, Ambiguous, Permanent
from tests.schedules.wire import Mishap, message

ALARM = "issue.alarm"


async def test_what_can_never_arrive_goes_another_way_and_troubles_nobody(office):
    office.scribe.another_way = True
    office.wire.mishaps["one"].append(Mishap(Permanent("user_not_found")))
    office.promise(message("a"), message("b"))
    await office.post.drain()
    assert office.scribe.missing == [("a", "failed", 1, False)]
    assert office.wire.words("one") == ["b"]
    assert office.troubles().counts == {}


async def test_an_alarm_waits_twenty_minutes_for_a_platform_and_anything_else_a_day(office):
    office.scribe.another_way = True
    for room in ("one", "two"):
        office.wire.mishaps[room].extend([Mishap(Again("server busy"))] * 99)
    office.promise(message("a", "one", ALARM), message("b", "two"))
    await office.drain_for(1800, step=30)
    assert office.scribe.missing == [("a", "failed", 12, False)]
    assert office.troubles().counts == {"open": 1}


@pytest.mark.parametrize(("kind", "asked"), [(ALARM, [("a", "held", 12, True)]), ("note", [])])
async def test_what_may_have_arrived_is_said_again_elsewhere_only_where_somebody_must_hear_it(
    office, kind, asked
):
    office.wire.mishaps["one"].extend([Mishap(Ambiguous("no answer"))] * 99)
    office.wire.blind = True
    office.promise(message("a", "one", kind))
    await office.drain_for(7200, step=60)
    assert office.scribe.missing == asked
    assert office.states() == {"room:one": "held"}
