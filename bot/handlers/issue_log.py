"""Logging an issue: what was said is understood, asked about where unclear, and saved once it is whole."""

import textwrap
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot import grammar
from bot.errors import Conflict, Refusal
from bot.governance import clocks, escalation
from bot.governance.escalation import Severity
from bot.governance.issue import Graded, Issue, State
from bot.governance.visibility import Scope, Side, Visibility, internal
from bot.handlers import issue_breach
from bot.handlers.acting import LONGEST_LINE, LONGEST_TEXT
from bot.handlers.drafting import draft_id, place
from bot.handlers.issue import set_clocks, side_of
from bot.handlers.issue_ask import LongDescription, understood
from bot.handlers.issue_beside import class_of
from bot.handlers.issue_change import amend
from bot.handlers.issue_form import FORM, filled, open_to
from bot.handlers.issue_marks import plain, unmarked
from bot.handlers.issue_said import Said, vocabulary
from bot.handlers.issue_third import agreed_line, first_line
from bot.handlers.letters import CARD, entitled, post_cards
from bot.handlers.scope import NoPartnership
from bot.outbox import Letter
from bot.ports import Request
from bot.records import Draft, Entry

LOGGED = ("issue.log", "")
ANSWERS = ("partnership", "class", "severity", "owner id", "due", "study", "unblinded")


class AlreadyLogged(Refusal):
    """You answered that before: it became {number}, shown here as it stands now."""


class LostDraft(Refusal):
    """That question is no longer open and nothing was saved; type the issue again."""


def log(request: Request, words: str) -> Letter:
    """A new issue from typed words, or its form where anything is open about it."""
    said = grammar.issue(words, vocabulary(request.archive, request.actor, request.today))
    if len(said.description) > LONGEST_TEXT:
        raise LongDescription(count=f"{len(said.description):,}")  # no form could show the whole of it
    fields = {"said": words, "title": said.title, "description": said.description, **said.fields}
    return _go_on(request, {**plain(request, fields), **place(request)}, draft_id(request))


def from_message(request: Request, words: str) -> Letter:
    """A form filled with somebody's message; its address is kept for the writer's own side."""
    sent = request.intent.fields
    body = grammar.clean(sent.get("words", ""))
    body = body if len(body) <= LONGEST_TEXT else f"{body[: LONGEST_TEXT - 1]}…"
    first, _, rest = body.partition("\n")
    title = textwrap.shorten(first, LONGEST_LINE, placeholder="…")
    fields = {
        "title": title,
        "description": body if rest or title != first else "",
        "link": sent.get("link", ""),
    }
    return _ask(request, {"said": body, **unmarked(request, fields), **place(request)}, draft_id(request))


def open_form(request: Request, words: str) -> Letter:
    """The form of a draft, or an empty one."""
    wanted = request.intent.fields.get("draft", "")
    if not wanted:
        return _ask(request, place(request), draft_id(request))
    return Letter(FORM, _kept(request, wanted).id)


def submit(request: Request, words: str) -> Letter:
    """A form that was sent: saved where it is whole, else shown again with what is wrong."""
    draft = _kept(request, request.intent.fields.get("draft", ""))
    return _go_on(request, filled(draft, request.intent.fields), draft.id)


def answer(request: Request, words: str) -> Letter:
    """A pressed answer to the open question of a draft."""
    draft = _kept(request, request.intent.fields.get("draft", ""))
    answers = open_to(draft, ANSWERS)
    given = {key: value for key, value in request.intent.fields.items() if key in answers}
    return _go_on(request, {**draft.fields, **given}, draft.id)


def _kept(request: Request, wanted: str) -> Draft:
    """A draft of the asker's own that has not become an issue yet."""
    draft = request.archive.draft(request.actor, wanted)
    if draft is None or any(name.startswith(":") for name in draft.fields):  # or the form of something else
        raise LostDraft
    if number := draft.fields.get("logged"):
        raise AlreadyLogged(number=number).showing(CARD, number)
    return draft


def _ask(request: Request, fields: Mapping[str, str], draft: str) -> Letter:
    """Keeps what is known and shows its form."""
    if not request.archive.partnerships(request.actor):
        raise NoPartnership
    request.archive.keep_draft(Draft(draft, request.actor.person, dict(fields), request.now))
    return Letter(FORM, draft)


