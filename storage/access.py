"""Where we are let in, where no longer, and what waits for those who are out of reach meanwhile."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, RowMapping, bindparam, func, or_, select, update

from bot.intents import Place
from bot.outbox import Audience
from bot.records import Installation
from storage.bound import Bound, table
from storage.columns import UtcDateTime
from storage.installations import belonging, installation
from storage.queues import OPEN, outbox
from storage.tables import IdentityRow, OrganisationRow, ReachRow, RoomRow
from storage.told import Worker

IDENTITY = table(IdentityRow)
ORGANISATION = table(OrganisationRow)
REACH = table(ReachRow)
ROOM = table(RoomRow)

PLATFORM: BindParameter[str] = bindparam("of_platform")
TENANT: BindParameter[str] = bindparam("of_tenant")
AT, WALL = bindparam("of_at", type_=UtcDateTime), bindparam("wall", type_=UtcDateTime)
# A workspace is reached through its own installation, or through that of the organisation it belongs to.
MEMBERS = select(belonging.c.tenant).where(
    belonging.c.platform == PLATFORM, belonging.c.organisation == TENANT
)
KNOWN = select(installation).where(installation.c.platform == PLATFORM, installation.c.tenant == TENANT)
THROUGH = (
    select(installation)
    .join(
        belonging,
        (belonging.c.organisation == installation.c.tenant)
        & (belonging.c.platform == installation.c.platform),
    )
    .where(belonging.c.platform == PLATFORM, belonging.c.tenant == TENANT)
)


def _there(platform: ColumnElement[Any], tenant: ColumnElement[Any]) -> ColumnElement[bool]:
    return (platform == PLATFORM) & ((tenant == TENANT) | tenant.in_(MEMBERS))


LODGERS = (
    select(ORGANISATION.c.id)
    .where(_there(ORGANISATION.c.platform, ORGANISATION.c.tenant))
    .order_by(ORGANISATION.c.id)
)
ROOMS = select(ROOM.c.id).where(_there(ROOM.c.platform, ROOM.c.tenant))
PEOPLE = select(IDENTITY.c.person).where(_there(IDENTITY.c.platform, IDENTITY.c.tenant))
HELD_UP = (outbox.c.state == OPEN) & or_(
    outbox.c.room.in_(ROOMS),
    (outbox.c.user == "") & outbox.c.person.in_(PEOPLE),
    _there(outbox.c.place["platform"].as_string(), outbox.c.place["tenant"].as_string()),
)
WAITING = select(func.count()).select_from(outbox).where(HELD_UP)
RELEASE = update(outbox).where(HELD_UP, outbox.c.not_before > WALL).values(not_before=WALL)
NEVER_IN: Mapping[str, object] = {"key": "", "sealed": "", "let_in": None, "version": 1}
LOCK_OUT = (
    update(installation)
    .where(installation.c.platform == PLATFORM, installation.c.tenant == TENANT)
    .where(installation.c.locked_out.is_(None))
    .values(locked_out=AT, version=installation.c.version + 1)
    .returning(installation.c.tenant)
)
LET_IN = (
    update(installation)
    .where(installation.c.platform == PLATFORM, installation.c.tenant == TENANT)
    .where(installation.c.locked_out.is_not(None))
    .values(locked_out=None, let_in=AT, version=installation.c.version + 1)
    .returning(installation.c.tenant)
)
OTHERS = (
    select(IDENTITY.c.platform, IDENTITY.c.tenant, IDENTITY.c.user, REACH.c.conversation, REACH.c.service)
    .outerjoin(
        REACH,
        (REACH.c.platform == IDENTITY.c.platform)
        & (REACH.c.tenant == IDENTITY.c.tenant)
        & (REACH.c.user == IDENTITY.c.user)
        & REACH.c.private,
    )
    .where(IDENTITY.c.person == bindparam("of_person"), IDENTITY.c.barred == "")
    .where(~_there(IDENTITY.c.platform, IDENTITY.c.tenant))
    .order_by(REACH.c.at.desc(), IDENTITY.c.platform, IDENTITY.c.tenant)
    .limit(1)
)


class Access(Bound):
    """The part of an archive that knows where we are installed."""

    def installation(self, platform: str, tenant: str) -> Installation | None:
        """That of a workspace itself, else of the organisation it belongs to; never with its secret."""
        row = self.installed(platform, tenant)
        return _installation(row) if row else None

    def installed(self, platform: str, tenant: str) -> RowMapping | None:
        """The row itself, as `installation` finds it."""
        named = {"of_platform": platform, "of_tenant": tenant}
        own = self.run(KNOWN, **named).mappings().first()
        return own or self.run(THROUGH, **named).mappings().first()

    def lock_out(self, home: Installation, at: datetime) -> bool:
        """We are not let in there from now on; False where that was known."""
        row = {"platform": home.platform, "tenant": home.tenant, "name": home.name, **NEVER_IN}
        if self.put_new(installation, row | {"locked_out": at, "at": at}):
            return True
        named = {"of_platform": home.platform, "of_tenant": home.tenant}
        return self.run(LOCK_OUT, **named, of_at=at).first() is not None

    def let_in(self, platform: str, tenant: str, at: datetime, wall: datetime) -> bool:
        """We are let in from now on, and what waited goes; whether we had been locked out."""
        named = {"of_platform": platform, "of_tenant": tenant}
        was_out = self.run(LET_IN, **named, of_at=at).first() is not None
        self.works(Worker.DESK)
        self.run(RELEASE, **named, wall=wall)
        return was_out

    def lodgers(self, platform: str, tenant: str) -> tuple[str, ...]:
        """The companies that live there."""
        return tuple(self.run(LODGERS, of_platform=platform, of_tenant=tenant).scalars())

    def waiting(self, platform: str, tenant: str) -> int:
        """How many promised messages are for somebody there."""
        self.works(Worker.DESK)
        return int(self.run(WAITING, of_platform=platform, of_tenant=tenant).scalar_one())

    def elsewhere(self, person: str, platform: str, tenant: str) -> Audience:
        """The person where we are still let in, as far as they are anywhere else; else as ever."""
        row = self.run(OTHERS, of_person=person, of_platform=platform, of_tenant=tenant).first()
        if row is None:
            return Audience(person=person)
        place = Place(row.platform, row.tenant, row.conversation or "", True, service=row.service or "")
        return Audience(person=person, user=row.user, place=place)


def _installation(row: RowMapping) -> Installation:
    kept = ("platform", "tenant", "name", "at", "locked_out", "let_in", "version")
    return Installation(**{name: row[name] for name in kept})
