"""A company and its people, as its administrator keeps them."""

from dataclasses import replace
from datetime import date

from sqlalchemy import RowMapping, bindparam, delete, func, select, update

from bot.actors import Actor
from bot.errors import Conflict
from bot.governance.company import Absence, Company, Member
from bot.intents import Handle
from storage import mapper
from storage.agreed import AbsenceRow
from storage.bound import table
from storage.memory import Remembering, remembered
from storage.numbers import short_names
from storage.tables import IdentityRow, OrganisationRow, PartnershipRow, PersonRow, RoleRow
from storage.wall import administered

ABSENCE = table(AbsenceRow)
IDENTITY = table(IdentityRow)
ORGANISATION = table(OrganisationRow)
PARTNERSHIP = table(PartnershipRow)
PERSON = table(PersonRow)
ROLE = table(RoleRow)

COMPANY = select(ORGANISATION).where(ORGANISATION.c.id == bindparam("organisation"))
ROLES = select(func.aggregate_strings(ROLE.c.role, "\n")).where(ROLE.c.person == PERSON.c.id)
# Somebody may have an account elsewhere too: this is the one in their company's own home.
AT_HOME = (IDENTITY.c.platform == ORGANISATION.c.platform) & (IDENTITY.c.tenant == ORGANISATION.c.tenant)
ACCOUNT = select(func.min(IDENTITY.c.user)).where(
    IDENTITY.c.person == PERSON.c.id, ORGANISATION.c.id == IDENTITY.c.organisation, AT_HOME
)
STAFF = (
    select(PERSON, ROLES.scalar_subquery().label("role"), ACCOUNT.scalar_subquery().label("user"))
    .where(PERSON.c.organisation == bindparam("organisation"), PERSON.c.active)
    .order_by(PERSON.c.name, PERSON.c.id)
)
ABSENT = (
    select(ABSENCE)
    .where(ABSENCE.c.person == PERSON.c.id, PERSON.c.organisation == bindparam("organisation"))
    .order_by(ABSENCE.c.first)
)
STANDS_IN = select(ABSENCE.c.delegate).where(
    ABSENCE.c.person == bindparam("person"),
    ABSENCE.c.first <= bindparam("day"),
    ABSENCE.c.last >= bindparam("day"),
    ABSENCE.c.delegate == PERSON.c.id,
    PERSON.c.active,
)
# Whoever stands in for somebody who is away also does what that one does for others.
FURTHER = ABSENCE.alias("further")
DIRECT = (
    select(ABSENCE.c.person)
    .where(ABSENCE.c.delegate == bindparam("person"))
    .where(ABSENCE.c.first <= bindparam("day"), ABSENCE.c.last >= bindparam("day"))
    .cte("stood_for", recursive=True)
)
STOOD_FOR = DIRECT.union(
    select(FURTHER.c.person)
    .where(FURTHER.c.delegate == DIRECT.c.person)
    .where(FURTHER.c.first <= bindparam("day"), FURTHER.c.last >= bindparam("day"))
)
STANDS_FOR = select(STOOD_FOR.c.person).where(STOOD_FOR.c.person != bindparam("person"))
BACKUP = PERSON.alias("of_backup")
DEPUTY = select(PERSON.c.backup).where(
    PERSON.c.id == bindparam("person"), PERSON.c.backup == BACKUP.c.id, BACKUP.c.active
)
AWAY = (
    select(ABSENCE)
    .where(ABSENCE.c.person == PERSON.c.id, PERSON.c.active, PARTNERSHIP.c.id == bindparam("partnership"))
    .where((PARTNERSHIP.c.sponsor == PERSON.c.organisation) | (PARTNERSHIP.c.cro == PERSON.c.organisation))
    .where(ABSENCE.c.first <= bindparam("day"), ABSENCE.c.last >= bindparam("day"))
    .order_by(ABSENCE.c.person)
)
HOLD = (
    update(ORGANISATION)
    .where(ORGANISATION.c.id == bindparam("of_organisation"))
    .values(version=ORGANISATION.c.version + 1)
)
GONE = {"active": False, "backup": "", "email": "", "working_hours": ""}  # the name stays, for the record
KEPT = ("id", "name", "title", "zone", "handle", "email", "working_hours", "backup", "blinding")


