"""Making a commitment: what was said is understood, asked about where unclear, and saved once it is whole.

Whoever has words that promise something hands them to `propose`:

    propose(request, {"text": "Recovery plan", "owner id": "PER-09", "receiver id": "PER-02",
                      "due": "2026-11-28", "link": "https://…"}, ask=True) -> Letter

All fields are strings, and all may be left out: "text"; "owner id" and "receiver id" (people), or "owner" and
"receiver" (their names in words); "due" (a day in words or ISO); "partnership" and "class" (settled together;
else the place's, or asked); "visibility" ("shared", "internal") and "partner" in words; "study"; "source" (a
session's number, "chat" where left out); "link" (the message it began with: for the writer's own side alone);
"said" (the words themselves, shown where a form cannot be); "linked issue", "linked action" (ids).

With `ask` its form is shown also where nothing is missing, so that somebody looks at it first. Where no owner
is said, the owner is asked.

`make(request, known) -> Commitment` saves one that is settled: "text", "owner id", "receiver id",
"due day" (ISO), "partnership", "class", and any of "study", "source", "link", "linked …".
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot import commit_words
from bot.errors import Conflict, Refusal
from bot.governance import promise as rules
from bot.governance.change import difference
from bot.governance.commitment import Commitment, State
from bot.governance.visibility import Scope, Side, Visibility, internal
from bot.handlers import action, spread
from bot.handlers.acting import LONGEST_TEXT, OldCard
from bot.handlers.commit import CARD, KINDS, find, follow, line, save, set_dues, setting
from bot.handlers.commit_ask import MINE, understood
from bot.handlers.commit_form import FORM, NEW, filled, open_to
from bot.handlers.drafting import draft_id, place
from bot.handlers.issue import side_of
from bot.handlers.issue_ask import LongDescription
from bot.handlers.issue_marks import plain
from bot.handlers.issue_said import Said, vocabulary
from bot.handlers.scope import NoPartnership
from bot.outbox import Letter
from bot.ports import Request
from bot.records import Draft, Entry

MADE = "commit.made"
PEOPLE = ("owner", "receiver")
BEGINS = "linked "  # fields that name other records by noun


class AlreadyMade(Refusal):
    """You answered that before: it became {number}, shown here as it stands now."""


class LostPromise(Refusal):
    """That question is no longer open and nothing was saved; type the commitment again."""


def begin(request: Request, words: str) -> Letter:
    """A promise from typed words, or its form where anything is open about it."""
    said = commit_words.promise(words, vocabulary(request.archive, request.actor, request.today))
    if len(said.description) > LONGEST_TEXT:
        raise LongDescription(count=f"{len(said.description):,}")  # no form could show the whole of it
    text = " ".join(part for part in (said.title, said.description) if part)
    return propose(request, {"said": words, MINE: "yes", "text": text, **said.fields})


def propose(request: Request, fields: Mapping[str, str], *, ask: bool = False) -> Letter:
    """A promise from what is known of it: made where that is whole, else its form asks for the rest."""
    known = {NEW: "yes", **plain(request, fields, PEOPLE), **place(request)}
    draft = draft_id(request, "commit")
    return _ask(request, known, draft) if ask else _go_on(request, known, draft)


def open_form(request: Request, words: str) -> Letter:
    """The form of a draft, or an empty one."""
    wanted = request.intent.fields.get("draft", "")
    if not wanted:
        return propose(request, {MINE: "yes"}, ask=True)
    return Letter(FORM, _kept(request, wanted).id)


def submit(request: Request, words: str) -> Letter:
    """A form that was sent: saved where it is whole, else shown again with what is wrong."""
    draft = _kept(request, request.intent.fields.get("draft", ""))
    return _go_on(request, filled(draft, request.intent.fields), draft.id)


def answer(request: Request, words: str) -> Letter:
    """A pressed answer to the open question of a draft."""
    draft = _kept(request, request.intent.fields.get("draft", ""))
    given = {name: value for name, value in request.intent.fields.items() if name in open_to(draft)}
    return _go_on(request, {**draft.fields, **given}, draft.id)


def change(request: Request, words: str) -> Letter:
    """The form of what was just made, for whoever made it."""
    promise = find(request, words, "change")
    _permitted(request, promise)
    draft = f"{promise.id}/{promise.version}/{request.actor.person}"
    request.archive.keep_draft(Draft(draft, request.actor.person, _as_said(promise), request.now))
    return Letter(FORM, draft)


def _kept(request: Request, wanted: str) -> Draft:
    """A draft of the asker's own that has not become a commitment yet."""
    draft = request.archive.draft(request.actor, wanted)
    if draft is None or NEW not in draft.fields:
        raise LostPromise
    if number := draft.fields.get("made"):
        raise AlreadyMade(number=number).showing(CARD, number)
    return draft


def _ask(request: Request, fields: Mapping[str, str], draft: str) -> Letter:
    """Keeps what is known and shows its form."""
    if not request.archive.partnerships(request.actor):
        raise NoPartnership
    request.archive.keep_draft(Draft(draft, request.actor.person, dict(fields), request.now))
    return Letter(FORM, draft)


