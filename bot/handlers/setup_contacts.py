"""Emergency lines: each side says who answers them, by name, phone, e-mail and hours."""

from collections.abc import Mapping

from bot.actors import Actor
from bot.cards import setup_partnership as cards
from bot.governance.change import difference
from bot.governance.company import LINES, Contact
from bot.governance.partnership import Partnership
from bot.governance.visibility import Scope, Side, Visibility
from bot.handlers import setup_fields as fields
from bot.handlers.setup_pairs import chosen
from bot.handlers.setup_people import chosen_from
from bot.outbox import Letter
from bot.ports import Archive, Opening, Request
from bot.records import Entry
from bot.views import Button, Card, Choice, Field, Form, TextField

CARD, FORM = "setup.contacts", "setup.contacts.form"
EITHER = "Choose somebody or write a desk’s name, one of the two."


def listed(request: Request, words: str) -> Letter:
    """Both sides' lines in every partnership."""
    chosen(request)
    return Letter(CARD)


def card(opening: Opening) -> tuple[Card, int]:
    """Who answers."""
    archive, reader = opening.archive, opening.reader
    tables = tuple(
        cards.Lines(
            one,
            archive.contacts(reader, one.id),
            {person.id: person.name for person in archive.people(reader, one.id)},
        )
        for one in archive.partnerships(reader)
    )
    return cards.contacts(tables, reader.side or Side.SPONSOR), 0


def open_form(request: Request, words: str) -> Letter:
    """One line of one's own side, for one partner or several; by default the first that nobody answers."""
    chosen(request)
    archive, actor = request.archive, request.actor
    line = request.intent.fields.get("line", "")
    mine = archive.partnerships(actor)
    open_now = [one for one in LINES[_side(actor)] if _without(archive, actor, one)]
    line = line if line in LINES[_side(actor)] else (open_now or LINES[_side(actor)])[0]
    known = [one for each in mine for one in _own(archive, actor, each.id, line)]
    lacking = _without(archive, actor, line) or tuple(one.id for one in mine)
    told = _told(known[0]) if known else {}
    seen = _seen(archive, actor, line)
    return Letter(FORM, line, {**told, "partnerships": "\n".join(lacking), fields.SEEN: seen})


def _side(actor: Actor) -> Side:
    return actor.side or Side.SPONSOR


def _own(archive: Archive, actor: Actor, partnership: str, line: str) -> tuple[Contact, ...]:
    rows = archive.contacts(actor, partnership)
    return tuple(one for one in rows if one.side is actor.side and one.line == line)


def _without(archive: Archive, actor: Actor, line: str) -> tuple[str, ...]:
    """The partnerships in which nobody of one's own side answers that line."""
    mine = archive.partnerships(actor)
    return tuple(one.id for one in mine if not _own(archive, actor, one.id, line))


def _told(contact: Contact) -> dict[str, str]:
    names = ("person", "name", "phone", "email", "hours")
    return {name: getattr(contact, name) for name in names}


def _seen(archive: Archive, actor: Actor, line: str) -> str:
    found = (one for each in archive.partnerships(actor) for one in _own(archive, actor, each.id, line))
    return fields.fingerprint(*(part for one in found for part in (one.partnership, *_told(one).values())))


def form(opening: Opening) -> tuple[Form, int] | None:
    """Who answers it, how and when."""
    facts, reader, line = opening.letter.facts, opening.reader, opening.letter.subject
    partners = _partners(opening.archive, reader)
    people = chosen_from(opening.archive, reader)
    if line not in LINES[_side(reader)] or not partners:
        return None
    errors = fields.wrong(facts, _checks(partners, people, facts))
    opens = Button("Fill in the form", FORM, {"line": line}, primary=True, opens=True)
    drawn = Form(
        f"Your {line} line",
        "setup.contacts.save",
        fields.noted(errors, _inputs(partners, people, facts)),
        {"line": line, fields.SEEN: facts.get(fields.SEEN, "")},
        fields.moved(facts, ""),
        instead=fields.opener(f"Your {line} line", f"Say who answers your {line} line.", opens),
    )
    return drawn, 0


def _partners(archive: Archive, reader: Actor) -> tuple[tuple[str, str], ...]:
    mine = archive.partnerships(reader)
    return tuple((one.id, one.company(_side(reader).other)[: fields.SHORT]) for one in mine)


def _inputs(
    partners: tuple[tuple[str, str], ...], people: tuple[tuple[str, str], ...], facts: Mapping[str, str]
) -> tuple[Field, ...]:
    known = facts.get
    return (
        Choice("partnerships", "For which partners", partners, known("partnerships", ""), many=True),
        Choice("person", "Who answers", people, known("person", ""), optional=True),
        TextField("name", "Or a desk", known("name", ""), "For example Drug safety desk", optional=True),
        TextField("phone", "Phone", known("phone", ""), "For example +41 44 555 01 10"),
        TextField("email", "E-mail", known("email", ""), optional=True),
        TextField("hours", "When it is answered", known("hours", ""), "For example 24x7"),
    )


def _checks(
    partners: tuple[tuple[str, str], ...], people: tuple[tuple[str, str], ...], facts: Mapping[str, str]
) -> Mapping[str, fields.Check]:
    offered, known = {one for one, _ in partners}, {one for one, _ in people}
    both = bool(facts.get("name", "").strip()) == bool(facts.get("person"))
    return {
        "partnerships": lambda value: (
            "" if set(value.split("\n")) <= offered else "Choose at least one partner."
        ),
        "person": lambda value: (
            EITHER if both else "" if value in {*known, ""} else "Choose one of your own people."
        ),
        "name": fields.at_most(fields.LONGEST),
        "phone": fields.phone,
        "email": fields.if_any(fields.email),
        "hours": fields.needed("when it is answered"),
    }


def save(request: Request, words: str) -> Letter:
    """The line, for each of the chosen partners."""
    archive, actor, facts = request.archive, request.actor, fields.filled(request)
    archive.hold_company(actor)
    chosen(request)
    line, partners = facts.get("line", ""), _partners(archive, actor)
    checks = _checks(partners, chosen_from(archive, actor), facts)
    if line not in LINES[_side(actor)] or fields.wrong({**facts, fields.SENT: ""}, checks):
        return fields.sent(request, FORM, line)
    seen = _seen(archive, actor, line)
    if facts.get(fields.SEEN) != seen:
        return fields.sent(request, FORM, line, **{fields.SEEN: seen, fields.MOVED: "yes"})
    for partnership in archive.partnerships(actor):
        if partnership.id in facts["partnerships"].split("\n"):
            _save_one(request, partnership, line, facts)
    return Letter(CARD)


def _save_one(request: Request, partnership: Partnership, line: str, facts: Mapping[str, str]) -> None:
    actor = request.actor
    before = _own(request.archive, actor, partnership.id, line)
    plain = {name: " ".join(facts.get(name, "").split()) for name in ("name", "phone", "email", "hours")}
    contact = Contact(partnership.id, line, _side(actor), person=facts.get("person", ""), **plain)
    if before == (contact,):
        return
    request.archive.set_contact(actor, contact)
    record(request, before[0] if before else None, contact)


def record(request: Request, before: Contact | None, after: Contact, why: str = "") -> None:
    """A line in what both sides can read."""
    was, became = difference(before, after)
    scope, name = (
        Scope(after.partnership, Visibility.SHARED),
        f"{after.partnership}/{after.line}/{after.side}",
    )
    entry = Entry("contact.name", request.actor.person, request.now, scope, "", name, why, was, became)
    request.archive.record(entry)
