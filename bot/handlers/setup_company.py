"""A company begins: somebody with a code tells who it is and becomes its first administrator."""

import secrets
from collections.abc import Iterable, Mapping

from bot.actors import Role
from bot.cards import setup as cards
from bot.errors import Refusal
from bot.governance import invitation as rules
from bot.governance.change import difference
from bot.governance.company import ADMINISTRATOR, Company, Member, keeps_an_administrator
from bot.governance.invitation import Invitation, Kind, NoSuchCode, State
from bot.governance.visibility import Side
from bot.handlers import digest_set
from bot.handlers import setup_fields as fields
from bot.outbox import Audience, Letter
from bot.ports import Opening, Request
from bot.records import Entry
from bot.views import Button, Card, Choice, Field, Form, TextField

FORM = "setup.company"
SIDES = (
    (Side.SPONSOR.value, "Sponsor: it answers for the trials"),
    (Side.CRO.value, "CRO: it works for sponsors"),
)
ROLES = tuple((role.value, cards.role_words(role)) for role in Role if role is not Role.ADMINISTRATOR)
LONGEST_LABEL = 75


class HomeTaken(Refusal):
    """A company of your workspace or tenant is in Parley already; ask its administrator to let you in."""


class AlreadyIn(Refusal):
    """You are in Parley already, so that code changes nothing for you; give it to a company that is new."""


def begin(request: Request, invitation: Invitation) -> Letter:
    """Somebody unknown has said a code that makes a company, or a partnership with one yet to be made."""
    _check(request, invitation)
    request.archive.show(request.intent.speaker, invitation)
    return Letter(FORM, invitation.id, _suggested(request, invitation))


def open_form(request: Request, words: str) -> Letter:
    """The same form again, for somebody who has said the code before."""
    invitation = _shown(request)
    return Letter(FORM, invitation.id, _suggested(request, invitation))


def save(request: Request, words: str) -> Letter:
    """The company, its first administrator, and what the code was for."""
    invitation = _shown(request)
    side = _side_for(invitation)
    facts = {**fields.filled(request), "fixed": side, fields.SENT: "yes"}
    if fields.wrong(facts, _checks(side)):
        return Letter(FORM, invitation.id, facts)
    person = _person(request, facts)
    company = request.archive.found(_company(request, facts), person)
    _record(request, company, person)
    digest_set.complete(request.archive, request.now)
    is_ours = invitation.kind is Kind.COMPANY
    used = invitation.settled(State.ACCEPTED, company.id) if is_ours else invitation.kept_for(company.id)
    request.archive.settle(used)
    following = Letter("setup.card") if is_ours else Letter("setup.invited", invitation.id)
    request.promise(Audience(person=person.id), following, f"setup.begun:{company.id}")
    return Letter("setup.begun", facts={"company": company.name})


def _shown(request: Request) -> Invitation:
    """The invitation whose code this very account has said, while it is open."""
    asked = request.intent.fields.get("invitation", "")
    invitation = request.archive.shown(request.intent.speaker, asked)
    if invitation is None or invitation.kind is Kind.ROOM:
        raise NoSuchCode
    _check(request, invitation)
    return invitation


def _check(request: Request, invitation: Invitation) -> None:
    if request.actor.person:
        raise AlreadyIn
    rules.check(invitation, request.now)
    fields.account(request, request.intent.speaker.user)
    if request.archive.organisation_of(request.intent.speaker):
        raise HomeTaken


def _suggested(request: Request, invitation: Invitation) -> Mapping[str, str]:
    """What the platform tells of the speaker; never a side, never a role."""
    speaker = request.intent.speaker
    told = fields.account(request, speaker.user)
    known = {"name": speaker.name, "fixed": _side_for(invitation)}
    if told:
        known |= {"name": told.handle.name or speaker.name, "title": told.title, "email": told.email}
        known["zone"] = told.zone
    return known


def _side_for(invitation: Invitation) -> str:
    """Whoever is invited by a sponsor is a CRO, and the reverse; else it is asked."""
    return invitation.side.other.value if invitation.side else ""


