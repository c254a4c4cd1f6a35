"""The record as an inspector looks at it: every chain line by line, against its signed heads."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Select, bindparam, select, union

from bot.dossier import Link
from bot.records import FROM_FILE
from storage import headfile, keyring, notary
from storage.audit import AUDIT, HEAD, Walk
from storage.headfile import Seen
from storage.heads import SIGNED
from storage.signing import Signer, holds
from storage.store import SqlStore
from storage.told import Worker

BACK = timedelta(minutes=1)  # two requests at the same moment may be written down in either order
ALL: Select[Any] = select(union(*(select(one.c.chain) for one in (AUDIT, HEAD, SIGNED))).subquery().c.chain)
STANDS = select(HEAD.c.seq, HEAD.c.hash).where(HEAD.c.chain == bindparam("chain"))
ANOTHER = "is not the line that was {seen}"
OLDER = "is missing, and was {seen}: the record is older than that"
BY_NOBODY = "has lost its content, and no redaction says so"
CUT_OFF = "is missing: the chain was cut off"
ADDED = "was added past the chain's head"
NOT_HEAD = "is not the one that the chain's head names"
WRONG_SIGN = "has a signed head of {day} whose signature is wrong"
WRONG_KEY = (
    "is signed on {day} with key {mark}, which is none of PARLEY_SECRET_KEY; if it was an earlier key of"
    " yours, name that there after the present one"
)


class DoesNotHold(Exception):
    """The record is not as it was written; the message is one line for an operator."""


class NoKey(Exception):
    """There is no key that signs; the message is one line for an operator."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first line of a chain that does not hold, and how."""

    chain: str
    seq: int
    fault: str

    @property
    def words(self) -> str:
        """ "P-NOR:shared line 17 was changed"."""
        return f"{self.chain} line {self.seq} {self.fault}"


@dataclass(slots=True)
class Inspected:
    """What was looked at so far, and what does not hold: the first line of each broken chain."""

    chains: int = 0
    lines: int = 0
    erased: int = 0
    heads: int = 0
    outside: int = 0
    backward: int = 0
    broken: list[Broken] = field(default_factory=list)

    @property
    def words(self) -> str:
        """One line of figures; a clock that went back is only remarked: the order is the chain's."""
        told = f"{self.chains} chains with {self.lines} lines hold; {self.erased} lines are redacted"
        signed = f"{self.heads} signed heads hold"
        more = f"; {self.outside} lines agree with what was kept outside" if self.outside else ""
        back = f"; the clock went back before {self.backward} of the lines" if self.backward else ""
        return f"{told}; {signed}{more}{back}."


