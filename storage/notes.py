"""Words beside an issue: its updates, and one side's internal notes, each inside its own class."""

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from bot.actors import Actor
from bot.governance.visibility import Scope, Visibility
from bot.records import Note
from storage import mapper, wall
from storage.bound import table
from storage.issue_rows import NoteRow
from storage.parties import Parties
from storage.said import Saying

NOTE = table(NoteRow)


class Notes(Parties, Saying):
    """Notes as their readers may see them."""

    def add_note(self, actor: Actor, note: Note) -> None:
        """Keep one. Raises PermissionError outside what the actor may write."""
        if not (
            wall.writable(actor, Scope(note.partnership, note.visibility)) or self._as_third(actor, note)
        ):
            raise PermissionError("outside the writer's partnership, side or class")
        self.passes(actor)
        self.put(NOTE, mapper.columns(note))
        self.index_note(note)

    def _as_third(self, actor: Actor, note: Note) -> bool:
        """An update by the third company of a tri-party record, in that record's own class."""
        home = self.home(actor, note.issue) if note.visibility is Visibility.TRI_PARTY else None
        return home is not None and home.id == note.partnership

    def notes(self, actor: Actor, issue: str) -> tuple[Note, ...]:
        """Those of one issue that the actor may read, the oldest first."""
        rows = self.run(_of_issue(self.passes(actor)), issue=issue, **wall.sight(actor)).mappings()
        return tuple(mapper.built(Note, row) for row in rows)


@cache
def _of_issue(clock: bool) -> Select[Any]:
    inside = wall.inside(clock, NOTE, NOTE.c.issue)
    return select(NOTE).where(NOTE.c.issue == bindparam("issue"), inside).order_by(NOTE.c.at, NOTE.c.id)
