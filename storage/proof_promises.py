"""The auditor looks at promises: the next reminder of each open one is set, and what is past has rung."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select

from bot.actors import CLOCK
from bot.due import Due
from bot.governance.alarm import GRACE
from bot.governance.commitment import Commitment
from bot.governance.proof import Overlooked
from bot.handlers import commit
from storage import mapper
from storage.archive import SqlArchive
from storage.commitments import COMMITMENT, WANTED
from storage.partnerships import PAST
from storage.queues import OPEN, due
from storage.told import Worker

PAGE = 200  # promises
NEXT: Select[Any] = (
    select(COMMITMENT)
    .where(COMMITMENT.c.id > bindparam("after"), WANTED["open"], COMMITMENT.c.partnership.not_in(PAST))
    .order_by(COMMITMENT.c.id)
    .limit(PAGE)
)
HELD: Select[Any] = select(due.c.key, due.c.at).where(
    due.c.key.in_(bindparam("keys", expanding=True)), due.c.state == OPEN
)


def overlooked(archive: SqlArchive, now: datetime) -> tuple[Overlooked, ...]:
    """Clocks of promises that are missing, set too late, or silent."""
    found: list[Overlooked] = []
    after: str | None = ""
    while after is not None:
        archive.works(Worker.AUDITOR)
        page = [mapper.built(Commitment, row) for row in archive.run(NEXT, after=after).mappings()]
        found += _page(archive, page, now)
        after = page[-1].id if len(page) == PAGE else None
    return tuple(found)


def wanted(archive: SqlArchive, promise: Commitment, now: datetime) -> tuple[Due, ...]:
    """What must ring for it from now on."""
    calendar = archive.calendar(CLOCK, promise.partnership)
    return commit.dues(promise, calendar, commit.zones(archive, promise), now)


def _page(archive: SqlArchive, promises: list[Commitment], now: datetime) -> Iterator[Overlooked]:
    keys = [f"{kind}:{one.id}" for one in promises for kind in (commit.REMIND, commit.CONFIRM)]
    held: dict[str, datetime] = {row.key: row.at for row in archive.run(HELD, keys=keys)} if keys else {}
    for promise in promises:
        for one in wanted(archive, promise, now):
            at = held.get(one.key)
            silent = at is not None and now - at > GRACE
            if silent or at is None or at > one.at:
                yield Overlooked(promise.id, one.kind, at if silent and at else one.at, is_set=silent)
