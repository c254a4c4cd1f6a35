"""All that is one person's, kind by kind: a page of one kind, and how many there are of the others."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.views import Block, Button, Buttons, Card, Table, Text

MINE = "mine"
ISSUES, PROMISES, PROMISED, ACTIONS, DECISIONS = "issues", "promises", "promised", "actions", "decisions"
LABELS = {
    ISSUES: "Issues",
    PROMISES: "Your promises",
    PROMISED: "Promised to you",
    ACTIONS: "Action items",
    DECISIONS: "Decisions to approve",
}
HEADS = {
    ISSUES: ("Issue", "Title", "Severity", "State"),
    PROMISES: ("Promise", "What", "Due", "To", "State"),
    PROMISED: ("Promise", "What", "Due", "From", "State"),
    ACTIONS: ("Action", "What", "Due"),
    DECISIONS: ("Decision", "Question", "What"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """Which page of which part; `counts` says how many there are of each part."""

    part: str
    number: int
    size: int
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many there are of this part."""
        return self.counts[self.part]


def card(rows: tuple[tuple[str, ...], ...], page: Page) -> Card:
    """The rows of this page, the ways on, and the other parts."""
    first = page.number * page.size
    counted = (
        f"{first + 1} to {first + len(rows)} of {page.total}" if page.total > page.size else str(page.total)
    )
    title = f"{LABELS[page.part]}: {counted if rows else 'none'}"
    blocks: tuple[Block, ...] = (Table(HEADS[page.part], rows),) if rows else _nothing(page)
    return Card(title, (*blocks, *_paging(page, first + len(rows)), _parts(page)))


def _nothing(page: Page) -> tuple[Block, ...]:
    return (Text("Nothing on this page any more." if page.total else "Nothing of this kind is open."),)


def _paging(page: Page, last: int) -> tuple[Buttons, ...]:
    after = (_way("Next page", page.part, page.number + 1),) if last < page.total else ()
    before = (_way("Previous page", page.part, page.number - 1),) if page.number else ()
    return (Buttons((*after, *before)),) if after or before else ()


def _parts(page: Page) -> Buttons:
    others = (one for one in LABELS if one != page.part)
    return Buttons(tuple(_way(f"{LABELS[one]} ({page.counts[one]})", one, 0) for one in others))


def _way(label: str, part: str, number: int) -> Button:
    return Button(label, MINE, {"part": part, "page": str(number)})
