"""Overdue: everything late that the asker may see, theirs first; in a linked room what that room may show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.actors import Permission
from bot.cards import overdue as cards
from bot.governance import overdue as rules
from bot.governance.clocks import running
from bot.governance.overdue import Late
from bot.governance.visibility import Visibility
from bot.handlers.home import here
from bot.handlers.issue_list import classes_of
from bot.handlers.issue_third import calendar_of
from bot.handlers.listing import page_of
from bot.handlers.rows import Command
from bot.joint import ActionFilter, CommitmentFilter
from bot.outbox import Letter
from bot.ports import Opening, Request
from bot.records import IssueFilter
from bot.views import Card

CARD = "overdue.card"
PAGE = 10
MOST = 500  # of each kind


@dataclass(frozen=True, slots=True)
class _Asked:
    """Of one partnership ("" for all of theirs) and these classes (none for all)."""

    opening: Opening
    partnership: str
    classes: tuple[Visibility, ...]

    @property
    def there(self) -> datetime:
        """The moment in the reader's zone."""
        return self.opening.now.astimezone(ZoneInfo(self.opening.reader.zone))


def begin(request: Request, words: str) -> Letter:
    """A linked room narrows it to its partnership and class; a pressed page keeps what was asked."""
    pressed = request.intent.fields
    asked = {name: pressed[name] for name in ("partnership", "class") if pressed.get(name)}
    room = request.archive.room_at(request.actor, request.intent.place)
    if room:
        asked |= {"partnership": room.partnership, "class": room.visibility.value}
    return Letter(CARD, facts={**asked, "page": page_of(request.intent.fields)})


def card(opening: Opening) -> tuple[Card, int]:
    """One page of it."""
    facts, reader = opening.letter.facts, opening.reader
    asked = _Asked(opening, facts.get("partnership", ""), classes_of(facts.get("class", "")))
    mine = frozenset({reader.person}) - {""}
    found = rules.ordered((*_issues(asked), *_commitments(asked), *_actions(asked)), mine)
    number = int(facts.get("page", "0"))
    shown = found[number * PAGE : (number + 1) * PAGE]
    own = sum(one.owner in mine for one in found)
    kept = {name: value for name, value in facts.items() if name != "page"}
    told = here(opening, {one.partnership for one in shown})
    return cards.card(shown, cards.Page(number, PAGE, len(found), own, told, kept)), 0


def _issues(asked: _Asked) -> Iterator[Late]:
    archive, reader, now = asked.opening.archive, asked.opening.reader, asked.opening.now
    which = IssueFilter(
        partnership=asked.partnership, classes=asked.classes, late=now, first_late=now, limit=MOST
    )
    for issue in archive.issues(reader, which):
        if issue.partnership in reader.partnerships - reader.ended:
            late = rules.of_issue(issue, running(issue, calendar_of(archive, reader, issue)), now)
            if late:
                yield late


def _commitments(asked: _Asked) -> Iterator[Late]:
    archive, reader, now = asked.opening.archive, asked.opening.reader, asked.there
    which = CommitmentFilter(
        partnership=asked.partnership, classes=asked.classes, due_before=now.date(), limit=MOST
    )
    for promise in archive.commitments(reader, which):
        if promise.partnership not in reader.ended:
            late = rules.of_commitment(promise, archive.calendar(reader, promise.partnership), now)
            if late:
                yield late


def _actions(asked: _Asked) -> Iterator[Late]:
    archive, reader, now = asked.opening.archive, asked.opening.reader, asked.there
    which = ActionFilter(partnership=asked.partnership, classes=asked.classes, limit=MOST)
    for action in archive.actions(reader, which):
        if action.partnership not in reader.ended:
            late = rules.of_action(action, archive.calendar(reader, action.partnership), now)
            if late:
                yield late


SAYS = "See all that is late, yours first"
ROWS = (Command("overdue", SAYS, "overdue", Permission.READ, begin, reads=True),)
LETTERS = {CARD: card}
