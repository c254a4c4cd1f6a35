"""A company's people: who is in it, adding somebody from the platform's own list, changing somebody."""

from collections.abc import Mapping
from dataclasses import replace

from bot import grammar
from bot.actors import Actor, Role
from bot.cards import setup as cards
from bot.cards import when
from bot.cards.blinding import TAGS
from bot.errors import Refusal
from bot.governance.blinding import Blinding
from bot.governance.change import difference
from bot.governance.company import Member
from bot.governance.partnership import Person
from bot.handlers import admission, digest_set, issue_tagged, room, setup_readers
from bot.handlers import setup_fields as fields
from bot.handlers.listing import page_of
from bot.handlers.setup_company import local_part, new_person, stays_administered
from bot.handlers.setup_kept import kept, seen
from bot.intents import Handle
from bot.outbox import Audience, Letter
from bot.ports import Archive, Opening, Request
from bot.records import Entry
from bot.views import AccountField, Button, Buttons, Card, Choice, Field, Form, Notice, Text, TextField, Tone

PEOPLE, PICK, PERSON, WHO = "setup.people", "setup.person.pick", "setup.person", "setup.role"
ROLES = tuple((role.value, cards.role_words(role)) for role in Role)
MOST = 400  # people in a choice
KEPT = ("name", "title", "zone", "email", "hours", "roles", "backup", "blinding")


class NoSuchColleague(Refusal):
    """“{words}” is nobody of your company in Parley; “setup people” shows who is."""


class SeveralColleagues(Refusal):
    """“{words}” could be {names}; say the full name."""


def listed(request: Request, words: str) -> Letter:
    """Everybody in the company; or the form of the one who is named."""
    if words:
        return _of(request, colleague(request, words))
    return Letter(PEOPLE, facts={"page": page_of(request.intent.fields)})


def people(opening: Opening) -> tuple[Card, int]:
    """The list."""
    archive, reader = opening.archive, opening.reader
    today = opening.now.date()
    away = {
        one.person: f"away until {when.day(one.last)}"
        for one in archive.absences(reader)
        if one.first <= today <= one.last
    }
    page = int(opening.letter.facts.get("page", "0"))
    return cards.people(archive.company(reader), archive.staff(reader), away, page), 0


def pick(request: Request, words: str) -> Letter:
    """Who is to be added: an account of the speaker's own workspace or tenant."""
    user = request.intent.fields.get("account", "")
    if not user:
        return fields.sent(request, PICK) if "account" in request.intent.fields else Letter(PICK)
    told = fields.account(request, user)
    speaker = request.intent.speaker
    known = request.archive.person_at(Handle(speaker.platform, speaker.tenant, user))
    if known:
        return _of(request, find_colleague(request, known.id))
    suggested = {"name": told.handle.name, "title": told.title, "zone": told.zone} if told else {}
    return Letter(PERSON, facts={**suggested, "email": told.email if told else "", "user": user})


def picking(opening: Opening) -> tuple[Form, int]:
    """The platform's own list of accounts."""
    errors = fields.wrong(opening.letter.facts, {"account": lambda user: "" if user else "Choose somebody."})
    field = AccountField("account", "Who", error=errors.get("account", ""))
    opens = Button("Choose somebody", PICK, primary=True, opens=True)
    instead = fields.opener("Add somebody", "Choose somebody of your own company.", opens)
    return Form("Add somebody", PICK, (field,), send="Next", instead=instead), 0


def change(request: Request, words: str) -> Letter:
    """Somebody's title, roles, back-up or zone."""
    named = request.intent.fields.get("person", "")
    if not words and not named:
        return fields.sent(request, WHO) if "person" in request.intent.fields else Letter(WHO)
    return _of(request, find_colleague(request, named) if named else colleague(request, words))


def choosing(opening: Opening) -> tuple[Form, int]:
    """Whom to change."""
    options = chosen_from(opening.archive, opening.reader)
    errors = fields.wrong(opening.letter.facts, {"person": fields.one_of(dict(options), "somebody")})
    field = Choice("person", "Who", options, error=errors.get("person", ""))
    opens = Button("Choose somebody", WHO, primary=True, opens=True)
    instead = fields.opener("Change somebody", "Choose whose title, roles or back-up to change.", opens)
    return Form("Change somebody", WHO, (field,), send="Next", instead=instead), 0


