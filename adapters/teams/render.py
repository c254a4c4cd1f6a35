"""A card in Teams' own words: Adaptive Card 1.5, in elements that never read markup, and never too big."""

import hashlib
import json
import re
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias, assert_never

from bot.views import Block, Button, Buttons, Card, Facts, Notice, Table, Text, Tone

Json: TypeAlias = dict[str, Any]

LIMIT: Final = 28_000  # bytes of UTF-8; Teams refuses a card above about 28 KB
REPEAT: Final = "This may be a repeat: we could not confirm that the first copy arrived."
CUT: Final = "The rest is too long to show here."
SCHEMA: Final = "http://adaptivecards.io/schemas/adaptive-card.json"
SIDE_BY_SIDE: Final = 3  # columns that can still be read side by side on a phone or in a narrow pane
ROW: Final = 5  # Teams hides the seventh button of a row and what follows

_STYLES: Final = {
    Tone.PLAIN: "emphasis",
    Tone.GOOD: "good",
    Tone.WARNING: "warning",
    Tone.ALARM: "attention",
}
# Control characters have no picture, and the bidirectional ones turn round what stands beside them.
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_DATE: Final = re.compile(r"\{\{(?=(?:DATE|TIME)\()")  # the one thing a text run would still work out


@dataclass(frozen=True, slots=True)
class _Room:
    """How much of everything is shown: characters of a text and of a table's cell, rows, and fallbacks."""

    text: int
    cell: int
    rows: int
    fallback: bool = True


# From roomy to cramped: the first that keeps the card under the limit is taken.
_ROOMS: Final = (
    _Room(4_000, 200, 100),
    _Room(4_000, 80, 50),
    _Room(2_000, 40, 30),
    _Room(1_000, 40, 20),
    _Room(400, 24, 10),
    _Room(160, 16, 5, fallback=False),
)


def adaptive(card: Card, nonce_seed: str, repeat: bool = False) -> Json:
    """The card as an Adaptive Card of at most LIMIT bytes; what does not fit ends in an ellipsis.

    Buttons made from the same seed carry the same nonces, so that pressing twice is one request; take the
    parcel's key for a message, the intent's key for an answer.
    """
    while True:
        for room in _ROOMS:
            drawn = _draw(card, room, nonce_seed, repeat)
            if size(drawn) <= LIMIT:
                return drawn
        card = _shortened(card)


def size(drawn: Json) -> int:
    """Bytes on the wire."""
    return len(json.dumps(drawn, ensure_ascii=False, separators=(",", ":")).encode())


def nonce(button: Button, seed: str) -> str:
    """The same for the same button under the same seed, and telling nothing about either."""
    said = json.dumps([seed, button.verb, sorted(button.fields.items())])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _shortened(card: Card) -> Card:
    """Without its last block, and saying so. Not even a card of one block that is too big is an error."""
    kept = tuple(block for block in card.blocks if block != Text(CUT, quiet=True))[:-1]
    return replace(card, blocks=(*kept, Text(CUT, quiet=True)))


def _draw(card: Card, room: _Room, seed: str, repeat: bool) -> Json:
    first = _notice(Notice(REPEAT, Tone.WARNING), room) if repeat else []
    title = _lines(card.title, room.text, size="Large", weight="Bolder")
    blocks = [element for block in card.blocks for element in _block(block, room, seed)]
    line = _single(card.line, 250)
    return {
        "type": "AdaptiveCard",
        "$schema": SCHEMA,
        "version": "1.5",
        "fallbackText": line,
        "speak": line,
        "msteams": {"width": "full"},
        "body": [*first, *title, *blocks],
    }


def _block(block: Block, room: _Room, seed: str) -> list[Json]:
    match block:
        case Text():
            return _lines(block.text, room.text, **(_QUIET if block.quiet else {}))
        case Facts():
            return _facts(block, room)
        case Table():
            return _table(block, room)
        case Notice():
            return _notice(block, room)
        case Buttons():
            return _buttons(block, room, seed)
    assert_never(block)


