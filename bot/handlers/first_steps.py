"""What setting up and linking add to the menu: the pressed and the typed verbs, and the letters they show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.actors import Permission
from bot.handlers import (
    link,
    setup,
    setup_accept,
    setup_away,
    setup_company,
    setup_contacts,
    setup_leave,
    setup_pairs,
    setup_partner,
    setup_people,
    setup_studies,
)
from bot.outbox import Letter
from bot.ports import Opening, Request
from bot.views import View

Serve = Callable[[Request, str], Letter]
Build = Callable[[Opening], tuple[View, int] | None]


@dataclass(frozen=True, slots=True)
class Step:
    """One verb, an administrator’s unless it says otherwise; `typed` are its words after its noun."""

    verb: str
    serve: Serve
    typed: tuple[str, ...] = ()
    permission: Permission | None = Permission.ADMINISTER
    strangers: bool = False


STEPS = (
    Step("setup.company.open", setup_company.open_form, permission=None, strangers=True),
    Step("setup.company.save", setup_company.save, permission=None, strangers=True),
    Step("setup.people", setup_people.listed, ("people",)),
    Step("setup.person.pick", setup_people.pick),
    Step("setup.person.open", setup_people.reopened),
    Step("setup.person.save", setup_people.save),
    Step("setup.role", setup_people.change, ("role", "roles")),
    Step("setup.leave", setup_leave.ask, ("leave",)),
    Step("setup.leave.end", setup_leave.end),
    Step("setup.away.save", setup_away.save, permission=None),
    Step("setup.partner", setup_partner.listed, ("partner", "partners")),
    Step("setup.partner.form", setup_partner.open_form),
    Step("setup.partner.save", setup_partner.save),
    Step("setup.partner.shown", setup_partner.shown),
    Step("setup.partner.withdraw", setup_partner.withdraw),
    Step("setup.accept", setup_accept.accept),
    Step("setup.refuse", setup_accept.refuse),
    Step("setup.counterparts", setup_pairs.listed, ("counterparts", "counterpart")),
    Step("setup.counterparts.form", setup_pairs.open_form),
    Step("setup.counterparts.save", setup_pairs.save),
    Step("setup.rooms", link.rooms, ("rooms", "room", "channels")),
    Step("setup.contacts", setup_contacts.listed, ("contacts", "contact")),
    Step("setup.contacts.form", setup_contacts.open_form),
    Step("setup.contacts.save", setup_contacts.save),
    Step("setup.studies", setup_studies.listed, ("studies", "study")),
    Step("setup.studies.form", setup_studies.open_form),
    Step("setup.studies.save", setup_studies.save),
    Step("link.open", link.open_form),
    Step("link.save", link.save),
    Step("link.end", link.end, ("end",), permission=None),
)

LETTERS: Mapping[str, Build] = {
    setup.CARD: setup.shown,
    setup_company.FORM: setup_company.form,
    "setup.begun": setup_company.begun,
    setup_people.PEOPLE: setup_people.people,
    setup_people.PICK: setup_people.picking,
    setup_people.PERSON: setup_people.form,
    setup_people.WHO: setup_people.choosing,
    "setup.person.saved": setup_people.saved,
    "setup.welcome": setup_people.welcome,
    setup_leave.FORM: setup_leave.form,
    setup_leave.SURE: setup_leave.sure,
    setup_leave.LEFT: setup_leave.left,
    "setup.place": setup_leave.place_changed,
    setup_away.FORM: setup_away.form,
    setup_away.SAVED: setup_away.saved,
    setup_partner.LIST: setup_partner.listing,
    setup_partner.FORM: setup_partner.form,
    setup_partner.MADE: setup_partner.made,
    setup_accept.INVITED: setup_accept.invited,
    "setup.agreed": setup_accept.agreed,
    "setup.refused": setup_accept.refused,
    setup_pairs.CARD: setup_pairs.card,
    setup_pairs.FORM: setup_pairs.form,
    setup_contacts.CARD: setup_contacts.card,
    setup_contacts.FORM: setup_contacts.form,
    setup_studies.CARD: setup_studies.card,
    setup_studies.FORM: setup_studies.form,
    "setup.rooms": link.listing,
    link.FORM: link.form,
    link.CODE: link.code,
    link.DONE: link.done,
    link.TOLD: link.told,
    link.ENDED: link.ended,
    "link.off": link.off,
}
