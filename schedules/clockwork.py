"""What makes the workers move: a few fixed jobs and a nudge after each commit; all memory is in SQL."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import faults
from schedules.alarms import Alarms
from schedules.post import Post

TICK = 1.0  # seconds between looks at the tables, for what another process wrote
AUDITED = 300.0  # seconds between two proofs that every clock is set and has rung
SOONEST = 0.25  # seconds; the shortest nap while conversations are paced: each look costs a transaction
Work = Callable[[], Awaitable[int]]
JOB = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}


def in_turn(*works: Work) -> Work:
    """Several pieces of work as one: each is done, also after one that failed, whose fault is raised then."""

    async def work() -> int:
        done = [await _alone(one) for one in works]
        if fault := next((one for one in done if isinstance(one, Exception)), None):
            raise fault
        return sum(one for one in done if isinstance(one, int))

    return work


async def _alone(work: Work) -> int | Exception:
    try:
        return await work()
    except Exception as fault:
        return fault


class Wheel:
    """One worker: drains whenever it is woken, never twice at once."""

    def __init__(self, name: str, drain: Callable[[], Awaitable[int]], wake: asyncio.Event) -> None:
        self.name = name
        self.drain = drain
        self.wake = wake
        self.lock = asyncio.Lock()

    async def turn(self) -> int:
        """Drain once, after whoever is draining now."""
        async with self.lock:
            return await self.drain()

    async def run(self, after: Callable[[int], Awaitable[None]], stopping: asyncio.Event) -> None:
        """Turn at every waking until told to stop; a fault is logged and the next waking tries again."""
        while not stopping.is_set():
            await self.wake.wait()
            self.wake.clear()
            try:
                await after(await self.turn())
            except Exception as error:
                faults.note(f"worker {self.name}", error)

    async def tick(self) -> None:
        """A job only sets an event: a scheduler that shuts down cancels what its jobs are doing."""
        self.wake.set()


class Clockwork:
    """Runs alarms, post, the sweep and the auditor in one event loop.

    `sweep` is what must be done each day, asked each hour; it gives how many rows it changed. `audit` gives
    how many clocks it found late or missing.
    """

    def __init__(self, post: Post, alarms: Alarms, sweep: Work, audit: Work, tick: float = TICK) -> None:
        self.post = post
        self.tick = tick
        self.alarms = alarms
        self.ringing = Wheel("alarms", alarms.drain, asyncio.Event())
        self.sending = Wheel("post", post.drain, post.fresh)
        self.sweeping = Wheel("sweep", sweep, asyncio.Event())
        self.auditing = Wheel("auditor", audit, asyncio.Event())
        self.stopping = asyncio.Event()
        self.workers: list[asyncio.Task[None]] = []
        self.audits: asyncio.Task[None] | None = None
        self.loop: asyncio.AbstractEventLoop | None = None
        self.scheduler: AsyncIOScheduler | None = None

    def start(self) -> None:
        """Start the workers and the jobs in the running loop; what piled up meanwhile goes at once."""
        self.loop = asyncio.get_running_loop()
        self.stopping.clear()
        self.post.halted = self.alarms.halted = False
        steps = ((self.ringing, self._rung), (self.sending, self._sent), (self.sweeping, self._done))
        self.workers = [asyncio.create_task(wheel.run(after, self.stopping)) for wheel, after in steps]
        self.audits = asyncio.create_task(self.auditing.run(self._done, self.stopping))
        self.scheduler = AsyncIOScheduler(jobstores={"default": MemoryJobStore()}, timezone=UTC)
        for wheel in (self.ringing, self.sending):
            self.scheduler.add_job(wheel.tick, "interval", seconds=self.tick, id=wheel.name, **JOB)
        self.scheduler.add_job(self.sweeping.tick, "interval", hours=1, id="sweep", **JOB)
        self.scheduler.add_job(self.auditing.tick, "interval", seconds=AUDITED, id="auditor", **JOB)
        self.scheduler.start()
        for wheel in (self.ringing, self.sending, self.sweeping):
            wheel.wake.set()

    async def stop(self) -> None:
        """Take on nothing more, finish what is under way, and return."""
        if self.scheduler is not None:
            self.scheduler.shutdown(wait=False)
            self.scheduler = None
        self.post.halted = self.alarms.halted = True
        self.stopping.set()
        for wheel in (self.ringing, self.sending, self.sweeping):
            wheel.wake.set()
        await asyncio.gather(*self.workers)
        self.workers = []
        if self.audits is not None:
            self.audits.cancel()  # it only looks, and may have much to look at
            await asyncio.gather(self.audits, return_exceptions=True)
            self.audits = None

    def wake_post(self) -> None:
        """Something was promised: call it after the commit, from any thread."""
        self._wake(self.sending)

    def wake_alarms(self) -> None:
        """A due was set, or business time was moved: call it after the commit, from any thread."""
        self._wake(self.ringing)

    async def settle(self, patience: float = 0.0) -> None:
        """Run alarms and post until both are idle; wait up to `patience` seconds for what is only paced."""
        while True:
            if await self.ringing.turn() + await self.sending.turn():
                continue
            nap = await self._until_next_message()
            if nap is None or nap > patience:
                return
            patience -= nap
            await asyncio.sleep(nap)

    async def push(self, to: datetime, set_now: Callable[[datetime], None]) -> None:
        """Move business time forward to `to`, from due to due, and settle at each; never backwards."""
        last = None
        # The same time twice means that nobody rings it: rather late than for ever.
        while (at := await self.alarms.next_at()) is not None and at <= to and at != last:
            set_now(max(at, self.alarms.clock.now()))
            await self.settle()
            last = at
        set_now(max(to, self.alarms.clock.now()))
        await self.settle()

    def _wake(self, wheel: Wheel) -> None:
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(wheel.wake.set)

    async def _rung(self, rung: int) -> None:
        if rung:
            self.sending.wake.set()

    async def _sent(self, attempts: int) -> None:
        """Between two ticks, a paced conversation goes on as soon as its rate allows."""
        nap = await self._until_next_message()
        if nap is not None and nap < self.tick:
            asyncio.get_running_loop().call_later(nap, self.sending.wake.set)

    async def _done(self, found: int) -> None:
        """Nothing follows from a sweep or a proof."""

    async def _until_next_message(self) -> float | None:
        """Seconds of wall time until the post has something to do; None where it has nothing."""
        at = await self.post.next_at()
        if at is None:
            return None
        return max(SOONEST, (at - self.post.clock.wall()).total_seconds())
