"""A card in Teams' own words: Adaptive Card 1.5, in elements that never read markup, and never too big."""

import hashlib
import json
import re
from dataclasses import dataclass, replace
from typing import Final, assert_never

from adapters.teams.carried import Carried
from adapters.teams.runs import (
    LIMIT,
    QUIET,
    Json,
    bar,
    clipped,
    envelope,
    line,
    lines,
    notice,
    repeated,
    single,
    size,
)
from bot.views import Bars, Block, Button, Buttons, Card, Facts, Link, Notice, Table, Text

CUT: Final = "The rest is too long to show here."
SIDE_BY_SIDE: Final = 3  # columns that can still be read side by side on a phone or in a narrow pane
ROW: Final = 5  # Teams hides the seventh button of a row and what follows
WIDE, FRAME = 34, 5  # characters that fit side by side on a phone, and those that a button’s own edges take

_ADDRESS: Final = re.compile(r"https://[!-~]{1,2000}")


@dataclass(frozen=True, slots=True)
class _Room:
    """How much of everything is shown: characters of a text and of a table's cell, rows, and fallbacks.

    A `dialog` knows no Action.Execute: all its buttons submit.
    """

    text: int
    cell: int
    rows: int
    fallback: bool = True
    dialog: bool = False


# From roomy to cramped: the first that keeps the card under the limit is taken.
_ROOMS: Final = (
    _Room(4_000, 200, 100),
    _Room(4_000, 80, 50),
    _Room(2_000, 40, 30),
    _Room(1_000, 40, 20),
    _Room(400, 24, 10),
    _Room(160, 16, 5, fallback=False),
)


def adaptive(
    card: Card, nonce_seed: str, repeat: bool = False, dialog: bool = False, limit: int = LIMIT
) -> Json:
    """The card as an Adaptive Card of at most `limit` bytes; what does not fit ends in an ellipsis.

    Buttons made from the same seed carry the same nonces, so that pressing twice is one request; take the
    parcel's key for a message, the intent's key for an answer.
    """
    while True:
        for room in _ROOMS:
            drawn = _draw(card, replace(room, dialog=dialog), nonce_seed, repeat)
            if size(drawn) <= limit:
                return drawn
        card = _shortened(card)


def nonce(verb: str, fields: dict[str, str], seed: str) -> str:
    """The same for the same button under the same seed, and telling nothing about either."""
    said = json.dumps([seed, verb, sorted(fields.items())])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _shortened(card: Card) -> Card:
    """Without its last block, and saying so. Not even a card of one block that is too big is an error."""
    kept = tuple(block for block in card.blocks if block != Text(CUT, quiet=True))[:-1]
    return replace(card, blocks=(*kept, Text(CUT, quiet=True)))


def _draw(card: Card, room: _Room, seed: str, repeat: bool) -> Json:
    title = lines(card.title, room.text, size="Large", weight="Bolder")
    blocks = [element for block in card.blocks for element in _block(block, room, seed)]
    return envelope(card.line, [*repeated(repeat, room.text), *title, *blocks])


def _block(block: Block, room: _Room, seed: str) -> list[Json]:
    match block:
        case Text():
            return lines(block.text, room.text, **(QUIET if block.quiet else {}))
        case Facts():
            return _facts(block, room)
        case Table():
            return _table(block, room)
        case Notice():
            return notice(block, room.text)
        case Buttons():
            return _buttons(block, room, seed)
        case Link():
            return [_link(block, room)]
        case Bars():
            return [element for row in block.rows for element in bar(row, room.text)]
    assert_never(block)


def _link(link: Link, room: _Room) -> Json:
    """Words that open the address, or only the words where it is not one that may be opened."""
    text = single(link.text, room.text)
    if not _ADDRESS.fullmatch(link.url):
        return line(text)
    return line(text, selectAction={"type": "Action.OpenUrl", "url": link.url})


def _facts(facts: Facts, room: _Room) -> list[Json]:
    rows = [_row(_head(label, room), _cell(_value(value, room.text))) for label, value in facts.pairs]
    if not rows:
        return []
    columns = [{"width": 1}, {"width": 2}]  # on a phone, the longest word of our labels still fits
    return [_grid(columns, rows, firstRowAsHeaders=False, showGridLines=False)]


