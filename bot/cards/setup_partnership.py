"""What each side names for itself in a partnership, in words: counterparts, lines, studies."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.cards.setup import BACK
from bot.governance.company import LINES, Contact, Study
from bot.governance.partnership import Counterparts, Partnership
from bot.governance.visibility import Side
from bot.views import Block, Button, Buttons, Card, Notice, Table, Text, Tone

NOBODY = "nobody"
LEVELS = {
    "L1": "L1, the study team",
    "L2": "L2, operations",
    "L3": "L3, the executives",
    "quality": "Quality",
    "safety": "Safety",
}


@dataclass(frozen=True, slots=True)
class Pairs:
    """One partnership's levels, and its people's names by id."""

    partnership: Partnership
    rows: tuple[Counterparts, ...]
    names: Mapping[str, str]

    def name(self, person: str) -> str:
        """As both sides read it."""
        return self.names.get(person, NOBODY) if person else NOBODY

    @property
    def gaps(self) -> tuple[str, ...]:
        """Levels that one side alone has filled, in words."""
        return tuple(
            f"{one.level}: {self.partnership.company(side)} names nobody"
            for one in self.rows
            for side in Side
            if len(one.people) == 1 and not (one.sponsor if side is Side.SPONSOR else one.cro)
        )


def counterparts(tables: tuple[Pairs, ...], own: Side) -> Card:
    """Who answers to whom; a level with one side empty is said."""
    blocks: list[Block] = []
    for one in tables:
        sides = (one.partnership.sponsor_name, one.partnership.cro_name)
        rows = tuple((LEVELS[row.level], one.name(row.sponsor), one.name(row.cro)) for row in one.rows)
        blocks.append(Table(("Level", *sides), rows))
        if one.gaps:
            blocks.append(Notice(f"A gap: {'; '.join(one.gaps)}.", Tone.WARNING))
    buttons = tuple(
        Button(
            f"Name yours for {one.partnership.company(own.other)}"[:75],
            "setup.counterparts.form",
            {"partnership": one.partnership.id},
            primary=len(tables) == 1,
            opens=True,
        )
        for one in tables[:9]
    )
    return Card("Who answers to whom", (*blocks, *_rows((*buttons, BACK))))


def _rows(buttons: tuple[Button, ...]) -> tuple[Buttons, ...]:
    return tuple(Buttons(buttons[start : start + 5]) for start in range(0, len(buttons), 5))


@dataclass(frozen=True, slots=True)
class Lines:
    """The emergency lines of one partnership, and its people's names by id."""

    partnership: Partnership
    contacts: tuple[Contact, ...]
    names: Mapping[str, str]

    def row(self, line: str, side: Side) -> tuple[str, ...]:
        """One line of one side: who answers, and how."""
        company = f"{line.capitalize()}, {self.partnership.company(side)}"
        found = next((one for one in self.contacts if (one.line, one.side) == (line, side)), None)
        if found is None:
            return company, NOBODY, "–", "–"
        who = self.names.get(found.person, "") or found.name or NOBODY
        reach = ", ".join(part for part in (found.phone, found.email) if part)
        return company, who, reach, found.hours or "–"


def contacts(tables: tuple[Lines, ...], own: Side) -> Card:
    """Whom an emergency must find, of both sides."""
    blocks: list[Block] = []
    for one in tables:
        rows = tuple(one.row(line, side) for side in Side for line in LINES[side])
        blocks.append(Table(("Line", "Who", "Phone, e-mail", "Hours"), rows))
    buttons = tuple(
        Button(f"Name the {line} line", "setup.contacts.form", {"line": line}, primary=True, opens=True)
        for line in LINES[own]
    )
    return Card("Emergency lines", (*blocks, Buttons((*buttons, BACK))))


def studies(listed: tuple[Study, ...], partners: Mapping[str, str]) -> Card:
    """A sponsor's studies and who serves them."""
    rows = tuple(
        (one.id, ", ".join(partners[each] for each in one.partnerships if each in partners) or NOBODY)
        for one in listed
    )
    table = Table(("Study", "Served by"), rows) if rows else Text("You have no study yet.")
    add = Button("Add a study", "setup.studies.form", primary=True, opens=True)
    return Card("Your studies", (table, Buttons((add, BACK))))
