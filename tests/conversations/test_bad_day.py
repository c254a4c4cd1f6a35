"""J10: the bot is down for days; what ran out meanwhile is told once, the gravest first, and how late."""

import logging
from datetime import UTC, datetime, timedelta

from bot.clock import system_time
from storage.outbox import SqlLedger

DARK = datetime(2026, 11, 13, 17, 30, tzinfo=UTC)
LATE = "Parley was not running then; this comes"
RAISED = {
    "NOR-ISS-008": "issue Minutes of the JOC are late, minor, owner @annika",
    "NOR-ISS-009": "issue Late site contracts, major, owner @annika",
    "NOR-ISS-010": "issue IRT is down at all sites, critical, owner @annika",
}
RANGS = (
    "SELECT record, what, payload FROM audit WHERE what IN ('issue.climb', 'issue.alarm') ORDER BY at, seq"
)


def told(world):
    """How often everybody was told of a climb of each of the three, by (who, which)."""
    return {
        (name, number): count
        for name in ("annika", "tomasz", "marcus", "david", "ingrid", "charlotte")
        for number in RAISED
        if (count := sum(f"{number} moves from" in one for one in world.as_(name).inbox))
    }


def in_the_dark(world):
    """Time goes by, nobody rings, and the bot is started again."""
    for words in RAISED.values():
        world.as_("annika").say(words)
    world.clock.offset += DARK - world.now()


def test_what_ran_out_in_the_dark_is_told_once_the_gravest_first_and_says_how_late_it_is(world, caplog):
    in_the_dark(world)
    with caplog.at_level(logging.INFO):
        world.restart()
        world.settle()
    lines = world.rows(RANGS)
    order = [line[0] for line in lines]
    assert [number for number in order if number in RAISED] == ["NOR-ISS-010", "NOR-ISS-009", "NOR-ISS-008"]
    severities = [world.rows(f"SELECT severity FROM issue WHERE id = '{one}'")[0][0] for one in order]  # noqa: S608 - our own words only
    assert severities == sorted(severities), "critical, major, minor, whosever they are"
    late = {line[0]: line[2] for line in lines}
    assert "not acknowledged by 2026-11-10 13:00Z" in late["NOR-ISS-010"]
    assert "told 3 days late, as Parley was not running" in late["NOR-ISS-010"]
    assert "told 2 days late" in late["NOR-ISS-009"]
    assert "told 30 minutes late" in late["NOR-ISS-008"]
    once = told(world)
    assert set(once.values()) == {1}
    for name in ("annika", "marcus", "david", "ingrid", "charlotte"):
        assert once[name, "NOR-ISS-010"] == 1
    assert f"{LATE} 3 days late." in next(
        one for one in world.as_("ingrid").inbox if "NOR-ISS-010 moves" in one
    )
    (said,) = (one.getMessage() for one in caplog.records if "rang late" in one.getMessage())
    assert "issue.ack" in said
    assert "IRT" not in said
    world.restart()
    world.settle()
    assert (told(world), len(world.rows(RANGS))) == (once, len(lines))


def test_a_kill_while_the_late_ones_ring_and_a_clock_set_back_lose_nothing_and_ring_nothing_twice(world):
    in_the_dark(world)
    ledger, wall = SqlLedger(world.bot.store), world.clock.wall()
    rung, *held = ledger.claim_dues(world.now(), wall, 50, 60)
    world.bot.clockwork.alarms.ring(rung)  # and then it is killed, with all the others in its hands
    world.restart()
    world.settle()
    before = told(world)
    assert {one.due.subject for one in held} > set(RAISED)
    world.clock.source = lambda: system_time() + timedelta(seconds=61)
    world.settle()
    after = told(world)
    assert set(after) > set(before)
    assert set(after.values()) == {1}
    lines = len(world.rows(RANGS))
    world.clock.source = lambda: system_time() - timedelta(hours=1)
    world.settle()
    assert len(world.rows(RANGS)) == lines, "nothing rings twice"
    world.clock.source = system_time
    world.pass_to(datetime(2026, 11, 16, 17, 1, tzinfo=UTC))
    climbed = [one for one in world.as_("ingrid").inbox if "NOR-ISS-009 moves from L2 to L3" in one]
    assert len(climbed) == 1, "what was set meanwhile rings at its time"
