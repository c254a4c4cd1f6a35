"""Somebody leaves: their access ends at once, and their places go to their back-up, or the gap is said."""

from dataclasses import dataclass, replace

from bot.actors import Actor
from bot.cards import setup as cards
from bot.governance.change import difference
from bot.governance.company import PAIRED, Contact, Member
from bot.governance.partnership import Partnership
from bot.governance.visibility import Side
from bot.handlers import setup_contacts, setup_readers
from bot.handlers import setup_fields as fields
from bot.handlers.setup_company import stays_administered
from bot.handlers.setup_pairs import level_of, name_one, own
from bot.handlers.setup_people import chosen_from, colleague, find_colleague
from bot.outbox import Audience, Letter
from bot.ports import Archive, Opening, Request
from bot.records import Entry
from bot.views import Button, Card, Choice, Form

FORM, SURE, LEFT = "setup.leave", "setup.leave.sure", "setup.left"
WHY = "left the company"


@dataclass(frozen=True, slots=True)
class Place:
    """One place that somebody holds: a level of a partnership, or an emergency line."""

    partnership: Partnership
    level: str = ""
    contact: Contact | None = None

    def words(self, reader: Actor) -> str:
        """ "L1 with Northmere Clinical Ltd"."""
        what = self.level or f"the {self.contact.line if self.contact else ''} line"
        return f"{what} with {self.partnership.company((reader.side or Side.SPONSOR).other)}"


def places(archive: Archive, actor: Actor, person: str) -> tuple[Place, ...]:
    """Where one of the actor's own people stands."""
    found: list[Place] = []
    for one in archive.partnerships(actor):
        rows = archive.counterparts(actor, one.id)
        levels = (level for level in PAIRED if own(level_of(rows, level), actor.side) == person)
        found += [Place(one, level) for level in levels]
        found += [
            Place(one, contact=each) for each in archive.contacts(actor, one.id) if each.person == person
        ]
    return tuple(found)


def ask(request: Request, words: str) -> Letter:
    """Who leaves; with a name, straight to what that would mean."""
    named = request.intent.fields.get("person", "")
    if words or named:
        return Letter(SURE, (find_colleague(request, named) if named else colleague(request, words)).id)
    return fields.sent(request, FORM) if "person" in request.intent.fields else Letter(FORM)


def form(opening: Opening) -> tuple[Form, int]:
    """Whom it is about."""
    options = chosen_from(opening.archive, opening.reader)
    errors = fields.wrong(opening.letter.facts, {"person": fields.one_of(dict(options), "who leaves")})
    field = Choice("person", "Who leaves", options, error=errors.get("person", ""))
    opens = Button("Choose somebody", FORM, primary=True, opens=True)
    instead = fields.opener(
        "Somebody leaves", "Choose who leaves. Nothing ends before you have confirmed it.", opens
    )
    return Form("Somebody leaves", FORM, (field,), send="Next", instead=instead), 0


def sure(opening: Opening) -> tuple[Card, int] | None:
    """What would happen, before it does."""
    archive, reader = opening.archive, opening.reader
    staff = {one.id: one for one in archive.staff(reader)}
    member = staff.get(opening.letter.subject)
    if member is None:
        return None
    held = tuple(one.words(reader) for one in places(archive, reader, member.id))
    backup = staff.get(member.backup)
    return cards.leaving(member, backup.name if backup else "", held), 0


def end(request: Request, words: str) -> Letter:
    """Their access ends now."""
    archive, actor = request.archive, request.actor
    archive.hold_company(actor)
    member = find_colleague(request, request.intent.fields.get("person", ""))
    staff = [one for one in archive.staff(actor) if one.id != member.id]
    stays_administered(request, member, staff)
    heir = member.backup if member.backup in {one.id for one in staff} else ""
    held = places(archive, actor, member.id)
    for place in held:
        _hand_over(request, place, heir)
    archive.end_access(actor, member.id)
    setup_readers.leave(request, member)
    was, became = difference(None, member)[1], {"active": False, "places to": heir}
    entry = Entry(
        "person.leave", actor.person, request.now, None, actor.organisation, member.id, WHY, was, became
    )
    archive.record(entry)
    _tell(request, member, held, heir)
    return Letter(LEFT, member.id, {"name": member.name, **_facts(request, held, heir)})


def _hand_over(request: Request, place: Place, heir: str) -> None:
    if place.level:
        name_one(request, place.partnership, place.level, heir, WHY)
        return
    assert place.contact is not None  # noqa: S101 a place is a level or a line
    after = replace(place.contact, person=heir)
    if heir or after.name:
        request.archive.set_contact(request.actor, after)
    else:
        request.archive.drop_contact(request.actor, place.contact)
    setup_contacts.record(request, place.contact, after, WHY)


def _facts(request: Request, held: tuple[Place, ...], heir: str) -> dict[str, str]:
    names = {one.id: one.name for one in request.archive.staff(request.actor)}
    return {"places": "; ".join(one.words(request.actor) for one in held), "heir": names.get(heir, "")}


def _tell(request: Request, member: Member, held: tuple[Place, ...], heir: str) -> None:
    """Both sides' administrators hear of every place that changed hands or fell empty."""
    archive, company = request.archive, request.archive.company(request.actor).name
    names = {one.id: one.name for one in archive.staff(request.actor)}
    for partnership in {one.partnership.id: one.partnership for one in held}.values():
        here = [one for one in held if one.partnership.id == partnership.id]
        words = ", ".join(one.level or f"the {one.contact.line if one.contact else ''} line" for one in here)
        facts = {"name": member.name, "company": company, "levels": words, "heir": names.get(heir, "")}
        for organisation in (partnership.sponsor, partnership.cro):
            for person in archive.administrators(organisation):
                letter = Letter("setup.place", partnership.id, facts)
                key = f"setup.place:{member.id}:{partnership.id}:{person}"
                request.promise(Audience(person=person), letter, key)


def place_changed(opening: Opening) -> tuple[Card, int] | None:
    """For the administrators of the partnership."""
    partnership = opening.archive.partnership(opening.reader, opening.letter.subject)
    return (cards.place_changed(opening.letter.facts), 0) if partnership else None


def left(opening: Opening) -> tuple[Card, int]:
    """For the administrator who ended it."""
    facts = opening.letter.facts
    return cards.left(facts["name"], facts.get("places", ""), facts.get("heir", "")), 0