def _table(table: Table, room: _Room) -> list[Json]:
    if not table.head:
        return []
    shown = table.rows[: room.rows]
    grid = (_folded if len(table.head) > SIDE_BY_SIDE else _spread)(table.head, shown, room)
    left = len(table.rows) - len(shown)
    return [grid, *([line(f"… and {left} more", **QUIET)] if left else [])]


def _spread(head: tuple[str, ...], shown: tuple[tuple[str, ...], ...], room: _Room) -> Json:
    rows = [_row(*(_cell(_value(value, room.cell)) for value in row)) for row in shown]
    heads = _row(*(_head(one, room) for one in head))
    return _grid(_columns((head, *shown)), [heads, *rows], firstRowAsHeaders=True)


def _folded(head: tuple[str, ...], shown: tuple[tuple[str, ...], ...], room: _Room) -> Json:
    """The row's name, and beside it the second column over all the others in small print."""
    rows = [_row(_head(row[0], room), _cell(_beside(row, room))) for row in shown]
    heads = _row(_head(head[0], room), _cell([line(_joined(head[1:], room), weight="Bolder")]))
    return _grid([{"width": 3}, {"width": 7}], [heads, *rows], firstRowAsHeaders=True)


def _beside(row: tuple[str, ...], room: _Room) -> list[Json]:
    return [*_value(row[1], room.cell), line(_joined(row[2:], room), **QUIET)]


def _joined(cells: tuple[str, ...], room: _Room) -> str:
    return " · ".join(single(cell, room.cell) for cell in cells)


def _columns(rows: tuple[tuple[str, ...], ...]) -> list[Json]:
    """As wide as what stands in them, within reason."""
    longest = (max(map(len, column)) for column in zip(*rows, strict=False))
    return [{"width": max(4, min(24, length))} for length in longest]


def _grid(columns: list[Json], rows: list[Json], **look: bool) -> Json:
    return {"type": "Table", "columns": columns, "rows": rows, **look}


def _row(*cells: Json) -> Json:
    return {"type": "TableRow", "cells": list(cells)}


def _cell(items: list[Json]) -> Json:
    return {"type": "TableCell", "items": items}


def _head(text: str, room: _Room) -> Json:
    return _cell([line(single(text, room.cell), weight="Bolder")])


def _value(text: str, longest: int) -> list[Json]:
    """Bare strings where nothing is styled: they are text runs too, and a table has many."""
    said = [one for one in clipped(text, longest).split("\n") if one.strip()]
    return [{"type": "RichTextBlock", "inlines": [one]} for one in said or ["-"]]


def _buttons(buttons: Buttons, room: _Room, seed: str) -> list[Json]:
    return [
        {"type": "ActionSet", "actions": [_action(button, room, seed) for button in row]}
        for row in _rows(buttons.buttons)
    ]


def _rows(buttons: tuple[Button, ...]) -> list[list[Button]]:
    """As many in a row as a narrow pane shows with their whole labels, in their order."""
    rows: list[list[Button]] = []
    left = 0
    for button in buttons:
        wide = min(len(button.label), WIDE) + FRAME
        if not rows or wide > left or len(rows[-1]) == ROW:
            rows.append([])
            left = WIDE
        rows[-1].append(button)
        left -= wide
    return rows


def _action(button: Button, room: _Room, seed: str) -> Json:
    carried = Carried(button.verb, button.fields, nonce(button.verb, button.fields, seed)).data
    data = carried | {"msteams": {"type": "task/fetch"}} if button.opens and not room.dialog else carried
    return action(button.label, button.primary, data, room.fallback, submits=button.opens or room.dialog)


def action(label: str, primary: bool, data: Json, fallback: bool, *, submits: bool) -> Json:
    """A button: Action.Submit, or Action.Execute which old clients take as one, too."""
    style = "positive" if primary else "default"
    common: Json = {"title": single(label, 80), "style": style, "data": data}
    if submits:
        return {"type": "Action.Submit", **common}
    old = {"fallback": {"type": "Action.Submit", **common}} if fallback else {}
    return {"type": "Action.Execute", "verb": data["verb"], **common, **old}
