"""One morning's digests: 1,000 managers, 200 partnerships, 100,000 records; made, counted and sent; JSON."""

import argparse
import asyncio
import gc
import json
import resource
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import event

import parley
from adapters.cli import demo
from adapters.slack import render as slack
from adapters.teams import render as teams
from benchmarks.rig.morning import AS_OF, MORNING, Morning
from benchmarks.rig.record import DATABASES, NoDatabase, record
from bot.clock import Clock
from bot.desk import Desk
from bot.outbox import Claimed, Parcel
from bot.views import Card
from playground.cast import Cast
from playground.faults import Fault
from playground.playground import Playground
from playground.server import listen, listening, playing, url
from storage import cast
from storage.outbox import SqlLedger
from storage.store import SqlStore

SIZES = (10, 100, 1_000)
MB = 1024.0  # of the kilobytes that the system counts in
AIM = 30.0  # milliseconds of a processor for each digest
SECRET = "benchmark"  # noqa: S105 - a secret of this run only
WAIT = 45.0  # seconds for which one reader is told to wait
PATIENCE = 900.0  # seconds for everything to be delivered
Json = dict[str, Any]


@dataclass
class Counted:
    """Statements of one store, and when they were all counted."""

    statements: int = 0

    def listen(self, store: SqlStore) -> None:
        """From now on."""
        for engine in (store.engines.reader, store.engines.writer):
            event.listen(engine, "before_cursor_execute", self._one)

    def _one(self, *of: object) -> None:
        self.statements += 1


class Bench:
    """The bot's own parts over the filled record, in a process without anything else."""

    def __init__(self, address: str) -> None:
        self.clock = Clock()
        self.clock.offset = MORNING - self.clock.wall()
        self.store = SqlStore(address, self.clock)
        self.desk, self.ledger = Desk(self.store, self.clock), SqlLedger(self.store)
        self.counted = Counted()
        self.counted.listen(self.store)

    def rung(self, count: int) -> float:
        """All dues of the morning, rung; seconds of a processor."""
        began, rang = time.process_time(), 0
        while claimed := self.ledger.claim_dues(self.clock.now(), self.clock.wall(), 20, 60.0):
            for one in claimed:
                self.desk.ring(one)
                self.ledger.finish_due(one, self.clock.wall())
                rang += 1
        assert rang == count, f"{rang} rang instead of {count}"  # noqa: S101 a benchmark checks itself
        return time.process_time() - began

    def composed(self, count: int) -> tuple[float, list[int]]:
        """All letters built for their readers and drawn; seconds of a processor, statements of each."""
        letters = self._letters(count)
        statements = []
        began = time.process_time()
        for one in letters:
            before = self.counted.statements
            drawn(self.desk.compose(one.message))
            statements.append(self.counted.statements - before)
        return time.process_time() - began, statements

    def _letters(self, count: int) -> list[Claimed]:
        found: list[Claimed] = []
        while more := self.ledger.claim_messages(self.clock.wall(), 200, 3600.0):
            found += [one for one in more if one.message.letter.kind == "digest.made"]
        assert len(found) == count, f"{len(found)} letters"  # noqa: S101 a benchmark checks itself
        return found


def drawn(parcel: Parcel | None) -> None:
    """As its platform shows it."""
    assert parcel is not None  # noqa: S101 everybody has something to read
    assert isinstance(parcel.view, Card)  # noqa: S101 no digest is a form
    if parcel.address.platform == "slack":
        slack.blocks(parcel.view)
    else:
        teams.adaptive(parcel.view, parcel.key)


