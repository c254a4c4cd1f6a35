"""Legal holds: set and released by an administrator, general counsel or quality lead, for their own side."""

import secrets
from collections.abc import Mapping
from dataclasses import replace

from bot.actors import Actor, Permission
from bot.cards import holds as cards
from bot.governance.change import difference
from bot.governance.hold import Hold, NoSuchHold
from bot.governance.issue import Issue
from bot.governance.partnership import Partnership
from bot.governance.visibility import Scope, Side, Visibility, internal
from bot.handlers import redaction
from bot.handlers import setup_fields as fields
from bot.handlers.setup_pairs import NoPartnerYet, NotYourPartner
from bot.handlers.setup_proposal import REASON
from bot.outbox import Letter
from bot.ports import Archive, Opening, Request
from bot.records import Entry
from bot.views import Button, Card, Choice, Form, TextField

CARD, FORM, RELEASE = "setup.hold", "setup.hold.form", "setup.hold.release.form"


def begin(request: Request, words: str) -> Letter:
    """What one's company holds; with a number, the form to hold that."""
    return Letter(FORM, facts={"issue": words[:60]}) if words else Letter(CARD)


def card(opening: Opening) -> tuple[Card, int] | None:
    """One's own side's, whoever set them."""
    if not opening.reader.may(Permission.HOLD):
        return None
    return cards.listed(_held(opening.archive, opening.reader), opening.letter.facts.get("done", "")), 0


def _held(archive: Archive, reader: Actor) -> cards.Held:
    found = tuple(one for one in archive.holds(reader) if one.side is reader.side)
    issues = (archive.issue(reader, one.issue) for one in found if one.issue)
    return cards.Held(
        holds=found,
        others=dict(_partners(archive, reader)),
        names={one.id: one.name for one in archive.staff(reader)},
        numbers={one.id: one.number for one in issues if one},
        zone=reader.zone,
    )


def _partners(archive: Archive, reader: Actor) -> tuple[tuple[str, str], ...]:
    """Also those that have ended: their record is kept."""
    other = (reader.side or Side.SPONSOR).other
    return tuple((one.id, one.company(other)[: fields.SHORT]) for one in archive.known_partnerships(reader))


def open_form(request: Request, words: str) -> Letter:
    """What to hold, and why."""
    if not request.archive.known_partnerships(request.actor):
        raise NoPartnerYet
    return Letter(FORM, facts={"issue": request.intent.fields.get("issue", "")})


def form(opening: Opening) -> tuple[Form, int] | None:
    """A partner, an issue if it is only about one, and the reason."""
    archive, reader, facts = opening.archive, opening.reader, opening.letter.facts
    partners = _partners(archive, reader)
    if not partners:
        return None
    only = partners[0][0] if len(partners) == 1 else ""
    inputs = (
        Choice("partnership", "Partner", partners, facts.get("partnership", only)),
        TextField(
            "issue", "Issue", facts.get("issue", ""), "Empty: everything with that partner", optional=True
        ),
        TextField("why", "Why?", facts.get("why", ""), "Only your own company reads it", long=True),
    )
    said = {"issue": facts["issue"]} if facts.get("issue") else {}
    opens = Button("Fill in the form", FORM, said, primary=True, opens=True)
    instead = fields.opener("A legal hold", "Say what must not be deleted or redacted, and why.", opens)
    noted = fields.noted(fields.wrong(facts, _checks(archive, reader, facts)), inputs)
    return Form("A legal hold", "setup.hold.save", noted, send="Hold", instead=instead), 0


def _checks(archive: Archive, reader: Actor, facts: Mapping[str, str]) -> Mapping[str, fields.Check]:
    def issue(words: str) -> str:
        found = _issue(archive, reader, facts)
        if words and found is None:
            return f"There is no issue {words[:40]} with that partner; write its whole number."
        meant = facts.get("partnership"), found.id if found else "", reader.side
        stands = any((one.partnership, one.issue, one.side) == meant for one in archive.holds(reader))
        return "Your company holds that already; “setup hold” shows it." if stands else ""

    partners = [one for one, _ in _partners(archive, reader)]
    return {"partnership": fields.one_of(partners, "a partner"), "issue": issue, "why": REASON}


