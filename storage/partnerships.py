"""What two companies agreed: their partnership, its rooms, counterparts, studies, calendar and policy."""

import re
from dataclasses import replace

from sqlalchemy import ColumnElement, bindparam, select

from bot.actors import Actor
from bot.governance.calendar import WorkCalendar
from bot.governance.escalation import Policy, Rung
from bot.governance.partnership import Counterparts, Partnership, Room
from bot.governance.visibility import Scope, Side, Visibility, room_scopes, scopes
from bot.intents import Place
from storage import mapper
from storage.agreed import CalendarRow, CounterpartRow, PolicyRow, ServiceRow
from storage.bound import table
from storage.memory import Remembering, remembered
from storage.tables import OrganisationRow, PartnershipRow, RoomRow

COMMITTEE = re.compile(r"[A-Z0-9]{2,8}-[A-Z0-9-]{2,20}")  # its id: "NOR-JOC"
CALENDAR = table(CalendarRow)
COUNTERPART = table(CounterpartRow)
ORGANISATION = table(OrganisationRow)
PARTNERSHIP = table(PartnershipRow)
POLICY = table(PolicyRow)
ROOM = table(RoomRow)
SERVICE = table(ServiceRow)
SPONSOR = ORGANISATION.alias("sponsor_organisation")
CRO = ORGANISATION.alias("cro_organisation")

NAMED = select(PARTNERSHIP, SPONSOR.c.name.label("sponsor_name"), CRO.c.name.label("cro_name")).where(
    PARTNERSHIP.c.sponsor == SPONSOR.c.id, PARTNERSHIP.c.cro == CRO.c.id
)

THIS = PARTNERSHIP.c.id == bindparam("partnership")
BY_ID = NAMED.where(THIS)
RUNNING, OVER = PARTNERSHIP.c.ended_on.is_(None), PARTNERSHIP.c.ended_on.is_not(None)
PAST = select(PARTNERSHIP.c.id).where(OVER)
EVERY = NAMED.order_by(PARTNERSHIP.c.id)
MINE = EVERY.where(PARTNERSHIP.c.id.in_(bindparam("ids", expanding=True)))
SERVED = (
    select(SERVICE.c.study).where(SERVICE.c.partnership == bindparam("partnership")).order_by(SERVICE.c.study)
)
PAIRS = (
    select(COUNTERPART)
    .where(COUNTERPART.c.partnership == bindparam("partnership"))
    .order_by(COUNTERPART.c.level)
)
AGREED_CALENDAR = select(CALENDAR).where(THIS, PARTNERSHIP.c.calendar == CALENDAR.c.id)
AGREED_POLICY = select(POLICY, PARTNERSHIP.c.code).where(THIS, PARTNERSHIP.c.policy == POLICY.c.id)
ROOM_READER = select(ROOM, ORGANISATION.c.side, ORGANISATION.c.zone).where(
    ROOM.c.id == bindparam("room"), ROOM.c.organisation == ORGANISATION.c.id
)
ROOM_HERE = select(ROOM).where(
    ROOM.c.platform == bindparam("platform"),
    ROOM.c.tenant == bindparam("tenant"),
    ROOM.c.conversation == bindparam("conversation"),
    ROOM.c.organisation == bindparam("organisation"),
)
ROOMS_OF = (
    select(ROOM)
    .where(ROOM.c.partnership == bindparam("partnership"), ROOM.c.visibility == bindparam("visibility"))
    .order_by(ROOM.c.id)
)