def chosen_from(archive: Archive, reader: Actor, *without: str) -> tuple[tuple[str, str], ...]:
    """One's own people, to choose from."""
    staff = [one for one in archive.staff(reader) if one.id not in without]
    return tuple((one.id, one.name[: fields.SHORT]) for one in staff[:MOST])


def colleague(request: Request, words: str) -> Member:
    """The one person of one's own company whom the words name, by mark or by name."""
    staff = {one.id: one for one in request.archive.staff(request.actor)}
    for mention in request.intent.mentions:
        if mention.mark in words:
            speaker = request.intent.speaker
            marked = request.archive.person_at(Handle(speaker.platform, speaker.tenant, mention.user))
            if marked and marked.id in staff:
                return staff[marked.id]
            words = mention.name or "That account"
    people = [Person(one.id, "", one.name, "", "", one.handle) for one in staff.values()]
    found = grammar.people_called(words, people)
    if len(found) > 1:
        raise SeveralColleagues(words=words[:40], names=" or ".join(one.name for one in found[:5]))
    return find_colleague(request, found[0].id if found else "", words.lstrip("@")[:40])


def find_colleague(request: Request, person: str, words: str = "That person") -> Member:
    """One of one's own people, by id."""
    found = next((one for one in request.archive.staff(request.actor) if one.id == person), None)
    if found is None:
        raise NoSuchColleague(words=words)
    return found


def _of(request: Request, member: Member) -> Letter:
    """The form of somebody who is known, filled with what is kept of them."""
    return Letter(PERSON, facts=kept(member))


def _checks(archive: Archive, reader: Actor, person: str) -> dict[str, fields.Check]:
    offered = {one for one, _ in ROLES}
    backups = {one for one, _ in chosen_from(archive, reader, person)}
    return {
        "name": fields.needed("the name"),
        "title": fields.at_most(fields.LONGEST),
        "zone": fields.if_any(fields.zone),
        "email": fields.if_any(fields.email),
        "hours": fields.if_any(fields.hours),
        "roles": lambda chosen: "" if chosen and set(chosen.split("\n")) <= offered else "Choose a role.",
        "backup": fields.if_any(fields.one_of(backups, "somebody else")),
        "blinding": fields.if_any(fields.one_of(dict(TAGS), "blinded or unblinded")),
    }


def form(opening: Opening) -> tuple[Form, int]:
    """Somebody new or known; their side is their company's, their roles are chosen."""
    facts, reader = opening.letter.facts, opening.reader
    person = facts.get("person", "")
    errors = fields.wrong(facts, _checks(opening.archive, reader, person))
    hidden = {name: facts[name] for name in ("person", "user", fields.SEEN) if facts.get(name)}
    title = "Change somebody" if person else "Add somebody"
    opens = Button("Fill in the form", "setup.person.open", hidden, primary=True, opens=True)
    drawn = Form(
        title,
        "setup.person.save",
        fields.noted(errors, _inputs(opening, facts)),
        hidden,
        fields.moved(facts, facts.get("name", "")),
        instead=fields.opener(title, f"{facts.get('name') or 'Somebody'}: choose their roles.", opens),
    )
    return drawn, 0


def _inputs(opening: Opening, facts: Mapping[str, str]) -> tuple[Field, ...]:
    known, company = facts.get, opening.archive.company(opening.reader)
    backups = chosen_from(opening.archive, opening.reader, facts.get("person", ""))
    zone_hint = f"Empty: {company.zone}, the company’s"
    return (
        TextField("name", "Name", known("name", "")),
        TextField("title", "Title", known("title", ""), optional=True),
        Choice("roles", "Roles", ROLES, known("roles", ""), many=True),
        Choice("backup", "Back-up", backups, known("backup", ""), optional=True),
        Choice("blinding", "Blinding", TAGS, known("blinding", ""), "Empty: not said", optional=True),
        TextField("zone", "Time zone", known("zone", ""), zone_hint, optional=True),
        TextField("hours", "Working hours", known("hours", ""), "For example 09:00-17:30", optional=True),
        TextField("email", "E-mail", known("email", ""), optional=True),
    )


