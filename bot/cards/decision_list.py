"""A list of decisions in words: what it was narrowed to, a page of rows, and the ways on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.cards import when
from bot.cards.setting import short
from bot.governance.decision import Decision
from bot.records import Hit
from bot.views import Button, Buttons, Card, Table, Text

LIST = "decision.list"
EXAMPLE = (
    "To record one: decision record approve recovery plan v2, because the gap is 18 points, follow-up 28 Nov"
)
HEAD = ("Decision", "Question", "Decided", "Status", "On")
SAID = 100  # characters of what was looked for
TITLE, OUTCOME, WHERE = 120, 120, 120  # characters of a column
IN_A_ROW = 5


@dataclass(frozen=True, slots=True)
class Page:
    """Which page of how many rows; `asked` holds the filters as the buttons carry them.

    They are "status", "mine" ("yes"), "study", "session", "words" (a line each), "partnership" and "class".
    """

    number: int
    size: int
    total: int
    asked: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> tuple[str, ...]:
        """What was looked for."""
        return tuple(one for one in self.asked.get("words", "").split("\n") if one)

    @property
    def title(self) -> str:
        """ "Your provisional decisions (HAL-301) with “enrolment”"."""
        whose = "Your " if self.asked.get("mine") else ""
        state = f"{self.asked['status']} " if self.asked.get("status") else ""
        narrow = ", ".join(self.asked[one] for one in ("study", "session") if self.asked.get(one))
        said = short(" and ".join(f"“{word}”" for word in self.words), SAID)
        name = (
            f"{whose}{state}decisions"
            + (f" ({narrow})" if narrow else "")
            + (f" with {said}" if said else "")
        )
        return name[:1].upper() + name[1:]

    @property
    def narrowed(self) -> bool:
        """Whether anything was asked for."""
        return any(self.asked.get(one) for one in ("status", "mine", "study", "session", "words"))

    def button(self, label: str, **change: str) -> Button:
        """The same list with something else asked for, from its beginning."""
        kept = {**self.asked, "page": "", **change}
        return Button(label, LIST, {name: value for name, value in kept.items() if value})


def listing(rows: tuple[tuple[Decision, Hit | None], ...], page: Page) -> Card:
    """One page; beside what was found by its words stands where they are."""
    if not rows:
        return _no_rows(page)
    first = page.number * page.size + 1
    last = first + len(rows) - 1
    counted = f"{first} to {last} of {page.total}" if page.total > page.size else str(page.total)
    head = (*HEAD, "Found in") if page.words else HEAD
    table = Table(head, tuple(_row(one, hit, bool(page.words)) for one, hit in rows))
    shown = tuple(
        Button(f"Details of {one.number}"[:75], "decision.show", {"decision": one.id}) for one, _ in rows
    )
    ways = tuple(Buttons(shown[at : at + IN_A_ROW]) for at in range(0, len(shown), IN_A_ROW))
    further = _further(page, last)
    return Card(f"{page.title}: {counted}", (table, *ways, *((Buttons(further),) if further else ())))


def _row(one: Decision, hit: Hit | None, found: bool) -> tuple[str, ...]:
    status = "superseded" if one.superseded_by else one.status.value
    row = (one.number, short(one.title, TITLE), short(one.outcome, OUTCOME), status, when.day(one.decided_on))
    where = "; ".join(f"{place}: {words}" for place, words in hit.places) if hit else ""
    return (*row, short(where, WHERE)) if found else row


def _further(page: Page, last: int) -> tuple[Button, ...]:
    after = (page.button("Next page", page=str(page.number + 1)),) if last < page.total else ()
    before = (page.button("Previous page", page=str(page.number - 1)),) if page.number else ()
    wanted = page.asked.get("status", "")
    waits = () if wanted else (page.button("Provisional", status="provisional"),)
    every = (page.button("All decisions", status="", mine="", words="", study="", session=""),)
    return (*after, *before, *waits, *(every if page.narrowed else ()))


def _no_rows(page: Page) -> Card:
    if page.total:
        return Card("Nothing on this page any more", (Buttons((page.button("First page"),)),))
    if not page.narrowed:
        return Card("No decisions yet", (Text(EXAMPLE),))
    every = page.button("All decisions", status="", mine="", words="", study="", session="")
    return Card(f"{page.title}: none", (Buttons((every,)),))
