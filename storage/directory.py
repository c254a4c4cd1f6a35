"""The two companies' own directory: who somebody is, what they may see, and who else is there."""

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from bot.actors import KEEPERS, Actor, Role
from bot.governance.partnership import Organisation, Person
from bot.governance.visibility import Side, scopes
from bot.intents import Handle
from storage import mapper
from storage.bound import table
from storage.memory import Remembering, remembered
from storage.tables import IdentityRow, OrganisationRow, PartnershipRow, PersonRow, RoleRow

IDENTITY = table(IdentityRow)
ORGANISATION = table(OrganisationRow)
PARTNERSHIP = table(PartnershipRow)
PERSON = table(PersonRow)
ROLE = table(RoleRow)

ZONE = func.coalesce(func.nullif(PERSON.c.zone, ""), ORGANISATION.c.zone)
AT_HOME = PERSON.c.organisation == ORGANISATION.c.id
IS_IDENTITY = (
    IDENTITY.c.platform == bindparam("platform"),
    IDENTITY.c.tenant == bindparam("tenant"),
    IDENTITY.c.user == bindparam("user"),
    IDENTITY.c.person == PERSON.c.id,
    IDENTITY.c.barred == "",
)
ROLES = select(func.aggregate_strings(ROLE.c.role, "\n")).where(ROLE.c.person == PERSON.c.id)
PARTNERSHIPS = select(func.aggregate_strings(PARTNERSHIP.c.id, "\n")).where(
    (PARTNERSHIP.c.sponsor == ORGANISATION.c.id) | (PARTNERSHIP.c.cro == ORGANISATION.c.id)
)
ENDED = PARTNERSHIPS.where(PARTNERSHIP.c.ended_on.is_not(None))


def _speaker(*who: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    """One active person with all an actor needs, in one question: every request asks it first."""
    return select(
        PERSON.c.id,
        PERSON.c.name,
        PERSON.c.organisation,
        ORGANISATION.c.side,
        ZONE.label("zone"),
        ROLES.scalar_subquery().label("roles"),
        PARTNERSHIPS.scalar_subquery().label("partnerships"),
        ENDED.scalar_subquery().label("ended"),
    ).where(AT_HOME, PERSON.c.active, *who)


def _member(*who: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    """Active people, their zone falling back to their company's."""
    person = [column for column in PERSON.c if column.name != "zone"]
    return select(*person, ZONE.label("zone")).where(AT_HOME, PERSON.c.active, *who)


BY_HANDLE = _speaker(*IS_IDENTITY)
BY_ID = _speaker(PERSON.c.id == bindparam("person"))
PERSON_BY_HANDLE = _member(*IS_IDENTITY)
COLLEAGUES = _member(
    PARTNERSHIP.c.id == bindparam("partnership"),
    (PARTNERSHIP.c.sponsor == PERSON.c.organisation) | (PARTNERSHIP.c.cro == PERSON.c.organisation),
).order_by(PERSON.c.id)
FORMER = (
    select(*(column for column in PERSON.c if column.name != "zone"), ZONE.label("zone"))
    .where(AT_HOME, PERSON.c.active.is_(False), PARTNERSHIP.c.id == bindparam("partnership"))
    .where((PARTNERSHIP.c.sponsor == PERSON.c.organisation) | (PARTNERSHIP.c.cro == PERSON.c.organisation))
    .order_by(PERSON.c.id)
)
EVERYBODY = select(PERSON).order_by(PERSON.c.id)
ADMINISTRATORS = (
    select(PERSON.c.id)
    .where(PERSON.c.organisation == bindparam("organisation"), PERSON.c.active)
    .where(ROLE.c.person == PERSON.c.id, ROLE.c.role == Role.ADMINISTRATOR.value)
    .where(PERSON.c.id.in_(select(IDENTITY.c.person).where(IDENTITY.c.barred == "")))
    .order_by(PERSON.c.id)
)


class Directory(Remembering):
    """People and companies."""

    @remembered
    def actor(self, handle: Handle) -> Actor | None:
        """Who that is, from our own directory only; None for the unknown and for those who left."""
        return self._actor(BY_HANDLE, **mapper.columns(handle, "name"))

    @remembered
    def person_actor(self, person: str) -> Actor | None:
        """That person as an actor; None for the unknown and for those who left."""
        return self._actor(BY_ID, person=person)

    def organisation_of(self, handle: Handle) -> Organisation | None:
        """The company whose workspace or tenant this is. It only routes a request for admission."""
        same = ORGANISATION.c.platform == handle.platform, ORGANISATION.c.tenant == handle.tenant
        row = self.run(select(ORGANISATION).where(*same, ORGANISATION.c.tenant != "")).mappings().first()
        return mapper.built(Organisation, row) if row else None

    def administrators(self, organisation: str) -> tuple[str, ...]:
        """The ids of the people who can administer that company's directory today."""
        return tuple(self.run(ADMINISTRATORS, organisation=organisation).scalars())

    @remembered
    def people(self, actor: Actor, partnership: str) -> tuple[Person, ...]:
        """Everyone active in both companies of one of the actor's partnerships; else nobody."""
        if not (actor.is_clock or partnership in actor.partnerships):
            return ()
        rows = self.run(COLLEAGUES, partnership=partnership).mappings()
        return tuple(mapper.built(Person, row) for row in rows)

    @remembered
    def former(self, actor: Actor, partnership: str) -> tuple[Person, ...]:
        """Who has left either company of one of the actor's partnerships: the record still names them."""
        if not (actor.is_clock or partnership in actor.partnerships):
            return ()
        rows = self.run(FORMER, partnership=partnership).mappings()
        return tuple(mapper.built(Person, row) for row in rows)

    def person_at(self, handle: Handle) -> Person | None:
        """The active person behind a platform's identity."""
        row = self.run(PERSON_BY_HANDLE, **mapper.columns(handle, "name")).mappings().first()
        return mapper.built(Person, row) if row else None

    def everyone(self) -> tuple[Person, ...]:
        """All people of all companies, those who left too: an operator says as whom they look."""
        return tuple(mapper.built(Person, row) for row in self.run(EVERYBODY).mappings())

    def _actor(self, who: Select[tuple[object, ...]], **named: str) -> Actor | None:
        row = self.run(who, **named).mappings().first()
        if row is None:
            return None
        side, partnerships, ended = Side(row["side"]), _listed(row["partnerships"]), _listed(row["ended"])
        roles = frozenset(Role(role) for role in _listed(row["roles"]))
        return Actor(
            person=row["id"],
            name=row["name"],
            organisation=row["organisation"],
            side=side,
            roles=roles,
            partnerships=partnerships,
            sees=scopes(partnerships if roles & KEEPERS else partnerships - ended, side),
            zone=row["zone"],
            ended=ended,
        )


def _listed(words: str | None) -> frozenset[str]:
    return frozenset((words or "").split("\n")) - {""}
