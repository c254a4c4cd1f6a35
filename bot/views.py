"""What is shown, on any platform: a card of a few plain blocks or a form, its words in the reader's zone."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TypeAlias


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
    """A press becomes an Intent with this verb and these fields (strings, under 1,500 characters).

    `opens` says beforehand that the answer will be a form: one platform must know when it draws the button.
    """

    label: str
    verb: str
    fields: dict[str, str] = field(default_factory=dict)
    primary: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Buttons:
    """Up to five buttons in a row."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address (https) which the platform itself told us."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a picture: of the whole, the share that is `used` (0 to 1); its words say the same."""

    label: str
    used: float
    words: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture of how much is used of each of a few things, and the same in words."""

    rows: tuple[Bar, ...]


Block = Text | Facts | Table | Notice | Buttons | Link | Bars


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


@dataclass(frozen=True, slots=True)
class TextField:
    """Words, on one line or on several (`long`)."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    error: str = ""
    optional: bool = False
    long: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the `options` (value, label), or any number of them (`many`: values joined by line breaks)."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str = ""
    hint: str = ""
    error: str = ""
    optional: bool = False
    many: bool = False

    @property
    def chosen(self) -> tuple[str, ...]:
        """The values that are chosen and on offer."""
        values = self.value.split("\n") if self.many else [self.value]
        return tuple(value for value, _ in self.options if value in values)


@dataclass(frozen=True, slots=True)
class DateField:
    """A day; it comes back as 2026-11-28."""

    name: str
    label: str
    value: date | None = None
    hint: str = ""
    error: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class AccountField:
    """Somebody of the reader's own workspace or tenant, picked from the platform's list: its id comes back.

    What the platform says of them comes beside it, in `Intent.accounts`.
    """

    name: str
    label: str
    value: str = ""
    hint: str = ""
    error: str = ""
    optional: bool = False


Field: TypeAlias = TextField | Choice | DateField | AccountField


@dataclass(frozen=True, slots=True)
class Form:
    """Something to fill in. Sending it becomes an Intent with `verb` and, as fields, `hidden` and every input
    by its name ("" where nothing was filled in).

    `title` has at most 24 characters. `instead` is shown where a form cannot be; its button opens the form.
    """

    title: str
    verb: str
    fields: tuple[Field, ...]
    hidden: dict[str, str] = field(default_factory=dict)
    notice: Notice | None = None
    send: str = "Save"
    instead: Card = Card("Open the form")

    @property
    def line(self) -> str:
        """One line for a notification or a screen reader."""
        return self.instead.line

    @property
    def standing_still(self) -> "Form":
        """The same form where nothing edits it later."""
        return replace(self, instead=self.instead.standing_still)


View: TypeAlias = Card | Form