def _checks(fixed: str) -> dict[str, fields.Check]:
    side = {} if fixed else {"side": fields.one_of((one for one, _ in SIDES), "a side")}
    return {
        "company": fields.needed("your company’s name"),
        **side,
        "zone": fields.zone,
        "hours": fields.if_any(fields.hours),
        "name": fields.needed("your name"),
        "title": fields.at_most(fields.LONGEST),
        "email": fields.if_any(fields.email),
        "role": fields.one_of((one for one, _ in ROLES), "your role"),
    }


def _company(request: Request, facts: Mapping[str, str]) -> Company:
    speaker, side = request.intent.speaker, facts["fixed"] or facts["side"]
    return Company(
        id="",
        side=Side(side),
        name=_plain(facts, "company"),
        zone=_plain(facts, "zone"),
        platform=speaker.platform,
        tenant=speaker.tenant,
        working_hours=_plain(facts, "hours"),
    )


def _plain(facts: Mapping[str, str], name: str) -> str:
    return " ".join(facts.get(name, "").split())


def new_person() -> str:
    """An id that tells nothing."""
    return f"PER-{secrets.token_hex(5)}"


def local_part(email: str, name: str) -> str:
    """How somebody is called in a mention: the first half of the address, else the name with dots."""
    return email.partition("@")[0].lower() or ".".join(name.lower().split())


def _person(request: Request, facts: Mapping[str, str]) -> Member:
    name, email = _plain(facts, "name"), _plain(facts, "email")
    return Member(
        id=new_person(),
        name=name,
        title=_plain(facts, "title"),
        handle=local_part(email, name),
        email=email,
        user=request.intent.speaker.user,
        roles=frozenset({facts["role"], ADMINISTRATOR}),
    )


def stays_administered(request: Request, before: Member, staff: Iterable[Member]) -> None:
    """Refuses to take the last administrator away; whom their platform lets in no more is none."""
    archive, actor = request.archive, request.actor
    able = {before.id, *archive.administrators(actor.organisation)}
    keeps_an_administrator(archive.company(actor).name, before, (one for one in staff if one.id in able))


def _record(request: Request, company: Company, person: Member) -> None:
    for what, made in (("company.found", company), ("person.add", person)):
        after = difference(None, made)[1]
        entry = Entry(what, person.id, request.now, None, company.id, made.id, "", None, after)
        request.archive.record(entry)


def form(opening: Opening) -> tuple[Form, int]:
    """Who the company is and who speaks; it knows nothing but what its reader told."""
    facts = opening.letter.facts
    fixed, invitation = facts.get("fixed", ""), opening.letter.subject
    errors = fields.wrong(facts, _checks(fixed))
    opens = Button(
        "Fill in the form", "setup.company.open", {"invitation": invitation}, primary=True, opens=True
    )
    drawn = Form(
        "Your company in Parley",
        "setup.company.save",
        fields.noted(errors, _inputs(facts, fixed)),
        {"invitation": invitation},
        instead=fields.opener(
            "Your company in Parley", "Tell Parley who your company is and who you are.", opens
        ),
    )
    return drawn, 0


def _inputs(facts: Mapping[str, str], fixed: str) -> tuple[Field, ...]:
    known = facts.get
    side = () if fixed else (Choice("side", "Which side it is on", SIDES, known("side", "")),)
    return (
        TextField("company", "Your company’s name", known("company", "")),
        *side,
        TextField("zone", "Its time zone", known("zone", ""), "For example Europe/Zurich"),
        TextField("hours", "Its working hours", known("hours", ""), "For example 09:00-17:30", optional=True),
        TextField("name", "Your name", known("name", "")),
        TextField("title", "Your title", known("title", ""), optional=True),
        TextField("email", "Your e-mail", known("email", ""), optional=True),
        Choice("role", "Your role", ROLES, known("role", ""), "You also become the administrator."),
    )


def begun(opening: Opening) -> tuple[Card, int]:
    """For the one who sent the form."""
    return cards.begun(opening.letter.facts["company"]), 0
