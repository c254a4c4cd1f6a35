"""What somebody filled in: from a submitted modal to an Intent, and how the modal is answered."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from adapters.slack import form as forms
from adapters.slack.read import Body, cleaned
from adapters.slack.render import Json, section
from bot.intents import Handle, Intent, Place, Reply
from bot.views import Choice, Field, Form, TextField

PLATFORM = "slack"
INPUT = "input"
# By kind of input: where its state, and where its drawing, keeps the value.
KEPT = {
    "plain_text_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "datepicker": ("selected_date", "initial_date"),
    "users_select": ("selected_user", "initial_user"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A modal as it came back: by field, the id of its block, what was filled in and how it was drawn."""

    ids: Mapping[str, str]
    values: Mapping[str, str]
    outlines: Mapping[str, object]

    def __contains__(self, name: str) -> bool:
        return name in self.ids


def submitted(body: Body) -> Intent | None:
    """A sent form; None where it is not one of ours.

    The key holds what was filled in: Slack keeps the view's hash while errors are put right, and the same
    form sent again because no answer came is the same request.
    """
    view: Body = body.get("view") or {}
    verb, hidden, place = _meaning(view.get("private_metadata"))
    if not verb:
        return None
    user: Body = body.get("user") or {}
    who, values = str(user.get("id", "")), sheet(view).values
    written = json.dumps(values, sort_keys=True).encode()
    seal = hashlib.sha256(written).hexdigest()[:32]
    return Intent(
        speaker=Handle(PLATFORM, str(user.get("team_id") or ""), who, str(user.get("name") or "")),
        place=place,
        key=f"slack:form:{view.get('id', '')}:{view.get('hash', '')}:{who}:{seal}",
        verb=verb,
        fields={**hidden, **values},
        reply=Reply.FORM,
    )


def accounts(view: Body) -> tuple[str, ...]:
    """The user ids that were picked."""
    filled = sheet(view).values
    picked = [block for block in _inputs(view) if block["element"].get("type") == "users_select"]
    users = (filled[forms.name_of(str(block["block_id"]))] for block in picked)
    return tuple(dict.fromkeys(user for user in users if user))


def answered(form: Form, place: Place, view: Body) -> Json:
    """The form shown again: errors at their fields, or a new view where something else must change.

    A field keeps its block, and so what was typed, as long as it is drawn alike and holds what was filled in.
    """
    sent = sheet(view)
    ids = {field.name: _id(field, sent, place) for field in form.fields}
    drawn = forms.view(form, place, ids)
    wrong = {ids[field.name]: field.error for field in form.fields if field.error}
    if wrong and _outline(drawn) == _outline(view) and wrong.keys() <= _input_ids(drawn) and _is_clean(view):
        return {"response_action": "errors", "errors": wrong}
    return {"response_action": "update", "view": drawn}


def refused(line: str, view: Body) -> Json:
    """One sentence at the first input, else above everything; all that was typed stays."""
    for first in _inputs(view):
        return {"response_action": "errors", "errors": {str(first["block_id"]): line}}
    shown = {name: view[name] for name in forms.SENT if name in view}
    return {"response_action": "update", "view": shown | {"blocks": [section(line), *view["blocks"]]}}


def sheet(view: Body) -> Sheet:
    """A submitted view, read. A field that its reader left as it was drawn may be missing from the state."""
    states: Body = (view.get("state") or {}).get("values") or {}
    named = {forms.name_of(str(block.get("block_id", ""))): block for block in view.get("blocks") or ()}
    named.pop("", None)
    return Sheet(
        {name: str(block["block_id"]) for name, block in named.items()},
        {name: _value(block, states.get(block["block_id"]) or {}) for name, block in named.items()},
        {name: _drawing(block) for name, block in named.items()},
    )


def _value(block: Body, states: Body) -> str:
    element: Body = block.get("element") or {}
    state = states.get(forms.ACTION)
    in_state, in_drawing = KEPT.get(str(element.get("type")), ("", ""))
    found = element.get(in_drawing) if state is None else state.get(in_state)
    match found:
        case str():
            return cleaned(found)
        case {"value": value}:
            return str(value)
        case list():
            return "\n".join(str(one["value"]) for one in found)
    return ""


def _id(field: Field, sent: Sheet, place: Place) -> str:
    """The block's id: its own as long as nothing but its error changes."""
    if field.name not in sent:
        return field.name
    kept = sent.ids[field.name]
    alone = forms.view(Form("", "", (field,)), place, {field.name: kept})
    same = sent.outlines[field.name] == sheet(alone).outlines[field.name]
    return kept if same and _stands(field, sent.values[field.name]) else forms.fresh(kept)


def _stands(field: Field, filled: str) -> bool:
    """Whether the field holds what was filled in; the order in which options were picked says nothing."""
    drawn = forms.drawn_value(field)
    match field:
        case Choice():
            return sorted(drawn.split("\n")) == sorted(filled.split("\n"))
        case TextField():
            return drawn == forms.drawn_value(replace(field, value=filled))
    return drawn == filled


def _outline(view: Body) -> object:
    """All that would look or mean otherwise in another drawing, errors and values aside."""
    shown = [_drawing(block) for block in view["blocks"] if not _is_error(block)]
    return view.get("private_metadata"), _said(view.get("title")), _said(view.get("submit")), shown


def _drawing(block: Body) -> object:
    """How a block is drawn. Slack gives views back with its own defaults in them: only this is compared."""
    if block.get("type") != INPUT:
        return block.get("block_id"), _told(block)
    element: Body = block["element"]
    groups = element.get("option_groups") or [{"options": element.get("options") or ()}]
    options = [(one.get("value"), _said(one.get("text"))) for group in groups for one in group["options"]]
    words = _said(block.get("label")), _said(block.get("hint"))
    ways = bool(block.get("optional")), bool(element.get("multiline"))
    return block["block_id"], element.get("type"), words, ways, options


def _said(text: object) -> str:
    return str(text.get("text", "")) if isinstance(text, Mapping) else ""


def _told(part: object) -> str:
    """Every word in a block that is no input."""
    match part:
        case Mapping():
            own = part.get("text")
            inside = (_told(one) for one in part.values() if not isinstance(one, str))
            return "".join([own if isinstance(own, str) else "", *inside])
        case list():
            return "".join(_told(one) for one in part)
    return ""


def _inputs(view: Body) -> list[Any]:
    return [block for block in view.get("blocks") or () if block.get("type") == INPUT]


def _input_ids(view: Body) -> set[str]:
    return {str(block["block_id"]) for block in _inputs(view)}


def _is_error(block: Body) -> bool:
    return str(block.get("block_id", "")).startswith(forms.WRONG)


def _is_clean(view: Body) -> bool:
    """No error is drawn in it; one that is can only go with a new view."""
    return not any(_is_error(block) for block in view["blocks"])


def _meaning(metadata: object) -> tuple[str, dict[str, str], Place]:
    """What sending the form means, and where it was opened; no verb where it is not ours."""
    try:
        told = json.loads(str(metadata))
        hidden = {str(name): str(word) for name, word in told["fields"].items()}
        at = told["place"]
        where = str(at["tenant"]), str(at["conversation"]), bool(at["private"]), str(at["thread"])
        return str(told["verb"]), hidden, Place(PLATFORM, *where)
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError):
        return "", {}, Place(PLATFORM, "", "")
