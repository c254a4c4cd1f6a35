"""Capturing what was said: somebody's message becomes the form of a commitment or of a decision."""

from collections.abc import Callable, Mapping
from functools import partial

from bot.cards import capture as cards
from bot.errors import Refusal
from bot.handlers import commit_make, commit_shown, decision_record, decision_shown
from bot.handlers.captured import CAPTURED, EARLIER, LINK, made_before
from bot.handlers.drafting import draft_id
from bot.handlers.issue_said import Said
from bot.handlers.pointed import Pointed, pointed
from bot.outbox import Letter
from bot.ports import Opening, Request
from bot.records import Draft
from bot.views import Button, Card

TWICE, ANOTHER = "capture.twice", "capture.another"
KIND, NOUN = ":act", ":noun"  # what a draft knows besides the fields
BEGIN: Mapping[str, Callable[[Request, Mapping[str, str]], Letter]] = {
    "commit": partial(commit_make.propose, ask=True),
    "decision": decision_record.propose,
}
CARDS = {"commit": commit_shown.card, "decision": decision_shown.card}


class LostCapture(Refusal):
    """That question is no longer open and nothing was saved; capture the message again."""


def commitment(request: Request, words: str) -> Letter:
    """The form of a commitment: what the message promises, and what it leaves open."""
    said = pointed(request, "commit “recovery plan” by 28 Nov to @name")
    return _begin(request, "commit", said, said.promised)


def decision(request: Request, words: str) -> Letter:
    """The form of a decision: what the message says was decided."""
    said = pointed(request, "decision record approve the recovery plan, because …")
    return _begin(request, "decision", said, said.decided)


def another(request: Request, words: str) -> Letter:
    """Of a message that was captured before, once more."""
    draft = request.archive.draft(request.actor, request.intent.fields.get("draft", ""))
    if draft is None or draft.fields.get(KIND) != ANOTHER:
        raise LostCapture
    fields = {name: value for name, value in draft.fields.items() if name not in (KIND, NOUN)}
    return BEGIN[draft.fields[NOUN]](request, fields)


def _begin(request: Request, noun: str, said: Pointed, fields: Mapping[str, str]) -> Letter:
    """Its form; or what was made of the message before, and whether another one is wanted."""
    link = request.intent.fields.get(LINK, "")
    known = {**fields, LINK: link, CAPTURED: said.home}
    before = made_before(Said(request.archive, request.actor, request.today, known), noun)
    if not before:
        return BEGIN[noun](request, known)
    draft = draft_id(request, ANOTHER)
    kept = {**known, EARLIER: "\n".join(before), KIND: ANOTHER, NOUN: noun}
    request.archive.keep_draft(Draft(draft, request.actor.person, kept, request.now))
    return Letter(TWICE, before[-1], {"noun": noun, "draft": draft})


def twice(opening: Opening) -> tuple[Card, int] | None:
    """What the message has become, and the way to another one."""
    facts, record = opening.letter.facts, opening.letter.subject
    shown = Opening(opening.archive, opening.reader, Letter("", record), opening.now, opening.url)
    built = CARDS[facts["noun"]](shown)
    again = Button("Capture it again", ANOTHER, {"draft": facts["draft"]}, opens=True)
    return (cards.twice(built[0], again), 0) if built else None
