"""What is shown, on any platform: a card of a few plain blocks, its words already in the reader's zone."""

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Tone(StrEnum):
    """How loud a notice is."""

    PLAIN = "plain"
    GOOD = "good"
    WARNING = "warning"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph in plain words; never markup. `quiet` is small print."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a short label and its value, in reading order."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; every row as long as the head. The first column names the row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """One line that must be seen first."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Button:
    """A press becomes an Intent with this verb and these fields (strings, under 1,500 characters)."""

    label: str
    verb: str
    fields: dict[str, str] = field(default_factory=dict)
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Buttons:
    """Up to five buttons in a row."""

    buttons: tuple[Button, ...]


Block = Text | Facts | Table | Notice | Buttons


ANSWERED = "answered"  # the field of a button whose card does not change by itself


@dataclass(frozen=True, slots=True)
class Card:
    """A title and its blocks. `summary` is the one line a notification or a screen reader gets."""

    title: str
    blocks: tuple[Block, ...] = ()
    summary: str = ""

    @property
    def standing_still(self) -> "Card":
        """The same card where nothing edits it later: its buttons ask for an answer of their own."""
        return replace(self, blocks=tuple(_asking(block) for block in self.blocks))

    @property
    def line(self) -> str:
        """The summary, else the title."""
        return self.summary or self.title


def _asking(block: Block) -> Block:
    if not isinstance(block, Buttons):
        return block
    return Buttons(tuple(replace(one, fields={**one.fields, ANSWERED: "yes"}) for one in block.buttons))
