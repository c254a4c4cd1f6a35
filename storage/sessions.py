"""Committees and their sessions: shared inside their partnership, read and saved inside the wall."""

from datetime import UTC, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import Select, Table, bindparam, select, update

from bot.actors import Actor
from bot.errors import Conflict
from bot.governance.session import Committee, Session
from bot.governance.visibility import Scope, Visibility
from storage import mapper, wall
from storage.bound import table
from storage.said import Saying, Told
from storage.session_rows import CommitteeRow, MeetingRow

COMMITTEE = table(CommitteeRow)
MEETING = table(MeetingRow)
ORDER = {COMMITTEE: (COMMITTEE.c.tier, COMMITTEE.c.id), MEETING: (MEETING.c.day, MEETING.c.id)}


class Sessions(Saying):
    """Committees and sessions as their readers may see them."""

    def committees(self, actor: Actor, partnership: str) -> tuple[Committee, ...]:
        """Those of one partnership, the lowest tier first."""
        rows = self._seated(actor, COMMITTEE, "partnership", partnership)
        return tuple(mapper.built(Committee, row) for row in rows)

    def committee(self, actor: Actor, committee: str) -> Committee | None:
        """One committee by its id."""
        rows = self._seated(actor, COMMITTEE, "id", committee)
        return mapper.built(Committee, rows[0]) if rows else None

    def meeting(self, actor: Actor, session: str) -> Session | None:
        """One session by its id."""
        rows = self._seated(actor, MEETING, "id", session)
        return mapper.built(Session, rows[0]) if rows else None

    def meetings(self, actor: Actor, partnership: str) -> tuple[Session, ...]:
        """Those of one partnership, the earliest first."""
        rows = self._seated(actor, MEETING, "partnership", partnership)
        return tuple(mapper.built(Session, row) for row in rows)

    def save_committee(self, actor: Actor, committee: Committee) -> None:
        """Keep it, or its next version. Raises Conflict where it was saved meanwhile."""
        self._seat(actor, COMMITTEE, committee)

    def save_meeting(self, actor: Actor, session: Session) -> None:
        """Keep it, or its next version. Raises Conflict where it was saved meanwhile."""
        self._seat(actor, MEETING, session)
        seated = self.committee(actor, session.committee)
        said = {"number": session.id, "committee": seated.name if seated else "", "note": session.note}
        held = datetime.combine(session.day, time(), UTC)
        scope = Scope(session.partnership, Visibility.SHARED)
        self.index(actor, Told("session", session.id, scope, held), said)

    def _seated(self, actor: Actor, rows: Table, column: str, value: str) -> list[dict[str, Any]]:
        asked = {"wanted": value, **wall.sight(actor)}
        found = self.run(_select(self.passes(actor), rows, column), **asked)
        return [dict(row) for row in found.mappings()]

    def _seat(self, actor: Actor, rows: Table, record: Committee | Session) -> None:
        """Raises PermissionError outside what the actor may write."""
        scope = Scope(record.partnership, Visibility.SHARED)
        if not wall.writable(actor, scope):
            raise PermissionError("outside the writer's partnership")
        clock, values = self.passes(actor), mapper.columns(record) | mapper.columns(scope)
        if record.version == 1:
            self.put(rows, values)
            return
        unchanged = rows.c.id == record.id, rows.c.version == record.version - 1
        changed = update(rows).where(*unchanged, wall.inside(clock, rows, rows.c.id)).values(**values)
        if self.run(changed, **wall.sight(actor)).rowcount != 1:
            raise Conflict(record.id)


@cache
def _select(clock: bool, rows: Table, column: str) -> Select[Any]:
    here = rows.c[column] == bindparam("wanted"), wall.inside(clock, rows, rows.c.id)
    return select(rows).where(*here).order_by(*ORDER[rows])