def _issue(archive: Archive, reader: Actor, facts: Mapping[str, str]) -> Issue | None:
    """The one that is meant, among those of that partner which the reader sees."""
    said = facts.get("issue", "").strip().lstrip("#")
    found = archive.issues_numbered(reader, said) if said else ()
    here = [one for one in found if one.partnership == facts.get("partnership")]
    return here[0] if len(here) == 1 else None


def save(request: Request, words: str) -> Letter:
    """It holds from now on."""
    archive, actor, facts = request.archive, request.actor, fields.filled(request)
    if fields.wrong({**facts, fields.SENT: ""}, _checks(archive, actor, facts)):
        return fields.sent(request, FORM)
    home = archive.partnership(actor, facts["partnership"])
    if home is None:
        raise NotYourPartner
    made = _made(request, home, _issue(archive, actor, facts), " ".join(facts["why"].split()))
    archive.set_hold(actor, made)
    _record(request, "hold.set", None, made, made.why)
    _take_back(request, made)
    what = _held(archive, actor).what(made)
    return Letter(CARD, facts={"done": f"{what[:1].upper()}{what[1:]} is held."})


def _take_back(request: Request, made: Hold) -> None:
    """What one's own company wanted redacted of it: so nobody is refused, and the hold shows to nobody."""
    for found in request.archive.open_redactions(request.actor, made.partnership):
        if found.organisation == request.actor.organisation and made.issue in ("", found.issue):
            asked = replace(request.intent, fields={"redaction": found.id})
            redaction.withdraw(replace(request, intent=asked), "")


def _made(request: Request, home: Partnership, issue: Issue | None, why: str) -> Hold:
    side = request.actor.side or Side.SPONSOR
    restricted = issue is not None and issue.visibility is Visibility.RESTRICTED
    return Hold(
        id=secrets.token_hex(10),
        partnership=home.id,
        visibility=Visibility.RESTRICTED if restricted else internal(side),
        issue=issue.id if issue else "",
        side=side,
        by=request.actor.person,
        at=request.now,
        why=why,
    )


def _record(request: Request, what: str, before: Hold | None, after: Hold, why: str) -> None:
    """In the side's own chain; of a restricted record in its own, so that nobody else reads its number."""
    scope = Scope(after.partnership, after.visibility)
    about = after.issue if after.visibility is Visibility.RESTRICTED else after.id
    entry = Entry(what, request.actor.person, request.now, scope, "", about, why, *difference(before, after))
    request.archive.record(entry)


def _meant(archive: Archive, actor: Actor, hold: str) -> Hold | None:
    mine = (one for one in archive.holds(actor) if one.side is actor.side)
    return next((one for one in mine if one.id == hold), None)


def open_release(request: Request, words: str) -> Letter:
    """Why it may go."""
    found = _meant(request.archive, request.actor, request.intent.fields.get("hold", ""))
    if found is None:
        raise NoSuchHold().showing(CARD, "")
    return Letter(RELEASE, found.id)


def release_form(opening: Opening) -> tuple[Form, int] | None:
    """A reason, for one's own side."""
    found = _meant(opening.archive, opening.reader, opening.letter.subject)
    if found is None or not opening.reader.may(Permission.HOLD):
        return None
    hidden = {"hold": found.id}
    why = TextField("why", "Why is it released?", opening.letter.facts.get("why", ""), long=True)
    noted = fields.noted(fields.wrong(opening.letter.facts, {"why": REASON}), (why,))
    opens = Button("Fill in the form", RELEASE, hidden, primary=True, opens=True)
    instead = fields.opener("Release a hold", "Say why it is released.", opens)
    return Form("Release a hold", "setup.hold.release", noted, hidden, send="Release", instead=instead), 0


def release(request: Request, words: str) -> Letter:
    """It holds nothing any more; what else stands goes on."""
    archive, actor, facts = request.archive, request.actor, fields.filled(request)
    found = _meant(archive, actor, facts.get("hold", ""))
    if found is None:
        raise NoSuchHold().showing(CARD, "")
    why = " ".join(facts.get("why", "").split())
    if REASON(why):
        return fields.sent(request, RELEASE, found.id)
    ended = found.released(actor.person, request.now, why)
    what = _held(archive, actor).what(found)
    archive.release_hold(actor, ended)
    _record(request, "hold.release", found, ended, why)
    return Letter(CARD, facts={"done": f"{what[:1].upper()}{what[1:]} is held no longer."})
