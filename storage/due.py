"""What must happen when: set and cancelled with the state it belongs to, claimed under a lease."""

import secrets
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Executable, Row, Update, bindparam, func, or_, select, update

from bot.due import ClaimedDue, Due
from storage.bound import Bound, insert_into
from storage.queues import OPEN, SCOPE, WHILE_OPEN, Transactions, due

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
        self.run(CANCEL, of_key=key, state="cancelled", **RELEASED)


CANCEL = update(due).where(due.c.key == bindparam("of_key"), due.c.state == OPEN)


@cache
def _schedule(dialect: str) -> Executable:
    """Two replicas may set the same clock at the same moment: the later one wins."""
    row = insert_into(dialect, due).values(SCOPE)
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

    def claim_dues(self, now: datetime, wall: datetime, limit: int, lease: float) -> tuple[ClaimedDue, ...]:
        """At most `limit` dues that are ripe and free, soonest first, ours for `lease` seconds."""
        token = secrets.token_hex(8)
        claim = ripe(now, wall, limit).values(lease=token, lease_until=wall + timedelta(seconds=lease))
        with self.store.writing() as opened:
            rows = opened.run(claim.returning(*due.c)).all()
        return tuple(claimed(row) for row in sorted(rows, key=lambda row: (row.at, row.id)))

    def finish_due(self, claimed: ClaimedDue, wall: datetime) -> bool:
        """Close it; False when the lease was lost or the row was cancelled or replaced meanwhile."""
        ours = (due.c.id == claimed.row, due.c.lease == claimed.lease, due.c.state == OPEN)
        with self.store.writing() as opened:
            done = update(due).where(*ours).values(state="done", **RELEASED).returning(due.c.id)
            return opened.run(done).first() is not None

    def next_due_at(self) -> datetime | None:
        """Business time of the soonest open due that nobody holds or has tried and left."""
        soonest = select(func.min(due.c.at)).where(due.c.state == OPEN, due.c.lease.is_(None))
        with self.store.reading() as opened:
            at: datetime | None = opened.run(soonest).scalar_one()
            return at


def ripe(now: datetime, wall: datetime, limit: int) -> Update:
    """An update of the soonest free dues up to `now`, skipping those another process is claiming."""
    row = due.alias("ripe")
    free = or_(row.c.lease_until.is_(None), row.c.lease_until <= wall)
    wanted = select(row.c.id).where(row.c.state == OPEN, row.c.at <= now, free)
    first = wanted.order_by(row.c.at, row.c.id).limit(limit).with_for_update(skip_locked=True).cte("first")
    return update(due).where(due.c.id.in_(select(first.c.id)))


def claimed(row: Row[tuple[object, ...]]) -> ClaimedDue:
    """A claimed row as the alarms see it."""
    return ClaimedDue(row.id, row.lease, Due(row.key, row.at, row.kind, row.subject, row.rank))
