"""Answering an invitation: the other side's administrator sees who offers what, and accepts or refuses."""

from zoneinfo import ZoneInfo

from bot.actors import Permission
from bot.cards import terms as cards
from bot.errors import Refusal
from bot.governance import invitation as rules
from bot.governance.change import difference
from bot.governance.invitation import Invitation, Kind, NoSuchCode, State
from bot.governance.partnership import Partnership
from bot.governance.terms import ending
from bot.governance.visibility import Scope, Side, Visibility
from bot.handlers import setup_partner
from bot.handlers.setup_company import AlreadyIn
from bot.outbox import Audience, Letter
from bot.ports import Opening, Request
from bot.records import Entry
from bot.views import Card

INVITED = "setup.invited"
SIDES = cards.SIDES


class OwnCode(Refusal):
    """Your own company made that code; hand it to {label}’s administrator."""


class SameSide(Refusal):
    """That code is for a {wanted} and your company is a {side}; ask whoever gave it to you for another."""


class PartnersAlready(Refusal):
    """You and {name} are partners already, so nothing changed; “setup” shows what is still missing."""


class PartnersOnce(Refusal):
    """Your partnership with {name} has ended and its record is kept; ask whoever runs Parley for another."""


def look(request: Request, invitation: Invitation) -> Letter:
    """What an administrator's code offers."""
    _check(request, invitation)
    request.archive.show(request.intent.speaker, invitation)
    return Letter(INVITED, invitation.id)


def _check(request: Request, invitation: Invitation) -> None:
    """One sentence each for what cannot be."""
    actor = request.actor
    if invitation.kind is not Kind.PARTNER:
        raise AlreadyIn
    if invitation.organisation == actor.organisation:
        raise OwnCode(label=invitation.label)
    if invitation.state is State.ACCEPTED and invitation.taken_by == actor.organisation:
        raise PartnersAlready(name=invitation.name)
    rules.check(invitation, request.now, actor.organisation)
    if invitation.side is actor.side:
        side = SIDES[actor.side or Side.CRO]
        raise SameSide(wanted=SIDES[(actor.side or Side.CRO).other], side=side)
    if any(invitation.organisation in (one.sponsor, one.cro) for one in request.archive.partnerships(actor)):
        raise PartnersAlready(name=invitation.name)
    past = request.archive.past_partnerships(actor)
    if any(invitation.organisation in (one.sponsor, one.cro) for one in past):
        raise PartnersOnce(name=invitation.name)


def invited(opening: Opening) -> tuple[Card, int] | None:
    """The offer, for whoever has shown its code."""
    reader = opening.reader
    found = opening.archive.invitation(reader, opening.letter.subject)
    if found is None or reader.side is None or not reader.may(Permission.ADMINISTER):
        return None
    today = opening.now.astimezone(ZoneInfo(reader.zone)).date()
    return cards.invited(found, reader.side, found.is_open(opening.now), today), 0


def _asked(request: Request) -> Invitation:
    found = request.archive.invitation(request.actor, request.intent.fields.get("invitation", ""))
    if found is None:
        raise NoSuchCode
    _check(request, found)
    return found


def accept(request: Request, words: str) -> Letter:
    """The partnership begins, and the administrators of both sides hear it."""
    found = _asked(request)
    assert found.terms is not None  # noqa: S101 an invitation to a partner offers terms
    made = request.archive.agree(request.actor, found.organisation, found.terms)
    request.archive.schedule(ending(made.id, found.terms.calendar, request.now))
    _settle(request, found, State.ACCEPTED)
    _record(request, made, found)
    for organisation in (made.sponsor, made.cro):
        for person in request.archive.administrators(organisation):
            key = f"setup.agreed:{made.id}:{person}"
            request.promise(Audience(person=person), Letter("setup.agreed", made.id), key)
    return Letter(INVITED, found.id)


def _record(request: Request, made: Partnership, found: Invitation) -> None:
    """Both sides can read what they agreed."""
    after = {**difference(None, made)[1], **difference(None, found.terms)[1]}
    scope, why = Scope(made.id, Visibility.SHARED), f"offered by {found.person}"
    what = "partnership.agree"
    entry = Entry(what, request.actor.person, request.now, scope, "", made.id, why, None, after)
    request.archive.record(entry)


def _settle(request: Request, found: Invitation, state: State) -> None:
    """Whoever refuses is not named to those who invited."""
    ended = found.settled(state, request.actor.organisation if state is State.ACCEPTED else "")
    request.archive.settle(ended)
    setup_partner.record(request, f"invitation.{state}", found, ended)


def refuse(request: Request, words: str) -> Letter:
    """Nothing begins; those who invited hear it."""
    found = _asked(request)
    _settle(request, found, State.REFUSED)
    for person in request.archive.administrators(found.organisation):
        letter = Letter("setup.refused", found.id)
        request.promise(Audience(person=person), letter, f"setup.refused:{found.id}:{person}")
    return Letter(INVITED, found.id)


def agreed(opening: Opening) -> tuple[Card, int] | None:
    """For both sides' administrators."""
    found = opening.archive.partnership(opening.reader, opening.letter.subject)
    if found is None or opening.reader.side is None:
        return None
    side = opening.reader.side
    return cards.agreed(found.company(side.other)), 0


def refused(opening: Opening) -> tuple[Card, int] | None:
    """For the administrators of the side that invited."""
    found = opening.archive.invitation(opening.reader, opening.letter.subject)
    return (cards.refused(found.label), 0) if found else None
