"""Words as elements of an Adaptive Card that never read markup: text runs, whatever somebody wrote."""

import json
import re
from typing import Any, Final, TypeAlias

from bot.views import Bar, Notice, Tone

Json: TypeAlias = dict[str, Any]

LIMIT: Final = 28_000  # bytes of UTF-8; Teams refuses a card above about 28 KB
SCHEMA: Final = "http://adaptivecards.io/schemas/adaptive-card.json"
REPEAT: Final = "This may be a repeat: we could not confirm that the first copy arrived."
QUIET: Final = {"size": "Small", "isSubtle": True}

SQUARES: Final = 20  # of a bar that stays on one line on a phone

_COLOURS: Final = {Tone.PLAIN: "Accent", Tone.GOOD: "Good", Tone.WARNING: "Warning", Tone.ALARM: "Attention"}
_STYLES: Final = {
    Tone.PLAIN: "emphasis",
    Tone.GOOD: "good",
    Tone.WARNING: "warning",
    Tone.ALARM: "attention",
}
# Control characters have no picture, and the bidirectional ones turn round what stands beside them.
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_DATE: Final = re.compile(r"\{\{(?=(?:DATE|TIME)\()")  # the one thing a text run would still work out


def envelope(summary: str, body: list[Json]) -> Json:
    """A whole card; the summary is what is spoken, and shown where no card can be."""
    shown = single(summary, 250)
    return {
        "type": "AdaptiveCard",
        "$schema": SCHEMA,
        "version": "1.5",
        "fallbackText": shown,
        "speak": shown,
        "msteams": {"width": "full"},
        "body": body,
    }


def size(drawn: Any) -> int:
    """Bytes on the wire."""
    return len(json.dumps(drawn, ensure_ascii=False, separators=(",", ":")).encode())


def line(text: str, **style: Any) -> Json:
    """Rich text although it is plain: a TextBlock or a FactSet would take a person's words as markdown."""
    return {"type": "RichTextBlock", "inlines": [_run(text, **style)]}


def lines(text: str, longest: int, **style: Any) -> list[Json]:
    """A paragraph per line: a run of text would join them."""
    return [line(one, **style) for one in clipped(text, longest).split("\n") if one.strip()]


def notice(told: Notice, longest: int) -> list[Json]:
    """One line in the colour of its tone."""
    items = lines(told.text, longest, weight="Bolder")
    return [{"type": "Container", "style": _STYLES[told.tone], "items": items}] if items else []


def bar(row: Bar, longest: int) -> list[Json]:
    """A row of a picture: label and words, and under them the same in squares in the colour of its tone.

    Teams has broken cards with a ProgressBar before now, and a column of colour is nearly white there.
    """
    used = round(SQUARES * min(1.0, max(0.0, row.used)))
    parts = (("█" * used, {"color": _COLOURS[row.tone]}), ("░" * (SQUARES - used), {"isSubtle": True}))
    squares = [_run(text, fontType="Monospace", **look) for text, look in parts if text]
    told = [_run(f"{single(row.label, longest)}: ", weight="Bolder"), _run(single(row.words, longest))]
    blocks = ({"inlines": told, "spacing": "Medium"}, {"inlines": squares, "spacing": "None"})
    return [{"type": "RichTextBlock", **block} for block in blocks]


def _run(text: str, **style: Any) -> Json:
    return {"type": "TextRun", "text": text, **style}


def repeated(repeat: bool, longest: int) -> list[Json]:
    """What is said first where the message may be there twice."""
    return notice(Notice(REPEAT, Tone.WARNING), longest) if repeat else []


def single(text: str, longest: int) -> str:
    """The same on one line, and never nothing."""
    return " ".join(clipped(text, longest).split()) or "-"


def clipped(text: str, longest: int) -> str:
    """At most `longest` characters, cut with an ellipsis, and nothing in it that is not text."""
    seen = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    plain = _DATE.sub("{\u200b{", sound(seen)).strip()
    return plain if len(plain) <= longest else f"{plain[: longest - 1].rstrip()}…"


def sound(text: str) -> str:
    """Half a surrogate pair can be held in a string, but not sent."""
    return text.encode(errors="replace").decode()
