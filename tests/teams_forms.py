"""An input card as the person in front of it sees it, and what their client sends of it."""

from collections.abc import Iterator
from typing import Any

from tests.forms import SeenField, SeenForm

CLEAR = "(none)"  # the value of the choice that takes a choice back
KINDS = {"Input.Text": "text", "Input.Date": "date", "Input.ChoiceSet": "choice"}


def seen_form(id_: str, title: str, card: dict[str, Any], people: dict[str, str]) -> SeenForm | None:
    """The form on a card, None where there is none; `people` are whom a picker of accounts offers."""
    sends = [one for one in actions(card) if "form" in one.get("data", {})]
    if not sends:
        return None
    fields, words, last = {}, [], None
    for part in card["body"]:
        if part["type"] in KINDS:
            last = fields[part["id"]] = _field(part, people)
        elif last and (error := _error(part)):
            last.error = f"{last.error} {error}".strip()
        else:
            words += texts(part)
    return SeenForm(
        id_, title or _headline(card), "\n".join(words), fields or _kept(sends[-1]["data"]), sends[-1]
    )


def data(form: SeenForm) -> dict[str, Any]:
    """What the client sends: what was filled in, beside what the button carries, without what is empty."""
    button = {name: value for name, value in form.native["data"].items() if name not in form.fields}
    typed = {
        name: one.value.replace("\n", ",") if one.many else one.value for name, one in form.fields.items()
    }
    return button | {name: value for name, value in typed.items() if value}


def actions(part: Any) -> Iterator[dict[str, Any]]:
    """Every button of a card."""
    if isinstance(part, list):
        for one in part:
            yield from actions(one)
    elif isinstance(part, dict):
        yield from part.get("actions", [])
        yield from actions(part.get("body", []))


def texts(part: Any) -> Iterator[str]:
    """Every text of a card, in reading order, buttons aside."""
    if isinstance(part, list):
        for one in part:
            yield from texts(one)
        return
    if part.get("type") == "RichTextBlock":
        yield "".join(one if isinstance(one, str) else one.get("text", "") for one in part["inlines"])
        return
    if part.get("type") == "TextBlock":
        yield part["text"]
    for inside in ("items", "columns", "rows", "cells", "body"):
        yield from texts(part.get(inside, []))


def _field(part: dict[str, Any], people: dict[str, str]) -> SeenField:
    picker, many = "choices.data" in part, part.get("isMultiSelect", False)
    kind = "account" if picker else KINDS[part["type"]]
    options = {one["title"]: one["value"] for one in part.get("choices", []) if one["value"] != CLEAR}
    value = part.get("value", "").replace(CLEAR, "")
    shown = value.replace(",", "\n") if many else value
    return SeenField(
        part["label"], kind, shown, people if picker else options, "", not part.get("isRequired"), many
    )


def _headline(card: dict[str, Any]) -> str:
    """What stands on it in large letters: a dialog has its title in its frame."""
    runs = [run for part in card["body"] for run in part.get("inlines", []) if isinstance(run, dict)]
    return next((run["text"] for run in runs if run.get("size") == "Large"), "")


def _error(part: dict[str, Any]) -> str:
    """What stands under an input in the colour of an error."""
    runs = part.get("inlines", [])
    loud = [one["text"] for one in runs if isinstance(one, dict) and one.get("color") == "Attention"]
    return " ".join(loud)


def _kept(carried: dict[str, Any]) -> dict[str, SeenField]:
    """Of a form that is only shown again, to be sent as it was."""
    inputs = carried["form"]["inputs"].items()
    return {name: SeenField(one["label"], one["kind"], carried.get(name, "")) for name, one in inputs}
