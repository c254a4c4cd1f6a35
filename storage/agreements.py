"""What two companies agree, and what each side of a partnership names for itself."""

from dataclasses import dataclass

from sqlalchemy import bindparam, delete, select, update

from bot.actors import Actor
from bot.errors import Conflict
from bot.governance.company import LINES, Contact, Study
from bot.governance.partnership import Partnership
from bot.governance.terms import Terms
from bot.governance.visibility import Side
from storage import mapper
from storage.agreed import CalendarRow, ContactRow, CounterpartRow, PolicyRow, ServiceRow, StudyRow
from storage.bound import Bound, table
from storage.memory import Remembering
from storage.numbers import short_names
from storage.tables import OrganisationRow, PartnershipRow
from storage.wall import administered, still_open

CALENDAR = table(CalendarRow)
CONTACT = table(ContactRow)
COUNTERPART = table(CounterpartRow)
ORGANISATION = table(OrganisationRow)
PARTNERSHIP = table(PartnershipRow)
POLICY = table(PolicyRow)
SERVICE = table(ServiceRow)
STUDY = table(StudyRow)

GOES_ON = PARTNERSHIP.c.ended_on.is_(None)
NAME = select(ORGANISATION.c.name).where(ORGANISATION.c.id == bindparam("organisation"))
CONTACTS = (
    select(CONTACT)
    .where(CONTACT.c.partnership == bindparam("partnership"))
    .order_by(CONTACT.c.line.desc(), CONTACT.c.side.desc())
)
PAIR = select(COUNTERPART).where(
    COUNTERPART.c.partnership == bindparam("partnership"), COUNTERPART.c.level == bindparam("level")
)
STUDIES = select(STUDY.c.id).where(STUDY.c.organisation == bindparam("organisation")).order_by(STUDY.c.id)
SERVED = (
    select(SERVICE.c.study, SERVICE.c.partnership)
    .where(SERVICE.c.organisation == bindparam("organisation"))
    .order_by(SERVICE.c.partnership)
)


class Agreements(Remembering):
    """Changed by the administrators of the two companies, each for its own side."""

    def agree(self, actor: Actor, other: str, terms: Terms) -> Partnership:
        """A partnership of the actor's company and the other. Raises Conflict where they have one by now."""
        own = administered(actor)
        sponsor, cro = (own, other) if actor.side is Side.SPONSOR else (other, own)
        sponsor_name, cro_name = self._company(sponsor), self._company(cro)
        code = self._code(cro_name)
        agreed = terms.named(code)
        self.put(CALENDAR, mapper.columns(agreed.calendar))
        self.put(POLICY, mapper.columns(agreed.policy))
        terms_of = agreed.calendar.id, agreed.policy.id
        made = Partnership(f"P-{code}", sponsor, cro, sponsor_name, cro_name, *terms_of)
        if not self.put_new(PARTNERSHIP, {**mapper.columns(made, "sponsor_name", "cro_name"), "code": code}):
            raise Conflict(code)
        self.forget()
        return made

    def name_counterpart(self, actor: Actor, partnership: str, level: str, person: str) -> None:
        """The actor's own side of that level; "" for nobody. A level that nobody stands on is no row."""
        _inside(actor, partnership)
        assert actor.side is not None  # noqa: S101 people always have a side
        key = {"partnership": partnership, "level": level}
        self.put_new(COUNTERPART, {**key, "sponsor": "", "cro": ""})
        here = COUNTERPART.c.partnership == partnership, COUNTERPART.c.level == level
        self.run(update(COUNTERPART).where(*here).values({actor.side.value: person}))
        nobody = COUNTERPART.c.sponsor == "", COUNTERPART.c.cro == ""
        self.run(delete(COUNTERPART).where(*here, *nobody))
        self.forget()

    def contacts(self, actor: Actor, partnership: str) -> tuple[Contact, ...]:
        """Both sides' emergency lines of one of the actor's partnerships."""
        if not (actor.is_clock or partnership in actor.partnerships):
            return ()
        rows = self.run(CONTACTS, partnership=partnership).mappings()
        return tuple(mapper.built(Contact, row) for row in rows)

    def set_contact(self, actor: Actor, contact: Contact) -> None:
        """One line of the actor's own side."""
        _own_side(actor, contact)
        self.put_over(CONTACT, mapper.columns(contact), "partnership", "line", "side")
        self.forget()

    def drop_contact(self, actor: Actor, contact: Contact) -> None:
        """Nobody answers that line any more."""
        _own_side(actor, contact)
        here = CONTACT.c.partnership == contact.partnership, CONTACT.c.line == contact.line
        self.run(delete(CONTACT).where(*here, CONTACT.c.side == contact.side.value))
        self.forget()

    def own_studies(self, actor: Actor) -> tuple[Study, ...]:
        """The studies of the actor's own company and who serves them."""
        served: dict[str, list[str]] = {
            study: [] for study in self.run(STUDIES, organisation=actor.organisation).scalars()
        }
        for row in self.run(SERVED, organisation=actor.organisation):
            served[row.study].append(row.partnership)
        return tuple(Study(name, tuple(partnerships)) for name, partnerships in served.items())

    def set_study(self, actor: Actor, study: Study) -> None:
        """A study of the actor's own company, served by these of its partnerships."""
        organisation = administered(actor)
        home = {"organisation": organisation}
        self.put_new(STUDY, {"id": study.id, **home})
        here = SERVICE.c.study == study.id, SERVICE.c.organisation == organisation
        self.run(delete(SERVICE).where(*here))
        for partnership in study.partnerships:
            _inside(actor, partnership)
            self.put(SERVICE, {"study": study.id, "partnership": partnership, **home})
        self.forget()

    def _company(self, organisation: str) -> str:
        return str(self.run(NAME, organisation=organisation).scalar_one())

    def _code(self, name: str) -> str:
        """Three letters nobody has. Drawn, so that which one it is tells nothing of other partnerships."""
        taken = set(self.run(select(PARTNERSHIP.c.code)).scalars())
        return next(one for one in short_names(name) if one not in taken)


@dataclass(frozen=True, slots=True)
class Uncovered:
    """An emergency line nobody answers: "safety" or "quality", of which company, in which partnership."""

    name: str
    company: str
    partnership: str


def uncovered(opened: Bound) -> tuple[Uncovered, ...]:
    """Every such line in the whole record, for the operator."""
    answered = {(row.partnership, row.side, row.line) for row in opened.run(select(CONTACT))}
    names = {row.id: row.name for row in opened.run(select(ORGANISATION.c.id, ORGANISATION.c.name))}
    return tuple(
        Uncovered(line, names[row.sponsor if side is Side.SPONSOR else row.cro], row.id)
        for row in opened.run(select(PARTNERSHIP).where(GOES_ON).order_by(PARTNERSHIP.c.id))
        for side, lines in LINES.items()
        for line in lines
        if (row.id, side.value, line) not in answered
    )


def _inside(actor: Actor, partnership: str) -> None:
    administered(actor)
    still_open(actor, partnership)
    if partnership not in actor.partnerships:
        raise PermissionError("another company's partnership")


def _own_side(actor: Actor, contact: Contact) -> None:
    _inside(actor, contact.partnership)
    if contact.side is not actor.side:
        raise PermissionError("the other side's contact")
