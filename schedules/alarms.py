"""The alarms: claim what is due, in order, and hand each to the desk."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot import faults
from bot.clock import Clock
from bot.due import ClaimedDue, Due
from bot.ports import Ledger, Store

LOG = logging.getLogger("parley")
GRACE = timedelta(minutes=5)  # what rings later than this was not rung while it should have been
BATCH = 20
LEASE = 60.0  # seconds; a whole batch rings well within it


@dataclass
class Late:
    """What rang late in one go: how many of each kind, and by how much the latest of them."""

    kinds: Counter[str] = field(default_factory=Counter)
    most: timedelta = timedelta()

    def add(self, due: Due, now: datetime) -> None:
        """One that rang now."""
        if now - due.at > GRACE:
            self.kinds[due.kind] += 1
            self.most = max(self.most, now - due.at)

    def tell(self) -> None:
        """One line for the operator; nothing of what any of them said."""
        if self.kinds:
            counted = ", ".join(f"{count} {kind}" for kind, count in sorted(self.kinds.items()))
            hours = self.most.total_seconds() / 3600
            LOG.info("rang late, by at most %.1f hours: %s", hours, counted)


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
        """Ring until nothing is due that can be rung now; how many rang. What is late is said in the log."""
        rung, late = 0, Late()
        while claimed := await self._claim():
            for one in claimed:
                if await self._ring(one):
                    rung += 1
                    late.add(one.due, self.clock.now())
        late.tell()
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
            await self.store.write(lambda: self._rung(claimed))
        except Exception as error:
            faults.note(f"due {claimed.row} ({claimed.due.kind})", error)
            return False
        return True

    def _rung(self, claimed: ClaimedDue) -> None:
        """Rung, and then closed: whoever dies in between leaves it to be rung again, which does nothing."""
        self.ring(claimed)
        self.ledger.finish_due(claimed, self.clock.wall())
