"""Who did what, when and why: append-only lines, chained by hash for each partnership and class."""

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, Table, and_, bindparam, false, or_, select, update

from bot.actors import Actor, Permission
from bot.dossier import READ, Link, entry_of
from bot.records import Entry
from storage import mapper, wall
from storage.bound import insert_into, table
from storage.nameless import nameless
from storage.said import Saying
from storage.tables import AuditChainRow, AuditRow
from storage.told import Worker

AUDIT = table(AuditRow)
HEAD = table(AuditChainRow)
MOVE_HEAD = update(HEAD).where(HEAD.c.chain == bindparam("of_chain"))

# Who looked or took away is chained beside the record: to read it does not change it (docs/export.md).
READS = ("export.", "operator.")  # begin what is done by looking
ERASERS = ("issue.redact", "retention.erase")  # lines that say which lines' content was erased

# Made once: json.dumps would make one for each line.
CANONICAL = json.JSONEncoder(default=mapper.plain, sort_keys=True, separators=(",", ":"))
MISSING = "is missing"
OUT_OF_LINE = "does not follow the line before it: one of the two was changed"
CHANGED = "was changed"
REWORDED = "has other words than were written"


NAMES = tuple(one.name for one in fields(Link))
COLUMNS = tuple(AUDIT.c[name] for name in NAMES)
HASHED = tuple(name for name in NAMES if name not in ("payload", "salt", "hash"))


class Audit(Saying):
    """The record's memory."""

    def record(self, entry: Entry) -> None:
        """Add one line to its chain; whoever else adds to that chain waits for this transaction."""
        self.works(Worker.DESK)
        chain = chain_of(entry)
        seq, previous = self._lock_head(chain)
        line = _line(entry, chain, seq, previous)
        self.put(AUDIT, mapper.columns(line))
        self.run(MOVE_HEAD, of_chain=chain, hash=line.hash)
        if not chain.startswith(READ):
            self.index_line(entry, chain, seq)

    def history(self, actor: Actor, record: str) -> tuple[Entry, ...]:
        """What happened to one record, the oldest first, as far as the actor may know."""
        inside = or_(wall.inside(self.passes(actor), AUDIT, AUDIT.c.record), own_directory(actor, AUDIT))
        return tuple(map(entry_of, self._about(actor, record, inside)))

    def links_about(self, actor: Actor, record: str) -> tuple[Link, ...]:
        """The lines about one record that the actor may read, the oldest first."""
        return self._about(actor, record, wall.inside(self.passes(actor), AUDIT, AUDIT.c.record))

    def _about(self, actor: Actor, record: str, inside: ColumnElement[bool]) -> tuple[Link, ...]:
        order = AUDIT.c.at, AUDIT.c.chain, AUDIT.c.seq
        told = select(*COLUMNS).where(AUDIT.c.record == record, inside).order_by(*order)
        return links_of(self.run(told, **wall.sight(actor)))

    def chain(self, chain: str) -> tuple[Link, ...]:
        """A whole chain, for `verify`; it is for checks and exports, not for showing."""
        self.works(Worker.VERIFIER)
        return links_of(self.run(select(*COLUMNS).where(AUDIT.c.chain == chain).order_by(AUDIT.c.seq)))

    def heads(self) -> dict[str, tuple[int, str]]:
        """Each chain's last sequence number and hash."""
        self.works(Worker.VERIFIER)
        return {row.chain: (row.seq, row.hash) for row in self.run(select(HEAD))}

    def _lock_head(self, chain: str) -> tuple[int, str]:
        row = self.run(_step(self.dialect), chain=chain, seq=1, hash="").one()
        return row.seq, row.hash


@cache
def _step(dialect: str) -> Executable:
    """Begins a chain or moves it on by one; its row stays locked until the transaction ends."""
    row = insert_into(dialect, HEAD)
    moved = row.on_conflict_do_update(index_elements=["chain"], set_={"seq": HEAD.c.seq + 1})
    return moved.returning(HEAD.c.seq, HEAD.c.hash)


