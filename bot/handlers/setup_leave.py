"""Somebody leaves: their access ends at once, and all they hold goes to their back-up, or waits for one."""

from dataclasses import dataclass, replace

from bot.actors import Actor
from bot.cards import leaving as cards
from bot.cards import setup
from bot.cards.leaving import Item, Moves
from bot.governance.change import difference
from bot.governance.company import ADMINISTRATOR, PAIRED, Contact, Member
from bot.governance.partnership import Partnership
from bot.governance.visibility import Side
from bot.handlers import digest_set, setup_contacts, setup_readers
from bot.handlers import setup_fields as fields
from bot.handlers.handing import Held, hand_over, holdings
from bot.handlers.handing_told import Leaver, Spot, read, tell, told
from bot.handlers.setup_company import stays_administered
from bot.handlers.setup_pairs import level_of, name_one, own
from bot.handlers.setup_people import chosen_from, colleague, find_colleague, record
from bot.outbox import Letter
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

    @property
    def spot(self) -> str:
        """ "L1", "the quality line"."""
        return self.level or f"the {self.contact.line if self.contact else ''} line"

    def words(self, reader: Actor) -> str:
        """ "L1 with Northmere Clinical Ltd"."""
        return f"{self.spot} with {self.partnership.company((reader.side or Side.SPONSOR).other)}"


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
    """All that would move, before it does."""
    archive, reader = opening.archive, opening.reader
    staff = {one.id: one for one in archive.staff(reader)}
    member = staff.get(opening.letter.subject)
    if member is None:
        return None
    return cards.leaving(member, _moves(archive, reader, member, staff.get(member.backup))), 0


def _moves(archive: Archive, reader: Actor, member: Member, heir: Member | None) -> Moves:
    """What would become of all they hold."""
    held = holdings(archive, reader, member.id)
    to = heir.id if heir else ""
    goes = [(_item(one), one.given(member.id, to) != one.record) for one in held]
    return Moves(
        heir=heir.name if heir else "",
        places=tuple(one.words(reader) for one in places(archive, reader, member.id)),
        taken=tuple(item for item, moves in goes if moves),
        waits=tuple(item for item, moves in goes if not moves),
        roles=role_words(member, heir),
    )


def _item(held: Held) -> Item:
    return Item(held.noun, held.record.id, held.words)


def further_roles(member: Member, heir: Member | None) -> frozenset[str]:
    """What the heir may be given besides what they are; nobody becomes an administrator by the way."""
    return member.roles - heir.roles - {ADMINISTRATOR} if heir else frozenset()


def role_words(member: Member, heir: Member | None) -> str:
    """ "Study lead, Quality lead"."""
    return ", ".join(role for role in map(setup.role_words, sorted(further_roles(member, heir))))


def end(request: Request, words: str) -> Letter:
    """Their access ends now, and all they hold is somebody else's or waits to be."""
    archive, actor = request.archive, request.actor
    archive.hold_company(actor)
    member = find_colleague(request, request.intent.fields.get("person", ""))
    staff = {one.id: one for one in archive.staff(actor) if one.id != member.id}
    stays_administered(request, member, list(staff.values()))
    heir = staff.get(member.backup)
    held = places(archive, actor, member.id)
    for place in held:
        _hand_over(request, place, heir.id if heir else "")
    archive.end_access(actor, member.id)
    digest_set.end(archive, member.id)
    roles = _hand_roles(request, member, heir)
    if heir:
        digest_set.follow(archive, heir.id, request.now)
    setup_readers.leave(request, member)
    handed = hand_over(request, member.id, member.name, heir.id if heir else "")
    _record(request, member, heir)
    company = archive.company(actor)
    leaver = Leaver(member.id, member.name, company.id, company.name, heir.name if heir else "")
    spots = tuple(Spot(one.partnership.id, one.spot) for one in held)
    tell(request, leaver, spots, handed)
    return Letter(LEFT, member.id, {**told(leaver, spots, handed), "roles": roles})


def _hand_roles(request: Request, member: Member, heir: Member | None) -> str:
    """Only where the administrator has said so; in words what the heir got."""
    further = further_roles(member, heir)
    if heir is None or not further or request.intent.fields.get("roles") != "yes":
        return ""
    after = replace(heir, roles=heir.roles | further)
    request.archive.change_staff(request.actor, after)
    record(request, "person.change", heir, after, f"takes over from {member.name}, who has left")
    setup_readers.adopt(request, after)
    return role_words(member, heir)


def _record(request: Request, member: Member, heir: Member | None) -> None:
    was, became = difference(None, member)[1], {"active": False, "places to": heir.id if heir else ""}
    actor, who = request.actor, member.id
    request.archive.record(
        Entry("person.leave", actor.person, request.now, None, actor.organisation, who, WHY, was, became)
    )


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


def left(opening: Opening) -> tuple[Card, int]:
    """For the administrator who ended it."""
    facts = opening.letter.facts
    return cards.left(facts["name"], opening.letter.subject, read(facts, opening.archive, opening.reader)), 0