class Partnerships(Remembering):
    """Partnerships as their members may see them; the clock may see all."""

    @remembered
    def partnerships(self, actor: Actor) -> tuple[Partnership, ...]:
        """The actor's own partnerships that go on."""
        return self._partnerships(actor, RUNNING)

    @remembered
    def past_partnerships(self, actor: Actor) -> tuple[Partnership, ...]:
        """Those that have ended: their record is read by whoever keeps it, and nothing else goes on."""
        return self._partnerships(actor, OVER)

    def known_partnerships(self, actor: Actor) -> tuple[Partnership, ...]:
        """All of the actor's own, those that go on before those that have ended."""
        return (*self.partnerships(actor), *self.past_partnerships(actor))

    def _partnerships(self, actor: Actor, which: ColumnElement[bool]) -> tuple[Partnership, ...]:
        mine = {} if actor.is_clock else {"ids": sorted(actor.partnerships)}
        rows = self.run((EVERY if actor.is_clock else MINE).where(which), **mine)
        return tuple(mapper.built(Partnership, row) for row in rows.mappings())

    @remembered
    def partnership(self, actor: Actor, partnership: str) -> Partnership | None:
        """One of the actor's own partnerships, also one that has ended."""
        if not _inside(actor, partnership):
            return None
        row = self.run(BY_ID, partnership=partnership).mappings().first()
        return mapper.built(Partnership, row) if row else None

    @remembered
    def studies(self, actor: Actor, partnership: str) -> tuple[str, ...]:
        """The ids of the studies this partnership serves."""
        if not _inside(actor, partnership):
            return ()
        return tuple(self.run(SERVED, partnership=partnership).scalars())

    @remembered
    def counterparts(self, actor: Actor, partnership: str) -> tuple[Counterparts, ...]:
        """Who answers to whom, level by level."""
        if not _inside(actor, partnership):
            return ()
        rows = self.run(PAIRS, partnership=partnership).mappings()
        return tuple(mapper.built(Counterparts, row) for row in rows)

    @remembered
    def calendar(self, actor: Actor, partnership: str) -> WorkCalendar:
        """The working calendar both agreed. Raises LookupError outside the actor's partnerships."""
        row = self.run(AGREED_CALENDAR, partnership=partnership).mappings().first()
        if row is None or not _inside(actor, partnership):
            raise LookupError(partnership)
        return mapper.built(WorkCalendar, mapper.called(row))

    @remembered
    def policy(self, actor: Actor, partnership: str) -> Policy:
        """The escalation policy both agreed. Raises LookupError outside the actor's partnerships."""
        row = self.run(AGREED_POLICY, partnership=partnership).mappings().first()
        if row is None or not _inside(actor, partnership):
            raise LookupError(partnership)
        agreed = mapper.built(Policy, mapper.called(row))
        return replace(agreed, ladder=tuple(_own_forum(one, row["code"]) for one in agreed.ladder))

    @remembered
    def linked_actor(self, room: str) -> Actor | None:
        """A room as a reader of what it is linked to, whoever may be in it."""
        row = self.run(ROOM_READER, room=room).mappings().first()
        if row is None:
            return None
        linked, side = mapper.built(Room, row), Side(row["side"])
        shown = room_scopes(linked.partnership, linked.visibility)
        return Actor(
            person="",
            name=linked.name,
            organisation=linked.organisation,
            side=side,
            roles=frozenset(),
            partnerships=frozenset({linked.partnership}),
            # A link to the other side's class, or to restricted records, shows nothing of them.
            sees=shown & scopes(frozenset({linked.partnership}), side),
            zone=row["zone"],
            room=linked.id,
        )

    def room_at(self, actor: Actor, place: Place) -> Room | None:
        """The actor's own company's room in that conversation, if it belongs to a partnership of theirs."""
        found = self._linked(actor.organisation, place.platform, place.tenant, channel(place))
        return found if found and _inside(actor, found.partnership) else None

    @remembered
    def _linked(self, organisation: str, platform: str, tenant: str, conversation: str) -> Room | None:
        here = {"platform": platform, "tenant": tenant, "conversation": conversation}
        row = self.run(ROOM_HERE, **here, organisation=organisation).mappings().first()
        return mapper.built(Room, row) if row else None

    @remembered
    def rooms(self, actor: Actor, scope: Scope) -> tuple[Room, ...]:
        """The rooms that show records of this class, of both companies; restricted ones are shown in none."""
        if scope.visibility is Visibility.RESTRICTED or not (actor.is_clock or scope in actor.sees):
            return ()
        rows = self.run(ROOMS_OF, **mapper.columns(scope)).mappings()
        return tuple(mapper.built(Room, row) for row in rows)


def channel(place: Place) -> str:
    """The conversation without the thread that Teams hangs on it."""
    return place.conversation.partition(";messageid=")[0]


def _inside(actor: Actor, partnership: str) -> bool:
    return actor.is_clock or partnership in actor.partnerships


def _own_forum(rung: Rung, own: str) -> Rung:
    """A file may name one policy for several partnerships, and committees of one of them in it."""
    of_another = COMMITTEE.fullmatch(rung.forum) and not rung.forum.startswith(f"{own}-")
    return replace(rung, forum="") if of_another else rung
