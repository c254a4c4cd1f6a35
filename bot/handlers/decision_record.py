"""Recording a decision: what was said is understood, asked about where unclear, saved once it is whole.

Whoever has words that decide something hands them to `propose`:

    propose(request, {"outcome": "Approve plan v2", "deciders": "PER-02", "link": "https://…"}) -> Letter

All fields are strings, and all may be left out: "question", "outcome", "rationale"; "options" and "evidence"
(a line each); "deciders" (ids, a line each, or names in words); "session" and "supersedes" (a number);
"follow_up" and "decided_on" (a day in words or ISO); "partnership" and "class" (settled together; else the
place's, or asked); "visibility" and "partner" in words; "study"; "link" (the message it began with: for the
writer's own side alone); ":said" (the words themselves, shown where a form cannot be). Its form is shown also
where nothing is missing, so that somebody looks at it first; with `ask=False` a whole one is saved at once.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot import decision_words
from bot.errors import Conflict, Refusal
from bot.governance import deciding
from bot.governance.commitment import Evidence
from bot.governance.deciding import Matter
from bot.governance.decision import Decision, Status
from bot.governance.party import Party
from bot.governance.visibility import Scope, Visibility, internal
from bot.handlers.acting import TooMuch
from bot.handlers.decision import CARD, added, matter
from bot.handlers.decision_form import DONE, FORM, KIND, MAKING, SAID, filled
from bot.handlers.decision_said import Making
from bot.handlers.decision_settled import understood
from bot.handlers.decision_shown import RECORDED
from bot.handlers.decision_told import post
from bot.handlers.issue_marks import unmarked
from bot.handlers.issue_said import vocabulary
from bot.handlers.scope import NoPartnership
from bot.outbox import Letter
from bot.ports import Request
from bot.records import Draft, Entry


class DecisionRecorded(Refusal):
    """You sent that before and it was recorded; here is {number} as it stands now."""


class LostDecision(Refusal):
    """That form is no longer open and nothing was saved; begin again with “decision record …”."""


def record(request: Request, words: str) -> Letter:
    """Typed words, or nothing yet: saved where they say everything, else asked."""
    archive, actor = request.archive, request.actor
    plain = unmarked(request, {SAID: words})[SAID]
    fields = decision_words.read(plain, vocabulary(archive, actor, request.today))
    if "options" in fields:
        fields = {**fields, "options": decision_words.options(fields["options"])}
    return _go_on(request, {SAID: plain, **fields, **place(request)}, draft_id(request))


def propose(request: Request, fields: Mapping[str, str], *, ask: bool = True) -> Letter:
    """Somebody's words as a decision, looked over before it is saved unless `ask` is False."""
    go_on = _keep if ask else _go_on
    return go_on(request, {**fields, **place(request)}, draft_id(request))


def open_form(request: Request, words: str) -> Letter:
    """The form of a draft once more, or an empty one."""
    wanted = request.intent.fields.get("draft", "")
    return Letter(FORM, _kept(request, wanted).id) if wanted else propose(request, {})


def submit(request: Request, words: str) -> Letter:
    """A form that was sent: saved where it is whole, else shown again with what is wrong."""
    draft = _kept(request, request.intent.fields.get("draft", ""))
    return _go_on(request, filled(draft, request.intent.fields), draft.id)


def place(request: Request) -> Mapping[str, str]:
    """What the place settles: a linked room's partnership and class; privacy in a direct message."""
    room = request.archive.room_at(request.actor, request.intent.place)
    if room:
        return {"room partnership": room.partnership, "room class": str(room.visibility)}
    return {"private": "yes"} if request.intent.place.private else {}


def draft_id(request: Request) -> str:
    """The same request is the same draft, however often it arrives."""
    seed = f"{request.actor.person}:{request.intent.key}:decision"
    return f"dec-{hashlib.sha256(seed.encode()).hexdigest()[:20]}"


def _kept(request: Request, wanted: str) -> Draft:
    """A draft of the asker's own that is still open."""
    draft = request.archive.draft(request.actor, wanted)
    if draft is None or draft.fields.get(KIND) != MAKING:
        raise LostDecision
    if done := draft.fields.get(DONE):
        raise DecisionRecorded(number=done).showing(CARD, done)
    return draft


def _keep(request: Request, fields: Mapping[str, str], draft: str) -> Letter:
    if not request.archive.partnerships(request.actor):
        raise NoPartnership
    request.archive.keep_draft(Draft(draft, request.actor.person, {**fields, KIND: MAKING}, request.now))
    return Letter(FORM, draft)


def _go_on(request: Request, fields: Mapping[str, str], draft: str) -> Letter:
    """Saves it where it is whole; keeps the draft and asks where it is not."""
    archive = request.archive
    if not archive.partnerships(request.actor):
        raise NoPartnership
    found = understood(Making(archive, request.actor, request.now, fields))
    if found.open:
        too_much = next((one for one in found.open.values() if isinstance(one, TooMuch)), None)
        if too_much and not request.intent.verb:
            raise too_much  # no form could show the whole of it
        return _keep(request, fields, draft)
    if request.intent.verb and not archive.once(f"draft:{draft}", None, request.wall):
        raise Conflict  # the same form is being saved at this moment: look again
    made = born(request, found.making)
    if request.intent.verb:
        done = {KIND: MAKING, DONE: made.id}
        archive.keep_draft(Draft(draft, request.actor.person, done, request.now))
    post(request, made)
    return Letter(RECORDED, made.id)


def born(request: Request, making: Making) -> Matter:
    """The decision as it begins: provisional, with its recorder's approval where they decide."""
    archive, actor = request.archive, request.actor
    assert actor.side is not None  # noqa: S101 people always have a side
    scope = Scope(making.said("partnership"), Visibility(making.said("class")))
    number = archive.next_number(actor, scope, "DEC")
    bare = matter(archive, actor, _decision(making, number, scope))
    seated = replace(bare, decision=replace(bare.decision, quorum=bare.table.quorum))
    away = archive.stands_for(actor.person, request.now.date())
    made = added(request, deciding.recorded(seated, Party(actor.person, actor.side, away), request.now))
    if link := making.said("link"):
        _keep_link(request, made, link)
    return made


def _decision(making: Making, number: str, scope: Scope) -> Decision:
    said, by = making.said, making.actor.person
    return Decision(
        id=number,
        number=number,
        partnership=scope.partnership,
        visibility=scope.visibility,
        question=said("question"),
        outcome=said("outcome"),
        status=Status.PROVISIONAL,
        recorded_by=by,
        recorded_at=making.now,
        decided_on=date.fromisoformat(said("decided_on")),
        options=tuple(said("options").splitlines()),
        rationale=said("rationale"),
        evidence=tuple(Evidence(one, by, making.now) for one in said("evidence").splitlines()),
        deciders=tuple(said("deciders").splitlines()),
        follow_up=date.fromisoformat(said("follow_up")) if said("follow_up") else None,
        supersedes=said("supersedes"),
        session=said("session"),
        study=said("study"),
    )


def _keep_link(request: Request, made: Matter, url: str) -> None:
    """The address of the message it began with: for the writer's own side alone."""
    actor = request.actor
    assert actor.side is not None  # noqa: S101 people always have a side
    scope = Scope(made.partnership, internal(actor.side))
    request.archive.keep_link(actor, scope, made.id, url)
    entry = Entry("decision.link", actor.person, request.now, scope, "", made.id, "", None, {"link": url})
    request.archive.record(entry)
