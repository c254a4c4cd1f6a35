"""An independent opinion on an Adaptive Card: Microsoft's own models, and a walker that knows 1.5 only."""

import json
from collections.abc import Iterator
from typing import Any

from microsoft_teams import cards as models

WEIGHT = 28 * 1024  # bytes of JSON that Teams takes
LONGEST_ROW = 6  # actions that Teams shows in one set

# The properties of version 1.5 (adaptivecards.io) for the elements that we may use: nothing that reads
# markdown (TextBlock, FactSet), nothing newer, nothing that only Teams knows.
KNOWN: dict[str, tuple[type[models.core.SerializableObject], set[str]]] = {
    "AdaptiveCard": (
        models.AdaptiveCard,
        {"$schema", "version", "body", "fallbackText", "speak", "lang", "msteams"},
    ),
    "RichTextBlock": (models.RichTextBlock, {"inlines", "horizontalAlignment", "spacing", "separator"}),
    "TextRun": (models.TextRun, {"text", "size", "weight", "color", "isSubtle", "italic", "fontType"}),
    "Container": (models.Container, {"items", "style", "bleed", "spacing", "separator"}),
    "Table": (
        models.Table,
        {"columns", "rows", "firstRowAsHeaders", "showGridLines", "gridStyle", "spacing", "separator"},
    ),
    "TableRow": (models.TableRow, {"cells", "style"}),
    "TableCell": (models.TableCell, {"items", "style"}),
    "ActionSet": (models.ActionSet, {"actions", "spacing", "separator"}),
    "Action.Execute": (models.ExecuteAction, {"title", "verb", "data", "style", "fallback", "tooltip"}),
    "Action.Submit": (models.SubmitAction, {"title", "data", "style", "tooltip"}),
}


def judge(card: dict[str, Any]) -> None:
    """AssertionError or a validation error where Teams might not show the card as it is meant."""
    assert len(json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode()) < WEIGHT
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.5")
    assert card["fallbackText"]
    assert card["speak"]
    assert card["body"]
    for element in elements(card):
        _known(element)
        _within_limits(element)


def elements(node: Any) -> Iterator[dict[str, Any]]:
    """Every element and action, outermost first; what a button carries is not looked into."""
    if isinstance(node, list):
        for item in node:
            yield from elements(item)
    if isinstance(node, dict):
        if "type" in node:
            yield node
        for name, inner in node.items():
            if name != "data":
                yield from elements(inner)


def words(card: dict[str, Any]) -> list[str]:
    """What a reader sees, in order."""
    return [text for element in elements(card["body"]) for text in _said(element)]


def buttons(card: dict[str, Any]) -> list[dict[str, Any]]:
    """The Action.Execute of each button."""
    return [element for element in elements(card["body"]) if element["type"] == "Action.Execute"]


def _said(element: dict[str, Any]) -> list[str]:
    match element["type"]:
        case "TextRun":
            return [element["text"]]
        case "RichTextBlock":
            return [inline for inline in element["inlines"] if isinstance(inline, str)]
        case "Action.Execute":
            return [element["title"]]
    return []


def _known(element: dict[str, Any]) -> None:
    model, properties = KNOWN[element["type"]]
    assert set(element) - {"type"} <= properties, f"{element['type']} has more than 1.5 knows"
    read = model.model_validate(element)
    assert set(read.model_extra or {}) <= {"$schema"}


def _within_limits(element: dict[str, Any]) -> None:
    match element["type"]:
        case "RichTextBlock":
            assert element["inlines"]
            assert all(element["inlines"])
        case "TextRun":
            assert element["text"].strip()
        case "Container" | "TableCell":
            assert element["items"]
        case "Table":
            assert {len(row["cells"]) for row in element["rows"]} == {len(element["columns"])}
        case "ActionSet":
            assert 1 <= len(element["actions"]) <= LONGEST_ROW
        case "Action.Execute" | "Action.Submit":
            assert element["title"]
            assert all(isinstance(value, str) for value in element["data"]["fields"].values())
