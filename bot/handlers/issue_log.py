"""Logging an issue: what was said is understood, asked about where unclear, and saved once it is whole."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from bot import grammar
from bot.cards import issue as cards
from bot.due import Due
from bot.errors import Refusal
from bot.governance import escalation
from bot.governance.change import difference
from bot.governance.escalation import Severity
from bot.governance.issue import Issue, State
from bot.governance.partnership import Person
from bot.governance.visibility import Scope, Visibility
from bot.handlers.issue import ack_key
from bot.handlers.issue_ask import Question, Said, understood, vocabulary
from bot.handlers.letters import CARD, entitled, post_cards
from bot.intents import Handle, Mention
from bot.outbox import Letter
from bot.ports import Draft, Entry, Opening, Request
from bot.views import Button, Card

ANSWERS = ("partnership", "class", "severity", "owner id", "due")


class AlreadyLogged(Refusal):
    """You answered that before: it became {number}, shown here as it stands now."""


class LostDraft(Refusal):
    """That question is no longer open and nothing was saved; type the issue again."""


def log(request: Request, words: str) -> Letter:
    """A new issue from typed words, or the one question that is still open about it."""
    said = grammar.issue(words, vocabulary(request.archive, request.actor, request.today))
    fields = {"said": words, "title": said.title, "description": said.description, **said.fields}
    settled = {**_unmarked(request, fields), **_owner_marked(request, fields), **_place(request)}
    return _go_on(request, settled, _draft_id(request))


def answer(request: Request, words: str) -> Letter:
    """A pressed answer to the open question of a draft."""
    draft = request.archive.draft(request.actor, request.intent.fields.get("draft", ""))
    if draft is None:
        raise LostDraft
    if number := draft.fields.get("logged"):
        raise AlreadyLogged(number=number).showing(CARD, number)
    given = {key: value for key, value in request.intent.fields.items() if key in ANSWERS}
    return _go_on(request, {**draft.fields, **given}, draft.id)


def _go_on(request: Request, fields: Mapping[str, str], draft: str) -> Letter:
    """Saves it where it is whole; keeps the draft and asks where it is not."""
    archive, person = request.archive, request.actor.person
    known = understood(Said(archive, request.actor, request.today, fields))
    if isinstance(known, Question):
        archive.keep_draft(Draft(draft, person, dict(fields), request.now))
        return Letter("issue.ask", draft)
    issue = _birth(request, known)
    if request.intent.verb:  # an answered question must know what became of it
        archive.keep_draft(Draft(draft, person, {"logged": issue.id}, request.now))
    _save(request, issue)
    return Letter("issue.logged", issue.id)


def _unmarked(request: Request, fields: Mapping[str, str]) -> Mapping[str, str]:
    """A platform's mark for a person means nothing on another one: names stand in its place."""
    plain = dict(fields)
    for mention in request.intent.mentions:
        person = _marked(request, mention)
        name = person.name if person else mention.name or "somebody"
        plain = {field: words.replace(mention.mark, f"@{name}") for field, words in plain.items()}
    return plain


def _owner_marked(request: Request, fields: Mapping[str, str]) -> Mapping[str, str]:
    """The owner named by the platform's own mark, and by nothing else, as a person of ours."""
    words = fields.get("owner", "").strip()
    for mention in request.intent.mentions:
        if mention.mark == words and (person := _marked(request, mention)):
            return {"owner id": person.id, "owner": person.name}
    return {}


def _marked(request: Request, mention: Mention) -> Person | None:
    speaker = request.intent.speaker
    return request.archive.person_at(Handle(speaker.platform, speaker.tenant, mention.user))


def _place(request: Request) -> Mapping[str, str]:
    """What the place settles: a linked room's partnership and class; privacy in a direct message."""
    room = request.archive.room_at(request.actor, request.intent.place)
    if room:
        return {"room partnership": room.partnership, "room class": str(room.visibility)}
    return {"private": "yes"} if request.intent.place.private else {}


def _draft_id(request: Request) -> str:
    """The same request is the same draft, however often it arrives."""
    return hashlib.sha256(f"{request.actor.person}:{request.intent.key}".encode()).hexdigest()[:20]


def _birth(request: Request, known: Mapping[str, str]) -> Issue:
    """The issue as it is raised, under the policy in force today."""
    archive, actor = request.archive, request.actor
    assert actor.side is not None  # noqa: S101 people always have a side
    scope = Scope(known["partnership"], Visibility(known["class"]))
    severity = Severity(known["severity"])
    rule = archive.policy(actor, scope.partnership).rules[severity]
    number = archive.next_number(actor, scope, "ISS")
    readers = {actor.person, known["owner id"]} if scope.visibility is Visibility.RESTRICTED else set()
    issue = Issue(
        id=number,
        number=number,
        partnership=scope.partnership,
        visibility=scope.visibility,
        title=known["title"],
        severity=severity,
        state=State.NEW,
        level=rule.start_level,
        level_entered_at=request.now,
        raised_by=actor.person,
        raised_side=actor.side,
        raised_at=request.now,
        owner=known["owner id"],
        rule=rule,
        study=known.get("study", ""),
        category=known.get("category", ""),
        description=known.get("description", ""),
        due=date.fromisoformat(known["due day"]) if "due day" in known else None,
        ack_due=escalation.ack_limit(rule, archive.calendar(actor, scope.partnership), request.now),
        readers=frozenset(readers),
    )
    return _own(issue)


def _own(issue: Issue) -> Issue:
    """One side's own issue, raised by its owner, waits for nobody."""
    if issue.waits_for is not None or issue.owner != issue.raised_by:
        return issue
    return replace(
        issue,
        state=State.ACKNOWLEDGED,
        acknowledged_at=issue.raised_at,
        acknowledged_by=issue.owner,
        ack_due=None,
    )


def _save(request: Request, issue: Issue) -> None:
    """State, record, clock and promises, in the one transaction."""
    archive = request.archive
    archive.add_issue(request.actor, issue)
    before, after = difference(None, issue)
    scope = Scope(issue.partnership, issue.visibility)
    archive.record(Entry("issue.log", issue.raised_by, request.now, scope, "", issue.id, "", before, after))
    if issue.ack_due:
        archive.schedule(Due(ack_key(issue), issue.ack_due, "issue.ack", issue.id))
    pairs = archive.counterparts(request.actor, issue.partnership)
    told = (issue.owner, *escalation.told_at_birth(issue.rule, pairs))
    post_cards(request, issue, entitled(archive, (one for one in told if one != issue.raised_by), issue))


def ask(opening: Opening) -> tuple[Card, int] | None:
    """The open question of a draft, shown to its writer only."""
    draft = opening.archive.draft(opening.reader, opening.letter.subject)
    if draft is None or "logged" in draft.fields:
        return None
    today = opening.now.astimezone(ZoneInfo(opening.reader.zone)).date()
    open_now = understood(Said(opening.archive, opening.reader, today, draft.fields))
    if not isinstance(open_now, Question):
        return None
    buttons = tuple(
        Button(label, "issue.answer", {"draft": draft.id, **fields}) for label, fields in open_now.answers
    )
    return cards.question(open_now.words, draft.fields["said"], buttons, open_now.hint), 0
