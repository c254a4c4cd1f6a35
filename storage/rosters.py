"""Who is in each linked room, and what that leaves the room to show; which accounts their platforms bar."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, delete, or_, select, update

from bot.actors import Actor
from bot.errors import Conflict
from bot.governance.roster import Identity, Occupant, Roster, Standing, State
from bot.governance.visibility import Scope
from bot.intents import Handle, Place
from storage import mapper
from storage.bound import table
from storage.directory import Directory
from storage.memory import remembered
from storage.occupants import OccupantRow, RosterRow
from storage.partnerships import Partnerships, channel
from storage.queues import outbox
from storage.tables import IdentityRow, RoomRow
from storage.told import Worker

IDENTITY = table(IdentityRow)
OCCUPANT = table(OccupantRow)
ROOM = table(RoomRow)
ROSTER = table(RosterRow)

THIS: BindParameter[str] = bindparam("of_room")
LINKED = select(ROOM).where(ROOM.c.id == THIS)
KEPT = select(ROSTER).where(ROSTER.c.room == THIS)
SEATS = select(OCCUPANT).where(OCCUPANT.c.room == THIS)
CLEAR = delete(OCCUPANT).where(OCCUPANT.c.room == THIS)
AT = select(ROOM.c.id).where(
    ROOM.c.platform == bindparam("platform"),
    ROOM.c.tenant == bindparam("tenant"),
    or_(ROOM.c.conversation == bindparam("conversation"), bindparam("conversation") == ""),
)
WITH = select(OCCUPANT.c.room).where(
    OCCUPANT.c.platform == bindparam("platform"),
    OCCUPANT.c.tenant == bindparam("tenant"),
    OCCUPANT.c.user == bindparam("user"),
)
SILENT = select(ROSTER.c.room).where(ROSTER.c.state == State.MUTED.value).order_by(ROSTER.c.room)
KNOWN = select(IDENTITY).where(
    IDENTITY.c.platform == bindparam("platform"),
    IDENTITY.c.tenant == bindparam("tenant"),
    IDENTITY.c.user == bindparam("user"),
)
LINK = ("organisation", "partnership", "name", "tenant")
WITHHELD = (outbox.c.room == THIS, outbox.c.state == "withheld")
AGAIN: Mapping[str, object] = {"state": "open", "attempts": 0, "reason": ""}


class Rosters(Directory, Partnerships):
    """A room counts as its least-entitled member; one that nobody has looked into shows nothing."""

    @remembered
    def room_actor(self, room: str) -> Actor | None:
        """The room as a reader: what it is linked to, as far as everybody in it may see that."""
        linked = self.linked_actor(room)
        return replace(linked, sees=self._common(room, linked.sees)) if linked else None

    def holds_back(self, room: str) -> bool:
        """Whether the room shows less than it is linked to, because of who is in it."""
        linked, reader = self.linked_actor(room), self.room_actor(room)
        return linked is not None and reader is not None and linked.sees != reader.sees

    @remembered
    def roster(self, room: str) -> Roster | None:
        """Who is in it, as of the last look, also after it was given up; None where there never was one."""
        kept = self.run(KEPT, of_room=room).mappings().first()
        linked = self.run(LINKED, of_room=room).mappings().first()
        if linked is None:
            return mapper.built(Roster, kept) if kept else None
        known = dict(kept or {}) | {name: linked[name] for name in LINK} | {"room": room}
        return mapper.built(Roster, known, occupants=self._occupants(room))

    def rooms_at(self, place: Place) -> tuple[str, ...]:
        """The rooms in that conversation; without one, all of that tenant."""
        here = {"platform": place.platform, "tenant": place.tenant, "conversation": channel(place)}
        return tuple(self.run(AT, **here).scalars())

    def rooms_with(self, handle: Handle) -> tuple[str, ...]:
        """The rooms in which that account was last seen."""
        return tuple(self.run(WITH, **mapper.columns(handle, "name")).scalars())

    def silent_rooms(self) -> tuple[str, ...]:
        """The rooms that somebody unknown has muted."""
        return tuple(self.run(SILENT).scalars())

    def save_roster(self, roster: Roster) -> None:
        """Save a new version. Raises Conflict where another look was first."""
        row = mapper.columns(roster, "occupants")
        if roster.version == 1:
            saved = self.put_new(ROSTER, row)
        else:
            before = ROSTER.c.room == roster.room, ROSTER.c.version == roster.version - 1
            saved = self.run(update(ROSTER).where(*before).values(**row)).rowcount == 1
        if not saved:
            raise Conflict(roster.room)
        self.run(CLEAR, of_room=roster.room)
        for one in roster.occupants:
            seat = mapper.columns(one, "handle") | mapper.columns(one.handle)
            self.put(OCCUPANT, seat | {"room": roster.room})
        self.forget()

    def release(self, room: str, at: datetime) -> None:
        """What was withheld from that room is judged anew, from that wall time on."""
        self.works(Worker.DESK)
        self.run(update(outbox).where(*WITHHELD).values(**AGAIN, not_before=at), of_room=room)

    def drop_withheld(self, room: str) -> None:
        """What was withheld from a room that is given up is never shown there."""
        dropped = {"state": "dropped", "reason": "the room was given up"}
        self.works(Worker.DESK)
        self.run(update(outbox).where(*WITHHELD).values(**dropped), of_room=room)

    def identity(self, handle: Handle) -> Identity | None:
        """Whose account that is in our directory, barred or not."""
        row = self.run(KNOWN, **mapper.columns(handle, "name")).mappings().first()
        return mapper.built(Identity, row) if row else None

    def bar(self, handle: Handle, barred: str) -> None:
        """Its platform says "guest" or "gone": nobody to us from now on; "" lets it in again."""
        same = (IDENTITY.c[name] == value for name, value in mapper.columns(handle, "name").items())
        self.run(update(IDENTITY).where(*same).values(barred=barred))
        self.forget()

    def _common(self, room: str, linked: frozenset[Scope]) -> frozenset[Scope]:
        """What everybody in it may see; those whom the administrator approved take nothing away."""
        roster = self.roster(room)
        if roster is None or not roster.version or roster.state is not State.OPEN:
            return frozenset()
        for one in roster.occupants:
            if one.standing is not Standing.APPROVED:
                actor = self.actor(one.handle)
                linked &= actor.sees if actor else frozenset()
        return linked

    def _occupants(self, room: str) -> tuple[Occupant, ...]:
        found = [_occupant(row) for row in self.run(SEATS, of_room=room).mappings()]
        return tuple(sorted(found, key=lambda one: (one.handle.platform, one.handle.tenant, one.handle.user)))


def _occupant(row: Mapping[Any, Any]) -> Occupant:
    return mapper.built(Occupant, row, handle=mapper.built(Handle, row))
