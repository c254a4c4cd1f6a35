"""Where a record began: the address of a message, for the readers of that message's own side."""

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from bot.actors import Actor
from bot.governance.visibility import Scope
from storage import mapper, wall
from storage.bound import Bound, table
from storage.issue_rows import RecordLinkRow

LINK = table(RecordLinkRow)


class Permalinks(Bound):
    """Never shared: an internal class, or a restricted record's own."""

    def keep_link(self, actor: Actor, scope: Scope, record: str, url: str) -> None:
        """The message that the actor made a record of. Raises PermissionError outside what they may write."""
        if actor.side is None or not wall.writable(actor, scope):
            raise PermissionError("outside the writer's partnership, side or class")
        self.passes(actor)
        row = {"record": record, "side": actor.side.value, "version": 1, "url": url}
        self.put(LINK, row | mapper.columns(scope))

    def link(self, actor: Actor, record: str) -> str:
        """Its address, "" where there is none for this reader."""
        if actor.side is None:
            return ""
        mine = {"record": record, "side": actor.side.value}
        return str(self.run(_of(self.passes(actor)), **mine, **wall.sight(actor)).scalar() or "")

    def began_with(self, actor: Actor, url: str) -> tuple[str, ...]:
        """The ids of the records that the actor's side made of the message at that address."""
        if actor.side is None or not url:
            return ()
        mine = {"url": url, "side": actor.side.value}
        return tuple(self.run(_from(self.passes(actor)), **mine, **wall.sight(actor)).scalars())


@cache
def _from(clock: bool) -> Select[Any]:
    here = LINK.c.url == bindparam("url"), LINK.c.side == bindparam("side")
    inside = wall.inside(clock, LINK, LINK.c.record)
    return select(LINK.c.record).where(*here, inside).order_by(LINK.c.record)


@cache
def _of(clock: bool) -> Select[Any]:
    here = LINK.c.record == bindparam("record"), LINK.c.side == bindparam("side")
    return select(LINK.c.url).where(*here, wall.inside(clock, LINK, LINK.c.record))
