"""The alarms: claim what is due, in order, and hand each to the desk."""

from collections.abc import Callable
from datetime import datetime

from bot import faults
from bot.clock import Clock
from bot.due import ClaimedDue
from bot.ports import Ledger, Store

BATCH = 20
LEASE = 60.0  # seconds; a whole batch rings well within it


class Alarms:
    """Rings every due whose business time has come. `ring` opens its own transaction and rings once only."""

    def __init__(
        self, ledger: Ledger, store: Store, ring: Callable[[ClaimedDue], None], clock: Clock
    ) -> None:
        self.ledger = ledger
        self.store = store
        self.ring = ring
        self.clock = clock
        self.halted = False

    async def drain(self) -> int:
        """Ring until nothing is due that can be rung now; how many rang."""
        rung = 0
        while claimed := await self._claim():
            for due in claimed:
                rung += await self._ring(due)
        return rung

    async def next_at(self) -> datetime | None:
        """Business time of the soonest due that nobody holds or has tried and left."""
        return await self.store.read(self.ledger.next_due_at)

    async def _claim(self) -> tuple[ClaimedDue, ...]:
        if self.halted:
            return ()
        now, wall = self.clock.now(), self.clock.wall()
        return await self.store.write(lambda: self.ledger.claim_dues(now, wall, BATCH, LEASE))

    async def _ring(self, claimed: ClaimedDue) -> bool:
        """Ring one. A fault leaves it under its lease, to be tried again when that ends; others go on."""
        try:
            await self.store.write(lambda: self.ring(claimed))
            await self.store.write(lambda: self.ledger.finish_due(claimed, self.clock.wall()))
        except Exception as error:
            faults.note(f"due {claimed.row} ({claimed.due.kind})", error)
            return False
        return True