_QUIET: Final = {"size": "Small", "isSubtle": True}


def _lines(text: str, longest: int, **style: Any) -> list[Json]:
    """A paragraph per line: a run of text would join them."""
    return [_line(line, **style) for line in _clipped(text, longest).split("\n") if line.strip()]


def _line(text: str, **style: Any) -> Json:
    """Rich text although it is plain: a TextBlock or a FactSet would take a person's words as markdown."""
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, **style}]}


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
    return [grid, *([_line(f"… and {left} more", **_QUIET)] if left else [])]


def _spread(head: tuple[str, ...], shown: tuple[tuple[str, ...], ...], room: _Room) -> Json:
    rows = [_row(*(_cell(_value(value, room.cell)) for value in row)) for row in shown]
    heads = _row(*(_head(one, room) for one in head))
    return _grid(_columns((head, *shown)), [heads, *rows], firstRowAsHeaders=True)


def _folded(head: tuple[str, ...], shown: tuple[tuple[str, ...], ...], room: _Room) -> Json:
    """The row's name, and beside it the second column over all the others in small print."""
    rows = [_row(_head(row[0], room), _cell(_beside(row, room))) for row in shown]
    heads = _row(_head(head[0], room), _cell([_line(_joined(head[1:], room), weight="Bolder")]))
    return _grid([{"width": 3}, {"width": 7}], [heads, *rows], firstRowAsHeaders=True)


def _beside(row: tuple[str, ...], room: _Room) -> list[Json]:
    return [*_value(row[1], room.cell), _line(_joined(row[2:], room), **_QUIET)]


def _joined(cells: tuple[str, ...], room: _Room) -> str:
    return " · ".join(_single(cell, room.cell) for cell in cells)


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
    return _cell([_line(_single(text, room.cell), weight="Bolder")])


def _value(text: str, longest: int) -> list[Json]:
    """Bare strings where nothing is styled: they are text runs too, and a table has many."""
    lines = [line for line in _clipped(text, longest).split("\n") if line.strip()]
    return [{"type": "RichTextBlock", "inlines": [line]} for line in lines or ["-"]]


def _notice(notice: Notice, room: _Room) -> list[Json]:
    items = _lines(notice.text, room.text, weight="Bolder")
    return [{"type": "Container", "style": _STYLES[notice.tone], "items": items}] if items else []


def _buttons(buttons: Buttons, room: _Room, seed: str) -> list[Json]:
    actions = [_action(button, room, seed) for button in buttons.buttons]
    return [
        {"type": "ActionSet", "actions": actions[start : start + ROW]}
        for start in range(0, len(actions), ROW)
    ]


def _action(button: Button, room: _Room, seed: str) -> Json:
    fields = {name: _sound(value) for name, value in button.fields.items()}
    data = {"verb": button.verb, "fields": fields, "nonce": nonce(button, seed)}
    style = "positive" if button.primary else "default"
    common: Json = {"title": _single(button.label, 80), "style": style, "data": data}
    fallback = {"fallback": {"type": "Action.Submit", **common}} if room.fallback else {}
    return {"type": "Action.Execute", "verb": button.verb, **common, **fallback}


def _single(text: str, longest: int) -> str:
    """The same on one line, and never nothing."""
    return " ".join(_clipped(text, longest).split()) or "-"


def _clipped(text: str, longest: int) -> str:
    """At most `longest` characters, cut with an ellipsis, and nothing in it that is not text."""
    seen = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    plain = _DATE.sub("{\u200b{", _sound(seen)).strip()
    return plain if len(plain) <= longest else f"{plain[: longest - 1].rstrip()}…"


def _sound(text: str) -> str:
    """Half a surrogate pair can be held in a string, but not sent."""
    return text.encode(errors="replace").decode()
