"""Inviting a partner: a calendar and a policy are offered, and a one-time code is handed over."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.actors import Actor
from bot.cards import terms as cards
from bot.cards import when
from bot.errors import Refusal
from bot.governance.calendar import WEEKDAYS
from bot.governance.change import difference
from bot.governance.invitation import Invitation, Kind, State
from bot.governance.parting import holding
from bot.governance.partnership import Partnership
from bot.governance.terms import DAYS, STANDARD, STANDARD_POLICY, Terms
from bot.governance.visibility import Side
from bot.handlers import setup_days as days
from bot.handlers import setup_fields as fields
from bot.outbox import Letter
from bot.ports import Archive, Opening, Request
from bot.records import Entry
from bot.views import Button, Card, Choice, Form, TextField

LIST, FORM, MADE = "setup.partner", "setup.partner.form", "setup.partner.made"


class NoSuchInvitation(Refusal):
    """That invitation is no longer open, so nothing changed; “setup partner” shows those that are."""


def listed(request: Request, words: str) -> Letter:
    """Partners and open invitations."""
    return Letter(LIST)


def listing(opening: Opening) -> tuple[Card, int]:
    """The same, as a card."""
    archive, reader = opening.archive, opening.reader
    rows = tuple((_other(reader, one), _state(opening, one)) for one in archive.known_partnerships(reader))
    return cards.partners(rows, open_now(opening), reader.zone), 0


def _state(opening: Opening, partnership: Partnership) -> str:
    first = holding(opening.archive.ends(opening.reader, partnership.id))
    if partnership.ended_on:
        return f"ended on {when.day(partnership.ended_on)}"
    return f"partner, until {when.day(first.day)}" if first else "partner"


def open_now(opening: Opening) -> tuple[Invitation, ...]:
    """The company's invitations to partners that can still be answered."""
    made = opening.archive.invitations(opening.reader)
    return tuple(one for one in made if one.kind is Kind.PARTNER and one.is_open(opening.now))


def _other(reader: Actor, partnership: Partnership) -> str:
    return partnership.company((reader.side or Side.SPONSOR).other)


def open_form(request: Request, words: str) -> Letter:
    """What to offer."""
    return Letter(FORM, facts={"week": "\n".join(day for day in WEEKDAYS if day in DAYS), "close": "17:00"})


def form(opening: Opening) -> tuple[Form, int]:
    """Whom to invite, on which calendar and policy."""
    facts, known = opening.letter.facts, opening.letter.facts.get
    policies = _policies(opening.archive, opening.reader)
    errors = fields.wrong(facts, _checks(opening.archive, opening.reader, _today(opening)))
    inputs = (
        TextField("label", "What the partner is called", known("label", "")),
        *days.inputs(facts),
        Choice("policy", "Escalation policy", policies, known("policy", STANDARD)),
    )
    opens = Button("Fill in the form", FORM, primary=True, opens=True)
    instead = fields.opener(
        "Invite a partner", "Say whom, and on which calendar and escalation policy.", opens
    )
    return Form("Invite a partner", "setup.partner.save", fields.noted(errors, inputs), instead=instead), 0


def _policies(archive: Archive, reader: Actor) -> tuple[tuple[str, str], ...]:
    own = ((one.id, f"As with {_other(reader, one)}"[: fields.SHORT]) for one in archive.partnerships(reader))
    return ((STANDARD, "Standard"), *own)


def _checks(archive: Archive, reader: Actor, today: date) -> dict[str, fields.Check]:
    return {
        "label": fields.needed("what the partner is called", fields.SHORT),
        **days.checks(today),
        "policy": fields.one_of((one for one, _ in _policies(archive, reader)), "a policy"),
    }


def _today(opening: Opening) -> date:
    return opening.now.astimezone(ZoneInfo(opening.reader.zone)).date()


def save(request: Request, words: str) -> Letter:
    """The invitation is made; its code is shown, not kept."""
    facts = fields.filled(request)
    if fields.wrong({**facts, fields.SENT: ""}, _checks(request.archive, request.actor, request.today)):
        return fields.sent(request, FORM)
    actor, company = request.actor, request.archive.company(request.actor)
    made = Invitation(
        id=secrets.token_hex(16),
        kind=Kind.PARTNER,
        at=request.now,
        until=request.now + Kind.PARTNER.lasts,
        organisation=actor.organisation,
        person=actor.person,
        name=company.name,
        side=actor.side,
        label=" ".join(facts["label"].split()),
        terms=_terms(request, facts),
    )
    request.archive.invite(made)
    record(request, "invitation.make", None, made)
    return Letter(MADE, made.id)


def _terms(request: Request, facts: Mapping[str, str]) -> Terms:
    calendar = days.calendar(facts, request.today)
    chosen = facts.get("policy", STANDARD)
    policy = STANDARD_POLICY if chosen == STANDARD else request.archive.policy(request.actor, chosen)
    return Terms(calendar, replace(policy, id=STANDARD, version=1))


def record(request: Request, what: str, before: Invitation | None, after: Invitation) -> None:
    """A line of the chain of the company that invites."""
    actor, (was, became) = request.actor, difference(before, after)
    person = actor.person if actor.organisation == after.organisation else ""
    entry = Entry(what, person, request.now, None, after.organisation, after.id, "", was, became)
    request.archive.record(entry)


def shown(request: Request, words: str) -> Letter:
    """One invitation, with its code."""
    found = request.archive.invitation(request.actor, request.intent.fields.get("invitation", ""))
    if found is None or found.organisation != request.actor.organisation:
        raise NoSuchInvitation
    return Letter(MADE, found.id)


def made(opening: Opening) -> tuple[Card, int] | None:
    """For the administrators of the company that invites."""
    found = opening.archive.invitation(opening.reader, opening.letter.subject)
    if found is None or found.organisation != opening.reader.organisation:
        return None
    code = opening.archive.code(opening.reader, found.id)
    today = _today(opening)
    return cards.invitation(found, code, today, opening.reader.zone), 0


def withdraw(request: Request, words: str) -> Letter:
    """Its code opens nothing any more."""
    found = request.archive.invitation(request.actor, request.intent.fields.get("invitation", ""))
    if found is None or found.organisation != request.actor.organisation or not found.is_open(request.now):
        raise NoSuchInvitation
    ended = found.settled(State.WITHDRAWN, "")
    request.archive.settle(ended)
    record(request, "invitation.withdraw", found, ended)
    return Letter(MADE, found.id)
