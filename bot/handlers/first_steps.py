"""What setting up and linking add to the menu: the pressed and the typed verbs, and the letters they show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.actors import Permission
from bot.governance.terms import ENDS
from bot.handlers import (
    issue_tagged,
    link,
    link_shown,
    setup,
    setup_accept,
    setup_answer,
    setup_away,
    setup_calendar,
    setup_company,
    setup_contacts,
    setup_end,
    setup_hold,
    setup_leave,
    setup_pairs,
    setup_partner,
    setup_people,
    setup_policy,
    setup_proposal,
    setup_review,
    setup_studies,
    setup_terms,
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
    Step("setup.policy", setup_policy.listed, ("policy", "policies")),
    Step("setup.policy.form", setup_policy.open_form),
    Step("setup.policy.save", setup_policy.save),
    Step("setup.policy.standard", setup_policy.take_standard),
    Step("setup.calendar", setup_calendar.listed, ("calendar",)),
    Step("setup.calendar.form", setup_calendar.open_form),
    Step("setup.calendar.save", setup_calendar.save),
    Step("setup.end", setup_end.begin, ("end",)),
    Step(setup_end.FORM, setup_end.open_form),
    Step(setup_end.SURE, setup_end.preview),
    Step("setup.end.name", setup_end.name),
    Step("setup.end.withdraw", setup_end.withdraw),
    Step("setup.hold", setup_hold.begin, ("hold", "holds"), permission=Permission.HOLD),
    Step(setup_hold.FORM, setup_hold.open_form, permission=Permission.HOLD),
    Step("setup.hold.save", setup_hold.save, permission=Permission.HOLD),
    Step(setup_hold.RELEASE, setup_hold.open_release, permission=Permission.HOLD),
    Step("setup.hold.release", setup_hold.release, permission=Permission.HOLD),
    Step("setup.review", setup_review.begin, ("review", "access")),
    Step("setup.review.page", setup_review.page),
    Step("setup.review.confirm", setup_review.confirm),
    Step("setup.terms", setup_proposal.show),
    Step("setup.terms.drop", setup_terms.drop),
    Step("setup.terms.form", setup_terms.open_form),
    Step("setup.terms.propose", setup_terms.propose),
    Step("setup.terms.agree", setup_answer.agree),
    Step("setup.terms.decline.form", setup_answer.open_decline),
    Step("setup.terms.decline", setup_answer.decline),
    Step("setup.terms.withdraw", setup_answer.withdraw),
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
    issue_tagged.TAGGED: issue_tagged.told,
    setup_leave.FORM: setup_leave.form,
    setup_leave.SURE: setup_leave.sure,
    setup_leave.LEFT: setup_leave.left,
    "setup.place": setup_leave.place_changed,
    setup_away.FORM: setup_away.form,
    setup_away.SAVED: setup_away.saved,
    setup_end.CARD: setup_end.card,
    setup_end.WHICH: setup_end.which,
    setup_end.FORM: setup_end.form,
    setup_end.SURE: setup_end.sure,
    setup_end.NEWS: setup_end.news,
    setup_hold.CARD: setup_hold.card,
    setup_hold.FORM: setup_hold.form,
    setup_hold.RELEASE: setup_hold.release_form,
    setup_review.CARD: setup_review.card,
    setup_review.REMIND: setup_review.reminder,
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
    setup_policy.CARD: setup_policy.card,
    setup_policy.FORM: setup_policy.form,
    setup_policy.WHICH: setup_policy.asked,
    setup_calendar.CARD: setup_calendar.card,
    setup_calendar.FORM: setup_calendar.form,
    ENDS: setup_calendar.ending,
    setup_terms.WHY: setup_terms.form,
    setup_answer.DECLINE: setup_answer.decline_form,
    setup_proposal.CARD: setup_proposal.card,
    setup_proposal.NEWS: setup_proposal.news,
    "setup.rooms": link_shown.listing,
    link.FORM: link.form,
    link.CODE: link_shown.code,
    link.DONE: link_shown.done,
    link.TOLD: link_shown.told,
    link.ENDED: link_shown.ended,
    "link.off": link_shown.off,
}
