"""The list of commitments: what it is narrowed to, in any order of words, and its pages."""

import re
from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot import grammar
from bot.cards import commit_list as cards
from bot.cards.setting import Setting
from bot.errors import Refusal
from bot.governance.kept import kept
from bot.governance.visibility import Visibility
from bot.handlers.commit import setting
from bot.handlers.issue_list import classes_of
from bot.handlers.issue_marks import unmarked
from bot.handlers.listing import asked, studies, study_called
from bot.joint import CommitmentFilter
from bot.outbox import Letter
from bot.ports import Opening, Request
from bot.views import Card

PAGE = 10
EVERY = 10_000  # promises that are counted
WHICH = {"open": "open", "all": "all"}
WHOSE = {"mine": "mine", "my": "mine", "overdue": "late", "late": "late"}
WORDS = "words"
KEPT = ("page", "partnership", "class", "which", "mine", "late", "study")


class NoSuchNarrowing(Refusal):
    """“commit list” takes mine, overdue, open, all or a study ({study}), not “{said}”; to promise that, put
    it in quotation marks: commit “list {said}”"""


def listed(request: Request, words: str) -> Letter:
    """What the reader may see of what was asked; in a linked room, of its partnership and class."""
    return Letter(cards.LIST, facts=asked(request, KEPT, _said(request, words)))


def _said(request: Request, words: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for word in re.split(r"[\s,]+", words.strip().casefold()):
        if word in WHOSE:
            found[WHOSE[word]] = "yes"
        elif word in WHICH:
            found["which"] = WHICH[word]
        elif word:
            found["study"] = _study(request, word, words)
    return found


def _study(request: Request, word: str, words: str) -> str:
    """One that the asker may know of: any other is a word like any other."""
    if found := study_called(request.archive, request.actor, word):
        return found
    known = studies(request.archive, request.actor)
    said = unmarked(request, {WORDS: grammar.clean(words)})[WORDS][:100]
    raise NoSuchNarrowing(said=said, study=known[0] if known else "its number")


def listing(opening: Opening) -> tuple[Card, int]:
    """One page of it."""
    archive, reader, facts = opening.archive, opening.reader, opening.letter.facts
    which = _which(opening)
    found = archive.commitments(reader, which)
    here: dict[str, Setting] = {}
    for one in found:
        if one.partnership not in here:
            told = setting(archive, reader, one)
            here[one.partnership] = replace(
                told, now=opening.now, calendar=archive.calendar(reader, one.partnership)
            )
    total = archive.count_commitments(reader, which)
    page = cards.Page(int(facts["page"]), PAGE, total, facts, _kept(opening, which))
    return cards.listing(found, here, page), 0


def _kept(opening: Opening, which: CommitmentFilter) -> str:
    """How many of those due by now were kept, among all that the reader sees there; "" where none was due."""
    today = opening.now.astimezone(ZoneInfo(opening.reader.zone)).date()
    every = replace(which, open_only=False, state="", due_before=None, limit=EVERY, offset=0)
    found = kept(opening.archive.commitments(opening.reader, every), today)
    return str(found) if found.due else ""


def _which(opening: Opening) -> CommitmentFilter:
    facts, reader = opening.letter.facts, opening.reader
    late = bool(facts.get("late"))
    room = facts.get("class", "")
    return CommitmentFilter(
        partnership=facts.get("partnership", ""),
        open_only=facts.get("which", "open") == "open",
        concerns=reader.person if facts.get("mine") else "",
        state="accepted" if late else "",
        study=facts.get("study", ""),
        due_before=opening.now.astimezone(ZoneInfo(reader.zone)).date() if late else None,
        classes=tuple(one for one in classes_of(room) if one is not Visibility.TRI_PARTY),
        limit=PAGE,
        offset=int(facts["page"]) * PAGE,
    )