def _go_on(request: Request, fields: Mapping[str, str], draft: str) -> Letter:
    """Saves it where it is whole; keeps the draft and asks where it is not."""
    archive, person = request.archive, request.actor.person
    changed = "changes" in fields
    rushed = not changed and issue_breach.is_said(fields)
    told = issue_breach.graded(fields) if rushed else fields
    found = understood(Said(archive, request.actor, request.today, told))
    whole = issue_breach.whole(found, fields, person) if rushed else None
    if found.open and not whole:
        return _ask(request, told, draft)
    if request.intent.verb and not archive.once(f"draft:{draft}", None, request.wall):
        raise Conflict  # another answer to the same draft is being saved: look again
    known = whole.known if whole else found.known
    issue = amend(request, known) if changed else born(request, known)
    if request.intent.verb:  # an answered question must know what became of it
        archive.keep_draft(Draft(draft, person, {"logged": issue.id}, request.now))
    if not changed:
        issue = raised(request, issue, known.get("link", ""), tells=not whole)
    if issue_breach.is_said(known) and (heard := issue_breach.begin(request, issue, known, whole)):
        return heard
    return Letter("issue.logged", issue.id, {"done": "Changed"} if changed else {})


def born(request: Request, known: Mapping[str, str]) -> Issue:
    """The issue as it is raised, under the policy in force today."""
    archive, actor = request.archive, request.actor
    assert actor.side is not None  # noqa: S101 people always have a side
    visibility, third = class_of(known["class"])
    scope = Scope(known["partnership"], visibility)
    severity = Severity(known["severity"])
    policy = archive.policy(actor, scope.partnership)
    rule = policy.rules[severity]
    number = archive.next_number(actor, scope, "ISS", third)
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
        owner_side=side_of(archive, actor, scope.partnership, known["owner id"]),
        rules=policy.rules,
        policy=policy.words,
        grades=(Graded(request.now, severity),),
        study=known.get("study", ""),
        category=known.get("category", ""),
        description=known.get("description", ""),
        due=date.fromisoformat(known["due day"]) if known.get("due day") else None,
        ack_due=escalation.ack_limit(rule, archive.calendar(actor, scope.partnership), request.now),
        moved_at=request.now,
        readers=frozenset(readers),
        third=third,
        unblinded=known.get("unblinded") == "yes",
    )
    return _own(issue)


def _keep_link(request: Request, issue: Issue, url: str) -> None:
    """The address of the message it began with: for the writer's own side alone."""
    actor = request.actor
    own = internal(actor.side or Side.SPONSOR)
    restricted = issue.visibility is Visibility.RESTRICTED
    scope = Scope(issue.partnership, issue.visibility if restricted else own)
    request.archive.keep_link(actor, scope, issue.id, url)
    after = {"link": "kept" if restricted else url}
    request.archive.record(
        Entry("issue.link", actor.person, request.now, scope, "", issue.id, "", None, after)
    )


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


def raised(
    request: Request, issue: Issue, link: str = "", *, tells: bool = True, line: tuple[str, str] = LOGGED
) -> Issue:
    """State, record, clocks and promises, in the one transaction; what was saved.

    `line` is the code of the first line of its record, and the reason that is kept with it.
    """
    archive = request.archive
    calendar = archive.calendar(request.actor, issue.partnership)
    issue = replace(issue, late_at=clocks.late_at(issue, calendar))
    archive.add_issue(request.actor, issue)
    if link:
        _keep_link(request, issue, link)
    scope = Scope(issue.partnership, issue.visibility)
    what, why = line
    born = Entry(what, issue.raised_by, request.now, scope, "", issue.id, why, None, first_line(issue))
    for entry in (born, *agreed_line(issue, born)):
        archive.record(entry)
    set_clocks(archive, calendar, issue)
    pairs = archive.counterparts(request.actor, issue.partnership)
    told = (issue.owner, *escalation.told_at_birth(issue.rule, pairs)) if tells else ()
    post_cards(request, issue, entitled(archive, (one for one in told if one != issue.raised_by), issue))
    return issue