class Walk:
    """Goes along one chain, line by line, and says what does not hold.

    `erased` are the lines without content, `excused` those that a later line of the chain says were erased.
    """

    __slots__ = ("erased", "excused", "hash", "seq")

    def __init__(self) -> None:
        self.seq, self.hash = 0, ""
        self.erased: set[int] = set()
        self.excused: set[int] = set()

    def fault(self, line: Link) -> str:
        """Why this cannot be the next line as it was written; "" where it can."""
        self.seq += 1
        if line.seq != self.seq:
            return MISSING
        if line.hash != _hash(line):
            return CHANGED
        if line.previous != self.hash:
            return OUT_OF_LINE
        if line.payload is None and line.salt is None:
            self.erased.add(line.seq)
        elif line.payload_hash != _sha(line.salt or "", line.payload or ""):
            return REWORDED
        elif line.what in ERASERS:
            self.excused |= erased_by(line.payload or "")
        self.hash = line.hash
        return ""

    def unexcused(self) -> int | None:
        """The first line whose content is gone though no line of the record says so."""
        return min(self.erased - self.excused, default=None)


def verify(lines: Iterable[Link], head: tuple[int, str] | None = None) -> int | None:
    """The sequence number of the first line that does not hold; None when the chain is whole.

    With its `head`, lines cut off at the end are found too. A line without payload and salt was erased, and
    still holds by its payload's hash.
    """
    walk = Walk()
    for line in lines:
        if walk.fault(line):
            return walk.seq
    return None if head is None or head == (walk.seq, walk.hash) else walk.seq + 1


def erased_by(payload: str) -> set[int]:
    """The lines of its own chain that a line says were erased: "lines" of what is after it."""
    told = json.loads(payload).get("after") or {}
    return {seq for seq in told.get("lines", ()) if isinstance(seq, int)}


def chain_of(entry: Entry) -> str:
    """One chain for each partnership and class, each record that names readers, each company's directory."""
    if entry.scope is None:
        return f"org:{entry.organisation}"
    chain = f"{entry.scope.partnership}:{entry.scope.visibility.value}"
    chain = f"{chain}:{entry.record}" if entry.scope.visibility.names_readers else chain
    return f"{READ}{chain}" if entry.what.startswith(READS) else chain


def _line(entry: Entry, chain: str, seq: int, previous: str) -> Link:
    payload, salt = _canonical(_payload(entry)), secrets.token_hex(16)
    facts: dict[str, Any] = {
        "chain": chain,
        "seq": seq,
        "at": entry.at,
        "person": entry.person,
        "what": entry.what,
        "record": entry.record,
        "partnership": entry.scope.partnership if entry.scope else "",
        "visibility": entry.scope.visibility.value if entry.scope else "",
        "organisation": entry.organisation,
        "version": _version(entry),
        "payload": payload,
        "salt": salt,
        "payload_hash": _sha(salt, payload),
        "previous": previous,
    }
    return Link(**facts, hash=_hash(Link(**facts, hash="")))


def _hash(line: Link) -> str:
    """Over everything a reader sees of the line but its payload, which is in by its hash."""
    facts = {name: getattr(line, name) for name in HASHED} | {"at": line.at.astimezone(UTC).isoformat()}
    return _sha(_canonical(facts))


def _payload(entry: Entry) -> dict[str, Any]:
    before, after = (nameless(entry.what, state) for state in (entry.before, entry.after))
    return {"why": entry.why, "before": before, "after": after}


def _version(entry: Entry) -> int:
    """The record's version after the act, where it has one."""
    version = (entry.after or entry.before or {}).get("version", 0)
    return version if isinstance(version, int) else 0


def links_of(rows: Iterable[Any]) -> tuple[Link, ...]:
    """Rows of COLUMNS as lines of a chain."""
    return tuple(Link(*row) for row in rows)


def own_directory(actor: Actor, rows: Table) -> ColumnElement[bool]:
    """Rows about the directory of the company the actor administers."""
    if not (actor.organisation and actor.may(Permission.ADMINISTER)):
        return false()
    return and_(rows.c.partnership == "", rows.c.organisation == actor.organisation)


def _canonical(value: object) -> str:
    return CANONICAL.encode(value)


def _sha(*parts: str) -> str:
    return hashlib.sha256("".join(parts).encode()).hexdigest()
