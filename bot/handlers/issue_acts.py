"""The acts on an issue in one table, and how each is typed, pressed, asked about and sent."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace

from bot import dates
from bot.cards import issue_act as cards
from bot.errors import Conflict, Refusal
from bot.governance.issue import Issue
from bot.handlers import (
    issue_claim,
    issue_judge,
    issue_ladder,
    issue_legal,
    issue_pause,
    issue_readers,
    issue_redact,
    issue_share,
    issue_unshare,
    issue_work,
)
from bot.handlers.issue import find
from bot.handlers.issue_act import Act, TooMuch, Unsaid, do, permitted, settled
from bot.handlers.issue_marks import unmarked
from bot.handlers.issue_scene import Scene, scene
from bot.handlers.letters import CARD
from bot.outbox import Letter
from bot.ports import Opening, Request
from bot.records import Draft
from bot.views import ANSWERED, Button, DateField, Field, Form, Notice

FORM, SUBMIT = "issue.act", "issue.act_submit"
TURN = re.compile(r"(\w+)\s*(?:$|[,:;]\s*(.*)|\s(because\b.*))", re.DOTALL | re.IGNORECASE)
CONDITION = re.compile(r"(?:but|if|only|unless|except|provided|when|once|until|no|not)\b", re.IGNORECASE)
TITLE = 24  # characters of a form's title
WORK = (*issue_work.ACTS, *issue_pause.ACTS, *issue_claim.ACTS, *issue_legal.ACTS)
SIGHT = (issue_share.SHARE, issue_unshare.UNSHARE, issue_readers.READERS, issue_redact.REDACT)
ACTS: Mapping[str, Act] = {act.verb: act for act in (*WORK, *issue_judge.ACTS, *issue_ladder.ACTS, *SIGHT)}

# What a draft knows besides the fields of its form; no field begins with a colon.
ACT, ISSUE, VERSION, SAID, SENT, DONE, PRIVATE = (
    *(":act", ":issue", ":version", ":said", ":sent", ":done"),
    ":private",
)


class AlreadySaid(Refusal):
    """You sent that before and it was saved; here is {number} as it stands now."""


class LostForm(Refusal):
    """That form is no longer open and nothing was saved; begin again from the issue’s card."""


class WithCondition(Refusal):
    """One agrees to it as it is, so nothing changed; decline it for {number} and say what you want."""


class OldForm(Refusal):
    """{number} has changed since this form was opened, so nothing was saved; open it again from its card."""


def begin(request: Request, words: str, verb: str) -> Letter:
    """Typed with a number and words, or pressed on a card: done at once, or asked where anything is open."""
    act = ACTS[verb]
    number, rest = _split(words)
    issue = find(request, number, act.typed)
    turn, after = _turned(act, rest)
    if turn.endswith("_agree") and CONDITION.match(after):
        raise WithCondition(number=issue.number).showing(CARD, issue.id)
    becomes = ACTS[turn].becomes
    return start(request, ACTS[becomes(issue) if becomes and words else turn], issue, after)


def acknowledge(request: Request, words: str) -> Letter:
    """The other side has seen it: its clock stops and every card of it says so."""
    return start(request, issue_work.ACK, find(request, words, "ack"), "")


def start(request: Request, act: Act, issue: Issue, words: str) -> Letter:
    """The act with these words, as if they had been typed after the issue's number."""
    begun = scene(request.archive, request.actor, issue, request.now)
    pressed = request.intent.fields
    permitted(act, begun, pressed.get("version", ""))
    names = {one.name for one in act.fields(begun)}
    chosen = {name: words for name, words in pressed.items() if name in names}
    words = unmarked(request, {SAID: words})[SAID].strip(" ,;:")
    begun = begun.saying({**act.read(begun, words), **chosen})
    understood, wrong = settled(act, begun)
    if not wrong:
        return do(request, act, understood)
    if too_much := next((one for one in wrong.values() if isinstance(one, TooMuch)), None):
        raise too_much  # no form could show the whole of it
    return _ask(request, act, begun, words)


def submit(request: Request, words: str) -> Letter:
    """A form that was sent: done where it is whole, else shown again with what is wrong."""
    sent = request.intent.fields
    draft, act, begun = _kept(request, sent.get("draft", ""))
    permitted(act, begun)
    if draft.fields[VERSION] != str(begun.issue.version) and not act.only_adds:
        raise OldForm(number=begun.issue.number).showing(CARD, begun.issue.id)
    names = [one.name for one in act.fields(begun) if one.name in sent]
    fields = {**draft.fields, **{name: sent[name].strip() for name in names}, SENT: "yes"}
    understood, wrong = settled(act, begun.saying(_said(fields)))
    if wrong:
        request.archive.keep_draft(replace(draft, fields=fields, at=request.now))
        return Letter(FORM, draft.id)
    if not request.archive.once(f"draft:{draft.id}", None, request.wall):
        raise Conflict  # the same form is being saved at this moment: look again
    request.archive.keep_draft(replace(draft, fields={ACT: act.verb, DONE: begun.issue.id}, at=request.now))
    return do(request, act, understood)


