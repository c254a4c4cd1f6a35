"""A post office and its alarms around a real database, a standing clock and a wire of memory."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.clock import Clock
from bot.outbox import Claimed, OutboxMessage
from schedules.post import Post
from storage import migrate
from storage.outbox import SqlLedger
from storage.store import SqlStore
from storage.troubles import Troubles
from tests.schedules.wire import Scribe, Wall, Wire


@dataclass
class Office:
    """All that a post needs, and short words for what tests ask of it."""

    store: object
    wall: Wall
    clock: Clock
    wire: Wire
    scribe: Scribe
    ledger: SqlLedger
    post: Post

    def promise(self, *messages: OutboxMessage) -> None:
        with self.store.writing() as archive:
            for message in messages:
                archive.promise(message)

    def troubles(self) -> Troubles:
        return self.ledger.troubles()

    def states(self) -> dict[str, str]:
        """What became of the messages that need a person, by queue."""
        return {row.queue: row.state for row in self.troubles().rows}

    def die_in_mid_send(self) -> Claimed:
        """Another process claims what is ready, begins, and is never heard of again; its lease runs out."""
        (claimed,) = self.ledger.claim_messages(self.wall(), 1, 30)
        assert self.ledger.begin(claimed, "elsewhere", (1.0, 100), self.wall()) == 0.0
        self.wall.pass_(31)
        return claimed

    async def drain_for(self, seconds: float, step: float = 1.0) -> None:
        """Drain at once and again at each step, until so much wall time has passed."""
        end = self.wall() + timedelta(seconds=seconds)
        await self.post.drain()
        while self.wall() < end:
            self.wall.pass_(step)
            await self.post.drain()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request, tmp_path):
    """An empty record, on each of the two databases."""
    if request.param == "postgres":
        url = request.getfixturevalue("cluster").fresh()
    else:
        url = f"sqlite:///{tmp_path}/parley.db"
        migrate.upgrade(url)
    opened = SqlStore(url, Clock(Wall()))
    yield opened
    opened.close()


@pytest.fixture
def office(store) -> Office:
    wall, wire, scribe = Wall(), Wire(), Scribe(store)
    clock, ledger = Clock(wall), SqlLedger(store)
    return Office(
        store, wall, clock, wire, scribe, ledger, Post(ledger, store, scribe, {"wire": wire}, clock)
    )
