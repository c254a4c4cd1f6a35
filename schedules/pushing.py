"""Living business time forward, from due to due: only the playground and tests ever do it."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.actors import CLOCK
from bot.clock import Clock
from bot.ports import Store
from schedules.clockwork import Clockwork

STEPS = {"hour": timedelta(hours=1), "week": timedelta(days=7)}


class Push:
    """Moves the clock; `keep` stores the new offset, so that a restart knows it."""

    def __init__(
        self,
        clockwork: Clockwork,
        store: Store,
        clock: Clock,
        keep: Callable[[timedelta], Awaitable[None]],
    ) -> None:
        self.clockwork = clockwork
        self.store = store
        self.clock = clock
        self.keep = keep

    async def by(self, step: str) -> str | None:
        """One hour, one business day or one week; the new time, None for an unknown step."""
        at = self._after(step)
        if at is None:
            return None
        await self.to(at)
        return self.clock.now().isoformat()

    async def to(self, at: datetime) -> None:
        """A week's push is a week lived, not an outage."""
        await self.clockwork.push(at, self._set_now)
        await self.keep(self.clock.offset)

    def _after(self, step: str) -> datetime | None:
        now = self.clock.now()
        if step != "business_day":
            return now + STEPS[step] if step in STEPS else None
        with self.store.reading() as archive:
            calendar = archive.calendar(CLOCK, archive.partnerships(CLOCK)[0].id)
        return datetime.combine(calendar.business_day_after(now.date(), 1), now.timetz())

    def _set_now(self, at: datetime) -> None:
        self.clock.offset = at - self.clock.wall()
