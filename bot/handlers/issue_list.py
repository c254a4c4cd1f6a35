"""The list of issues: what it is narrowed to, in any order of words, and its pages."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot import grammar
from bot.cards import issue_list as cards
from bot.cards.setting import Setting
from bot.errors import Refusal
from bot.governance.escalation import Severity
from bot.governance.issue import Issue
from bot.governance.partnership import Level
from bot.governance.visibility import Visibility
from bot.handlers.issue import setting
from bot.handlers.issue_third import calendar_of
from bot.handlers.listing import asked, studies, study_called
from bot.handlers.whereabouts import placed
from bot.outbox import Letter
from bot.ports import Opening, Request
from bot.records import IssueFilter
from bot.views import Card

PAGE = 10
WHICH = ("open", "closed", "all")
WHOSE = {"mine": "mine", "my": "mine", "overdue": "late", "late": "late"}
KEPT = ("page", "partnership", "class", "which", "mine", "late", "level", "study", "severity")


class NoSuchFilter(Refusal):
    """“issue list” cannot be narrowed to “{said}”; it takes mine, overdue, open, closed, all, a level (L2), a
    severity (major) or a study ({study}), and “issue log {said}” logs an issue with that title."""


class OneOfEach(Refusal):
    """“issue list” takes one {kind} at a time and you said {first} and {second}; ask for one of them."""


def listed(request: Request, words: str) -> Letter:
    """What the reader may see of what was asked; in a linked room, of its partnership and class."""
    return Letter(cards.LIST, facts=asked(request, KEPT, _said(request, words)))


def _said(request: Request, words: str) -> Mapping[str, str]:
    """The filters in words, each at most once."""
    found: dict[str, str] = {}
    for word in re.split(r"[\s,]+", words.strip()):
        if word:
            name, value = _filter(request, word, words)
            if found.get(name, value) != value:
                raise OneOfEach(kind=KINDS[name], first=found[name], second=value)
            found[name] = value
    return found


KINDS = {"which": "state", "level": "level", "severity": "severity", "study": "study"}


def _filter(request: Request, word: str, words: str) -> tuple[str, str]:
    low = word.casefold()
    if low in WHOSE:
        return WHOSE[low], "yes"
    if low in WHICH:
        return "which", low
    if low in set(Severity):
        return "severity", low
    if low.upper() in set(Level):
        return "level", low.upper()
    if study := study_called(request.archive, request.actor, word):
        return "study", study
    known = studies(request.archive, request.actor)
    raise NoSuchFilter(said=grammar.clean(words)[:100], study=known[0] if known else "its number")


def listing(opening: Opening) -> tuple[Card, int]:
    """One page of it; what is overdue comes first."""
    facts = opening.letter.facts
    which = _which(opening)
    issues = opening.archive.issues(opening.reader, which)
    here = settings(opening, issues)
    total = opening.archive.count_issues(opening.reader, which)
    return cards.listing(issues, here, cards.Page(int(facts["page"]), PAGE, total, facts)), 0


def settings(opening: Opening, issues: Iterable[Issue]) -> Mapping[str, Setting]:
    """What each of these issues is told in, by `told_in`."""
    here: dict[str, Setting] = {}
    for issue in issues:
        if cards.told_in(issue) not in here:
            found = setting(opening.archive, opening.reader, issue)
            found = placed(opening.archive, found, opening.now)
            calendar = calendar_of(opening.archive, opening.reader, issue)
            here[cards.told_in(issue)] = replace(found, now=opening.now, calendar=calendar)
    return here


def _which(opening: Opening) -> IssueFilter:
    facts = opening.letter.facts
    state = facts.get("which", "open")
    return IssueFilter(
        read_in=facts.get("partnership", ""),
        open_only=state == "open",
        over_only=state == "closed",
        classes=classes_of(facts.get("class", "")),
        mine=opening.reader.person if facts.get("mine") else "",
        level=facts.get("level", ""),
        study=facts.get("study", ""),
        severity=facts.get("severity", ""),
        late=opening.now if facts.get("late") else None,
        first_late=opening.now,
        limit=PAGE,
        offset=int(facts["page"]) * PAGE,
    )


def classes_of(room: str) -> tuple[Visibility, ...]:
    """What a room of that class shows: its own, and what both sides see anyway."""
    if room not in set(Visibility):
        return ()
    return tuple(dict.fromkeys((Visibility(room), Visibility.SHARED, Visibility.TRI_PARTY)))
