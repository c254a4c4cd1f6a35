"""Opening a record up, the second half: the preview, and the named act that makes a wider record of it."""

from collections.abc import Mapping
from dataclasses import replace

from bot.cards import issue_preview as cards
from bot.errors import Conflict, Refusal
from bot.governance import opening as rules
from bot.governance.issue import Issue
from bot.handlers import asking, issue_acts, issue_breach
from bot.handlers import issue_readers as readers
from bot.handlers.acting import permitted, settled
from bot.handlers.issue import save
from bot.handlers.issue_audience import who
from bot.handlers.issue_beside import class_words
from bot.handlers.issue_log import born, raised
from bot.handlers.issue_readers import READERS
from bot.handlers.issue_scene import Scene, scene
from bot.handlers.issue_share import (
    DONE,
    LEFT,
    OF,
    PREVIEW,
    SEEN,
    SHARE,
    VERSION,
    keep_preview,
    preview_id,
    target,
)
from bot.handlers.letters import CARD, everyone, refresh_cards, tell
from bot.outbox import Letter
from bot.ports import Opening, Request
from bot.records import Draft
from bot.views import Card

OPENED = "issue.open"  # the first line of the wider record
LEAVE = "issue.left"


class LostPreview(Refusal):
    """That preview is no longer open and nothing was changed; begin again: issue {verb} and its number."""


class OpenedBefore(Refusal):
    """You did that before and it was saved; here is {number} as it stands now."""


def preview(opening: Opening) -> tuple[Card, int] | None:
    """What would be read, and by whom, as things stand at this moment; for its writer only."""
    archive, reader, facts = opening.archive, opening.reader, opening.letter.facts
    draft = archive.draft(reader, preview_id(reader.person, facts.get("request", ""), opening.letter.subject))
    issue = archive.issue(reader, opening.letter.subject)
    if draft is None or issue is None or draft.fields.keys() & {DONE, LEFT}:
        return None
    begun = scene(archive, reader, issue, opening.now).saying(words_of(draft))
    seen = who(archive, begun.here, target(begun))
    shown = cards.Shown(draft.id, begun.known, seen, "moved" in facts, issue_breach.is_said(begun.known))
    return cards.share(issue, begun.here, shown), 0


def words_of(draft: Draft) -> Mapping[str, str]:
    """What was said, without what the draft knows besides."""
    return {name: words for name, words in draft.fields.items() if not name.startswith(":")}


def kept(request: Request, act: str) -> tuple[Draft, Scene]:
    """The previewed words of the asker's own that are still open, and the record as it stands now."""
    draft = request.archive.draft(request.actor, request.intent.fields.get("draft", ""))
    if draft is None or draft.fields.get(":act") != act or OF not in draft.fields or LEFT in draft.fields:
        raise LostPreview(verb=act)
    if number := draft.fields.get(DONE):
        raise OpenedBefore(number=number).showing(CARD, number)
    issue = request.archive.issue(request.actor, draft.fields[OF])
    if issue is None:
        raise LostPreview(verb=act)
    begun = scene(request.archive, request.actor, issue, request.now)
    return draft, begun.saying(words_of(draft))


def settle_once(request: Request, draft: Draft, done: str) -> None:
    """The preview is used up: pressed again it shows what became of it."""
    if not request.archive.once(f"draft:{draft.id}", None, request.wall):
        raise Conflict  # the same press is being saved at this moment: look again
    request.archive.keep_draft(replace(draft, fields={**draft.fields, DONE: done}, at=request.now))


def share(request: Request, words: str) -> Letter:
    """The named act: everything is looked at again, then the wider record is made and the narrow one ends."""
    draft, begun = kept(request, SHARE.verb)
    permitted(SHARE, begun, draft.fields[VERSION])
    understood, wrong = settled(SHARE, begun)
    if wrong:
        return _form(request, draft, begun, sent=True)
    seen = who(request.archive, begun.here, target(understood)).mark
    if seen != draft.fields[SEEN]:
        keep_preview(request, understood, SHARE.verb, seen)
        return Letter(PREVIEW, begun.record.id, {"request": request.intent.key, "moved": "yes"})
    known = _known(understood)
    wide = raised(request, born(request, known), line=(OPENED, ""))
    settle_once(request, draft, wide.id)
    _end(request, understood, wide)
    heard = issue_breach.begin(request, wide, known, None) if issue_breach.is_said(known) else None
    return heard or Letter("issue.logged", wide.id, {"done": "Shared"})


def _known(begun: Scene) -> Mapping[str, str]:
    """The words as logging an issue knows them."""
    to, said = target(begun), begun.known
    home = {"partnership": begun.record.partnership, "class": class_words(to.visibility, to.further)}
    return {**said, **home, "due day": said.get("due", "")}


def _end(request: Request, begun: Scene, wide: Issue) -> None:
    """The narrow record says to its own readers where it goes on, and why it was opened."""
    reason = begun.said("reason")
    ended = rules.opened(begun.record, begun.party, wide.number, reason, request.now)
    narrow = save(request, begun.record, ended, "issue.share", reason)
    refresh_cards(request, narrow)
    tell(request, narrow, everyone(request, narrow))


def change(request: Request, words: str) -> Letter:
    """The words once more in their form."""
    draft, begun = kept(request, SHARE.verb)
    permitted(SHARE, begun)
    return _form(request, draft, begun)


def _form(request: Request, draft: Draft, begun: Scene, *, sent: bool = False) -> Letter:
    """A form of its own for each press: what was sent from another one stays as it was."""
    id_ = preview_id(request.actor.person, request.intent.key, "form").replace("see-", "act-")
    forms = asking
    fields = {forms.ACT: SHARE.verb, forms.RECORD: begun.record.id, forms.VERSION: str(begun.record.version)}
    fields |= {forms.PRIVATE: "yes", **words_of(draft), **({forms.SENT: "yes"} if sent else {})}
    request.archive.keep_draft(Draft(id_, request.actor.person, fields, request.now))
    return Letter(issue_acts.VERBS.form_kind, id_)


def leave(request: Request, words: str) -> Letter:
    """Nothing is opened, and that preview is no longer open."""
    draft, begun = kept(request, request.intent.fields.get("act", SHARE.verb))
    request.archive.keep_draft(replace(draft, fields={**draft.fields, LEFT: "yes"}, at=request.now))
    return Letter(LEAVE, begun.record.id)


def left(opening: Opening) -> tuple[Card, int] | None:
    """That nothing was opened."""
    issue = opening.archive.issue(opening.reader, opening.letter.subject)
    return (cards.left(issue), 0) if issue else None


def let_in(request: Request, words: str) -> Letter:
    """The named act for one more reader of a restricted record."""
    draft, begun = kept(request, READERS.verb)
    permitted(READERS, begun, draft.fields[VERSION])
    understood, wrong = settled(READERS, begun)
    if wrong:
        raise next(iter(wrong.values()))
    settle_once(request, draft, begun.record.id)
    return readers.let_in(request, understood, draft)
