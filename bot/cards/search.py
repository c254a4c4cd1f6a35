"""What a search found, in words: each issue, and where in it the words stand."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.cards.setting import short
from bot.governance.issue import Issue
from bot.records import Hit
from bot.views import Button, Buttons, Card, Table

SEARCH, EXPORT = "search", "export"
HEAD = ("Issue", "Title", "State", "Found in")
TITLE = 100  # characters of what was looked for
LONGEST = 160  # characters of where it stands
PLACES = {
    "containment": "containment",
    "reason": "why it ended",
    "update": "an update",
    "note": "your company’s note",
    "story": "its history",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked for, and which page of how many issues this is; `asked` is what its buttons carry."""

    words: tuple[str, ...]
    number: int
    size: int
    total: int
    asked: Mapping[str, str]

    @property
    def said(self) -> str:
        """ "“enrolment” and “HAL-301”"."""
        return short(" and ".join(f"“{word}”" for word in self.words), TITLE)

    def button(self, label: str, page: int) -> Button:
        """Another page."""
        return Button(label, SEARCH, {**self.asked, "page": str(page)})


def found(rows: tuple[tuple[Issue, Hit], ...], page: Found) -> Card:
    """One page."""
    if not page.total:
        return Card(f"No issue that you may see has {page.said}")
    if not rows:
        return Card("Nothing on this page any more", (Buttons((page.button("First page", 0),)),))
    first = page.number * page.size + 1
    last = first + len(rows) - 1
    counted = f"{first} to {last} of {page.total}" if page.total > page.size else str(page.total)
    table = Table(HEAD, tuple(_row(issue, hit) for issue, hit in rows))
    after = (page.button("Next page", page.number + 1),) if last < page.total else ()
    before = (page.button("Previous page", page.number - 1),) if page.number else ()
    away = Button("Take these away", EXPORT, dict(page.asked))
    return Card(f"Issues with {page.said}, {counted}", (table, Buttons((*after, *before, away))))


def _row(issue: Issue, hit: Hit) -> tuple[str, ...]:
    where = "; ".join(f"{PLACES.get(place, place)}: {words}" for place, words in hit.places)
    return (issue.number, issue.title, issue.state.words, short(where, LONGEST))
