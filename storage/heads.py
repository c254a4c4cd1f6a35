"""The chains as their readers may take them away: whole, with the heads that were signed each day."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Table, or_, select
from sqlmodel import Field, SQLModel

from bot.actors import Actor
from bot.dossier import Link, SignedHead, entry_of
from bot.records import Entry
from storage import mapper, wall
from storage.audit import AUDIT, COLUMNS, links_of, own_directory
from storage.bound import Bound, table


class SignedHeadRow(SQLModel, table=True):
    """How far a chain had come on a day (UTC, wall time), signed; `record` where it is one record's own."""

    __tablename__ = "signed_head"
    chain: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    seq: int
    hash: str
    mark: str = Field(primary_key=True)
    key: str
    signature: str
    partnership: str = ""
    visibility: str = ""
    organisation: str = ""
    record: str = ""
    version: int = 1


OVERSEEN = ("issue.open", "issue.share", "issue.unshare", "issue.readers", "issue.redact", "export.made")
OVERSEEN_KINDS = ("operator.", "redact.", "terms.", "partnership.", "hold.", "retention.")
SIGNED = table(SignedHeadRow)
ORDER = AUDIT.c.chain, AUDIT.c.seq


class Heads(Bound):
    """What an export is proved with; a chain is for whoever may read what it is about."""

    def chains_of(self, actor: Actor, records: Collection[str]) -> tuple[str, ...]:
        """The chains in which something stands about those records, as far as the actor may know."""
        which = select(AUDIT.c.chain).distinct().where(AUDIT.c.record.in_(records), self._readable(actor))
        return tuple(self.run(which.order_by(AUDIT.c.chain), **wall.sight(actor)).scalars())

    def chains_in(self, actor: Actor, partnership: str) -> tuple[str, ...]:
        """All chains of a partnership that the actor may read."""
        which = (
            select(AUDIT.c.chain).distinct().where(AUDIT.c.partnership == partnership, self._readable(actor))
        )
        return tuple(self.run(which.order_by(AUDIT.c.chain), **wall.sight(actor)).scalars())

    def oversight(
        self, actor: Actor, partnerships: Collection[str], limit: int, offset: int
    ) -> tuple[Entry, ...]:
        """What was done to those partnerships' record itself, as the actor may see it, the newest first."""
        inside = wall.inside(self.passes(actor), AUDIT, AUDIT.c.record)
        about = or_(AUDIT.c.what.in_(OVERSEEN), *(AUDIT.c.what.startswith(one) for one in OVERSEEN_KINDS))
        told = select(*COLUMNS).where(AUDIT.c.partnership.in_(partnerships), about, inside)
        page = told.order_by(AUDIT.c.at.desc(), AUDIT.c.chain, AUDIT.c.seq.desc()).limit(limit).offset(offset)
        return tuple(map(entry_of, links_of(self.run(page, **wall.sight(actor)))))

    def links(self, actor: Actor, chains: Collection[str]) -> tuple[Link, ...]:
        """Those chains, whole, by chain and seq; of a chain that is not the actor's to read, nothing."""
        told = select(*COLUMNS).where(AUDIT.c.chain.in_(chains), self._readable(actor)).order_by(*ORDER)
        return links_of(self.run(told, **wall.sight(actor)))

    def signed_heads(self, actor: Actor, chains: Collection[str]) -> tuple[SignedHead, ...]:
        """Their signed heads, by chain and day; of a chain that is not the actor's to read, none."""
        found: Any = select(SIGNED).where(SIGNED.c.chain.in_(chains), self._readable(actor, SIGNED))
        rows = self.run(
            found.order_by(SIGNED.c.chain, SIGNED.c.day, SIGNED.c.seq, SIGNED.c.mark), **wall.sight(actor)
        )
        return tuple(mapper.built(SignedHead, row._mapping) for row in rows)

    def _readable(self, actor: Actor, rows: Table = AUDIT) -> ColumnElement[bool]:
        return or_(wall.inside(self.passes(actor), rows, rows.c.record), own_directory(actor, rows))
