"""The auditor: proves every few minutes that each clock of each open issue is set, and has rung in time.

It only looks. A page of issues is one reading transaction, so nobody waits for it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select

from bot.actors import CLOCK
from bot.clock import Clock
from bot.governance.clocks import Kind
from bot.governance.commitment import Commitment
from bot.governance.issue import Issue
from bot.governance.proof import Overlooked, overlooked
from bot.governance.visibility import Scope
from bot.handlers.issue import dues
from bot.records import Entry
from storage import mapper, proof_promises
from storage.archive import SqlArchive
from storage.issues import ISSUE, WANTED
from storage.partnerships import PAST
from storage.queues import OPEN, due
from storage.store import SqlStore
from storage.told import Worker

PAGE = 50  # issues
MENDED = "operator.mend"  # a line of the record
MOST, SHOWN = 1000, 20  # clocks that are kept one by one, and told one by one

NEXT: Select[Any] = (
    select(ISSUE)
    .where(ISSUE.c.id > bindparam("after"), WANTED["open"], ISSUE.c.partnership.not_in(PAST))
    .order_by(ISSUE.c.id)
    .limit(PAGE)
)
HELD: Select[Any] = select(due.c.key, due.c.at).where(
    due.c.key.in_(bindparam("keys", expanding=True)), due.c.state == OPEN
)


@dataclass(frozen=True, slots=True)
class Proven:
    """What was found at one wall time: how many open issues, how many clocks late and missing, which ones."""

    at: datetime
    issues: int = 0
    late: int = 0
    missing: int = 0
    found: tuple[Overlooked, ...] = ()
    last: str = ""

    def further(self, seen: int, found: tuple[Overlooked, ...], last: str) -> "Proven":
        """With one page more; `last` is its last issue, "" where there is no further page."""
        late = sum(one.is_set for one in found)
        return replace(
            self,
            issues=self.issues + seen,
            late=self.late + late,
            missing=self.missing + len(found) - late,
            found=(*self.found, *found)[:MOST],
            last=last,
        )


class Auditor:
    """Runs through all open issues, page by page, and hands what it found to `tell`."""

    def __init__(self, store: SqlStore, clock: Clock, tell: Callable[[Proven], None]) -> None:
        self.store = store
        self.clock = clock
        self.tell = tell

    async def run(self) -> int:
        """One proof of everything; how many clocks are late or missing."""
        proven = await self._page(Proven(self.clock.wall()))
        while proven.last:
            proven = await self._page(proven)
        proven = await self.store.read(lambda: promised(self.store, proven, self.clock.now()))
        self.tell(proven)
        return proven.late + proven.missing

    async def _page(self, so_far: Proven) -> Proven:
        return await self.store.read(lambda: page(self.store, so_far, self.clock.now()))


def prove(store: SqlStore, clock: Clock) -> Proven:
    """The same at one go, for ./parley check."""
    proven = page(store, Proven(clock.wall()), clock.now())
    while proven.last:
        proven = page(store, proven, clock.now())
    return promised(store, proven, clock.now())


def promised(store: SqlStore, so_far: Proven, now: datetime) -> Proven:
    """With what was found about promises."""
    with store.reading() as archive:
        return so_far.further(0, proof_promises.overlooked(archive, now), "")


def page(store: SqlStore, so_far: Proven, now: datetime) -> Proven:
    """One page more, seen at that business time."""
    with store.reading() as archive:
        archive.works(Worker.AUDITOR)
        issues = _after(archive, so_far.last)
        found = tuple(_overlooked(archive, issues, now))
    return so_far.further(len(issues), found, issues[-1].id if len(issues) == PAGE else "")


def _after(archive: SqlArchive, last: str) -> tuple[Issue, ...]:
    rows = archive.run(NEXT, after=last).mappings()
    return tuple(mapper.built(Issue, row, readers=frozenset()) for row in rows)


def _overlooked(archive: SqlArchive, issues: tuple[Issue, ...], now: datetime) -> Iterator[Overlooked]:
    calendars = {one.partnership: archive.calendar(CLOCK, one.partnership) for one in issues}
    keys = [one.key for issue in issues for one in dues(issue, calendars[issue.partnership])]
    held: dict[str, dict[Kind, datetime]] = {}
    for row in archive.run(HELD, keys=keys):
        kind, _, issue = row.key.removeprefix("issue.").partition(":")
        held.setdefault(issue, {})[Kind(kind)] = row.at
    for one in issues:
        yield from overlooked(one, calendars[one.partnership], held.get(one.id, {}), now)


def lines(proven: Proven) -> Iterator[str]:
    """For an operator: which clock of which issue, and what to do; nothing of what anybody wrote."""
    for one in proven.found[:SHOWN]:
        when = f"{one.at:%Y-%m-%d %H:%M}Z"
        if one.is_set:
            yield (
                f"the clock “{one.kind}” of {one.issue} ran out {when} and has not rung: see that"
                " ./parley serve runs, and what its log says of due"
            )
        else:
            yield f"the clock “{one.kind}” of {one.issue}, {when}, is not set: ./parley check --mend sets it"
    if (further := proven.late + proven.missing - SHOWN) > 0:
        yield f"{further} more clocks are late or not set"


def mend(store: SqlStore, clock: Clock) -> int:
    """Sets the clocks that are missing, at most MOST; those past ring as soon as the bot runs. How many."""
    missing = tuple(one for one in prove(store, clock).found if not one.is_set)
    for one in missing:
        with store.writing() as archive:
            issue = archive.issue(CLOCK, one.issue)
            calendar = archive.calendar(CLOCK, issue.partnership) if issue else None
            for wanted in dues(issue, calendar) if issue and calendar else ():
                if issue and wanted.kind == f"issue.{one.kind}":
                    archive.schedule(wanted)
                    archive.record(_mended(issue, one, clock.now()))
            promise = None if issue else archive.commitment(CLOCK, one.issue)
            for wanted in proof_promises.wanted(archive, promise, clock.now()) if promise else ():
                if promise and wanted.kind == one.kind:
                    archive.schedule(wanted)
                    archive.record(_mended(promise, one, clock.now()))
    return len(missing)


def _mended(record: Issue | Commitment, clock: Overlooked, now: datetime) -> Entry:
    """An operator's hand in somebody's record shows in that record, to everybody who reads it."""
    scope = Scope(record.partnership, record.visibility)
    after = {"clock": str(clock.kind), "at": clock.at.isoformat()}
    return Entry(MENDED, "", now, scope, "", record.id, "./parley check --mend set a clock anew", None, after)
