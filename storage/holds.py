"""Legal holds: each is kept in its own side's internal class, and stops every deletion whoever asks."""

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, or_, select, update

from bot.actors import CLOCK, Actor
from bot.errors import Conflict
from bot.governance.hold import Hold
from bot.governance.visibility import Scope, Side
from storage import mapper, wall
from storage.access_rows import HoldRow
from storage.bound import Bound, table

HOLD = table(HoldRow)
STANDS = HOLD.c.released_at.is_(None)
MOVED = ("released_by", "released_at", "release_why", "version")
ON_IT = or_(HOLD.c.issue == bindparam("issue"), HOLD.c.issue == "")
ON_ISSUE = select(HOLD.c.id).where(HOLD.c.partnership == bindparam("partnership"), STANDS, ON_IT).limit(1)


class Holds(Bound):
    """Read by their own side, set and released by those of it who may."""

    def holds(self, actor: Actor) -> tuple[Hold, ...]:
        """Those that stand, as far as the actor may know of them; the newest first."""
        rows = self.run(_standing(self.passes(actor)), **wall.sight(actor)).mappings()
        return tuple(mapper.built(Hold, row) for row in rows)

    def set_hold(self, actor: Actor, hold: Hold) -> None:
        """Keep one; also on a partnership that has ended, whose record is kept longer then."""
        scope = Scope(hold.partnership, hold.visibility)
        if scope not in actor.sees and not (hold.issue and hold.visibility.names_readers):
            raise PermissionError("another side's hold")
        self.passes(actor)
        self.put(HOLD, mapper.columns(hold))

    def release_hold(self, actor: Actor, hold: Hold) -> None:
        """It holds nothing any more. Raises Conflict where it was released meanwhile."""
        inside = wall.inside(self.passes(actor), HOLD, HOLD.c.issue)
        unchanged = HOLD.c.id == hold.id, HOLD.c.version == hold.version - 1, inside
        moved = {name: value for name, value in mapper.columns(hold).items() if name in MOVED}
        if self.run(update(HOLD).where(*unchanged).values(**moved), **wall.sight(actor)).rowcount != 1:
            raise Conflict(hold.id)

    def held(self, partnership: str, issue: str, side: Side | None = None) -> bool:
        """Whether a hold stands on that issue or its whole partnership; of that side, where one is named."""
        self.passes(CLOCK)
        wanted = ON_ISSUE.where(HOLD.c.side == side.value) if side else ON_ISSUE
        return self.run(wanted, partnership=partnership, issue=issue).first() is not None


@cache
def _standing(clock: bool) -> Select[Any]:
    return (
        select(HOLD)
        .where(STANDS, wall.inside(clock, HOLD, HOLD.c.issue))
        .order_by(HOLD.c.at.desc(), HOLD.c.id)
    )
