"""What is done once a day: what is kept no longer goes, and reviews of access are set."""

from datetime import UTC, date
from functools import partial

from bot.actors import CLOCK
from bot.clock import Clock
from bot.handlers import digest_set, setup_review
from bot.intents import Handle, Intent, Place
from bot.ports import Request
from storage import retention
from storage.store import SqlStore


class Daily:
    """Each part is a transaction of its own; of several processes one does it, the others find it done."""

    def __init__(self, store: SqlStore, clock: Clock) -> None:
        self.store = store
        self.clock = clock

    async def run(self) -> int:
        """Everything that is to be done today; how many rows went or came."""
        done = await self.store.sweep()
        done += await self.store.write(self._tidy)
        for partnership in await self.store.read(self._over):
            done += await self.store.write(partial(self._erase, partnership))
        return done + await self.store.write(self._reviews) + await self.store.write(self._digests)

    def _tidy(self) -> int:
        with self.store.writing() as archive:
            return retention.tidy(archive, self.clock.now(), self.clock.wall())

    def _over(self) -> tuple[str, ...]:
        with self.store.reading() as archive:
            return tuple(one for one, _ in retention.ripe(archive, self._today))

    def _erase(self, partnership: str) -> int:
        """Once only each day: whoever comes second waits for the first and does nothing."""
        with self.store.writing() as archive:
            key = f"retention:{partnership}:{self._today.isoformat()}"
            until = dict(retention.ripe(archive, self._today)).get(partnership)
            if until is None or not archive.once(key, None, self.clock.wall()):
                return 0
            return retention.erase(archive, partnership, until, self.clock.now())

    def _reviews(self) -> int:
        with self.store.writing() as archive:
            nobody = Intent(Handle("", "", ""), Place("", "", ""), "")
            return setup_review.schedule(Request(archive, CLOCK, nobody, self.clock.now(), self.clock.wall()))

    def _digests(self) -> int:
        """For people who have no setting yet: those of a record that is older than digests."""
        with self.store.writing() as archive:
            return digest_set.complete(archive, self.clock.now())

    @property
    def _today(self) -> date:
        return self.clock.now().astimezone(UTC).date()
