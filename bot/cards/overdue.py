"""What is late, in words: the reader's own first, then everybody's, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.cards import when
from bot.cards.setting import Setting, short
from bot.governance.overdue import Late
from bot.views import Block, Button, Buttons, Card, Notice, Table, Tone

OVERDUE = "overdue"
HEAD = ("Number", "Title", "Was due", "What", "Owner")
TITLE = 80


@dataclass(frozen=True, slots=True)
class Page:
    """Which page of how many, `mine` of them the reader's; `here` is by partnership their setting."""

    number: int
    size: int
    total: int
    mine: int
    here: Mapping[str, Setting] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)


def card(found: tuple[Late, ...], page: Page) -> Card:
    """One page; `found` are its rows."""
    if not page.total:
        return Card("Nothing is late", (Notice("Nothing that you may see here is late.", Tone.GOOD),))
    if not found:
        return Card("Nothing on this page any more", (Buttons((_way("First page", 0, page),)),))
    first = page.number * page.size
    own, others = found[: max(0, page.mine - first)], found[max(0, page.mine - first) :]
    blocks: list[Block] = []
    if own:
        blocks += [
            Notice(f"Yours ({page.mine})", Tone.WARNING),
            Table(HEAD, tuple(_row(one, page) for one in own)),
        ]
    if others:
        head = (Notice(f"Others’ ({page.total - page.mine})"),) if page.mine else ()
        blocks += [*head, Table(HEAD, tuple(_row(one, page) for one in others))]
    counted = (
        f"{first + 1} to {first + len(found)} of {page.total}" if page.total > page.size else str(page.total)
    )
    return Card(f"Overdue, {counted}", (*blocks, *_ways(page, first + len(found))))


def _row(late: Late, page: Page) -> tuple[str, ...]:
    here = page.here[late.partnership]
    owner = here.listed(late.owner) if late.owner else "nobody yet"
    return (late.number, short(late.title, TITLE), when.day(late.since.date()), late.what, owner)


def _ways(page: Page, last: int) -> tuple[Buttons, ...]:
    after = (_way("Next page", page.number + 1, page),) if last < page.total else ()
    before = (_way("Previous page", page.number - 1, page),) if page.number else ()
    return (Buttons((*after, *before)),) if after or before else ()


def _way(label: str, number: int, page: Page) -> Button:
    return Button(label, OVERDUE, {**page.asked, "page": str(number)})
