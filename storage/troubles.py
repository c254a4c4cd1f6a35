"""What an operator should look at: the messages that did not arrive, without a word of what they said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.clock import Clock
from storage.due import RANKS
from storage.queues import OPEN, Transactions, due, outbox
from storage.told import Worker

TROUBLED = ("held", "failed")


@dataclass(frozen=True, slots=True)
class Trouble:
    """A message that needs a person's eye. `since` is wall time; never any text.

    `person` is whom it did not reach, "" where it was for a room.
    """

    kind: str
    queue: str
    state: str
    reason: str
    since: datetime
    person: str = ""

    @property
    def line(self) -> str:
        """For an operator: what, where and why, and nothing of what it said."""
        since = f"{self.since:%Y-%m-%d %H:%M}Z"
        return f"not delivered since {since}: {self.kind} to {self.queue}, {self.state}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Troubles:
    """How many messages stand in each state, and the newest that were held or failed."""

    counts: Mapping[str, int]
    rows: tuple[Trouble, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the queues stand: messages by state, the oldest open one in seconds, dues past their time."""

    open: int
    held: int
    failed: int
    oldest: float
    overdue: int


def standing(store: Transactions, clock: Clock) -> Standing:
    """One look at both queues, as of now. Raises Busy."""
    now, wall = clock.now(), clock.wall()
    counted, since = func.count().label("rows"), func.min(outbox.c.due).label("since")
    waiting = select(counted, since).where(outbox.c.state == OPEN, outbox.c.due <= wall)
    troubled = select(outbox.c.state, counted).where(outbox.c.state.in_(TROUBLED)).group_by(outbox.c.state)
    late = select(func.count()).where(due.c.state == OPEN, due.c.rank.in_(RANKS), due.c.at < now)
    with store.reading() as opened:
        opened.works(Worker.CHECKUP)
        found = opened.run(waiting).one()
        stuck = {row.state: row.rows for row in opened.run(troubled)}
        overdue = opened.run(late).scalar_one()
    oldest = max(0.0, (wall - found.since).total_seconds()) if found.since else 0.0
    return Standing(found.rows, stuck.get("held", 0), stuck.get("failed", 0), oldest, overdue)