def reopened(request: Request, words: str) -> Letter:
    """The form once more, from where it could not be shown; for an account, with what is told of it now."""
    if person := request.intent.fields.get("person", ""):
        return _of(request, find_colleague(request, person))
    user = request.intent.fields.get("user", "")
    told = fields.account(request, user)
    suggested = {"name": told.handle.name, "title": told.title} if told else {}
    return Letter(PERSON, facts={**suggested, "user": user})


def save(request: Request, words: str) -> Letter:
    """Somebody is added or changed; the last administrator stays one."""
    archive, facts = request.archive, fields.filled(request)
    archive.hold_company(request.actor)
    person = facts.get("person", "")
    if fields.wrong({**facts, fields.SENT: ""}, _checks(archive, request.actor, person)):
        return fields.sent(request, PERSON)
    if not person:
        return _add(request, facts)
    before = find_colleague(request, person)
    if facts.get(fields.SEEN) != seen(before):
        return fields.sent(request, PERSON, **{fields.SEEN: seen(before), fields.MOVED: "yes"})
    return _change(request, before, facts)


def _filled_in(facts: Mapping[str, str], member: Member) -> Member:
    plain = {name: " ".join(facts.get(name, "").split()) for name in KEPT if name != "roles"}
    return replace(
        member,
        name=plain["name"],
        title=plain["title"],
        zone=plain["zone"],
        handle=local_part(plain["email"], plain["name"]),
        email=plain["email"],
        working_hours=plain["hours"],
        backup=plain["backup"],
        blinding=Blinding(plain["blinding"]),
        roles=frozenset(facts["roles"].split("\n")),
    )


def _add(request: Request, facts: Mapping[str, str]) -> Letter:
    speaker, user = request.intent.speaker, facts.get("user", "")
    if not user:
        return Letter(PICK)
    fields.account(request, user)
    handle = Handle(speaker.platform, speaker.tenant, user)
    known = request.archive.person_at(handle)
    if known:
        return Letter(PERSON, facts={**kept(find_colleague(request, known.id)), fields.MOVED: "yes"})
    member = _filled_in(facts, Member(new_person(), "", user=user))
    request.archive.add_staff(request.actor, member)
    record(request, "person.add", None, member)
    setup_readers.adopt(request, member)
    digest_set.complete(request.archive, request.now)
    admission.already_in(request, handle)
    words = {"company": request.archive.company(request.actor).name, "by": request.actor.name}
    welcome = Letter("setup.welcome", facts=words)
    request.promise(Audience(person=member.id), welcome, f"welcome:{member.id}")
    room.look_again(request, request.archive.silent_rooms(), request.intent.key)
    return Letter("setup.person.saved", member.id, {"what": "added"})


def _change(request: Request, before: Member, facts: Mapping[str, str]) -> Letter:
    member = _filled_in(facts, before)
    staff = [member if one.id == member.id else one for one in request.archive.staff(request.actor)]
    stays_administered(request, before, staff)
    if member != before:
        request.archive.change_staff(request.actor, member)
        record(request, "person.change", before, member)
        issue_tagged.follow(request, before, member)
        setup_readers.adopt(request, member)
        digest_set.follow(request.archive, member.id, request.now)
    return Letter("setup.person.saved", member.id, {"what": "changed"})


def record(request: Request, what: str, before: Member | None, after: Member, why: str = "") -> None:
    """A line of the company's own chain."""
    actor, (was, became) = request.actor, difference(before, after)
    entry = Entry(what, actor.person, request.now, None, actor.organisation, after.id, why, was, became)
    request.archive.record(entry)


def saved(opening: Opening) -> tuple[Card, int] | None:
    """Who they are now, with what may come next."""
    staff = {one.id: one for one in opening.archive.staff(opening.reader)}
    member = staff.get(opening.letter.subject)
    if member is None:
        return None
    backup = staff[member.backup].name if member.backup in staff else "nobody yet"
    words = f"{member.name} was {opening.letter.facts.get('what', 'changed')}."
    told = Text(f"Roles: {cards.roles_of(member)}. Back-up: {backup}.")
    more = Buttons((replace(cards.ADD, label="Add somebody else"), Button("People", PEOPLE), cards.BACK))
    return Card(member.name, (Notice(words, Tone.GOOD), told, more), words), 0


def welcome(opening: Opening) -> tuple[Card, int]:
    """For whoever was added."""
    return cards.welcome(opening.letter.facts["company"], opening.letter.facts["by"]), 0
