"""Mine: all that is the asker's own, kind by kind and page by page."""

from collections.abc import Mapping

from bot.actors import Permission
from bot.cards import home as rows
from bot.cards import mine as cards
from bot.cards import when
from bot.cards.issue_list import told_in
from bot.cards.mine import ACTIONS, DECISIONS, ISSUES, PROMISED, PROMISES
from bot.cards.setting import short
from bot.cards.waiting import todo
from bot.errors import Refusal
from bot.handlers.home import desk_of, here
from bot.handlers.issue_list import settings
from bot.handlers.listing import page_of
from bot.handlers.rows import Command
from bot.handlers.waits import waits
from bot.joint import ActionFilter, CommitmentFilter
from bot.outbox import Letter
from bot.ports import Opening, Request
from bot.records import IssueFilter
from bot.views import Card

CARD = "mine.card"
PAGE = 10
MOST = 500
SAID: Mapping[str, str] = {
    **{"issue": ISSUES, "issues": ISSUES, "promise": PROMISES, "promises": PROMISES, "commit": PROMISES},
    **{"commits": PROMISES, "commitments": PROMISES, "promised": PROMISED, "action": ACTIONS},
    **{"actions": ACTIONS, "decision": DECISIONS, "decisions": DECISIONS},
}
Rows = tuple[tuple[str, ...], ...]


class NoSuchPart(Refusal):
    """“mine” takes issues, promises, promised, actions or decisions, and not “{said}”; try: mine promises"""


def begin(request: Request, words: str) -> Letter:
    """One part, issues unless it is said; a press says which part and page."""
    said = words.strip().lower()
    part = SAID.get(said or request.intent.fields.get("part", ISSUES), "")
    if not part:
        raise NoSuchPart(said=said[:40])
    return Letter(CARD, request.actor.person, {"part": part, "page": page_of(request.intent.fields)})


def card(opening: Opening) -> tuple[Card, int] | None:
    """The part that was asked for, for the person it was asked for."""
    reader, facts = opening.reader, opening.letter.facts
    if not reader.person or reader.person != opening.letter.subject:
        return None
    part, number = facts.get("part", ISSUES), int(facts.get("page", "0"))
    counts = _counts(opening)
    found = PARTS[part](opening, number * PAGE)
    return cards.card(found, cards.Page(part, number, PAGE, counts)), 0


def _counts(opening: Opening) -> Mapping[str, int]:
    archive, me = opening.archive, opening.reader
    return {
        ISSUES: archive.count_issues(me, IssueFilter(mine=me.person)),
        PROMISES: archive.count_commitments(me, CommitmentFilter(owner=me.person)),
        PROMISED: archive.count_commitments(me, CommitmentFilter(receiver=me.person)),
        ACTIONS: len(archive.actions(me, ActionFilter(owner=me.person, limit=MOST))),
        DECISIONS: sum(one.noun == "decision" for one in waits(archive, me, opening.now)),
    }


def _issues(opening: Opening, offset: int) -> Rows:
    me, now = opening.reader, opening.now
    which = IssueFilter(mine=me.person, first_late=now, limit=PAGE, offset=offset)
    found = opening.archive.issues(me, which)
    told = settings(opening, found)
    return tuple(rows.issue_row(one, told[told_in(one)]) for one in found)


def _promises(opening: Opening, offset: int) -> Rows:
    which = CommitmentFilter(owner=opening.reader.person, limit=PAGE, offset=offset)
    found = opening.archive.commitments(opening.reader, which)
    told = here(opening, {one.partnership for one in found})
    return tuple(rows.promise_row(one, one.receiver, told.get(one.partnership)) for one in found)


def _promised(opening: Opening, offset: int) -> Rows:
    which = CommitmentFilter(receiver=opening.reader.person, limit=PAGE, offset=offset)
    found = opening.archive.commitments(opening.reader, which)
    told = here(opening, {one.partnership for one in found})
    return tuple(rows.promise_row(one, one.owner, told.get(one.partnership)) for one in found)


def _actions(opening: Opening, offset: int) -> Rows:
    which = ActionFilter(owner=opening.reader.person, limit=PAGE, offset=offset)
    found = opening.archive.actions(opening.reader, which)
    return tuple(
        (one.number, short(one.text, rows.TITLE), when.day(one.due) if one.due else "no date")
        for one in found
    )


def _decisions(opening: Opening, offset: int) -> Rows:
    archive, me, now = opening.archive, opening.reader, opening.now
    found = [one for one in waits(archive, me, now) if one.noun == "decision"]
    desk = desk_of(archive, me, now)
    page = found[offset : offset + PAGE]
    return tuple((one.number, short(one.title, rows.TITLE), todo(one, desk)) for one in page)


PARTS = {ISSUES: _issues, PROMISES: _promises, PROMISED: _promised, ACTIONS: _actions, DECISIONS: _decisions}
SAYS = "See all that is yours"
ROWS = (Command("mine", SAYS, "mine promises", Permission.READ, begin, reads=True),)
LETTERS = {CARD: card}
