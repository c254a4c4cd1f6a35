"""Proposing a change of what was agreed: an administrator's own changes, whole and with a reason."""

import secrets
from dataclasses import replace

from bot.governance import proposal as rules
from bot.governance.partnership import Partnership
from bot.governance.proposal import Kind, Proposal, State
from bot.governance.visibility import Side
from bot.handlers import setup_calendar, setup_policy
from bot.handlers import setup_fields as fields
from bot.handlers.setup_drafts import drafted, in_force, keep
from bot.handlers.setup_pairs import NotYourPartner, chosen
from bot.handlers.setup_proposal import CARD, REASON, NoSuchProposal, administrators, record, send, settle
from bot.outbox import Letter
from bot.ports import Opening, Request
from bot.views import Button, Form, TextField

WHY = "setup.terms.form"


def _kind(request: Request) -> Kind:
    asked = request.intent.fields.get("kind", "")
    if asked not in list(Kind):
        raise NoSuchProposal
    return Kind(asked)


def _home(request: Request) -> Partnership:
    found = chosen(request)
    if found is None:
        raise NotYourPartner
    return found


def drop(request: Request, words: str) -> Letter:
    """One's own changes are forgotten; what is in force is shown."""
    home, kind = _home(request), _kind(request)
    keep(request, home, kind, {})
    return Letter(f"setup.{kind}", home.id)


def open_form(request: Request, words: str) -> Letter:
    """Why it should change."""
    home, kind = _home(request), _kind(request)
    _check_open(request, home, kind)
    _wanted(request, home, kind)
    return Letter(WHY, f"{home.id} {kind}")


def form(opening: Opening) -> tuple[Form, int] | None:
    """A reason, and the changes go to the other side."""
    partnership, _, kind = opening.letter.subject.rpartition(" ")
    home = opening.archive.partnership(opening.reader, partnership)
    if home is None:
        return None
    hidden, other = {"partnership": home.id, "kind": kind}, setup_policy.other(opening.reader, home)
    opens = Button("Fill in the form", WHY, hidden, primary=True, opens=True)
    why = TextField(
        "why", "Why should it change?", opening.letter.facts.get("why", ""), f"{other} reads it", long=True
    )
    return drawn(opening, Form("Propose", "setup.terms.propose", (why,), hidden, None, "Propose"), opens)


def drawn(opening: Opening, asks: Form, opens: Button) -> tuple[Form, int]:
    """A form with one reason in it, and what is wrong with that."""
    (field,) = asks.fields
    errors = fields.wrong(opening.letter.facts, {field.name: REASON})
    instead = fields.opener(asks.title, field.label, opens)
    return replace(asks, fields=fields.noted(errors, asks.fields), instead=instead), 0


def propose(request: Request, words: str) -> Letter:
    """The changes, whole, to the administrators of both sides; one's own open proposal gives way."""
    home, kind, facts = _home(request), _kind(request), fields.filled(request)
    why = " ".join(facts.get("why", "").split())
    if REASON(why):
        return fields.sent(request, WHY, f"{home.id} {kind}")
    before = _check_open(request, home, kind)
    made = _made(request, home, kind, why)
    if before:
        record(request, settle(request, before, State.OVERTAKEN), "terms.overtake", "")
    request.archive.propose(request.actor, made)
    record(request, made, "terms.propose", why)
    keep(request, home, kind, {})
    for person in administrators(request.archive, home):
        send(request, made, person)
    return Letter(CARD, made.id)


def _check_open(request: Request, home: Partnership, kind: Kind) -> Proposal | None:
    """One's own side's open proposal; the other side's must be answered first."""
    found = request.archive.open_proposal(request.actor, home.id, kind)
    if found and found.side is not request.actor.side:
        company = home.company(found.side)
        raise rules.TheirsIsOpen(company=company, what=kind.words, kind=kind).showing(CARD, found.id)
    return found


def _wanted(request: Request, home: Partnership, kind: Kind) -> dict[str, object]:
    """The terms one would have, by the proposal's field; refused where they are those in force."""
    archive, actor, today = request.archive, request.actor, request.now.date()
    if not drafted(archive, actor, home, kind):
        raise rules.NothingChanged
    if kind is Kind.POLICY:
        policy = setup_policy.wanted(archive, actor, home)
        rules.check_policy(policy)
        if policy.rules == archive.policy(actor, home.id).rules:
            raise rules.NothingChanged
        return {"policy": policy}
    calendar = setup_calendar.wanted(archive, actor, home, today)
    if not setup_calendar.differs(archive.calendar(actor, home.id), calendar):
        raise rules.NothingChanged
    return {"calendar": calendar}


def _made(request: Request, home: Partnership, kind: Kind, why: str) -> Proposal:
    actor, terms = request.actor, _wanted(request, home, kind)
    return Proposal(
        id=secrets.token_hex(10),
        partnership=home.id,
        kind=kind,
        replaces=in_force(home, kind),
        by=actor.person,
        side=actor.side or Side.SPONSOR,
        at=request.now,
        why=why,
        **terms,  # type: ignore[arg-type]  # one of the two, by its name
    )