class Staff(Remembering):
    """Read by everybody in the company, changed by its administrator."""

    @remembered
    def company(self, actor: Actor) -> Company:
        """The actor's own."""
        row = self.run(COMPANY, organisation=actor.organisation).mappings().one()
        return mapper.built(Company, row)

    @remembered
    def staff(self, actor: Actor) -> tuple[Member, ...]:
        """The active people of the actor's own company, by name."""
        rows = self.run(STAFF, organisation=actor.organisation).mappings()
        return tuple(_member(row) for row in rows)

    def found(self, company: Company, member: Member) -> Company:
        """A company, which gets its id, and its first person.

        Raises Conflict where its workspace or tenant has a company by now.
        """
        taken = set(self.run(select(ORGANISATION.c.id)).scalars())
        ids = (f"ORG-{code}" for code in short_names(company.name))
        founded = replace(company, id=next(one for one in ids if one not in taken))
        if not self.put_new(ORGANISATION, {**mapper.columns(founded), "version": 1}):
            raise Conflict(founded.id)
        self._add(founded, member)
        return founded

    def hold_company(self, actor: Actor) -> None:
        """Whoever else changes the same company's directory waits for this transaction."""
        self.run(HOLD, of_organisation=administered(actor))
        self.forget()

    def add_staff(self, actor: Actor, member: Member) -> None:
        """One more person of the actor's own company. Raises Conflict where the account is somebody's."""
        administered(actor)
        self._add(self.company(actor), member)

    def change_staff(self, actor: Actor, member: Member) -> None:
        """Save what the administrator changed."""
        organisation = administered(actor)
        known = PERSON.c.id == member.id, PERSON.c.organisation == organisation
        kept = {name: getattr(member, name) for name in KEPT if name != "id"}
        if self.run(update(PERSON).where(*known).values(**kept)).rowcount != 1:
            raise Conflict(member.id)
        self.run(delete(ROLE).where(ROLE.c.person == member.id))
        self._give_roles(organisation, member)
        self.forget()

    def end_access(self, actor: Actor, person: str) -> None:
        """Their account opens nothing from now on; whoever counted on them as a back-up has none."""
        organisation = administered(actor)
        known = PERSON.c.id == person, PERSON.c.organisation == organisation
        if self.run(update(PERSON).where(*known).values(**GONE)).rowcount != 1:
            raise Conflict(person)
        for rows in (IDENTITY, ROLE):
            self.run(delete(rows).where(rows.c.person == person))
        self.run(delete(ABSENCE).where((ABSENCE.c.person == person) | (ABSENCE.c.delegate == person)))
        self.run(update(PERSON).where(PERSON.c.backup == person).values(backup=""))
        self.forget()

    def absences(self, actor: Actor) -> tuple[Absence, ...]:
        """Who of the actor's own company is or will be away."""
        rows = self.run(ABSENT, organisation=actor.organisation).mappings()
        return tuple(mapper.built(Absence, row) for row in rows)

    def set_absence(self, actor: Actor, absence: Absence) -> None:
        """One's own, or as an administrator a colleague's."""
        self._away(actor, absence.person, absence.delegate)
        self.put_over(ABSENCE, mapper.columns(absence), "person")
        self.forget()

    def end_absence(self, actor: Actor, person: str) -> None:
        """They are back, or never went."""
        self._away(actor, person)
        self.run(delete(ABSENCE).where(ABSENCE.c.person == person))
        self.forget()

    def stand_in(self, person: str, day: date) -> str:
        """Who stands in for somebody on that day; "" where nobody does."""
        return str(self.run(STANDS_IN, person=person, day=day).scalar() or "")

    def stands_for(self, person: str, day: date) -> frozenset[str]:
        """Those for whom somebody stands in on that day, also for one who would stand in and is away too."""
        return frozenset(self.run(STANDS_FOR, person=person, day=day).scalars())

    def deputies(self, person: str, day: date) -> tuple[str, ...]:
        """Who answers where somebody cannot be reached: who stands in on that day, then their back-up."""
        backup = self.run(DEPUTY, person=person).scalar()
        return tuple(dict.fromkeys(one for one in (self.stand_in(person, day), backup) if one))

    @remembered
    def away(self, actor: Actor, partnership: str, day: date) -> tuple[Absence, ...]:
        """Who of both companies is away on that day; nobody of a partnership that is not the actor's."""
        if not (actor.is_clock or partnership in actor.partnerships):
            return ()
        rows = self.run(AWAY, partnership=partnership, day=day).mappings()
        return tuple(mapper.built(Absence, row) for row in rows)

    def add_account(self, person: str, handle: Handle) -> None:
        """Somebody is reached there too. Raises Conflict where the account is somebody's."""
        organisation = self.run(select(PERSON.c.organisation).where(PERSON.c.id == person)).scalar_one()
        row = {**mapper.columns(handle, "name"), "person": person, "organisation": organisation}
        if not self.put_new(IDENTITY, row):
            raise Conflict(person)
        self.forget()

    def _away(self, actor: Actor, *people: str) -> None:
        if people[0] != actor.person:
            administered(actor)
        if not set(people) <= {one.id for one in self.staff(actor)}:
            raise PermissionError("another company's people")

    def _add(self, company: Company, member: Member) -> None:
        kept = {name: getattr(member, name) for name in KEPT}
        self.put(PERSON, {**kept, "organisation": company.id, "active": True})
        self._give_roles(company.id, member)
        account = {"platform": company.platform, "tenant": company.tenant, "user": member.user}
        known = {**account, "person": member.id, "organisation": company.id}
        if not self.put_new(IDENTITY, known):
            raise Conflict(member.id)
        self.forget()

    def _give_roles(self, organisation: str, member: Member) -> None:
        for role in sorted(member.roles):
            self.put(ROLE, {"person": member.id, "role": role, "organisation": organisation})


def _member(row: RowMapping) -> Member:
    roles = frozenset((row["role"] or "").split("\n")) - {""}
    return mapper.built(Member, row, roles=roles, user=row["user"] or "")
