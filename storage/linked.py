"""Which channels of a company are linked, and to what."""

from sqlalchemy import bindparam, delete, select

from bot.actors import Actor
from bot.errors import Conflict
from bot.governance.partnership import Room
from bot.governance.visibility import Visibility
from bot.intents import Place
from storage import mapper
from storage.bound import table
from storage.memory import Remembering
from storage.partnerships import channel
from storage.tables import RoomRow
from storage.wall import administered, still_open

ROOM = table(RoomRow)
OWN = select(ROOM).where(ROOM.c.organisation == bindparam("organisation")).order_by(ROOM.c.name, ROOM.c.id)


class Linked(Remembering):
    """Read by everybody in the company, changed by its administrator."""

    def own_rooms(self, actor: Actor) -> tuple[Room, ...]:
        """The linked channels of the actor's own company."""
        rows = self.run(OWN, organisation=actor.organisation).mappings()
        return tuple(mapper.built(Room, row) for row in rows)

    def link_room(self, actor: Actor, room: Room, place: Place) -> None:
        """Link a channel. Raises Conflict where it is linked by now.

        The other company's channel is linked only to what both companies see anyway.
        """
        organisation = administered(actor)
        still_open(actor, room.partnership)
        foreign = room.organisation != organisation and room.visibility is not Visibility.SHARED
        if foreign or room.partnership not in actor.partnerships:
            raise PermissionError("another company's channel")
        where = {"platform": place.platform, "tenant": place.tenant, "conversation": channel(place)}
        if not self.put_new(ROOM, {**mapper.columns(room), **where}):
            raise Conflict(room.id)
        self.forget()

    def end_link(self, actor: Actor, room: str) -> None:
        """Unlink a channel of the actor's own company."""
        mine = ROOM.c.id == room, ROOM.c.organisation == administered(actor)
        if self.run(delete(ROOM).where(*mine)).rowcount != 1:
            raise Conflict(room)
        self.forget()
