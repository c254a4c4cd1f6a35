"""From a View to Slack's blocks and its one line, inside every limit; what people wrote is never markup."""

import html
import json
import logging
import re
from collections.abc import Iterable, Iterator
from typing import assert_never

from bot.views import Bar, Bars, Block, Button, Buttons, Facts, Form, Link, Notice, Table, Text, Tone, View

log = logging.getLogger(__name__)

ACTION = re.compile(r"^parley\.")
Json = dict[str, object]

BLOCKS, TITLE, LONGEST, LINE, ADDRESS = 50, 150, 3000, 1000, 3000
VIEW_BLOCKS = 100  # a home or a modal holds twice as many as a message
PAIRS, LABEL, VALUE = 5, 200, 2000  # a section holds ten fields: five labels and five values
BUTTONS, BUTTON_LABEL, BUTTON_VALUE = 25, 75, 2000
FIRST_CELL, OTHER_CELLS = 150, 1500
SQUARES, FULL, FREE = 20, "█", "░"  # a bar that stays on one line on a phone
REPEATED = "This may be a repeat: we could not confirm that the first copy arrived."
RULE: Json = {"type": "divider"}
LEAD = {Tone.PLAIN: "", Tone.GOOD: "", Tone.WARNING: "Note: ", Tone.ALARM: "Alarm: "}
# Control characters have no picture, and the bidirectional ones turn round what stands beside them.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
UNFORMATTED = str.maketrans(dict.fromkeys("*_~`"))


def blocks(view: View, repeat: bool = False, most: int = BLOCKS) -> list[Json]:
    """The card's blocks, at most `most`; `repeat` says first that an earlier copy may have arrived.

    A message cannot hold a form: it shows what stands for it.
    """
    card = view.instead if isinstance(view, Form) else view
    drawn = [_small(REPEATED)] if repeat else []
    if card.title.strip():
        drawn.append({"type": "header", "text": exact(card.title, TITLE)})
    for at, block in enumerate(card.blocks):
        drawn += [RULE] if at and _is_heading(card.blocks[at : at + 2]) else []
        drawn += _drawn(block, len(drawn))
    if len(drawn) > most:
        drawn = [one for one in drawn if one is not RULE]
    return drawn if len(drawn) <= most else [*drawn[: most - 1], _small("…")]


def _is_heading(following: tuple[Block, ...]) -> bool:
    """Whether a notice stands over a list: a line is drawn above it, since Slack shows both in one weight."""
    match following:
        case (Notice(tone=Tone.PLAIN), Facts() | Table() | Bars()):
            return True
    return False


def line(view: View) -> str:
    """The text beside the blocks, for notifications and screen readers. Slack reads markup in it: escaped."""
    return html.escape(cut(seen(view.line).strip() or "Parley", LINE), quote=False)


