"""A list of issues in words: what it was narrowed to, a page of rows, and the ways on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.cards.issue_clocks import overdue
from bot.cards.setting import Setting
from bot.governance.clocks import running
from bot.governance.issue import Issue
from bot.views import Block, Button, Buttons, Card, Table, Text

LIST = "issue.list"
EXAMPLE = "To log one: issue TMF backlog at site 104, major, owner @name, due next Friday"
HEAD = ("Issue", "Title", "Severity", "Level", "Owner", "State")


@dataclass(frozen=True, slots=True)
class Page:
    """Which page of a list this is, how long pages are, how many rows there are, and what was asked for.

    `asked` holds the list's filters as its buttons carry them: "which" (open, closed, all), "mine" and "late"
    ("yes"), "level", "severity", "study", "partnership", "class".
    """

    number: int
    size: int
    total: int
    asked: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """ "Your overdue issues (major, HAL-301)"."""
        asked, which = self.asked, self.asked.get("which", "open")
        state = "overdue" if asked.get("late") else "" if which == "all" else which
        whose = "your" if asked.get("mine") else "" if state else "all"
        narrow = ", ".join(asked[name] for name in ("level", "severity", "study") if asked.get(name))
        said = " ".join(part for part in (whose, state, "issues") if part)
        return f"{said[0].upper()}{said[1:]}{f' ({narrow})' if narrow else ''}"

    @property
    def narrowed(self) -> bool:
        """Whether anything but what is open was asked for."""
        names = ("mine", "late", "level", "severity", "study")
        return self.asked.get("which", "open") != "open" or any(self.asked.get(name) for name in names)

    def button(self, label: str, **changed: str) -> Button:
        """The same list with something else asked for."""
        fields = {**self.asked, "page": "0", **changed}
        return Button(label, LIST, {name: value for name, value in fields.items() if value})


def listing(issues: tuple[Issue, ...], here: Mapping[str, Setting], page: Page) -> Card:
    """One page; `here` by `told_in` of each issue. What is overdue says by how much."""
    if not issues:
        return _no_rows(page)
    first = page.number * page.size + 1
    last = first + len(issues) - 1
    counted = f"{first} to {last} of {page.total}" if page.total > page.size else str(page.total)
    rows = tuple(_row(issue, here[told_in(issue)]) for issue in issues)
    blocks: list[Block] = [Table(HEAD, rows)]
    ways = (*_paging(page, last), *_other_lists(page))
    return Card(f"{page.words}, {counted}", (*blocks, Buttons(ways)))


def told_in(issue: Issue) -> str:
    """Which setting it is told in: its partnership's, or its own where a third company is in it."""
    return issue.id if issue.third else issue.partnership


def _row(issue: Issue, here: Setting) -> tuple[str, ...]:
    owner = here.listed(issue.owner) if issue.owner else "nobody yet"
    return (issue.number, issue.title, str(issue.severity), str(issue.level), owner, state_of(issue, here))


def state_of(issue: Issue, here: Setting) -> str:
    """What it waits for, and how late that is."""
    seen = issue.acknowledged_at or issue.state.over
    state = issue.state.words if seen else "not acknowledged"
    if here.now is None or here.calendar is None:
        return state
    late = [clock for clock in running(issue, here.calendar) if clock.late(here.now)]
    if not late:
        return state
    first = min(late, key=lambda clock: clock.at)
    return f"{state}, {overdue(first, issue, here.now, here.calendar)}"


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
    return (mine, page.button("Overdue", late="yes", which=""))


def _no_rows(page: Page) -> Card:
    """Nothing is there, or what was on this page has been closed since."""
    if page.total:
        return Card("Nothing on this page any more", (Buttons((page.button("First page"),)),))
    if not page.narrowed:
        return Card("No open issues", (Text(EXAMPLE),))
    kept = {name: page.asked[name] for name in ("partnership", "class") if page.asked.get(name)}
    return Card(f"{page.words}: none", (Buttons((Button("All open issues", LIST, kept),)),))
