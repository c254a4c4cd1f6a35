"""The end of a partnership in words: which last day was named, and what stops and stays after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.cards import when
from bot.cards.setup import BACK, rows_of
from bot.governance.parting import End, holding, of
from bot.governance.partnership import Partnership
from bot.governance.visibility import Side
from bot.views import Block, Button, Buttons, Card, Facts, Notice, Table, Text, Tone

KEEPERS = "its administrators, quality leads and general counsel"
SHOW = "See how it stands"


@dataclass(frozen=True, slots=True)
class Parting:
    """A partnership as one side's administrator reads it: what both sides have named; names by id."""

    home: Partnership
    side: Side
    ends: tuple[End, ...]
    names: Mapping[str, str]
    zone: str

    @property
    def other(self) -> str:
        """The company across the table."""
        return self.home.company(self.side.other)

    @property
    def hidden(self) -> dict[str, str]:
        """What a button has to know."""
        return {"partnership": self.home.id}


@dataclass(frozen=True, slots=True)
class Happening:
    """What would follow: `issues` open ones that its reader sees, `rooms` their own company's channels."""

    day: date
    why: str
    issues: int
    rooms: int
    kept_until: date


def which(partners: tuple[tuple[str, str], ...]) -> Card:
    """With which partner? (id, name)"""
    title = "The end of a partnership: with which partner?"
    choices = tuple(Button(name[:75], "setup.end", {"partnership": one}) for one, name in partners)
    return Card(title, (*rows_of(choices), Buttons((BACK,))), title)


def standing(told: Parting) -> Card:
    """Which days were named, which one holds, and what one's own side can do."""
    title = f"The end of the partnership with {told.other}"
    if told.home.ended_on:
        return Card(title, (_over(told), Text(AFTER, quiet=True), Buttons((BACK,))))
    first, own = holding(told.ends), of(told.ends, told.side)
    blocks: list[Block] = [Notice(_line(first), Tone.WARNING if first else Tone.PLAIN)]
    if told.ends:
        rows = tuple(_row(told, one) for one in told.ends)
        blocks.append(Table(("Named by", "Last day", "Why"), rows))
    label = "Name another day" if own else "Name its last day"
    buttons = [Button(label, "setup.end.form", told.hidden, opens=True)]
    if own:
        buttons.append(Button("Take it back", "setup.end.withdraw", told.hidden))
    return Card(title, (*blocks, Text(RULE, quiet=True), Buttons((*buttons, BACK))), _line(first))


RULE = "Either side can name a last day; the earlier one holds. Only the side that named it takes it back."
AFTER = "Each company keeps reading the shared record and its own internal one, and can export them."


def _line(first: End | None) -> str:
    return f"It ends on {when.day(first.day)}." if first else "It goes on: nobody has named a last day."


def _row(told: Parting, one: End) -> tuple[str, str, str]:
    by = f"{told.names.get(one.by, 'somebody')} ({told.home.company(one.side)})"
    return by, when.day(one.day), one.why


def _over(told: Parting) -> Notice:
    day = told.home.ended_on
    return Notice(f"It has ended: its last day was {when.day(day)}." if day else "", Tone.WARNING)


def sure(told: Parting, happens: Happening, draft: str) -> Card:
    """What happens, before it does."""
    day = when.day(happens.day)
    title = f"End the partnership with {told.other} on {day}?"
    issues = "1 open issue" if happens.issues == 1 else f"{happens.issues} open issues"
    rooms = "your 1 channel" if happens.rooms == 1 else f"your {happens.rooms} channels"
    facts = (
        ("Why", happens.why),
        ("At once", "the administrators of both companies hear the day, the reason and your name"),
        ("Until then", "everything goes on as it does now, and you can take it back"),
        ("After it", f"no new records, no clocks, no alarms, no messages; {rooms} are unlinked"),
        ("Open issues", f"{issues} you see stay as they are then, and nothing in them changes any more"),
        ("Who still reads", f"of each company {KEEPERS}: what is shared, and its own internal records"),
        ("Restricted records", "stay with the people they name"),
        ("Shared by three", "records of other partnerships that were opened to a CRO by name close to it"),
        ("Kept until", f"{when.day(happens.kept_until)}, longer where a legal hold stands"),
    )
    act = Button(f"End it on {day}", "setup.end.name", {"draft": draft}, primary=True)
    keep = Button("Do not", "setup.end", told.hidden)
    return Card(title, (Facts(facts), Buttons((act, keep))), title)


def news(told: Parting, facts: Mapping[str, str]) -> Card:
    """What was named, taken back, or has come."""
    show = Buttons((Button(SHOW, "setup.end", told.hidden),))
    if "over" in facts:
        title = f"The partnership with {told.other} has ended"
        return Card(title, (_over(told), Text(f"{AFTER} Ask: {KEEPERS}.", quiet=True)), title)
    who = f"{facts['by']} ({told.home.company(Side(facts['side']))})"
    first = holding(told.ends)
    if "day" not in facts:
        title = f"{who} takes back the end of the partnership with {told.other}"
        return Card(title, (Notice(_line(first)), show), title)
    title = f"The partnership with {told.other} is to end on {when.day(date.fromisoformat(facts['day']))}"
    why = Facts((("Named by", who), ("Why", facts["why"])))
    return Card(title, (Notice(_line(first), Tone.WARNING), why, Text(RULE, quiet=True), show), title)
