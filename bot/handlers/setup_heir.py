"""Naming who takes over what somebody left behind, where their back-up could not or there was none."""

from bot.cards import leaving as cards
from bot.cards.leaving import Item, Moves
from bot.errors import Refusal
from bot.governance.partnership import Person
from bot.handlers import setup_fields as fields
from bot.handlers.handing import hand_over, holdings
from bot.handlers.handing_told import Leaver, may_name, read, tell, told
from bot.handlers.setup_people import chosen_from
from bot.outbox import Letter
from bot.ports import Archive, Opening, Request
from bot.views import Card, Form

FORM, NAMED = "setup.heir", "setup.heir.named"


class NotYoursToName(Refusal):
    """Only an administrator or an alliance manager of their company names who takes over; ask one of them."""


class NothingWaits(Refusal):
    """Nothing of theirs waits any more: all of it has a new owner."""


def open_form(request: Request, words: str) -> Letter:
    """Who takes over all that waits."""
    return Letter(FORM, _leaver(request).id)


def _leaver(request: Request) -> Person:
    """Who left the actor's own company and left something behind."""
    gone = _gone(request.archive, request.intent.fields.get("person", ""))
    if gone is None or not may_name(request.actor, gone.organisation):
        raise NotYoursToName
    if not holdings(request.archive, request.actor, gone.id):
        raise NothingWaits
    return gone


def _gone(archive: Archive, person: str) -> Person | None:
    """Somebody who has left."""
    found = next((one for one in archive.everyone() if one.id == person), None)
    return found if found and archive.person_actor(found.id) is None else None


def form(opening: Opening) -> tuple[Form, int] | None:
    """One of one's own people."""
    archive, reader = opening.archive, opening.reader
    gone = _gone(archive, opening.letter.subject)
    if gone is None or not may_name(reader, gone.organisation):
        return None
    people = chosen_from(archive, reader)
    held = holdings(archive, reader, gone.id)
    waits = tuple(Item(one.noun, one.record.id, one.words) for one in held)
    errors = fields.wrong(opening.letter.facts, {"heir": fields.one_of(dict(people), "who takes over")})
    return cards.heir_form(gone.name, gone.id, people, Moves(waits=waits), errors.get("heir", "")), 0


def save(request: Request, words: str) -> Letter:
    """All that waits is theirs from now on, and both sides hear it."""
    archive, actor = request.archive, request.actor
    gone = _leaver(request)
    staff = {one.id: one for one in archive.staff(actor)}
    heir = staff.get(request.intent.fields.get("heir", ""))
    if heir is None:
        return fields.sent(request, FORM, gone.id)
    handed = hand_over(request, gone.id, gone.name, heir.id)
    leaver = Leaver(gone.id, gone.name, actor.organisation, archive.company(actor).name, heir.name)
    tell(request, leaver, (), handed)
    return Letter(NAMED, gone.id, told(leaver, (), handed))


def named(opening: Opening) -> tuple[Card, int]:
    """For whoever named them."""
    facts = opening.letter.facts
    return cards.named(facts["name"], read(facts, opening.archive, opening.reader)), 0
