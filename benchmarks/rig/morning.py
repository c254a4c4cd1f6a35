"""A record in which 1,000 managers get a digest on one morning: 200 partnerships, 100,000 records."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table, insert, text

import parley
from benchmarks.rig import morning_rows as rows
from benchmarks.rig.morning_rows import MANAGERS, Row, homes, name_of, staff
from bot.clock import Clock
from bot.governance.digest import DUE
from bot.handlers import digest_set
from storage import migrate, tables
from storage.agreed import CounterpartRow
from storage.bound import table
from storage.commitment_rows import CommitmentRow
from storage.decision_rows import DecisionRow
from storage.issue_rows import IssueRow
from storage.load.file import load
from storage.queues import due, outbox
from storage.session_rows import ActionRow
from storage.store import SqlStore

AS_OF = datetime(2026, 11, 10, 12, tzinfo=UTC)
MORNING = datetime(2026, 11, 11, 6, 30, tzinfo=UTC)  # 07:30 in Zurich, where everybody is
EACH = {IssueRow: 300, CommitmentRow: 150, DecisionRow: 30, ActionRow: 20}  # of each partnership
CHANGED, LOST = 10, 2  # of each partnership since the last digest
LIKE = {IssueRow: "NOR-ISS-006", CommitmentRow: "NOR-CMT-01", DecisionRow: "NOR-DEC-004"}
LETTERS = {IssueRow: "ISS", CommitmentRow: "CMT", DecisionRow: "DEC", ActionRow: "ACT"}
NOUNS = {IssueRow: "issue", CommitmentRow: "commit", DecisionRow: "decision", ActionRow: "action"}
CHUNK = 5_000


class Morning:
    """The record of that `owner`, filled; its clock stands at noon of the day before."""

    def __init__(self, owner: str, role: str) -> None:
        migrate.upgrade(owner, role)
        self.clock = Clock()
        self.clock.offset = AS_OF - self.clock.wall()
        self.store = SqlStore(owner, self.clock)
        load(self.store, parley.EXAMPLE.read_text(encoding="utf-8"), AS_OF)
        with self.store.writing() as archive:
            archive.run(due.update().values(state="cancelled"))  # the example itself stays silent
            self.like = {kind: dict(_one(archive, kind, name)) for kind, name in LIKE.items()}
            home = _one(archive, tables.PartnershipRow, "P-NOR")
            self.terms = {name: home[name] for name in ("calendar", "policy")} | {"ended_on": None}
            self.line = dict(archive.run(table(tables.AuditRow).select().limit(1)).mappings().one())
        self._put(tables.OrganisationRow, rows.companies())
        self._people()
        self._put(tables.PartnershipRow, rows.partnerships(self.terms))
        self._put(CounterpartRow, rows.counterparts())
        self._records()
        with self.store.writing() as archive:
            if archive.dialect == "postgresql":
                archive.run(text("ANALYZE"))
            digest_set.complete(archive, AS_OF)

    def _put(self, kind: Any, rows: Iterator[Row]) -> None:
        _insert(self.store, table(kind), rows)

    def _people(self) -> None:
        everybody = [rows.manager(n) for n in range(MANAGERS)]
        self._put(tables.PersonRow, (one[0] for one in everybody))
        self._put(tables.RoleRow, (one[1] for one in everybody))
        self._put(tables.IdentityRow, (one[2] for one in everybody))

    def _records(self) -> None:
        for kind, count in EACH.items():
            self._put(kind, (self._record(kind, home, n) for home in homes() for n in range(count)))
        lines = (one for home in homes() for one in self._lines(home))
        self._put(tables.AuditRow, lines)
        _insert(
            self.store,
            outbox,
            (rows.lost(home, n, self.clock.wall()) for home in homes() for n in range(LOST)),
        )

    def _record(self, kind: Any, home: tuple[int, int], n: int) -> Row:
        number = f"B{name_of(home)}-{LETTERS[kind]}-{n:04}"
        named = {"id": number, "number": number, "counter": n, "partnership": f"P-{name_of(home)}"}
        own, theirs = staff(home, 0, n), staff(home, 1, n)
        if kind is IssueRow:
            told = {**rows.issue(n, MORNING), "owner": own, "counterpart": theirs}
        elif kind is CommitmentRow:
            told = {**rows.promise(n, MORNING), "owner": own, "receiver": theirs}
        elif kind is DecisionRow:
            deciders = [own, theirs]
            at = AS_OF.isoformat()
            sides = zip(deciders, ("sponsor", "cro"), strict=True)
            approved = [{"person": who, "side": side, "at": at} for who, side in sides] if n % 15 else []
            told = {"status": "final" if n % 15 else "provisional", "session": "", "approvals": approved}
            told |= {"deciders": deciders, "quorum": "none" if approved else "not_quorate"}
        else:
            told = {**rows.action(AS_OF), "owner": own, "made_by": theirs}
        return {**self.like.get(kind, {}), **told, **named}

    def _lines(self, home: tuple[int, int]) -> Iterator[Row]:
        """One old line for each record, and what changed since yesterday's digest."""
        seq = 0
        for kind, count in EACH.items():
            for n in range(count):
                seq += 1
                changed = seq <= CHANGED if kind is IssueRow else n < 1
                new, old = MORNING - timedelta(hours=12, minutes=n), AS_OF - timedelta(days=30 + n % 300)
                record = f"B{name_of(home)}-{LETTERS[kind]}-{n:04}"
                where = f"P-{name_of(home)}"
                shared = {"chain": f"{where}:shared", "seq": seq, "partnership": where, "organisation": ""}
                told = {"what": f"{NOUNS[kind]}.update", "record": record, "visibility": "shared"}
                at, person = new if changed else old, staff(home, n % 2, n + 1)
                yield {**self.line, **shared, **told, "at": at, "person": person}

    def awake(self, count: int) -> list[str]:
        """So many managers have a digest due this morning, and nobody else; who."""
        wanted = [f"PER-B{n:04}" for n in range(0, MANAGERS, MANAGERS // count)]
        with self.store.writing() as archive:
            archive.run(due.update().where(due.c.kind == DUE).values(state="cancelled"))
            archive.run(text("UPDATE digest SET told_at = NULL"))
            archive.run(text("DELETE FROM outbox WHERE kind = 'digest.made'"))
            for person in wanted:
                setting = archive.digest(person)
                assert setting is not None  # noqa: S101 everybody has one by now
                digest_set.set_clock(archive, setting, "Europe/Zurich", AS_OF)
        return wanted


def _one(archive: Any, kind: Any, name: str) -> Any:
    found = table(kind)
    return archive.run(found.select().where(found.c.id == name)).mappings().one()


def _insert(store: SqlStore, into: Table, values: Iterator[Row]) -> None:
    batch: list[Row] = []
    with store.writing() as archive:
        for row in values:
            batch.append(row)
            if len(batch) == CHUNK:
                archive.connection.execute(insert(into), batch)
                batch = []
        if batch:
            archive.connection.execute(insert(into), batch)