def measured(morning: Morning, address: str, count: int) -> Json:
    """So many managers, from a cold start of everything that is kept in memory."""
    morning.awake(count)
    bench = Bench(address)
    gc.collect()
    began = time.perf_counter()
    ringing = bench.rung(count)
    composing, statements = bench.composed(count)
    seconds = time.perf_counter() - began
    bench.store.close()
    warm = sorted(statements)[: max(1, count * 9 // 10)]  # the first of a company looks its directory up
    return {
        "managers": count,
        "seconds": round(seconds, 2),
        "cpu_ms_each": round((ringing + composing) / count * 1000, 1),
        "cpu_ms_each_ringing": round(ringing / count * 1000, 1),
        "statements_each": {"fewest": statements and min(statements), "nine_in_ten_at_most": warm[-1]},
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB),
    }


async def delivered(morning: Morning, folder: Path, count: int) -> Json:
    """By the whole bot to both emulators, within their rate limits; one reader is told to wait."""
    ours, theirs = listen(), listen()
    settings = demo.settings(folder, ours.getsockname()[1], theirs.getsockname()[1], SECRET)
    tenants = ",".join(f"tenant-{n:02}" for n in range(1, 30))
    settings = settings.model_copy(update={"teams_tenants": f"{settings.teams_tenants},{tenants}"})
    clock = Clock()
    clock.offset = AS_OF - clock.wall()
    bot = parley.assemble(settings, clock)
    with bot.store.reading() as archive:
        everybody = cast.everyone(archive)
    # One token is one workspace.
    everybody["slack"] = [one for one in everybody["slack"] if one["id"] == "T0BENCH"]
    told = Cast.from_json(everybody)
    stage = Playground(told, url(ours), url(theirs), SECRET, demo.APP_ID)
    async with playing(stage, theirs), listening(bot.app, ours):
        await stage.install_everywhere()
        morning.awake(count)
        stage.faults.add(Fault("chat.postMessage", "429", 1, WAIT))
        clock.offset += MORNING - clock.now()
        bot.clockwork.start()
        found = await _until_sent(bot.store, count)
        await bot.clockwork.stop()
        for platform in bot.platforms:
            await platform.stop()
    bot.store.close()
    return found


SENT = "SELECT count(*) FROM outbox WHERE kind = 'digest.made' AND state = '{}'"


LOST = (
    "SELECT DISTINCT state || ': ' || reason FROM outbox WHERE kind = 'digest.made' AND state <> 'delivered'"
)


async def _until_sent(store: SqlStore, count: int) -> Json:
    """When they have theirs, and the longest time in which nobody got one, while one reader was waiting."""
    began = time.perf_counter()
    seen = [(0.0, 0)]  # seconds, and how many had theirs by then
    waiting = count
    while waiting and seen[-1][0] < PATIENCE:
        await asyncio.sleep(0.5)
        done, kept = await store.read(lambda: _counted(store, "delivered", "held"))
        waiting = count - done - kept
        if done > seen[-1][1]:
            seen.append((time.perf_counter() - began, done))
    with store.reading() as archive:
        lost = list(archive.connection.exec_driver_sql(LOST).scalars())
    early = [one for one in seen if one[1] < count]  # the last may be the one who was told to wait
    pauses = [later[0] - one[0] for one, later in pairwise(early)]
    return {
        "managers": count,
        "delivered": seen[-1][1],
        "not_delivered": lost,
        "seconds_for_half": round(next(at for at, done in seen if done * 2 >= count), 1),
        "seconds_for_all": round(seen[-1][0], 1),
        "one_was_told_to_wait_s": WAIT,
        "longest_pause_of_the_others_s": round(max(pauses, default=0.0), 1),
    }


def _counted(store: SqlStore, *states: str) -> list[int]:
    with store.reading() as archive:
        found = [archive.connection.exec_driver_sql(SENT.format(state)) for state in states]
        return [int(one.scalar_one()) for one in found]


def figures(found: list[Json], sent: Json | None, filled: float) -> Json:
    """With the aims; growth is that of one digest's processor time from the fewest managers to the most."""
    few, many = found[0], found[-1]
    each = [one["statements_each"]["fewest"] for one in found]
    aims = {
        "under_30_ms_each": many["cpu_ms_each"] < AIM,
        "as_many_statements_whatever_the_size": max(each) == min(each),
        "no_growth": many["cpu_ms_each"] <= few["cpu_ms_each"] * 1.2,
    }
    if sent:
        aims["all_delivered"] = sent["delivered"] == sent["managers"]
        aims["nobody_waits_for_anothers_429"] = sent["longest_pause_of_the_others_s"] < WAIT / 3
    growth = round(many["cpu_ms_each"] / few["cpu_ms_each"], 2)
    memory = many["memory_mb"] - few["memory_mb"]
    return {
        "benchmark": "digests",
        "seconds_to_fill": round(filled),
        "sizes": found,
        "growth_of_cpu_each": growth,
        "grew_by_mb": memory,
        "delivered": sent,
        "aims": aims,
    }


def main() -> int:
    """A few minutes: filling takes one of them, delivering to 1,000 people another."""
    told = argparse.ArgumentParser(prog="bench digests", description=__doc__)
    told.add_argument("--database", choices=DATABASES, default="sqlite")
    told.add_argument("--managers", type=int, nargs="*", default=SIZES)
    asked = told.parse_args()
    try:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parley-bench-")))
            where = stack.enter_context(record(asked.database, folder)).settings
            address = where["DATABASE_URL"]
            began = time.perf_counter()
            morning = Morning(where.get("DATABASE_OWNER_URL", address), where.get("DATABASE_ROLE", ""))
            filled = time.perf_counter() - began
            found = [measured(morning, address, count) for count in asked.managers]
            is_file = asked.database == "sqlite"
            sent = asyncio.run(delivered(morning, folder, max(asked.managers))) if is_file else None
            morning.store.close()
    except NoDatabase as missing:
        print(f"bench digests: {missing}", file=sys.stderr)  # noqa: T201 # the remedy, for people
        return 1
    print(json.dumps(figures(found, sent, filled), indent=2))  # noqa: T201 # printing is its work
    return 0


if __name__ == "__main__":
    sys.exit(main())
