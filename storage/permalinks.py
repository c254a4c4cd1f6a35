"""Where an issue began: the address of a message, for the readers of that message's own side."""

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from bot.actors import Actor
from bot.governance.visibility import Scope
from storage import mapper, wall
from storage.bound import Bound, table
from storage.issue_rows import IssueLinkRow

LINK = table(IssueLinkRow)


class Permalinks(Bound):
    """Never shared: an internal class, or a restricted record's own."""

    def keep_link(self, actor: Actor, scope: Scope, issue: str, url: str) -> None:
        """The message that the actor made an issue of. Raises PermissionError outside what they may write."""
        if actor.side is None or not wall.writable(actor, scope):
            raise PermissionError("outside the writer's partnership, side or class")
        self.passes(actor)
        row = {"issue": issue, "side": actor.side.value, "version": 1, "url": url}
        self.put(LINK, row | mapper.columns(scope))

    def link(self, actor: Actor, issue: str) -> str:
        """Its address, "" where there is none for this reader."""
        if actor.side is None:
            return ""
        mine = {"issue": issue, "side": actor.side.value}
        return str(self.run(_of(self.passes(actor)), **mine, **wall.sight(actor)).scalar() or "")


@cache
def _of(clock: bool) -> Select[Any]:
    here = LINK.c.issue == bindparam("issue"), LINK.c.side == bindparam("side")
    return select(LINK.c.url).where(*here, wall.inside(clock, LINK, LINK.c.issue))
