"""10,000 alarms at once, among up to 1,000,000 that are set: claimed, settled and handled; prints JSON."""

import argparse
import asyncio
import gc
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, insert, text, update

import parley
from benchmarks.rig.record import DATABASES, NoDatabase, record
from bot.actors import CLOCK
from bot.clock import Clock
from bot.desk import Desk
from bot.due import ClaimedDue, Due
from bot.governance import escalation
from bot.governance.escalation import Severity
from bot.governance.issue import Graded, State
from bot.handlers.issue import set_clocks
from schedules.alarms import BATCH, LEASE, Alarms
from storage import migrate
from storage.load.file import load
from storage.outbox import SqlLedger
from storage.queues import due
from storage.store import SqlStore
from storage.told import Worker

AS_OF = datetime(2026, 11, 10, 9, tzinfo=UTC)
LATER = AS_OF + timedelta(days=400)  # when what is only stored would ring
LIKE = "NOR-ISS-006"  # of the example: every issue here is one like it, raised at AS_OF
CHUNK = 20_000  # rows of one insert
RIPE, HANDLED = 10_000, 1_000  # dues that ring; those of them that have an issue which climbs
STORED = (10_000, 1_000_000)
TICK = 0.001  # seconds between two looks at whether the event loop still answers
Json = dict[str, Any]


@dataclass
class Loop:
    """How long the event loop was kept from its own work, in seconds, look by look."""

    blocks: list[float] = field(default_factory=list)

    async def watch(self) -> None:
        """Until it is cancelled."""
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK)
            self.blocks.append(time.perf_counter() - before - TICK)

    @property
    def figures(self) -> Json:
        """In milliseconds."""
        found = sorted(self.blocks) or [0.0]
        return {
            "longest_block_ms": round(found[-1] * 1000, 1),
            "p999_block_ms": round(found[int(len(found) * 0.999)] * 1000, 1),
        }


@asynccontextmanager
async def watched() -> AsyncIterator[Loop]:
    """Around what is measured."""
    loop = Loop()
    watching = asyncio.create_task(loop.watch())
    try:
        yield loop
    finally:
        watching.cancel()


class Town:
    """A record with the example, `stored` dues far ahead, and what rings."""

    def __init__(self, url: str, owner: str, role: str, stored: int) -> None:
        migrate.upgrade(owner, role)
        self.clock = Clock()
        self.clock.offset = AS_OF - self.clock.wall()
        self.store = SqlStore(url, self.clock)
        load(self.store, parley.EXAMPLE.read_text(encoding="utf-8"), AS_OF)
        self.ledger = SqlLedger(self.store)
        self._store(stored, LATER, "later")

    def _store(self, count: int, at: datetime, name: str, subject: str = "") -> None:
        """So many open dues, a second apart, of all ranks."""
        for first in range(0, count, CHUNK):
            numbers = range(first, min(count, first + CHUNK))
            dues = (
                Due(f"{name}:{n}", at + timedelta(seconds=n), "issue.ack", subject, n % 3) for n in numbers
            )
            rows = [{**asdict(one), "partnership": "", "visibility": "", "state": "open"} for one in dues]
            with self.ledger.writing() as archive:
                archive.connection.execute(insert(due), rows)
        with self.ledger.writing() as archive:
            if archive.dialect == "postgresql":
                archive.run(text("ANALYZE due"))

    def make_ripe(self, count: int, name: str) -> None:
        """So many that are ripe now and whose issue is over: each is looked at again, and nothing happens."""
        self._store(count, self.clock.now() - timedelta(days=1), name, "NOR-ISS-004")

    def raise_issues(self, count: int) -> None:
        """So many issues that nobody acknowledges, with all their clocks."""
        with self.store.reading() as archive:
            like = archive.issue(CLOCK, LIKE)
            calendar = archive.calendar(CLOCK, "P-NOR")
        assert like is not None  # noqa: S101 the example has it
        for first in range(0, count, 100):
            with self.store.writing() as archive:
                for n in range(first, min(count, first + 100)):
                    issue = replace(
                        like,
                        id=f"BEN-ISS-{n:05}",
                        number=f"BEN-ISS-{n:05}",
                        raised_at=AS_OF,
                        level_entered_at=AS_OF,
                        acknowledged_at=None,
                        acknowledged_by="",
                        severity=Severity.MAJOR,
                        ack_due=escalation.ack_limit(like.rules[Severity.MAJOR], calendar, AS_OF),
                        plan=None,
                        state=State.NEW,
                        grades=(Graded(AS_OF, Severity.MAJOR),),
                        rang={},
                        moved_at=AS_OF,
                        alarmed_at=None,
                    )
                    archive.add_issue(CLOCK, issue)
                    set_clocks(archive, calendar, issue)

    def free(self) -> None:
        """Nothing that was made ripe is ripe any more."""
        with self.ledger.writing() as archive:
            archive.run(
                update(due).where(due.c.at <= bindparam("now"), due.c.state == "open").values(state="done"),
                now=self.clock.now(),
            )


