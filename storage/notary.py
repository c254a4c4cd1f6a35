"""Signs once a day how far each chain has come, and writes that outside the database too."""

import logging
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select

from bot.clock import Clock
from bot.dossier import Link, SignedHead
from storage import headfile, mapper
from storage.audit import AUDIT, COLUMNS, HEAD, Walk, links_of
from storage.heads import SIGNED
from storage.signing import Signer
from storage.store import SqlStore
from storage.told import Worker

LOG = logging.getLogger("parley")
PAGE = 2000  # lines read at a time

_LAST = (
    select(SIGNED.c.chain, func.max(SIGNED.c.seq).label("seq"))
    .where(SIGNED.c.mark == bindparam("mark"))
    .group_by(SIGNED.c.chain)
    .subquery()
)
_TODAY = and_(
    SIGNED.c.chain == HEAD.c.chain, SIGNED.c.day == bindparam("day"), SIGNED.c.mark == bindparam("mark")
)
UNSIGNED: Select[Any] = (
    select(HEAD.c.chain, HEAD.c.seq, HEAD.c.hash, func.coalesce(_LAST.c.seq, 0).label("signed"))
    .outerjoin(_LAST, _LAST.c.chain == HEAD.c.chain)
    .where(func.coalesce(_LAST.c.seq, 0) < HEAD.c.seq, ~select(SIGNED.c.chain).where(_TODAY).exists())
    .order_by(HEAD.c.chain)
)
NEXT: Select[Any] = (
    select(*COLUMNS)
    .where(AUDIT.c.chain == bindparam("chain"), AUDIT.c.seq > bindparam("after"))
    .order_by(AUDIT.c.seq)
    .limit(PAGE)
)
SINCE: Select[Any] = (
    select(SIGNED).where(SIGNED.c.day >= bindparam("day")).order_by(SIGNED.c.chain, SIGNED.c.day)
)


class Notary:
    """Signs with the first key of the setting; `file` "" means that nothing is kept outside the database."""

    def __init__(self, store: SqlStore, clock: Clock, setting: str, file: str = "") -> None:
        self.store = store
        self.clock = clock
        self.signer = Signer(setting)
        self.file = Path(file) if file else None

    async def run(self) -> int:
        """Sign what is new since the last head of each chain; how many heads that were.

        However many processes do it, a chain has one head a day. A day without new lines adds none.
        """
        signed = await self.store.read(self._sign) if self.signer.mark else ()
        kept = await self.store.write(lambda: self._keep(signed)) if signed else 0
        if self.file:
            await self.store.read(self._write_out)
        return kept

    def _sign(self) -> tuple[SignedHead, ...]:
        day = self.clock.wall().date()
        with self.store.reading() as opened:
            opened.works(Worker.VERIFIER)
            rows = opened.run(UNSIGNED, mark=self.signer.mark, day=day).all()
        return tuple(head for row in rows if (head := self._head(row, day)))

    def _head(self, row: Any, day: date) -> SignedHead | None:
        """Signed, unless what came since the last signature does not hold: that is told to the log."""
        end = _followed(self.store, row.chain, row.signed)
        if end is None or end[0] < row.seq:
            LOG.error(
                "chain %s does not hold after line %s; run ./parley audit verify", row.chain, row.signed
            )
            return None
        return self.signer.sign(row.chain, *end, day)

    def _keep(self, signed: tuple[SignedHead, ...]) -> int:
        with self.store.writing() as opened:
            opened.works(Worker.VERIFIER)
            rows = [{**mapper.columns(one), **_scope(opened, one), "version": 1} for one in signed]
            return sum(opened.put_new(SIGNED, row) for row in rows)

    def _write_out(self) -> None:
        """What the file lacks; the next day again where it cannot be written now."""
        assert self.file is not None  # noqa: S101 only asked where there is one
        try:
            headfile.append(self.file, partial(heads, self.store), self.clock.wall().date())
        except headfile.Unreadable as error:
            LOG.error("%s; heads are kept in the database alone", error)


def heads(store: SqlStore, since: date = date.min) -> tuple[SignedHead, ...]:
    """Every signed head from that day on, by chain and day."""
    with store.reading() as opened:
        opened.works(Worker.VERIFIER)
        rows = opened.run(SINCE, day=since).mappings()
        return tuple(mapper.built(SignedHead, row) for row in rows)


def lines(store: SqlStore, chain: str, after: int = 0) -> Iterator[Link]:
    """A chain from that line on, read page by page: memory stays flat however long it is."""
    while True:
        with store.reading() as opened:
            opened.works(Worker.VERIFIER)
            page = links_of(opened.run(NEXT, chain=chain, after=after))
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1].seq


def _followed(store: SqlStore, chain: str, signed: int) -> tuple[int, str] | None:
    """The last line and its hash, going on from the line that was signed last; None where one breaks."""
    walk = Walk()
    for line in lines(store, chain, max(signed - 1, 0)):
        if not walk.seq and signed:
            walk.seq, walk.hash = signed - 1, line.previous
        if walk.fault(line):
            return None
    return walk.seq, walk.hash


def _scope(opened: Any, head: SignedHead) -> dict[str, str]:
    """Whose chain it is, as its last line says; its record, where it has the chain to itself."""
    asked = select(*COLUMNS).where(AUDIT.c.chain == head.chain, AUDIT.c.seq == head.seq)
    (line,) = links_of(opened.run(asked))
    own = asdict(line)
    told = {name: own[name] for name in ("partnership", "visibility", "organisation")}
    return {
        **told,
        "record": line.record if head.chain.endswith(f":{line.record}") and line.partnership else "",
    }
