"""Who did what, when and why: append-only lines, chained by hash for each partnership and class."""

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, and_, bindparam, false, or_, select, update

from bot.actors import Actor, Permission
from bot.governance.visibility import Scope, Visibility
from bot.records import Entry
from storage import mapper, wall
from storage.bound import Bound, insert_into, table
from storage.tables import AuditChainRow, AuditRow

AUDIT = table(AuditRow)
HEAD = table(AuditChainRow)
MOVE_HEAD = update(HEAD).where(HEAD.c.chain == bindparam("of_chain"))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chain. `payload` and `salt` are None once its content was lawfully erased."""

    chain: str
    seq: int
    at: datetime
    person: str
    what: str
    record: str
    partnership: str
    visibility: str
    organisation: str
    version: int
    payload: str | None
    salt: str | None
    payload_hash: str
    previous: str
    hash: str


class Audit(Bound):
    """The record's memory."""

    def record(self, entry: Entry) -> None:
        """Add one line to its chain; whoever else adds to that chain waits for this transaction."""
        chain = chain_of(entry)
        seq, previous = self._lock_head(chain)
        line = _line(entry, chain, seq, previous)
        self.put(AUDIT, mapper.columns(line))
        self.run(MOVE_HEAD, of_chain=chain, hash=line.hash)

    def history(self, actor: Actor, record: str) -> tuple[Entry, ...]:
        """What happened to one record, the oldest first, as far as the actor may know."""
        inside = or_(wall.inside(actor.is_clock, AUDIT, AUDIT.c.record), _own_directory(actor))
        order = AUDIT.c.at, AUDIT.c.chain, AUDIT.c.seq
        told = select(AUDIT).where(AUDIT.c.record == record, inside).order_by(*order)
        rows = self.run(told, **wall.sight(actor))
        return tuple(_entry(mapper.built(Line, row._mapping)) for row in rows)

    def chain(self, chain: str) -> tuple[Line, ...]:
        """A whole chain, for `verify`; it is for checks and exports, not for showing."""
        rows = self.run(select(AUDIT).where(AUDIT.c.chain == chain).order_by(AUDIT.c.seq))
        return tuple(mapper.built(Line, row._mapping) for row in rows)

    def heads(self) -> dict[str, tuple[int, str]]:
        """Each chain's last sequence number and hash."""
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


def verify(lines: Iterable[Line], head: tuple[int, str] | None = None) -> int | None:
    """The sequence number of the first line that does not hold; None when the chain is whole.

    With its `head`, lines cut off at the end are found too. A line without payload and salt was erased, and
    still holds by its payload's hash.
    """
    seq, previous = 0, ""
    for line in lines:
        seq += 1
        erased = line.payload is None and line.salt is None
        whole = erased or line.payload_hash == _sha(line.salt or "", line.payload or "")
        if line.seq != seq or line.previous != previous or not whole or line.hash != _hash(line):
            return seq
        previous = line.hash
    return None if head is None or head == (seq, previous) else seq + 1


def chain_of(entry: Entry) -> str:
    """One chain for each partnership and class, each restricted record, and each company's directory."""
    if entry.scope is None:
        return f"org:{entry.organisation}"
    chain = f"{entry.scope.partnership}:{entry.scope.visibility.value}"
    return f"{chain}:{entry.record}" if entry.scope.visibility is Visibility.RESTRICTED else chain


def _line(entry: Entry, chain: str, seq: int, previous: str) -> Line:
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
    return Line(**facts, hash=_hash(Line(**facts, hash="")))


def _hash(line: Line) -> str:
    """Over everything a reader sees of the line but its payload, which is in by its hash."""
    facts = mapper.columns(line, "payload", "salt", "hash") | {"at": line.at.astimezone(UTC)}
    return _sha(_canonical(facts))


def _payload(entry: Entry) -> dict[str, Any]:
    return {"why": entry.why, "before": entry.before, "after": entry.after}


def _version(entry: Entry) -> int:
    """The record's version after the act, where it has one."""
    version = (entry.after or entry.before or {}).get("version", 0)
    return version if isinstance(version, int) else 0


def _entry(line: Line) -> Entry:
    scope = Scope(line.partnership, Visibility(line.visibility)) if line.partnership else None
    payload = json.loads(line.payload or "{}")
    return mapper.built(Entry, asdict(line) | payload, scope=scope)


def _own_directory(actor: Actor) -> ColumnElement[bool]:
    """Lines about the directory of the company the actor administers."""
    if not (actor.organisation and actor.may(Permission.ADMINISTER)):
        return false()
    return and_(AUDIT.c.partnership == "", AUDIT.c.organisation == actor.organisation)


def _canonical(value: object) -> str:
    return json.dumps(value, default=mapper.plain, sort_keys=True, separators=(",", ":"))


def _sha(*parts: str) -> str:
    return hashlib.sha256("".join(parts).encode()).hexdigest()