def _go_on(request: Request, fields: Mapping[str, str], draft: str) -> Letter:
    """Saves it where it is whole; keeps the draft and asks where it is not."""
    found = understood(Said(request.archive, request.actor, request.today, fields))
    if found.open:
        return _ask(request, fields, draft)
    if request.intent.verb and not request.archive.once(f"draft:{draft}", None, request.wall):
        raise Conflict  # another answer to the same draft is being saved: look again
    changed = "changes" in fields
    promise = _amended(request, found.known) if changed else make(request, found.known)
    if request.intent.verb:  # an answered question must know what became of it
        done = {NEW: "yes", "made": promise.id}
        request.archive.keep_draft(Draft(draft, request.actor.person, done, request.now))
    return Letter(MADE, promise.id, {"done": "Changed"} if changed else {})


def make(request: Request, known: Mapping[str, str]) -> Commitment:
    """Kept, with its line in the record, its reminders and its cards; what was kept."""
    archive, actor = request.archive, request.actor
    promise = _born(request, known)
    archive.add_commitment(actor, promise)
    if known.get("link"):
        _keep_link(request, promise, known["link"])
    archive.record(line(request, promise, "commit.make", "", difference(None, promise)))
    set_dues(request, promise)
    spread.post_cards(request, KINDS, promise, (promise.owner, promise.receiver))
    action.became(request, promise, known.get(f"{BEGINS}action", ""))
    return promise


def _born(request: Request, known: Mapping[str, str]) -> Commitment:
    """One's own promise is accepted as it is made; any other waits for its owner."""
    archive, actor = request.archive, request.actor
    scope = Scope(known["partnership"], Visibility(known["class"]))
    number, due = archive.next_number(actor, scope, "CMT"), date.fromisoformat(known["due day"])
    own = known["owner id"] == actor.person
    return Commitment(
        id=number,
        number=number,
        partnership=scope.partnership,
        visibility=scope.visibility,
        text=known["text"],
        owner=known["owner id"],
        owner_side=side_of(archive, actor, scope.partnership, known["owner id"]),
        receiver=known["receiver id"],
        made_by=actor.person,
        made_at=request.now,
        changed_at=request.now,
        first_due=due,
        due=due,
        state=State.ACCEPTED if own else State.PROPOSED,
        accepted_at=request.now if own else None,
        accepted_by=actor.person if own else "",
        source=known.get("source") or "chat",
        study=known.get("study", ""),
        linked=_linked(request, scope, known),
    )


def _linked(request: Request, scope: Scope, known: Mapping[str, str]) -> Mapping[str, str]:
    """The other records that it names, by noun: an action item only where whoever sees the one sees both."""
    found = {name.removeprefix(BEGINS): one for name, one in known.items() if name.startswith(BEGINS)}
    item = action.get(request.archive, request.actor, found.get("action", ""))
    if item is None or Scope(item.partnership, item.visibility) != scope:
        found.pop("action", None)
    return found


def _keep_link(request: Request, promise: Commitment, url: str) -> None:
    """The address of the message it began with: for the writer's own side alone."""
    actor = request.actor
    scope = Scope(promise.partnership, internal(actor.side or Side.SPONSOR))
    request.archive.keep_link(actor, scope, promise.id, url)
    kept = ("commit.link", actor.person, request.now, scope, "", promise.id, "", None, {"link": url})
    request.archive.record(Entry(*kept))


def _permitted(request: Request, promise: Commitment) -> None:
    """Refuses what is not, or no longer, the asker's to put right."""
    party = setting(request.archive, request.actor, promise).party
    assert party is not None  # noqa: S101 people always have a side
    try:
        rules.check_put_right(promise, party)
        rules.in_time(promise, request.now)
    except Refusal as refusal:
        raise refusal.showing(CARD, promise.id) from None


def _as_said(promise: Commitment) -> dict[str, str]:
    """A commitment as the fields of a draft."""
    return {
        NEW: "yes",
        "changes": promise.number,
        "version": str(promise.version),
        "text": promise.text,
        "partnership": promise.partnership,
        "class": promise.visibility.value,
        "owner id": promise.owner,
        "receiver id": promise.receiver,
        "due": promise.due.isoformat(),
        "due before": promise.due.isoformat(),
        "study": promise.study,
        "study before": promise.study,
    }


def _amended(request: Request, known: Mapping[str, str]) -> Commitment:
    """Saves what was put right in the form; its cards follow, a new receiver gets one."""
    old = find(request, known["changes"], "change")
    _permitted(request, old)
    if known["version"] != str(old.version):
        raise OldCard(number=old.number).showing(CARD, old.id)
    due = date.fromisoformat(known["due day"])
    new = replace(
        old,
        text=known["text"],
        receiver=known["receiver id"],
        due=due,
        first_due=due,
        study=known.get("study", ""),
    )
    saved = save(request, old, new, "commit.change")
    follow(request, saved)
    if saved.receiver not in (old.receiver, request.actor.person):
        spread.post_cards(request, KINDS, saved, (saved.receiver,))
    return saved