class Inspector:
    """`file` is where heads are kept outside the database, "" for nowhere."""

    def __init__(self, store: SqlStore, setting: str, file: str = "") -> None:
        self.store = store
        self.setting = setting
        self.signer = Signer(setting)
        self.file = Path(file) if file else None

    def verify(self, against: Path | None = None) -> str:
        """One line of figures where all holds. Raises DoesNotHold, and Unreadable for a file."""
        found = self.inspect(against)
        if found.broken:
            first, *further = found.broken
            more = f"; of {len(further) + 1} broken chains this is the first" if further else ""
            raise DoesNotHold(f"the record does not hold: {first.words}{more}")
        return found.words

    def inspect(self, against: Path | None = None) -> Inspected:
        """Every chain; memory does not grow with their length. Raises Unreadable."""
        outside = self._outside(against)
        found = Inspected()
        for chain in self._chains() | outside.keys():
            found.chains += 1
            if broken := self._follow(chain, outside.get(chain, []), found):
                found.broken.append(broken)
        found.broken.sort(key=lambda one: (one.chain, one.seq))
        return found

    def heads(self) -> Iterator[str]:
        """Every signed head as a line of JSON."""
        return (headfile.line(one) for one in notary.heads(self.store))

    def rotate(self) -> str:
        """What stands under the first key now. Raises NotRotated."""
        return keyring.rotate(self.store, self.setting)

    def key(self) -> str:
        """The public half of the key that signs, and its mark. Raises NoKey."""
        if not self.signer.mark:
            raise NoKey("PARLEY_SECRET_KEY is not set, so no head is signed; set it")
        return f"Ed25519 {self.signer.public} (mark {self.signer.mark})"

    def _outside(self, against: Path | None) -> Mapping[str, list[Seen]]:
        seen: dict[str, list[Seen]] = defaultdict(list)
        if self.file and against is None and not self.file.exists() and any(True for _ in self.heads()):
            raise headfile.Unreadable(
                f"PARLEY_HEADS_FILE names {self.file}, which is not there; put it back, or let ./parley serve"
                " begin a new one"
            )
        for path in filter(None, (self.file if self.file and self.file.exists() else None, against)):
            for one in headfile.read(path):
                seen[one.chain].append(one)
        return seen

    def _chains(self) -> set[str]:
        with self.store.reading() as opened:
            opened.works(Worker.VERIFIER)
            return set(opened.run(ALL).scalars())

    def _follow(self, chain: str, outside: list[Seen], found: Inspected) -> Broken | None:
        """The first line of the chain that does not hold."""
        inside = self._signed(chain)
        if wrong := self._wrongly_signed(chain, [*inside, *outside]):
            return wrong
        due: dict[int, list[Seen]] = defaultdict(list)
        for one in (*inside, *outside):
            due[one.seq].append(one)
        walk, last = Walk(), None
        for line in notary.lines(self.store, chain):
            fault = walk.fault(line) or _differs(line, due.pop(line.seq, []))
            if fault:
                return Broken(chain, walk.seq, fault)
            found.lines += 1
            found.backward += _is_back(line, last)
            last = line.at
        found.heads, found.outside = found.heads + len(inside), found.outside + len(outside)
        found.erased += len(walk.erased)
        return self._end(chain, walk, due)

    def _end(self, chain: str, walk: Walk, due: Mapping[int, list[Seen]]) -> Broken | None:
        """Whether the chain ends where its head, and everybody who saw one, says."""
        head = self._head(chain)
        if due:
            seq = min(due)
            return Broken(chain, seq, OLDER.format(seen=_seen(due[seq][0])))
        if head[0] > walk.seq:
            return Broken(chain, walk.seq + 1, CUT_OFF)
        if head[0] < walk.seq:
            return Broken(chain, head[0] + 1, ADDED)
        if head[1] != walk.hash:
            return Broken(chain, walk.seq, NOT_HEAD)
        erased = walk.unexcused()
        return None if erased is None else Broken(chain, erased, BY_NOBODY)

    def _head(self, chain: str) -> tuple[int, str]:
        with self.store.reading() as opened:
            opened.works(Worker.VERIFIER)
            row = opened.run(STANDS, chain=chain).one_or_none()
        return (row.seq, row.hash) if row else (0, "")

    def _signed(self, chain: str) -> list[Seen]:
        with self.store.reading() as opened:
            opened.works(Worker.VERIFIER)
            rows = opened.run(select(SIGNED).where(SIGNED.c.chain == chain)).mappings()
            return [headfile.seen(row) for row in rows]

    def _wrongly_signed(self, chain: str, seen: list[Seen]) -> Broken | None:
        """A signature that is wrong; or one by a stranger's key past everything that ours vouches for."""
        heads = sorted((one.head for one in seen if one.head), key=lambda head: (head.seq, head.day))
        for head in heads:
            if not holds(head):
                return Broken(chain, head.seq, WRONG_SIGN.format(day=head.day))
        if not heads or not self.signer.marks:
            return None
        ours = max((head.seq for head in heads if head.mark in self.signer.marks), default=0)
        strange = next(
            (head for head in heads if head.seq > ours and head.mark not in self.signer.marks), None
        )
        if strange is None:
            return None
        return Broken(chain, strange.seq, WRONG_KEY.format(day=strange.day, mark=strange.mark))


def _differs(line: Link, seen: list[Seen]) -> str:
    other = next((one for one in seen if one.hash != line.hash), None)
    return ANOTHER.format(seen=_seen(other)) if other else ""


def _seen(one: Seen) -> str:
    return f"signed on {one.head.day}" if one.head else "in the export"


def _is_back(line: Link, last: datetime | None) -> bool:
    """A clock that went back; what was taken from a file tells of times before."""
    return last is not None and line.at < last - BACK and FROM_FILE not in (line.payload or "")
