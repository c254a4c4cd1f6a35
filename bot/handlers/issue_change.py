"""Putting right what was just logged: its raiser changes the words, until somebody has acknowledged it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.errors import Refusal
from bot.governance import escalation
from bot.governance import life as rules
from bot.governance.escalation import Severity
from bot.governance.issue import Issue
from bot.governance.legal import stays_critical
from bot.governance.states import IsClaimed
from bot.governance.visibility import Visibility
from bot.handlers.issue import find, save, setting, side_of
from bot.handlers.issue_beside import class_words
from bot.handlers.issue_form import FORM
from bot.handlers.letters import CARD, entitled, post_cards, refresh_cards
from bot.outbox import Letter
from bot.ports import Request
from bot.records import Draft


class Regraded(Refusal):
    """{number} was graded anew since it was raised, so it stands; say what is new with “issue update”."""


class OwnerUnread(Refusal):
    """{name} does not read {number}, so they cannot own it; “issue readers {number}” lets them in first."""


class OldChange(Refusal):
    """{number} has changed since this form was opened, so nothing was saved; press Change once more."""


def change(request: Request, words: str) -> Letter:
    """The form of an issue as it stands."""
    issue = find(request, words, "change")
    _check(request, issue)
    draft = f"{issue.id}/{issue.version}/{request.actor.person}"
    request.archive.keep_draft(Draft(draft, request.actor.person, _as_said(issue), request.now))
    return Letter(FORM, draft)


def amend(request: Request, known: Mapping[str, str]) -> Issue:
    """Saves what was changed in the form; its cards follow, a new owner hears of it."""
    archive = request.archive
    issue = find(request, known["changes"], "change")
    _check(request, issue)
    if known["version"] != str(issue.version):
        raise OldChange(number=issue.number)
    worded = replace(
        issue,
        title=known["title"],
        owner=known["owner id"],
        owner_side=side_of(archive, request.actor, issue.partnership, known["owner id"]),
        due=date.fromisoformat(known["due day"]) if known.get("due day") else None,
        study=known.get("study", ""),
        category=known.get("category", ""),
        description=known.get("description", ""),
    )
    if issue.visibility is Visibility.RESTRICTED and worded.owner not in issue.readers:
        owner = setting(archive, request.actor, issue).name(worded.owner)
        raise OwnerUnread(number=issue.number, name=owner).showing(CARD, issue.id)
    regraded = _regraded(request, worded, Severity(known["severity"]))
    changed = save(request, issue, stays_critical(issue, regraded), "issue.change", known.get("why", ""))
    refresh_cards(request, changed)
    if changed.owner not in (issue.owner, request.actor.person):
        post_cards(request, changed, entitled(archive, (changed.owner,), changed))
    return changed


def _regraded(request: Request, issue: Issue, severity: Severity) -> Issue:
    if severity is issue.severity:
        return issue
    calendar = request.archive.calendar(request.actor, issue.partnership)
    limit = escalation.ack_limit(issue.rules[severity], calendar, issue.raised_at)
    waits = issue.acknowledged_at is None
    return rules.put_right(issue, severity, request.now, limit if waits else None)


def _check(request: Request, issue: Issue) -> None:
    """Refuses what is not the asker's to change, with the issue beside the reason."""
    if rules.may_change(issue, request.actor.person):
        return
    here = setting(request.archive, request.actor, issue)
    if issue.state.over:
        raise rules.IssueIsOver(number=issue.number, state=issue.state.words).showing(CARD, issue.id)
    if issue.raised_by != request.actor.person:
        raiser = here.name(issue.raised_by)
        raise rules.NotYoursToChange(number=issue.number, raiser=raiser).showing(CARD, issue.id)
    if issue.state.claimed:
        raise IsClaimed(number=issue.number, state=issue.state.words).showing(CARD, issue.id)
    if not issue.acknowledged_at:
        raise Regraded(number=issue.number).showing(CARD, issue.id)
    name = here.name(issue.acknowledged_by) if issue.acknowledged_by else "somebody"
    raise rules.TooLateToChange(number=issue.number, name=name, owner=here.name(issue.owner)).showing(
        CARD, issue.id
    )


def _as_said(issue: Issue) -> dict[str, str]:
    """An issue as the fields of a draft."""
    due = issue.due.isoformat() if issue.due else ""
    return {
        "changes": issue.number,
        "version": str(issue.version),
        "title": issue.title,
        "partnership": issue.partnership,
        "class": class_words(issue.visibility, issue.third),
        "severity": issue.severity.value,
        "severity before": issue.severity.value,
        "owner id": issue.owner,
        "due": due,
        "due before": due,
        "study": issue.study,
        "study before": issue.study,
        "category": issue.category,
        "description": issue.description,
        "unblinded": "yes" if issue.unblinded else "",
    }
