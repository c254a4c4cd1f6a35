"""A reply under an issue's card, taken as an update of it with one click."""

import hashlib
from dataclasses import replace

from bot import grammar
from bot.cards import issue_thread as cards
from bot.errors import Conflict, Refusal
from bot.governance.issue import Issue
from bot.governance.visibility import Scope, Visibility, internal
from bot.handlers.acting import LONGEST_TEXT, do, permitted
from bot.handlers.issue import opened
from bot.handlers.issue_marks import unmarked
from bot.handlers.issue_scene import Scene, scene
from bot.handlers.issue_thread import beneath, find_note, thread_update
from bot.handlers.issue_work import UPDATE
from bot.outbox import Letter
from bot.ports import Opening, Request
from bot.records import Entry, Note
from bot.views import Card

TAKEN = "issue.taken"


class NotUnderACard(Refusal):
    """That message is not under an issue’s card in your company’s channel, so nothing was saved; say
    “issue update” with the issue’s number and the words instead."""


class NobodysWords(Refusal):
    """Only what a person wrote can be taken as an update, so nothing was saved; choose one of the replies."""


class AlreadyTaken(Refusal):
    """That message was taken as an update on {number} before, so nothing was saved again."""


def take(request: Request, words: str) -> Letter:
    """Saved at once in the name of who clicks, with the words of who wrote them."""
    issue = beneath(request.archive, request.actor, request.intent.place)
    if issue is None:
        raise NotUnderACard
    begun = scene(request.archive, request.actor, issue, request.now)
    said = _quoted(request, begun)
    if not said:
        raise NobodysWords
    permitted(UPDATE, begun)
    note = _note(request, issue, said)
    if any(one.id == note.id for one in request.archive.notes(request.actor, issue.id)):
        raise AlreadyTaken(number=issue.number)
    if not request.archive.once(note.id, None, request.wall):
        raise Conflict  # it is being taken at this moment: look again

    def keep(request: Request, scene: Scene, issue: Issue) -> None:
        request.archive.add_note(request.actor, note)
        thread_update(request, issue, note)
        _keep_link(request, issue, note)

    do(request, replace(UPDATE, keeps=keep), begun.saying({"text": said}))
    return Letter(TAKEN, f"{issue.id}/{note.id}")


def taken(opening: Opening) -> tuple[Card, int] | None:
    """What was saved, for the one who took it."""
    issue = opened(opening)
    note = find_note(opening, opening.letter.subject.partition("/")[2])
    return (cards.taken(issue, note), 0) if issue and note else None


def _quoted(request: Request, begun: Scene) -> str:
    """The words and, unless the same person took them, who wrote them; "" where no person did."""
    words = unmarked(request, {"words": request.intent.fields.get("words", "")})["words"]
    words = grammar.clean(words)
    writer = next(iter(request.intent.accounts), None)
    if writer is None or not words:
        return ""
    person = request.archive.person_at(writer.handle)
    who = begun.here.name(person.id) if person else writer.handle.name or "Somebody"
    said = words if person and person.id == request.actor.person else f"{who} wrote: {words}"
    return said if len(said) <= LONGEST_TEXT else f"{said[: LONGEST_TEXT - 1]}…"


def _note(request: Request, issue: Issue, text: str) -> Note:
    """The same message is the same note of an issue, whoever takes it."""
    place, message = request.intent.place, request.intent.fields.get("message", "")
    seed = f"{place.platform}:{place.tenant}:{place.conversation}:{message}:{issue.id}"
    id_ = f"note-{hashlib.sha256(seed.encode()).hexdigest()[:20]}"
    return Note(id_, issue.id, issue.partnership, issue.visibility, request.actor.person, request.now, text)


def _keep_link(request: Request, issue: Issue, note: Note) -> None:
    """The address of the message: a line of the record for the own side alone."""
    actor, url = request.actor, request.intent.fields.get("link", "")
    if not url or actor.side is None:
        return
    restricted = issue.visibility is Visibility.RESTRICTED
    scope = Scope(issue.partnership, issue.visibility if restricted else internal(actor.side))
    after = {"note": note.id, "link": "kept" if restricted else url}
    request.archive.record(
        Entry("issue.link", actor.person, request.now, scope, "", issue.id, "", None, after)
    )
