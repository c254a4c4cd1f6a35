"""A Slack modal as a test fills it in: from the view to a form as it is seen, and back to what is sent."""

from collections.abc import Mapping
from typing import Any

from playground.slack_inputs import inputs, options
from tests.forms import SeenField, SeenForm

KINDS = {
    "plain_text_input": ("text", "value"),
    "static_select": ("choice", "selected_option"),
    "multi_static_select": ("choice", "selected_options"),
    "datepicker": ("date", "selected_date"),
    "users_select": ("account", "selected_user"),
}
WRONG = "parley.wrong."


def seen_form(view: dict[str, Any], people: Mapping[str, str]) -> SeenForm:
    """The view as its reader sees it; `people` are user ids by name."""
    fields = {name(block["block_id"]): _field(view, block, people) for block in inputs(view)}
    texts = [_words(block) for block in view["blocks"] if not block["block_id"].startswith(WRONG)]
    words = "\n".join([*texts, view["errors"].get("", "")])
    return SeenForm(view["id"], view["title"]["text"], words, fields, view)


def values(form: SeenForm) -> dict[str, Any]:
    """What the client sends: {block_id: {action_id: state}}."""
    sent = {}
    for block in inputs(form.native):
        element, one = block["element"], form.fields[name(block["block_id"])]
        _, key = KINDS[element["type"]]
        sent[block["block_id"]] = {element["action_id"]: {"type": element["type"], key: _state(element, one)}}
    return sent


def name(block_id: str) -> str:
    """The field that an input is for."""
    return block_id.partition("~")[0]


def _field(view: Any, block: Any, people: Mapping[str, str]) -> SeenField:
    element, label = block["element"], block["label"]["text"]
    kind, key = KINDS[element["type"]]
    state = view["state"]["values"][block["block_id"]][element["action_id"]][key]
    offered = {one["text"]["text"]: one["value"] for one in options(element)}
    offered = dict(people) if kind == "account" else offered
    many, optional = element["type"].startswith("multi"), block.get("optional", False)
    return SeenField(label, kind, _value(state), offered, _error(view, block), optional, many)


def _value(state: Any) -> str:
    match state:
        case None:
            return ""
        case dict():
            return state["value"]
        case list():
            return "\n".join(one["value"] for one in state)
    return state


def _state(element: Any, field: SeenField) -> Any:
    match element["type"]:
        case "static_select":
            return {"value": field.value} if field.value else None
        case "multi_static_select":
            return [{"value": one} for one in field.value.split("\n") if one]
    return field.value or None


def _error(view: Any, block: Any) -> str:
    """Told by Slack at the input, or drawn by us above it."""
    drawn = {one["block_id"]: _words(one) for one in view["blocks"] if one["block_id"].startswith(WRONG)}
    above = drawn.get(f"{WRONG}{name(block['block_id'])}", "")
    return view["errors"].get(block["block_id"]) or above.removeprefix(f"{block['label']['text']}: ")


def _words(part: Any) -> str:
    """Every word in a block, what stands in an input aside."""
    if isinstance(part, list):
        return " ".join(filter(None, map(_words, part)))
    if not isinstance(part, dict):
        return ""
    own = part["text"] if isinstance(part.get("text"), str) else ""
    inside = (part.get(key) for key in ("text", "label", "hint", "fields", "elements"))
    return " ".join(filter(None, [own, *(_words(one) for one in inside if not isinstance(one, str))]))
