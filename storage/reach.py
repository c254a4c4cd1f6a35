"""Where people and channels can be reached: kept at every inbound request, read at every send."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from bot.intents import Handle, Place
from bot.outbox import Address, Audience
from storage.bound import Bound, table
from storage.partnerships import channel
from storage.tables import IdentityRow, PersonRow, ReachRow, RoomRow

IDENTITY = table(IdentityRow)
PERSON = table(PersonRow)
REACH = table(ReachRow)
ROOM = table(RoomRow)
ROOM_BY_ID = select(ROOM).where(ROOM.c.id == bindparam("id"))
KNOWN = select(REACH).where(REACH.c.key == bindparam("key"))
IDENTITIES = (
    select(IDENTITY)
    .join(PERSON)
    .where(PERSON.c.id == bindparam("person"), PERSON.c.active, IDENTITY.c.barred == "")
    .order_by(IDENTITY.c.platform, IDENTITY.c.tenant, IDENTITY.c.user)
)
NEWEST_SERVICE = (
    select(REACH.c.service)
    .where(REACH.c.platform == bindparam("platform"), REACH.c.tenant == bindparam("tenant"))
    .where(REACH.c.service != "")
    .order_by(REACH.c.at.desc())
    .limit(1)
)


HEARD = 3  # channels to ask about an account
CHANNELS = (
    select(REACH)
    .where(REACH.c.platform == bindparam("platform"), REACH.c.tenant == bindparam("tenant"))
    .where(REACH.c.private.is_(False))
    .order_by(REACH.c.at.desc())
    .limit(HEARD)
)


class Reach(Bound):
    """Addresses, as platforms told them to us."""

    def meet(self, handle: Handle | None, place: Place, at: datetime) -> None:
        """Remember where this came from; nothing is written when nothing changed."""
        if place.private and handle is None:
            return
        user = handle.user if handle and place.private else ""
        key = _person_key(handle) if handle and place.private else _channel_key(place)
        before = self._known(key)
        known = {
            "tenant": place.tenant,
            "conversation": place.conversation if place.private else channel(place),
            "service": place.service or (before["service"] if before else ""),
        }
        if before and all(before[name] == value for name, value in known.items()):
            return
        values = known | {"platform": place.platform, "user": user, "private": place.private, "at": at}
        self.put_over(REACH, {"key": key, **values}, "key")

    def channels(self, platform: str, tenant: str) -> tuple[Place, ...]:
        """A few channels of that tenant that we are in, those first where something was heard last."""
        rows = self.run(CHANNELS, platform=platform, tenant=tenant)
        return tuple(Place(platform, tenant, row.conversation, service=row.service) for row in rows)

    def address(self, audience: Audience) -> Address | None:
        """Where that audience is; None for a room or person that is not in the directory.

        A person who never wrote to us has no `conversation`, only a `user` to open one with.
        """
        if audience.place:
            return self._at(audience.place, audience.user)
        return self._room(audience.room) if audience.room else self._person(audience.person)

    def _at(self, place: Place, user: str) -> Address:
        return Address(
            place.platform,
            place.tenant,
            place.conversation,
            user=user,
            thread=place.thread,
            service=place.service or self._service(place.platform, place.tenant, _channel_key(place)),
            private=bool(user) and not place.private,
        )

    def _room(self, room: str) -> Address | None:
        row = self.run(ROOM_BY_ID, id=room).first()
        if row is None:
            return None
        key = _channel_key(Place(row.platform, row.tenant, row.conversation))
        service = self._service(row.platform, row.tenant, key)
        return Address(row.platform, row.tenant, row.conversation, service=service)

    def _person(self, person: str) -> Address | None:
        rows = self.run(IDENTITIES, person=person).all()
        handles = [Handle(row.platform, row.tenant, row.user) for row in rows]
        met = [known for handle in handles if (known := self._known(_person_key(handle)))]
        if met:
            last = max(met, key=lambda known: known["at"])
            return Address(
                **{name: last[name] for name in ("platform", "tenant", "conversation", "user", "service")}
            )
        if not handles:
            return None
        new = handles[0]
        service = self._service(new.platform, new.tenant)
        return Address(new.platform, new.tenant, "", user=new.user, service=service)

    def _service(self, platform: str, tenant: str, key: str = "") -> str:
        """The service address of that channel, else the newest one of its tenant, else ""."""
        known = self._known(key) if key else None
        if known and known["service"]:
            return str(known["service"])
        return str(self.run(NEWEST_SERVICE, platform=platform, tenant=tenant).scalar() or "")

    def _known(self, key: str) -> dict[str, Any] | None:
        row = self.run(KNOWN, key=key).mappings().first()
        return dict(row) if row else None


def _person_key(handle: Handle) -> str:
    return f"person:{handle.platform}:{handle.tenant}:{handle.user}"


def _channel_key(place: Place) -> str:
    return f"channel:{place.platform}:{place.tenant}:{channel(place)}"
