"""An independent opinion on an Adaptive Card: Microsoft's own models, and a walker that knows 1.5 only."""

import json
from collections.abc import Iterator
from typing import Any

from microsoft_teams import cards as models

WEIGHT = 28 * 1024  # bytes of JSON that Teams takes
LONGEST_ROW = 6  # actions that Teams shows in one set

# The properties of version 1.5 (adaptivecards.io) for the elements that we may use: nothing that reads
# markdown (TextBlock, FactSet), nothing newer, nothing that only Teams knows.
INPUT = {"id", "label", "value", "isRequired", "errorMessage"}
KNOWN: dict[str, tuple[type[models.core.SerializableObject], set[str]]] = {
    "AdaptiveCard": (
        models.AdaptiveCard,
        {"$schema", "version", "body", "fallbackText", "speak", "lang", "msteams"},
    ),
    "RichTextBlock": (models.RichTextBlock, {"inlines", "horizontalAlignment", "spacing", "separator"}),
    "TextRun": (
        models.TextRun,
        {"text", "size", "weight", "color", "isSubtle", "italic", "fontType", "selectAction"},
    ),
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
    "Action.OpenUrl": (models.OpenUrlAction, {"title", "url"}),
    "Input.Text": (models.TextInput, INPUT | {"isMultiline", "maxLength", "placeholder"}),
    "Input.Date": (models.DateInput, INPUT | {"placeholder"}),
    "Input.ChoiceSet": (
        models.ChoiceSetInput,
        INPUT | {"choices", "choices.data", "style", "isMultiSelect", "wrap", "placeholder"},
    ),
    "Data.Query": (models.QueryData, {"dataset"}),
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


def elements(node: Any, beside: tuple[str, ...] = ("data",)) -> Iterator[dict[str, Any]]:
    """Every element and action, outermost first; what stands `beside` them is not looked into."""
    if isinstance(node, list):
        for item in node:
            yield from elements(item, beside)
    if isinstance(node, dict):
        if "type" in node:
            yield node
        for name, inner in node.items():
            if name not in beside:
                yield from elements(inner, beside)


def words(card: dict[str, Any]) -> list[str]:
    """What a reader sees, in order."""
    return [text for element in elements(card["body"], ("data", "fallback")) for text in _said(element)]


def buttons(card: dict[str, Any]) -> list[dict[str, Any]]:
    """The Action.Execute of each button; of one that only submits its Action.Submit."""
    sets = (element["actions"] for element in elements(card["body"]) if element["type"] == "ActionSet")
    return [action for actions in sets for action in actions]


def inputs(card: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every input by its id."""
    return {one["id"]: one for one in elements(card["body"]) if one["type"].startswith("Input.")}


def _said(element: dict[str, Any]) -> list[str]:
    match element["type"]:
        case "TextRun":
            return [element["text"]]
        case "RichTextBlock":
            return [inline for inline in element["inlines"] if isinstance(inline, str)]
        case "Action.Execute" | "Action.Submit":
            return [element["title"]]
        case "Input.Text" | "Input.Date" | "Input.ChoiceSet":
            return [element["label"]]
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
        case "Action.OpenUrl":
            assert element["url"].startswith("https://")
        case "Input.Text":
            assert len(element.get("value", "")) <= element["maxLength"]
        case "Input.ChoiceSet" if "choices.data" not in element:
            _offered(element)


def _offered(choices: dict[str, Any]) -> None:
    """Every choice can be told from the others, and what is chosen is on offer."""
    values = [one["value"] for one in choices["choices"]]
    assert len(set(values)) == len(values)
    assert all(one["title"].strip() and one["value"] for one in choices["choices"])
    chosen = choices.get("value", "")
    assert set(chosen.split(",") if choices["isMultiSelect"] else [chosen]) <= {*values, ""}
