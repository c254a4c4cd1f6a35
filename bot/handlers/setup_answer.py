"""Answering a proposal: the other side's administrator agrees or declines it, its own side takes it back."""

from dataclasses import replace

from bot.errors import Refusal
from bot.governance import proposal as rules
from bot.governance.partnership import Partnership
from bot.governance.proposal import Proposal, State
from bot.governance.terms import ending
from bot.governance.visibility import Side
from bot.handlers import commit_remind
from bot.handlers import setup_fields as fields
from bot.handlers.issue_recount import recount
from bot.handlers.setup_drafts import in_force
from bot.handlers.setup_proposal import CARD, NEWS, REASON, administrators, asked, record, settle
from bot.handlers.setup_terms import drawn
from bot.outbox import Audience, Letter
from bot.ports import Opening, Request
from bot.views import Button, Form, TextField

DECLINE = "setup.terms.decline.form"


def agree(request: Request, words: str) -> Letter:
    """From now on it is in force; open issues keep the policy they were raised under."""
    found, home = _to_answer(request)
    found = _following(request, found)
    terms = found.policy or found.calendar
    assert terms is not None  # noqa: S101 a proposal is of one or the other
    record(request, found, "terms.agree", found.why)
    request.archive.put_in_force(request.actor, found, terms)
    _end(request, home, found, State.AGREED)
    if found.calendar:
        request.archive.schedule(ending(home.id, found.calendar, request.now))
        recount(request, home.id)
        commit_remind.recount(request, home.id)
    return Letter(CARD, found.id)


def _following(request: Request, found: Proposal) -> Proposal:
    """A policy as it was proposed, whole or not at all; a calendar counts from tomorrow, whenever that is."""
    if found.policy:
        rules.check_policy(found.policy)
    if found.calendar is None:
        return found
    present = request.archive.calendar(request.actor, found.partnership)
    return replace(found, calendar=present.followed_by(found.calendar, request.now.date()))


def _to_answer(request: Request) -> tuple[Proposal, Partnership]:
    found, home = asked(request)
    side, company = request.actor.side or Side.SPONSOR, home.company(found.side.other)
    try:
        rules.check_answer(found, side, in_force(home, found.kind), company)
    except Refusal as refusal:
        raise refusal.showing(CARD, found.id) from None
    return found, home


def open_decline(request: Request, words: str) -> Letter:
    """Why not."""
    return Letter(DECLINE, _to_answer(request)[0].id)


def decline_form(opening: Opening) -> tuple[Form, int] | None:
    """A reason, for the side that proposed it."""
    found = opening.archive.proposal(opening.reader, opening.letter.subject)
    if found is None:
        return None
    hidden = {"proposal": found.id}
    opens = Button("Fill in the form", DECLINE, hidden, primary=True, opens=True)
    why = TextField("reason", "Why do you decline?", opening.letter.facts.get("reason", ""), long=True)
    return drawn(opening, Form("Decline", "setup.terms.decline", (why,), hidden, None, "Decline"), opens)


def decline(request: Request, words: str) -> Letter:
    """It comes to nothing, with a reason."""
    found, home = _to_answer(request)
    reason = " ".join(fields.filled(request).get("reason", "").split())
    if REASON(reason):
        return fields.sent(request, DECLINE, found.id)
    record(request, found, "terms.decline", reason)
    _end(request, home, found, State.DECLINED, reason)
    return Letter(NEWS, found.id)


def withdraw(request: Request, words: str) -> Letter:
    """Its own side takes it back."""
    found, home = asked(request)
    side, company = request.actor.side or Side.SPONSOR, home.company(found.side)
    try:
        rules.check_withdraw(found, side, in_force(home, found.kind), company)
    except Refusal as refusal:
        raise refusal.showing(CARD, found.id) from None
    record(request, found, "terms.withdraw", "")
    _end(request, home, found, State.WITHDRAWN)
    return Letter(CARD, found.id)


def _end(request: Request, home: Partnership, found: Proposal, state: State, reason: str = "") -> None:
    """Its cards say so, and everybody but the one who did it hears it."""
    ended = settle(request, found, state, reason)
    for person in administrators(request.archive, home):
        if person != request.actor.person:
            request.promise(Audience(person=person), Letter(NEWS, ended.id), f"{NEWS}:{ended.id}:{person}")
