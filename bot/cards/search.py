"""What a search found, in words: each record, what kind it is, and where in it the words stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.cards.setting import short
from bot.records import Hit
from bot.views import Block, Button, Buttons, Card, Table

SEARCH, EXPORT = "search", "export"
HEAD = ("Record", "About", "State", "Found in")
TITLE = 100  # characters of what was looked for, and of what a record is about
LONGEST = 160  # characters of where it stands
IN_A_ROW = 5
KINDS = {
    "issue": "issue",
    "commit": "commitment",
    "decision": "decision",
    "session": "session",
    "action": "action item",
}
SHOWN = ("issue", "commit", "decision", "session")  # kinds that have a card of their own
PLACES = {
    "text": "what is to be done",
    "reason": "why it ended",
    "offer": "plan on offer",
    "root_cause": "root cause",
    "capa": "CAPA",
    "claims": "what became of it",
    "remark": "note",
    "update": "an update",
    "note": "your company’s note",
    "story": "its history",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked for, and which page of how many records this is; `asked` is what its buttons carry."""

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


def found(rows: tuple[tuple[Hit, str], ...], page: Found) -> Card:
    """One page: each hit and the state of what it is."""
    if not page.total:
        return Card(f"Nothing that you may see has {page.said}")
    if not rows:
        return Card("Nothing on this page any more", (Buttons((page.button("First page", 0),)),))
    first = page.number * page.size + 1
    last = first + len(rows) - 1
    counted = f"{first} to {last} of {page.total}" if page.total > page.size else str(page.total)
    table = Table(HEAD, tuple(_row(hit, state) for hit, state in rows))
    after = (page.button("Next page", page.number + 1),) if last < page.total else ()
    before = (page.button("Previous page", page.number - 1),) if page.number else ()
    away = Button("Take these away", EXPORT, dict(page.asked))
    blocks: tuple[Block, ...] = (table, *_details(hit for hit, _ in rows), Buttons((*after, *before, away)))
    return Card(f"Found with {page.said}: {counted}", blocks)


def _row(hit: Hit, state: str) -> tuple[str, ...]:
    where = "; ".join(f"{PLACES.get(place, place)}: {words}" for place, words in hit.places)
    kind = KINDS.get(hit.noun, hit.noun)
    return (f"{hit.number}, {kind}", short(hit.title, TITLE), state, short(where, LONGEST))


def _details(hits: Iterator[Hit]) -> Iterator[Buttons]:
    """A way to each of them that has a card."""
    ways = [_details_of(hit) for hit in hits if hit.noun in SHOWN]
    for start in range(0, len(ways), IN_A_ROW):
        yield Buttons(tuple(ways[start : start + IN_A_ROW]))


def _details_of(hit: Hit) -> Button:
    opens = hit.noun in ("issue", "commit")
    return Button(f"Details of {hit.number}"[:75], f"{hit.noun}.show", {hit.noun: hit.record}, opens=opens)
