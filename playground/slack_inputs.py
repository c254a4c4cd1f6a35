"""The inputs of a modal: what stands in them, what may be put in, and what Slack insists on."""

import re
from collections.abc import Iterator
from typing import Any

from playground.cast import Json, Workspace

# By kind of input: the key of its state and the key of its drawing under which the value stands.
KEYS = {
    "plain_text_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "datepicker": ("selected_date", "initial_date"),
    "users_select": ("selected_user", "initial_user"),
}
REQUIRED = "Please complete this required field."
TEXT = 3000

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def inputs(view: Json) -> Iterator[Json]:
    """The input blocks of a view, from top to bottom."""
    return (block for block in view["blocks"] if block["type"] == "input")


def drawn(view: Json) -> Json:
    """The values of a view that nobody has touched: {block_id: {action_id: state}}."""
    return {block["block_id"]: {block["element"]["action_id"]: _state(block)} for block in inputs(view)}


def kept(old: Json, new: Json) -> Json:
    """The values after an update: what stands in an input stays as long as its ids and its kind do."""
    values = drawn(new)
    for block_id, states in values.items():
        before = old.get(block_id, {})
        for action_id, state in states.items():
            if before.get(action_id, {}).get("type") == state["type"]:
                states[action_id] = before[action_id]
    return values


def put(view: Json, values: Json, workspace: Workspace) -> Json:
    """The view's values with these in their place; ValueError for what no client could send."""
    there = {block["block_id"]: block for block in inputs(view)}
    filled: Json = {block_id: dict(states) for block_id, states in view["state"]["values"].items()}
    for block_id, states in values.items():
        if block_id not in there:
            raise ValueError(f"there is no input {block_id}")
        element = there[block_id]["element"]
        for action_id, state in states.items():
            if action_id != element["action_id"] or state.get("type") != element["type"]:
                raise ValueError(f"{block_id} holds no {state.get('type')} named {action_id}")
            filled[block_id][action_id] = _taken(element, state, workspace)
    return filled


def missing(view: Json, values: Json) -> dict[str, str]:
    """What the client says at required inputs that are empty; it sends nothing then."""
    wanted = (block for block in inputs(view) if not block.get("optional"))
    empty = (block["block_id"] for block in wanted if not _filled(values[block["block_id"]]))
    return dict.fromkeys(empty, REQUIRED)


def options(element: Json) -> list[Json]:
    """Every option of a select, grouped or not."""
    groups = element.get("option_groups") or [element]
    return [option for group in groups for option in group.get("options", [])]


def _state(block: Json) -> Json:
    element = block["element"]
    key, initial = KEYS[element["type"]]
    empty: Any = [] if element["type"] == "multi_static_select" else None
    return {"type": element["type"], key: element.get(initial, empty)}


def _taken(element: Json, state: Json, workspace: Workspace) -> Json:
    kind = element["type"]
    key, _ = KEYS[kind]
    value = state.get(key)
    checked: Any
    match kind:
        case "plain_text_input":
            checked = _words(element, value)
        case "static_select":
            checked = _option(element, value)
        case "multi_static_select":
            checked = [_option(element, one) for one in value or ()]
        case "datepicker":
            checked = _day(value)
        case _:
            checked = _person(value, workspace)
    return {"type": kind, key: checked}


def _words(element: Json, value: object) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) > element.get("max_length", TEXT):
        raise ValueError("a text of that length cannot be typed")
    if "\n" in value and not element.get("multiline"):
        raise ValueError("a single line has no line breaks")
    return value


def _option(element: Json, value: Any) -> Json | None:
    """The option as it was drawn; only its value has to be told."""
    if not value:
        return None
    found = next((one for one in options(element) if one["value"] == value["value"]), None)
    if found is None:
        raise ValueError(f"{value['value']} is not on offer")
    return found


def _day(value: object) -> str | None:
    if not value:
        return None
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError(f"{value} is no date")
    return value


def _person(value: object, workspace: Workspace) -> str | None:
    if not value:
        return None
    if value not in {person.id for person in workspace.people}:
        raise ValueError(f"{value} is nobody in {workspace.name}")
    return str(value)


def _filled(states: Json) -> bool:
    return all(any(value for key, value in state.items() if key != "type") for state in states.values())