def cut(text: str, limit: int) -> str:
    """At most `limit` characters; what had to go is marked."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def seen(text: str) -> str:
    """The text without what cannot be seen and only misleads."""
    return UNSEEN.sub("", text)


def _drawn(block: Block, above: int) -> list[Json]:
    """One block of ours as those of Slack; `above` counts the blocks already drawn, to name buttons apart."""
    match block:
        case Text(text, quiet):
            return [_small(part) if quiet else section(part) for part in _parts(text)]
        case Facts():
            return list(_facts(block))
        case Table():
            return list(_table(block))
        case Notice():
            return notice(block)
        case Buttons(buttons):
            return _actions(buttons, above)
        case Link(text, url):
            return [_link(text, url)]
        case Bars(rows):
            return list(_lines(_bar(row) for row in rows))
        case _:
            assert_never(block)


def exact(text: str, limit: int = LONGEST) -> Json:
    """Slack shows plain text as it stands: no markup, no mentions, no emoji names."""
    return {"type": "plain_text", "text": cut(seen(text), limit) or "…", "emoji": False}


def section(text: str) -> Json:
    """A paragraph, as it stands."""
    return {"type": "section", "text": exact(text)}


def _small(text: str) -> Json:
    return {"type": "context", "elements": [exact(text)]}


def _parts(text: str, most: int = LONGEST) -> Iterator[str]:
    """A long text in pieces that fit a section, broken between words where there is a gap to break at."""
    rest = text.strip()
    while len(rest) > most:
        gap = max(rest.rfind("\n", most // 2, most), rest.rfind(" ", most // 2, most))
        at = gap if gap > 0 else most
        yield rest[:at].rstrip()
        rest = rest[at:].lstrip()
    if rest:
        yield rest


def notice(told: Notice) -> list[Json]:
    """What must be seen first is bold, and says in a word how loud it is."""
    words = seen(told.text).strip()
    return [_rich([_bold(cut(f"{LEAD[told.tone]}{words}", LONGEST))])] if words else []


def _link(text: str, url: str) -> Json:
    """Words that lead somewhere; only the words where Slack would not take the address."""
    words = cut(seen(text).strip() or url, LONGEST)
    if not url.startswith("https://") or len(url) > ADDRESS:
        return _rich([_plain(words or "…")])
    return _rich([{"type": "link", "url": url, "text": words}])


def _facts(facts: Facts) -> Iterator[Json]:
    """A line a pair, its label bold; a long value goes on in the next block."""
    return _lines(line for label, value in facts.pairs for line in _fact(label, value))


def _fact(label: str, value: str) -> Iterator[tuple[Json, ...]]:
    named = _bold(f"{cut(' '.join(seen(label).split()), LABEL) or '–'}: ")
    first, *more = [*_parts(seen(value), VALUE)] or ["–"]
    yield named, _plain(f"{first}\n")
    for part in more:
        yield (_plain(f"{part}\n"),)


def _value(value: str) -> str:
    return cut(seen(value).strip(), VALUE) or "–"


def _table(table: Table) -> Iterator[Json]:
    """One line a row, its first cell bold, and the head all bold."""
    head, rows = _cells(table.head), (_cells(row) for row in table.rows)
    yield from _lines(
        [
            (_bold(head[0]), _bold(f"{head[1]}\n")),
            *((_bold(first), _plain(f"{rest}\n")) for first, rest in rows),
        ]
    )


def _bar(row: Bar) -> tuple[Json, ...]:
    """Its label and its words, and under them the same in squares; as code, Slack would draw them all red."""
    used = round(SQUARES * min(1.0, max(0.0, row.used)))
    squares = f"{FULL * used}{FREE * (SQUARES - used)}\n"
    label = cut(" ".join(seen(row.label).split()), LABEL) or "–"
    return _bold(f"{label}: "), _plain(f"{_value(row.words)}\n"), _plain(squares)


def _lines(lines: Iterable[tuple[Json, ...]]) -> Iterator[Json]:
    """Rich text keeps words exact and may still be bold; as many lines to a block as fit."""
    elements: list[Json] = []
    size = 0
    for line in lines:
        length = sum(len(str(part["text"])) for part in line)
        if size + length > LONGEST and elements:
            yield _rich(elements)
            elements, size = [], 0
        elements += line
        size += length
    if elements:
        yield _rich(elements)


def _plain(text: str) -> Json:
    return {"type": "text", "text": text}


def _bold(text: str) -> Json:
    return {"type": "text", "text": text, "style": {"bold": True}}


def _cells(row: tuple[str, ...]) -> tuple[str, str]:
    """The first cell, and the others joined as they follow it; each on one line."""
    cells = [" ".join(seen(cell).split()) or "–" for cell in row] or ["–"]
    return cut(cells[0], FIRST_CELL), cut("".join(f" · {cell}" for cell in cells[1:]), OTHER_CELLS)


def _rich(elements: list[Json]) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _actions(buttons: tuple[Button, ...], above: int) -> list[Json]:
    drawn = [_button(button, f"parley.{above}.{at}") for at, button in enumerate(buttons[:BUTTONS])]
    fitting = [button for button in drawn if button]
    return [{"type": "actions", "block_id": f"parley.{above}", "elements": fitting}] if fitting else []


def _button(button: Button, action: str) -> Json | None:
    """Its value holds all a press means; with one too long Slack would refuse the whole message."""
    meaning = {"verb": button.verb, "fields": dict(button.fields)}
    value = json.dumps(meaning, ensure_ascii=False, separators=(",", ":"))
    if len(value) > BUTTON_VALUE:
        log.error("a button of %s is left out: its fields are too long for Slack", button.verb)
        return None
    label = exact(button.label.strip() or "Open", BUTTON_LABEL)
    primary = {"style": "primary"} if button.primary else {}
    return {"type": "button", "action_id": action, "text": label, "value": value, **primary}
