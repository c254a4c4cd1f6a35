"""What must happen when: set and cancelled with the state it belongs to, claimed under a lease."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import CTE, Executable, Row, bindparam, or_, select, union_all, update

from bot.due import ClaimedDue, Due
from bot.governance.escalation import Severity
from storage.bound import Bound, insert_into
from storage.columns import UtcDateTime
from storage.queues import OPEN, WHILE_OPEN, Transactions, due, scope_of
from storage.told import Worker

RELEASED = {"lease": None, "lease_until": None}


class Dues(Bound):
    """The part of an archive that sets clocks."""

    def schedule(self, wanted: Due) -> None:
        """Set the clock of that key; one that is still open is replaced by a new row.

        A new row, because a worker may be ringing the old one at this moment: what it then says of its own
        row does not touch this one.
        """
        self.cancel(wanted.key)
        self.run(_schedule(self.dialect), of=wanted.subject, **asdict(wanted))

    def cancel(self, key: str) -> None:
        """Stop the open clock of that key, if there is one."""
        self.works(Worker.DESK)
        self.run(CANCEL, of_key=key, state="cancelled", **RELEASED)


CANCEL = update(due).where(due.c.key == bindparam("of_key"), due.c.state == OPEN)


@cache
def _schedule(dialect: str) -> Executable:
    """Two replicas may set the same clock at the same moment: the later one wins."""
    row = insert_into(dialect, due).values(scope_of(dialect))
    wins = {
        name: row.excluded[name] for name in ("at", "kind", "subject", "rank", "partnership", "visibility")
    }
    return row.on_conflict_do_update(
        index_elements=["key"],
        index_where=WHILE_OPEN,
        set_={**wins, **RELEASED, "version": due.c.version + 1},
    )


class DueLedger:
    """The dues as the alarms see them; each call is one short transaction."""

    def __init__(self, store: Transactions) -> None:
        self.store = store

    @contextmanager
    def writing(self) -> Iterator[Bound]:
        """A transaction of the post's own."""
        with self.store.writing() as opened:
            opened.works(Worker.POST)
            yield opened

    @contextmanager
    def reading(self) -> Iterator[Bound]:
        """The same, which cannot write."""
        with self.store.reading() as opened:
            opened.works(Worker.POST)
            yield opened

    def claim_dues(self, now: datetime, wall: datetime, limit: int, lease: float) -> tuple[ClaimedDue, ...]:
        """At most `limit` dues that are ripe and free, gravest first, then soonest; ours for `lease` seconds.

        A lease that ends later than any could was given before the machine's clock was set back.
        """
        until, never = wall + timedelta(seconds=lease), wall + timedelta(seconds=2 * lease)
        held = {"lease": secrets.token_hex(8), "lease_until": until}
        with self.writing() as opened:
            rows = opened.run(CLAIM, now=now, wall=wall, never=never, most=limit, **held).all()
        return tuple(claimed(row) for row in sorted(rows, key=lambda row: (row.rank, row.at, row.id)))

    def finish_due(self, claimed: ClaimedDue, wall: datetime) -> bool:
        """Close it; False when the lease was lost or the row was cancelled or replaced meanwhile."""
        ours = (due.c.id == claimed.row, due.c.lease == claimed.lease, due.c.state == OPEN)
        with self.writing() as opened:
            done = update(due).where(*ours).values(state="done", **RELEASED).returning(due.c.id)
            return opened.run(done).first() is not None

    def next_due_at(self) -> datetime | None:
        """Business time of the soonest open due that nobody holds or has tried and left."""
        with self.reading() as opened:
            times: list[datetime | None] = [opened.run(NEXT, rank=rank).scalar() for rank in RANKS]
        return min((at for at in times if at), default=None)


def _ripe(rank: int) -> CTE:
    """The soonest free dues of that rank up to `now`, skipping those another process is claiming.

    Each rank is a range of the index of its own, so that what is still to come costs nothing.
    """
    row = due.alias(f"due_{rank}")
    free = or_(row.c.lease_until.is_(None), row.c.lease_until <= WALL, row.c.lease_until > NEVER)
    wanted = select(row.c.id, row.c.rank, row.c.at).where(row.c.state == OPEN, row.c.rank == rank)
    first = wanted.where(row.c.at <= NOW, free).order_by(row.c.at, row.c.id).limit(bindparam("most"))
    return first.with_for_update(skip_locked=True).cte(f"ripe_{rank}")


def _claim() -> Executable:
    """An update of the first of them all."""
    every = union_all(*(select(_ripe(rank)) for rank in RANKS)).subquery("ripe")
    first = select(every.c.id).order_by(every.c.rank, every.c.at, every.c.id).limit(bindparam("most"))
    held = {"lease": bindparam("lease"), "lease_until": bindparam("lease_until", type_=UtcDateTime)}
    return update(due).where(due.c.id.in_(first)).values(held).returning(*due.c)


RANKS = tuple(severity.rank for severity in Severity)
NOW, WALL, NEVER = (bindparam(name, type_=UtcDateTime) for name in ("now", "wall", "never"))
CLAIM = _claim()
NEXT = (
    select(due.c.at)
    .where(due.c.state == OPEN, due.c.rank == bindparam("rank"), due.c.lease.is_(None))
    .order_by(due.c.at)
    .limit(1)
)


def claimed(row: Row[tuple[object, ...]]) -> ClaimedDue:
    """A claimed row as the alarms see it."""
    return ClaimedDue(row.id, row.lease, Due(row.key, row.at, row.kind, row.subject, row.rank))
