"""Words beside an issue: its updates, and one side's internal notes, each inside its own class."""

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from bot.actors import Actor
from bot.governance.visibility import Scope
from bot.records import Note
from storage import mapper, wall
from storage.bound import Bound, table
from storage.issue_rows import NoteRow

NOTE = table(NoteRow)


class Notes(Bound):
    """Notes as their readers may see them."""

    def add_note(self, actor: Actor, note: Note) -> None:
        """Keep one. Raises PermissionError outside what the actor may write."""
        if not wall.writable(actor, Scope(note.partnership, note.visibility)):
            raise PermissionError("outside the writer's partnership, side or class")
        self.put(NOTE, mapper.columns(note))

    def notes(self, actor: Actor, issue: str) -> tuple[Note, ...]:
        """Those of one issue that the actor may read, the oldest first."""
        rows = self.run(_of_issue(actor.is_clock), issue=issue, **wall.sight(actor)).mappings()
        return tuple(mapper.built(Note, row) for row in rows)


@cache
def _of_issue(clock: bool) -> Select[Any]:
    inside = wall.inside(clock, NOTE, NOTE.c.issue)
    return select(NOTE).where(NOTE.c.issue == bindparam("issue"), inside).order_by(NOTE.c.at, NOTE.c.id)
