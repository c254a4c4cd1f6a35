"""The store: opens archives, commits them or changes nothing, and keeps SQL off the event loop."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Engine, select, text

from bot.clock import Clock
from bot.errors import Busy
from storage import engines, faults, second_wall
from storage.archive import SqlArchive
from storage.bound import table
from storage.memory import Memory
from storage.patience import CURRENT, Patience, run
from storage.tables import ClockRow

T = TypeVar("T")
CLOCK = table(ClockRow)
LOCK = text("LOCK TABLE once, issue, audit IN ROW EXCLUSIVE MODE")
REMEMBERED = timedelta(days=30)  # for how long a request that was served is known again
ANSWERS_WITHIN = 0.9  # seconds for the question whether the database answers


class SqlStore:
    """bot.ports.Store on SQLite or PostgreSQL. `url` is SQLAlchemy's; the schema must be at its head.

    `secret` is what the codes of invitations are made of; after a comma, what older ones were made of.

    On SQLite one thread writes, so writers queue in fair order and not on the file's lock. `kind` is what a
    transaction is spoken to through: tests put one that leaks in its place, to prove that they would notice.

    `filters=False` leaves the filters of storage.wall out, so that tests see what PostgreSQL's own wall holds
    alone. Raises ValueError where that does not stand.
    """

    kind: type[SqlArchive] = SqlArchive

    def __init__(self, url: str, clock: Clock, secret: str = "", *, filters: bool = True) -> None:
        self.engines = engines.engines(url)
        self.clock = clock
        self._secrets = tuple(part.strip().encode() for part in secret.split(","))
        self._memory = Memory()
        self.filtered = True
        self._writers = ThreadPoolExecutor(self.engines.writers, "writer")
        self._readers = ThreadPoolExecutor(self.engines.readers, "reader")
        self._probe = ThreadPoolExecutor(1, "probe")
        if not filters:
            self._take_filters_out()

    @contextmanager
    def writing(self) -> Iterator[SqlArchive]:
        """One transaction: committed on leaving, rolled back on any exception.

        Raises Busy (nothing was saved), Conflict (somebody else was first) or TimeoutError (the connection
        was lost in the middle of the commit).
        """
        with self._open(self.engines.writer) as archive:
            yield archive
            archive.flush()
            limit = CURRENT.get()
            if limit:
                limit.begin_commit()
            with faults.committing():
                archive.connection.commit()

    @contextmanager
    def reading(self) -> Iterator[SqlArchive]:
        """One consistent look at the record, on connections that cannot write. Raises Busy."""
        with self._open(self.engines.reader) as archive:
            yield archive

    async def write(self, work: Callable[[], T], patience: float | None = None) -> T:
        """Run `work`, which opens `writing()` itself, on a writer thread; `patience` is in seconds.

        Raises Busy when that time is over and nothing was or will be saved, TimeoutError when a commit was
        under way and could not be confirmed.
        """
        return await run(self._writers, work, patience)

    async def read(self, work: Callable[[], T], patience: float | None = None) -> T:
        """Run `work`, which opens `reading()` itself, on a reader thread. Raises Busy after `patience`."""
        return await run(self._readers, work, patience)

    def ready(self) -> None:
        """Raises Busy within a second where the database is gone or locked; it blocks until then."""
        answer = self._probe.submit(self._try)
        try:
            answer.result(timeout=ANSWERS_WITHIN + 0.1)
        except TimeoutError as error:
            answer.cancel()
            raise Busy("the database did not answer") from error

    def load_clock(self) -> None:
        """Give the clock the offset that is kept with the record."""
        with self.reading() as archive:
            seconds = archive.run(select(CLOCK.c.offset_seconds)).scalar() or 0.0
        self.clock.offset = timedelta(seconds=seconds)

    def set_clock(self, offset: timedelta) -> None:
        """Move business time, now and after a restart; for the playground and tests only."""
        with self.writing() as archive:
            archive.put_over(CLOCK, {"id": 1, "offset_seconds": offset.total_seconds()}, "id")
        self.clock.offset = offset

    def purge_once(self, before: datetime) -> int:
        """Forget which requests were served before that wall time; how many."""
        with self.writing() as archive:
            return archive.forget_before(before)

    async def sweep(self) -> int:
        """What is done each day: requests that nobody repeats any more are forgotten; how many."""
        return await self.write(lambda: self.purge_once(self.clock.wall() - REMEMBERED))

    def close(self) -> None:
        """Let the threads go and close every connection."""
        for threads in (self._writers, self._readers, self._probe):
            threads.shutdown(wait=False, cancel_futures=True)
        self.engines.dispose()

    @contextmanager
    def _open(self, engine: Engine) -> Iterator[SqlArchive]:
        with faults.named(), engine.connect() as connection:
            connection.begin()
            archive = self.kind(connection, self._memory)
            archive.secrets, archive.filtered = self._secrets, self.filtered
            yield archive

    def _take_filters_out(self) -> None:
        with self.reading() as archive:
            if archive.dialect != "postgresql" or any(second_wall.gaps(archive)):
                raise ValueError("without its filters the record needs the database's own wall")
        self.filtered = False

    def _try(self) -> None:
        CURRENT.set(Patience(ANSWERS_WITHIN))
        with self._open(self.engines.writer) as archive:
            if archive.dialect == "postgresql":
                archive.run(LOCK)
            archive.run(select(CLOCK.c.id)).all()