async def drained(town: Town, ring: Callable[[ClaimedDue], None]) -> Json:
    """Everything that is ripe, rung. What filling the tables left behind is put away before."""
    gc.collect()
    gc.freeze()
    alarms = Alarms(town.ledger, town.store, ring, town.clock)
    async with watched() as loop:
        began = time.perf_counter()
        rung = await alarms.drain()
        seconds = time.perf_counter() - began
    return {
        "rang": rung,
        "seconds": round(seconds, 2),
        "each_ms": round(seconds / max(rung, 1) * 1000, 3),
        **loop.figures,
    }


def bare(town: Town, count: int) -> Json:
    """The same updates in a bare loop, each a transaction: a batch claimed by its rows, a row closed."""
    began = time.perf_counter()
    claim = (
        update(due)
        .where(due.c.id.in_(bindparam("rows", expanding=True)))
        .values(lease="bare", lease_until=bindparam("until"))
    )
    close = update(due).where(due.c.id == bindparam("row")).values(state="done", lease=None, lease_until=None)
    with town.ledger.reading() as archive:
        ripe = due.select().where(due.c.state == "open", due.c.at <= town.clock.now()).limit(count)
        rows = [row.id for row in archive.run(ripe)]
    until = town.clock.wall() + timedelta(seconds=LEASE)
    for first in range(0, len(rows), BATCH):
        batch = rows[first : first + BATCH]
        with town.ledger.writing() as archive:
            archive.run(claim, rows=batch, until=until)
        for row in batch:
            with town.ledger.writing() as archive:
                archive.run(close, row=row)
    seconds = time.perf_counter() - began
    return {"seconds": round(seconds, 2), "each_ms": round(seconds / max(len(rows), 1) * 1000, 3)}


async def idle() -> Json:
    """How the loop fares on this machine when nothing is asked of it."""
    async with watched() as loop:
        await asyncio.sleep(2)
    return loop.figures


async def measured(url: str, owner: str, role: str, stored: int) -> Json:
    """One size: claimed and settled, the same bare, and handled."""
    town = Town(url, owner, role, stored)
    town.make_ripe(RIPE, "plain")
    settled = await drained(town, lambda claimed: None)
    town.make_ripe(RIPE, "bare")
    base = await asyncio.to_thread(bare, town, RIPE)
    ring = Desk(town.store, town.clock).ring
    town.clock.offset += timedelta(days=1, hours=8, minutes=30)  # past an acknowledgement, and nothing else
    first = await drained(town, ring)  # what the example itself has to say, and what is imported for it once
    town.make_ripe(RIPE - HANDLED, "over")
    town.raise_issues(HANDLED)
    handled = await drained(town, ring)
    with town.store.reading() as archive:
        archive.works(Worker.CHECKUP)
        climbed = archive.run(
            text("SELECT count(*) FROM issue WHERE id LIKE 'BEN-%' AND level = 'L2'")
        ).scalar_one()
        promised = archive.run(text("SELECT count(*) FROM outbox WHERE kind LIKE 'issue.%'")).scalar_one()
    town.store.close()
    ratio = round(settled["seconds"] / base["seconds"], 2)
    sound = settled["rang"] == handled["rang"] == RIPE and climbed == HANDLED
    return {
        "stored": stored,
        "claimed_and_settled": settled,
        "bare_updates": base,
        "ratio_to_bare": ratio,
        "first_of_their_kind": first,
        "handled": handled | {"climbed": climbed, "messages_promised": promised},
        "sound": sound,
    }


def _growth(few: Json, many: Json, bare: float) -> float:
    """From the smallest record to the largest, beside how much the bare loop grew: 1.0 is not at all."""
    grown: float = many["seconds"] / few["seconds"] / bare
    return round(grown, 2)


def figures(found: list[Json], quiet: Json) -> Json:
    """With the aims."""
    few, many = found[0], found[-1]
    bare = many["bare_updates"]["seconds"] / few["bare_updates"]["seconds"]
    growth = {name: _growth(few[name], many[name], bare) for name in ("claimed_and_settled", "handled")}
    longest = max(one[name]["longest_block_ms"] for one in found for name in growth)
    aims = {
        "grows_with_what_is_due": max(growth.values()) < 1.5,
        "block_under_20_ms": longest < 20,
    }
    return {
        "benchmark": "clocks",
        "ripe": RIPE,
        "idle_loop": quiet,
        "sizes": found,
        "growth": growth,
        "aims": aims,
    }


def main() -> int:
    """A few minutes; most of it is filling the tables."""
    told = argparse.ArgumentParser(prog="bench clocks", description=__doc__)
    told.add_argument("--database", choices=DATABASES, default="sqlite")
    told.add_argument("--stored", type=int, nargs="*", default=STORED)
    asked = told.parse_args()
    found = []
    try:
        for stored in asked.stored:
            with ExitStack() as stack:
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parley-bench-")))
                where = stack.enter_context(record(asked.database, folder)).settings
                url = where["DATABASE_URL"]
                owner, role = where.get("DATABASE_OWNER_URL", url), where.get("DATABASE_ROLE", "")
                found.append(asyncio.run(measured(url, owner, role, stored)))
    except NoDatabase as missing:
        print(f"bench clocks: {missing}", file=sys.stderr)  # noqa: T201 # the remedy, for people
        return 1
    told_of = figures(found, asyncio.run(idle())) | {"database": asked.database}
    print(json.dumps(told_of, indent=2))  # noqa: T201 # printing is its work
    return 0


if __name__ == "__main__":
    sys.exit(main())
