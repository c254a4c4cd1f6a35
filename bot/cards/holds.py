"""Legal holds in words, for their own side alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.cards import when
from bot.cards.setup import BACK, rows_of
from bot.governance.hold import Hold
from bot.views import Button, Card, Notice, Table, Text, Tone

MOST = 10  # holds on one card
SET = Button("Hold something", "setup.hold.form", opens=True)
MEANING = (
    "While a hold stands, nothing it is on is deleted when its time is over, and your company cannot redact"
    " it. The other company does not learn of it."
)


@dataclass(frozen=True, slots=True)
class Held:
    """Holds as one of their own side reads them; companies by partnership, people by id, numbers by issue."""

    holds: tuple[Hold, ...]
    others: Mapping[str, str]
    names: Mapping[str, str]
    numbers: Mapping[str, str]
    zone: str

    def what(self, hold: Hold) -> str:
        """ "NOR-ISS-008", "everything with Northmere Clinical Ltd"."""
        if hold.issue:
            return self.numbers.get(hold.issue, hold.issue)
        return f"everything with {self.others.get(hold.partnership, hold.partnership)}"


def listed(held: Held, done: str = "") -> Card:
    """Those that stand, each with the button that releases it."""
    shown = held.holds[:MOST]
    rows = tuple(
        (held.what(one), held.names.get(one.by, "somebody"), when.instant(one.at, held.zone), one.why)
        for one in shown
    )
    table = Table(("On", "Set by", "Since", "Why"), rows) if rows else Text("Your company holds nothing.")
    said = (Notice(done, Tone.GOOD),) if done else ()
    more = len(held.holds) - len(shown)
    further = (Text(f"And {more} more.", quiet=True),) if more else ()
    release = tuple(
        Button(f"Release {held.what(one)}"[:75], "setup.hold.release.form", {"hold": one.id}, opens=True)
        for one in shown
    )
    buttons = (SET, *release, BACK)
    title = "Your company’s legal holds"
    return Card(title, (*said, table, *further, Text(MEANING, quiet=True), *rows_of(buttons)), done or title)
