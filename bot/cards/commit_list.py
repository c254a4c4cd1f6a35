"""A list of promises in words: what it was narrowed to, a page of rows, and the ways on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.cards import when
from bot.cards.commit import EXAMPLE
from bot.cards.commit_standing import late
from bot.cards.setting import Setting
from bot.governance.commitment import Commitment
from bot.views import Button, Buttons, Card, Table, Text

LIST = "commit.list"
HEAD = ("Commitment", "Promise", "From", "To", "Due", "State")


@dataclass(frozen=True, slots=True)
class Page:
    """Which page of a list this is, how long pages are, how many rows there are, and what was asked for.

    `asked` holds the list's filters as its buttons carry them: "which" (open, all), "mine" and "late"
    ("yes"), "study", "partnership", "class". `kept` is how many of those due were kept on time: "3/8".
    """

    number: int
    size: int
    total: int
    asked: Mapping[str, str] = field(default_factory=dict)
    kept: str = ""

    @property
    def words(self) -> str:
        """ "Your overdue commitments (HAL-301)"."""
        asked, which = self.asked, self.asked.get("which", "open")
        state = "overdue" if asked.get("late") else "" if which == "all" else which
        whose = "your" if asked.get("mine") else "" if state else "all"
        narrow = f" ({asked['study']})" if asked.get("study") else ""
        said = " ".join(part for part in (whose, state, "commitments") if part)
        return f"{said[0].upper()}{said[1:]}{narrow}"

    @property
    def narrowed(self) -> bool:
        """Whether anything but what is open was asked for."""
        asked = any(self.asked.get(name) for name in ("mine", "late", "study"))
        return asked or self.asked.get("which", "open") != "open"

    def button(self, label: str, **changed: str) -> Button:
        """The same list with something else asked for."""
        fields = {**self.asked, "page": "0", **changed}
        return Button(label, LIST, {name: value for name, value in fields.items() if value})


def listing(promises: tuple[Commitment, ...], here: Mapping[str, Setting], page: Page) -> Card:
    """One page, the soonest due first; `here` by partnership."""
    if not promises:
        return _no_rows(page)
    first = page.number * page.size + 1
    last = first + len(promises) - 1
    counted = f"{first} to {last} of {page.total}" if page.total > page.size else str(page.total)
    rows = tuple(_row(one, here[one.partnership]) for one in promises)
    kept = (Text(f"Kept on time, by the first date: {page.kept}", quiet=True),) if page.kept else ()
    ways = Buttons((*_paging(page, last), *_other_lists(page)))
    return Card(f"{page.words}, {counted}", (Table(HEAD, rows), *kept, ways))


def _row(promise: Commitment, here: Setting) -> tuple[str, ...]:
    moved = f" (first {when.short_day(promise.first_due)})" if promise.times_moved else ""
    state = "overdue" if late(promise, here) else promise.state.words
    people = (here.listed(promise.owner), here.listed(promise.receiver))
    return (promise.number, promise.text, *people, f"{when.day(promise.due)}{moved}", state)


def _paging(page: Page, last: int) -> tuple[Button, ...]:
    before = (page.button("Previous page", page=str(page.number - 1)),) if page.number else ()
    after = (page.button("Next page", page=str(page.number + 1)),) if last < page.total else ()
    return (*after, *before)


def _other_lists(page: Page) -> tuple[Button, ...]:
    """The narrower or wider lists that people want next."""
    asked = page.asked
    mine = page.button("Everybody’s", mine="") if asked.get("mine") else page.button("Mine", mine="yes")
    if asked.get("late"):
        return (mine, page.button("All open", late="", which=""))
    wider = () if asked.get("which") == "all" else (page.button("All", which="all"),)
    return (mine, page.button("Overdue", late="yes", which=""), *wider)


def _no_rows(page: Page) -> Card:
    """Nothing is there, or what was on this page has ended since."""
    if page.total:
        return Card("Nothing on this page any more", (Buttons((page.button("First page"),)),))
    if not page.narrowed:
        return Card("No open commitments", (Text(f"To make one: {EXAMPLE}"),))
    kept = {name: page.asked[name] for name in ("partnership", "class") if page.asked.get(name)}
    return Card(f"{page.words}: none", (Buttons((Button("All open commitments", LIST, kept),)),))
