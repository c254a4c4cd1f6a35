"""A record that was taken from a backup: what it may have said since, and numbers it may have given."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select, update

from bot.actors import CLOCK
from bot.governance.visibility import Scope, Visibility
from bot.records import Entry
from storage.bound import table
from storage.queues import OPEN, outbox
from storage.store import SqlStore
from storage.tables import OnceRow, SeriesRow
from storage.told import Worker

ONCE = table(OnceRow)
SERIES = table(SeriesRow)
CODE, WHY = "operator.restored", "the record was taken from a backup"  # for both companies to read
GAP = 100  # numbers of each series left out: some were given, and are spoken of, in chats that go on


@dataclass(frozen=True, slots=True)
class Doubted:
    """How many messages may have been sent after the backup was taken."""

    messages: int

    @property
    def words(self) -> str:
        """As the command line says it."""
        return (
            f"{self.messages} messages may have been sent since the backup. Each is looked for; where that"
            " cannot be done, it goes out marked as a possible repeat or is held for ./parley check."
            f" New numbers go on after a gap of {GAP}."
        )


def resume(store: SqlStore, ring: Callable[[], object]) -> Doubted:
    """`ring` rings what is late: that may have been said already, like every message that is still open."""
    since = _last_moment(store)
    ring()
    return _doubt(store, since)


def _last_moment(store: SqlStore) -> datetime | None:
    """The newest wall time the record knows of: the backup cannot be much younger."""
    with store.reading() as archive:
        archive.works(Worker.RESTORER)
        times = [archive.run(select(func.max(one.c.at))).scalar() for one in (ONCE, outbox)]
    return max((at for at in times if at), default=None)


def _doubt(store: SqlStore, since: datetime | None) -> Doubted:
    # It is looked for from when it was promised on; what rang only now may have been promised before.
    promised = case((outbox.c.due > since, since), else_=outbox.c.due) if since else outbox.c.due
    with store.writing() as archive:
        archive.works(Worker.RESTORER)
        doubted = update(outbox).where(outbox.c.state == OPEN).values(doubt=True, due=promised)
        found = archive.run(doubted).rowcount
        archive.run(update(SERIES).values(last=SERIES.c.last + GAP))
        for one in archive.known_partnerships(CLOCK):
            scope, now = Scope(one.id, Visibility.SHARED), store.clock.now()
            archive.record(Entry(CODE, "", now, scope, "", one.id, WHY))
    return Doubted(found)
