"""Action items: every query inside the actor's visibility, every save against the version that was read."""

import re
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select, update

from bot.actors import Actor
from bot.errors import Conflict
from bot.governance.action import Action, State
from bot.governance.visibility import Scope
from bot.joint import ActionFilter
from storage import mapper, wall
from storage.bound import table
from storage.said import Saying, Told
from storage.session_rows import ActionRow

ACTION = table(ActionRow)
AT_MOST = 5  # records that a short number may mean
WANTED = {
    "id": ACTION.c.id == bindparam("id"),
    "number": func.upper(ACTION.c.number) == bindparam("number"),
    "counter": and_(ACTION.c.counter == bindparam("counter"), ACTION.c.counter > 0),
    "partnership": ACTION.c.partnership == bindparam("partnership"),
    "session": ACTION.c.session == bindparam("session"),
    "thread": ACTION.c.thread == bindparam("thread"),
    "owner": ACTION.c.owner == bindparam("owner"),
    "classes": ACTION.c.visibility.in_(bindparam("classes", expanding=True)),
    "open": ACTION.c.state == State.OPEN.value,
}
NARROW = ("partnership", "session", "thread", "owner", "classes")
ORDER = (ACTION.c.made_at, ACTION.c.counter, ACTION.c.id)
FIXED = ("id", "number", "partnership", "visibility")


class Actions(Saying):
    """Action items as their readers may see them."""

    def action(self, actor: Actor, action: str) -> Action | None:
        """One by its id."""
        found = self._actions(actor, "id", id=action)
        return found[0] if found else None

    def actions_numbered(self, actor: Actor, number: str) -> tuple[Action, ...]:
        """Those meant by a number as a person writes it: "NOR-ACT-008", "act-8" or "8"; at most five."""
        said = number.strip().upper()
        padded = re.sub(r"-(\d{1,2})$", lambda tail: f"-{int(tail[1]):03d}", said)
        exact = self._actions(actor, "number", number=padded)
        short = re.fullmatch(r"(?:ACT-?)?0*(\d{1,9})", said)
        if exact or not short:
            return exact
        return self._actions(actor, "counter", counter=int(short[1]))

    def actions(self, actor: Actor, which: ActionFilter) -> tuple[Action, ...]:
        """A page of them, the oldest first."""
        asked = {name: value for name in NARROW if (value := getattr(which, name))}
        wanted = (*asked, "open") if which.open_only else tuple(asked)
        return self._actions(actor, *wanted, **asked, limit=which.limit, offset=which.offset)

    def add_action(self, actor: Actor, action: Action) -> None:
        """Keep a new one. Raises PermissionError outside what the actor may write."""
        if not wall.writable(actor, Scope(action.partnership, action.visibility)):
            raise PermissionError("outside the writer's partnership, side or class")
        self.passes(actor)
        tail = re.search(r"(\d{1,9})$", action.number)
        self.put(ACTION, mapper.columns(action) | {"counter": int(tail[1]) if tail else 0})
        self.index(actor, Told.of("action", action, action.made_at), action)

    def save_action(self, actor: Actor, action: Action) -> None:
        """Save the next version. Raises Conflict unless it still stands at the version before."""
        wall.still_open(actor, action.partnership)
        unchanged = ACTION.c.id == action.id, ACTION.c.version == action.version - 1
        inside = wall.inside(self.passes(actor), ACTION, ACTION.c.id)
        changed = update(ACTION).where(*unchanged, inside).values(**mapper.columns(action, *FIXED))
        if self.run(changed, **wall.sight(actor)).rowcount != 1:
            raise Conflict(action.id)
        self.index(actor, Told.of("action", action, action.made_at), action)

    def _actions(self, actor: Actor, *wanted: str, **asked: object) -> tuple[Action, ...]:
        page = {"limit": AT_MOST, "offset": 0} | asked | wall.sight(actor)
        rows = self.run(_page(self.passes(actor), *wanted), **page).mappings()
        return tuple(mapper.built(Action, row) for row in rows)


@cache
def _page(clock: bool, *wanted: str) -> Select[Any]:
    inside = wall.inside(clock, ACTION, ACTION.c.id)
    found = select(ACTION).where(inside, *(WANTED[one] for one in wanted)).order_by(*ORDER)
    return found.limit(bindparam("limit")).offset(bindparam("offset"))