def open_form(request: Request, words: str) -> Letter:
    """The form of a draft once more."""
    draft, act, begun = _kept(request, request.intent.fields.get("draft", ""))
    permitted(act, begun)
    return Letter(FORM, draft.id)


def form(opening: Opening) -> tuple[Form, int] | None:
    """A draft as the form of its act, for its writer only; None once it is saved."""
    draft = opening.archive.draft(opening.reader, opening.letter.subject)
    if draft is None or ACT not in draft.fields or DONE in draft.fields:
        return None
    issue = opening.archive.issue(opening.reader, draft.fields[ISSUE])
    if issue is None:
        return None
    begun = scene(opening.archive, opening.reader, issue, opening.now).saying(_said(draft.fields))
    return drawn(ACTS[draft.fields[ACT]], begun, draft), 0


def drawn(act: Act, begun: Scene, draft: Draft) -> Form:
    """The form, filled with what was said, what is wrong beside its field."""
    issue = begun.issue
    _, wrong = settled(act, begun)
    sent = SENT in draft.fields
    shown = {name: one.sentence for name, one in wrong.items() if sent or not isinstance(one, Unsaid)}
    title = f"{act.title} {issue.number}"
    opener = Button("Fill in the form", FORM, {"draft": draft.id}, primary=True, opens=True)
    open_now = next(iter(shown.values()), "") or next((one.sentence for one in wrong.values()), issue.title)
    return Form(
        title if len(title) <= TITLE else act.title[:TITLE],
        SUBMIT,
        tuple(_filled(one, begun, shown.get(one.name, "")) for one in act.fields(begun)),
        {"draft": draft.id} | ({ANSWERED: "yes"} if PRIVATE in draft.fields else {}),
        Notice(f"{issue.number}: {issue.title}"),
        act.send,
        cards.instead(title, open_now, draft.fields.get(SAID, ""), opener),
    )


def _filled(one: Field, begun: Scene, error: str) -> Field:
    said = begun.known.get(one.name)
    if said is None:
        return replace(one, error=error)
    if isinstance(one, DateField):
        day = dates.read(said, begun.today) if said else None
        return replace(one, value=None if isinstance(day, dates.Unclear) else day, error=error)
    return replace(one, value=said, error=error)


def _said(fields: Mapping[str, str]) -> Mapping[str, str]:
    return {name: words for name, words in fields.items() if not name.startswith(":")}


def _split(words: str) -> tuple[str, str]:
    """The record's number and what follows it."""
    number, *rest = words.split(maxsplit=1) or [""]
    return number.rstrip(",:;"), rest[0] if rest else ""


def _turned(act: Act, words: str) -> tuple[str, str]:
    """The act that is meant: a word that turns it into another stands alone, or before a reason."""
    found = TURN.fullmatch(words)
    turn = act.turns.get(found[1].lower()) if found else None
    return (turn, found[2] or found[3] or "") if found and turn else (act.verb, words)


def _ask(request: Request, act: Act, begun: Scene, words: str) -> Letter:
    """Keeps what is known and shows the act's form."""
    pressed = request.intent.verb and ANSWERED not in request.intent.fields
    issue, person = begun.issue, request.actor.person
    seed = f"{person}:{request.intent.key}:{act.verb}:{issue.id}"
    draft = f"act-{hashlib.sha256(seed.encode()).hexdigest()[:20]}"
    kept = {ACT: act.verb, ISSUE: issue.id, VERSION: str(issue.version), SAID: words, **begun.known}
    kept |= {} if pressed else {PRIVATE: "yes"}
    request.archive.keep_draft(Draft(draft, person, kept, request.now))
    return Letter(FORM, draft)


def _kept(request: Request, wanted: str) -> tuple[Draft, Act, Scene]:
    """A draft of the asker's own that is still open, its act, and the issue as it stands now."""
    draft = request.archive.draft(request.actor, wanted)
    if draft is None or draft.fields.get(ACT) not in ACTS:
        raise LostForm
    done = request.archive.issue(request.actor, draft.fields.get(DONE, ""))
    if done:
        raise AlreadySaid(number=done.number).showing(CARD, done.id)
    issue = request.archive.issue(request.actor, draft.fields.get(ISSUE, ""))
    if issue is None:
        raise LostForm
    begun = scene(request.archive, request.actor, issue, request.now)
    return draft, ACTS[draft.fields[ACT]], begun.saying(_said(draft.fields))
