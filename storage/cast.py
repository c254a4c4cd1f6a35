"""Who a playground shows: the people, channels and companies of the record, each on their own platform."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from bot.grammar import fold
from storage.bound import Bound, table
from storage.tables import IdentityRow, OrganisationRow, PersonRow, RoomRow

ORGANISATION = table(OrganisationRow)
PERSON = table(PersonRow)
IDENTITY = table(IdentityRow)
ROOM = table(RoomRow)

TOKEN = "xoxb-playground"  # noqa: S105 a token of the playground only
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """One account on a platform."""

    id: str
    name: str
    title: str
    zone: str


def everyone(archive: Bound) -> Json:
    """Workspaces and tenants for the playground, each with one channel not linked, and a newcomer in it."""
    companies = archive.run(select(ORGANISATION).order_by(ORGANISATION.c.id)).all()
    return {
        "slack": [_workspace(archive, one) for one in companies if one.platform == "slack"],
        "teams": [_tenant(archive, one) for one in companies if one.platform == "teams"],
    }


def _workspace(archive: Bound, company: Row[Any]) -> Json:
    people = [
        {**_person(one), "handle": fold(one.name).split()[0]} for one in _people(archive, company, "U99")
    ]
    channels = _channels(archive, company, f"C0GENERAL{_code(company)}", people)
    home = {"id": company.tenant, "name": company.name, "bot_token": TOKEN, "bot_user": "UPARLEY"}
    return {**home, "people": people, "channels": channels}


def _tenant(archive: Bound, company: Row[Any]) -> Json:
    people = [_person(one) for one in _people(archive, company, "aad-99")]
    unlinked = f"19:general-{_code(company).lower()}@thread.tacv2"
    channels = [{**one, "team": company.name} for one in _channels(archive, company, unlinked, people)]
    return {"id": company.tenant, "name": company.name, "people": people, "channels": channels}


def _people(archive: Bound, company: Row[Any], newcomer: str) -> list[Shown]:
    """The company's people, and one who is on the platform but not in Parley."""
    joined = select(PERSON, IDENTITY.c.user).join(IDENTITY, IDENTITY.c.person == PERSON.c.id)
    here = IDENTITY.c.platform == company.platform, IDENTITY.c.tenant == company.tenant
    rows = archive.run(joined.where(PERSON.c.organisation == company.id, *here).order_by(PERSON.c.id)).all()
    shown = [Shown(one.user, one.name, one.title, one.zone or company.zone) for one in rows]
    stranger = Shown(newcomer + _code(company), "Noor Haddad", "Has just joined the company", company.zone)
    return [*shown, stranger]


def _channels(archive: Bound, company: Row[Any], unlinked: str, people: list[Json]) -> list[Json]:
    rooms = archive.run(select(ROOM).where(ROOM.c.organisation == company.id).order_by(ROOM.c.id)).all()
    everybody = [one["id"] for one in people]
    linked = [{"id": one.conversation, "name": one.name, "members": everybody[:-1]} for one in rooms]
    return [*linked, {"id": unlinked, "name": "general", "members": everybody}]


def _person(one: Shown) -> Json:
    return {"id": one.id, "name": one.name, "title": one.title, "zone": one.zone}


def _code(company: Row[Any]) -> str:
    return str(company.id.removeprefix("ORG-"))
