"""How an issue of a file enters the record: lines at their own times, notes, and the clocks still to come.

What ran out before Parley is recorded and never rings (docs/decisions/0013).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.due import Due
from bot.governance import clocks
from bot.governance.calendar import WorkCalendar
from bot.governance.change import difference
from bot.governance.issue import Issue
from bot.governance.visibility import Scope, Visibility
from bot.handlers.issue import dues
from bot.handlers.issue_third import agreed_line, first_line
from bot.records import FROM_FILE, Entry, Note

MILESTONES = (
    ("issue.ack", "acknowledged_at", "acknowledged_by"),
    ("issue.contain", "contained_at", "contained_by"),
    ("issue.resolve", "resolved_at", "resolved_by"),
    ("issue.verify", "verified_at", "verified_by"),
    ("issue.close", "closed_at", "closed_by"),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """The instant of the load (aware), on the calendar both sides agreed."""

    calendar: WorkCalendar
    now: datetime


@dataclass(frozen=True, slots=True)
class Read:
    """An issue of the file, its lines for the record, its notes, and its clocks that still run."""

    issue: Issue
    entries: tuple[Entry, ...]
    notes: tuple[Note, ...]
    dues: tuple[Due, ...]


def kept(issue: Issue, words: tuple[tuple[Visibility, str], ...], moment: Moment) -> Read:
    """The issue as it stands after the load; `words` are its internal notes with their class."""
    entries = tuple(_history(issue, moment))
    last = max(issue.raised_at, issue.level_entered_at, *(one.at for one in entries))
    standing = _quiet(replace(issue, moved_at=min(last, moment.now)), moment)
    notes = tuple(_notes(issue, words, moment.now))
    lines = (*_loaded(standing, moment), *entries, *(_noted(one) for one in notes))
    return Read(standing, lines, notes, dues(standing, moment.calendar))


def _quiet(issue: Issue, moment: Moment) -> Issue:
    """Limits in the future are set; each that is past counts as dealt with."""
    agreed = issue.rules[issue.first_severity].ack
    limit = moment.calendar.limit_end(issue.raised_at, agreed, issue.stops) if agreed else None
    waits = issue.acknowledged_at is None and not issue.state.over
    missed = bool(waits and limit and limit <= moment.now)
    issue = replace(issue, ack_due=limit if waits and not missed else None, missed=missed)
    while past := _past(issue, moment):
        issue = replace(issue, rang={**issue.rang, **past})
    return replace(issue, late_at=clocks.late_at(issue, moment.calendar))


def _past(issue: Issue, moment: Moment) -> dict[str, datetime]:
    """What would ring at once. A legal clock speaks several times: after one past moment comes the next."""
    rings = clocks.wanted(issue, moment.calendar)
    return {kind.value: at for kind, at in rings.items() if at <= moment.now}


def _loaded(issue: Issue, moment: Moment) -> Iterator[Entry]:
    scope = Scope(issue.partnership, issue.visibility)
    loaded = Entry("issue.load", "", moment.now, scope, "", issue.id, FROM_FILE, None, first_line(issue))
    yield from (loaded, *agreed_line(issue, loaded))
    limit = issue.rules[issue.first_severity].ack
    if issue.missed and limit:
        ended = moment.calendar.limit_end(issue.raised_at, limit, issue.stops)
        why = f"the acknowledgement limit ran out before Parley, {ended.isoformat()}"
        yield Entry("issue.ack_ran_out", "", moment.now, scope, "", issue.id, why)


def _history(issue: Issue, moment: Moment) -> Iterator[Entry]:
    """A line for each thing that the file gives a time of its own, at that time, with what it changed."""
    scope = Scope(issue.partnership, issue.visibility)
    for what, name, by in MILESTONES:
        at, person = getattr(issue, name), getattr(issue, by)
        if at:
            without: dict[str, Any] = {name: None, by: ""}
            before = replace(issue, **without)
            yield Entry(what, person, at, scope, "", issue.id, FROM_FILE, *difference(before, issue))
    for old, new in zip(issue.grades, issue.grades[1:], strict=False):
        why = f"{new.reason} ({FROM_FILE})" if new.reason else FROM_FILE
        was, now = {"severity": old.severity}, {"severity": new.severity}
        yield Entry("issue.severity", new.by, new.at, scope, "", issue.id, why, was, now)
    if issue.plan and issue.plan.agreed:
        at = min(moment.calendar.close_of(issue.plan.agreed), moment.now)
        change = difference(replace(issue, plan=None), issue)
        yield Entry("issue.plan_agree", issue.plan.agreed_by, at, scope, "", issue.id, FROM_FILE, *change)


def _notes(issue: Issue, words: tuple[tuple[Visibility, str], ...], now: datetime) -> Iterator[Note]:
    """Nobody knows who wrote them or when: they count as said at the load."""
    for place, (visibility, text) in enumerate(words):
        # A plain number would tell one side how many notes the other has.
        id_ = f"note-{hashlib.sha256(f'{issue.id}:{place}:{text}'.encode()).hexdigest()[:20]}"
        yield Note(id_, issue.id, issue.partnership, visibility, "", now, text)


def _noted(note: Note) -> Entry:
    scope, told = Scope(note.partnership, note.visibility), {"note": note.id, "text": note.text}
    return Entry("issue.note", "", note.at, scope, "", note.issue, FROM_FILE, None, told)
