"""A second account: an administrator gives somebody a code, and they say it where else they are reached."""

import secrets

from bot.cards import account as cards
from bot.cards import when
from bot.errors import Conflict, Refusal
from bot.governance import invitation as rules
from bot.governance.invitation import Invitation, Kind, NoSuchCode, State
from bot.handlers import setup_fields as fields
from bot.handlers.setup_people import chosen_from, colleague, find_colleague
from bot.outbox import Audience, Letter
from bot.ports import Opening, Request
from bot.records import Entry
from bot.views import Button, Card, Choice, Form

FORM, CODE, ADDED = "setup.account", "setup.account.code", "setup.account.added"


class AccountTaken(Refusal):
    """This account is somebody’s in Parley already, so nothing changed; use the other account of yours."""


class HomeOfAnother(Refusal):
    """This account is in another company’s home, so it cannot be yours here; use one of your own company."""


def give(request: Request, words: str) -> Letter:
    """ "setup account rafael": the code of a second account for that colleague."""
    named = request.intent.fields.get("person", "")
    if not words and not named:
        return fields.sent(request, FORM) if "person" in request.intent.fields else Letter(FORM)
    member = find_colleague(request, named) if named else colleague(request, words)
    archive, actor = request.archive, request.actor
    made = Invitation(
        id=secrets.token_hex(16),
        kind=Kind.ACCOUNT,
        at=request.now,
        until=request.now + Kind.ACCOUNT.lasts,
        organisation=actor.organisation,
        person=actor.person,
        name=archive.company(actor).name,
        side=actor.side,
        label=member.id,
    )
    archive.invite(made)
    _record(request, "account.invite", made)
    return Letter(CODE, made.id)


def form(opening: Opening) -> tuple[Form, int]:
    """Whose second account it is."""
    options = chosen_from(opening.archive, opening.reader)
    errors = fields.wrong(opening.letter.facts, {"person": fields.one_of(dict(options), "somebody")})
    field = Choice("person", "Who", options, error=errors.get("person", ""))
    opens = Button("Choose somebody", FORM, primary=True, opens=True)
    instead = fields.opener("A second account", "Choose who can be reached somewhere else too.", opens)
    return Form("A second account", FORM, (field,), send="Next", instead=instead), 0


def code(opening: Opening) -> tuple[Card, int] | None:
    """For the administrators of the company that gives it."""
    archive, reader = opening.archive, opening.reader
    found = archive.invitation(reader, opening.letter.subject)
    if found is None or found.organisation != reader.organisation:
        return None
    name = next((one.name for one in archive.staff(reader) if one.id == found.label), "")
    said = archive.code(reader, found.id) if name and found.is_open(opening.now) else ""
    return cards.code(name or "somebody who has left", said, when.instant(found.until, reader.zone)), 0


def take(request: Request, found: Invitation) -> Letter:
    """Somebody unknown has said the code: they are who it was made for."""
    archive, handle = request.archive, request.intent.speaker
    rules.check(found, request.now)
    owner = archive.person_actor(found.label)
    if owner is None or owner.organisation != found.organisation:
        raise NoSuchCode
    home = archive.organisation_of(handle)
    if home and home.id != found.organisation:
        raise HomeOfAnother
    if archive.identity(handle):
        raise AccountTaken
    try:
        archive.add_account(owner.person, handle)
    except Conflict:
        raise AccountTaken from None
    archive.settle(found.settled(State.ACCEPTED, found.organisation))
    _record(
        request, "person.account", found, owner.person, {"platform": handle.platform, "user": handle.user}
    )
    _greet(request, found, owner.person)
    return Letter(ADDED, owner.person, {"name": owner.name, "company": found.name})


def _greet(request: Request, found: Invitation, person: str) -> None:
    """A word to that very account: before it, its platform is asked whether it is a guest's."""
    there = Audience(person=person, user=request.intent.speaker.user, place=request.intent.place)
    letter = Letter("setup.welcome", facts={"company": found.name, "by": "Your administrator"})
    request.promise(there, letter, f"welcome:{found.id}")


def _record(
    request: Request, what: str, found: Invitation, by: str = "", after: dict[str, object] | None = None
) -> None:
    """A line of the company's own chain."""
    person = by or request.actor.person
    entry = Entry(what, person, request.now, None, found.organisation, found.label, "", None, after)
    request.archive.record(entry)


def added(opening: Opening) -> tuple[Card, int]:
    """For whoever said the code."""
    return cards.added(opening.letter.facts["name"], opening.letter.facts["company"]), 0
