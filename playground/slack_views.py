"""Modals: the stack of each person, what the bot may do with it, and what its answers to a sent form mean."""

import secrets
from collections.abc import Callable
from typing import Any

from playground.cast import Json, Workspace
from playground.slack_hooks import Hooks
from playground.slack_inputs import drawn, inputs, kept
from playground.slack_limits import broken_view
from playground.slack_record import SlackError
from playground.slack_shapes import APP_ID
from playground.wire import Answer

DEEPEST = 3
TROUBLE = "We had some trouble connecting. Try again?"
OURS = ("for", "workspace", "errors")  # what Slack itself does not tell of a view


class Views:
    """Every modal that is open anywhere, oldest first; `changed` wakes the watchers."""

    def __init__(self, hooks: Hooks, changed: Callable[[], None]) -> None:
        self._hooks = hooks
        self._changed = changed
        self._open: list[Json] = []

    def of(self, user: str) -> list[Json]:
        """What stands open in front of a person; `errors` are by block, "" for the whole form."""
        return [view for view in self._open if view["for"] == user]

    def find(self, user: str, view_id: str) -> Json:
        """LookupError where this person has no such modal open."""
        for view in self.of(user):
            if view["id"] == view_id:
                return view
        raise LookupError(f"{user} has no view {view_id} open.")

    def close(self, view: Json) -> None:
        """Out of sight; what stands below it in the stack is seen again."""
        self._open.remove(view)
        self._changed()

    def say(self, view: Json, errors: dict[str, str]) -> None:
        """Show these at their inputs; all that was typed stays."""
        view["errors"] = errors
        self._changed()

    def carry_out(self, view: Json, answer: Answer) -> None:
        """What the bot's answer to a sent form asks for; what Slack cannot follow keeps the form open."""
        said = answer.body or {}
        if not answer.ok or not isinstance(said, dict) or not self._followed(view, said):
            self.say(view, {"": TROUBLE})

    def open(self, workspace: Workspace, asked: Json) -> Json:
        """views.open"""
        view = _checked(asked)
        user = self._hooks.exchange(str(asked.get("trigger_id")))
        return {"view": told(self._add(workspace, user, view))}

    def push(self, workspace: Workspace, asked: Json) -> Json:
        """views.push: on top of what that person has open."""
        view = _checked(asked)
        user = self._hooks.exchange(str(asked.get("trigger_id")))
        below = self.of(user)
        if not below:
            raise SlackError("not_found")
        return {"view": told(self._push(below[-1], view, workspace.id))}

    def update(self, workspace: Workspace, asked: Json) -> Json:
        """views.update, by id; an old hash is refused."""
        view = _checked(asked)
        for old in self._open:
            if old["id"] == asked.get("view_id") and old["workspace"] == workspace.id:
                if asked.get("hash", old["hash"]) != old["hash"]:
                    raise SlackError("hash_conflict")
                self._replace(old, view)
                return {"view": told(old)}
        raise SlackError("not_found")

    def _followed(self, view: Json, said: Json) -> bool:
        match said.get("response_action"):
            case None | "clear" as action:
                self._open = [one for one in self._open if not _goes(one, view, whole=bool(action))]
                self._changed()
            case "errors":
                return self._errors(view, said.get("errors"))
            case "update" if not broken_view(said.get("view")):
                self._replace(view, said["view"])
            case "push" if not broken_view(said.get("view")) and len(self._stack(view)) < DEEPEST:
                self._push(view, said["view"], view["workspace"])
            case _:
                return False
        return True

    def _errors(self, view: Json, errors: Any) -> bool:
        known = {block["block_id"] for block in inputs(view)}
        if not isinstance(errors, dict) or not errors or not errors.keys() <= known:
            return False
        self.say(view, errors)
        return True

    def _stack(self, view: Json) -> list[Json]:
        return [one for one in self._open if one["root_view_id"] == view["root_view_id"]]

    def _push(self, below: Json, view: Json, workspace: str) -> Json:
        if len(self._stack(below)) >= DEEPEST:
            raise SlackError("push_limit_reached")
        new = whole(view, workspace, below["for"])
        new |= {"root_view_id": below["root_view_id"], "previous_view_id": below["id"]}
        self._open.append(new)
        self._changed()
        return new

    def _add(self, workspace: Workspace, user: str, view: Json) -> Json:
        new = whole(view, workspace.id, user)
        self._open.append(new)
        self._changed()
        return new

    def _replace(self, old: Json, view: Json) -> None:
        """The hash is a new one; the id and the place in the stack stay."""
        named = _named(view)
        stay = {key: old[key] for key in ("id", "root_view_id", "previous_view_id", "for", "workspace")}
        values = kept(old["state"]["values"], named)
        old.clear()
        old |= named | _signs() | stay | {"state": {"values": values}, "errors": {}}
        self._changed()


def _checked(asked: Json) -> Json:
    if found := broken_view(asked.get("view")):
        raise SlackError("invalid_arguments", response_metadata={"messages": found})
    view: Json = asked["view"]
    return view


def whole(view: Json, workspace: str, user: str) -> Json:
    """A view with all that Slack adds to it."""
    named = _named(view)
    name = f"V{secrets.token_hex(5).upper()}"
    ours = {"for": user, "workspace": workspace, "errors": {}}
    stack = {"id": name, "root_view_id": name, "previous_view_id": None}
    return named | _signs() | stack | ours | {"team_id": workspace, "state": {"values": drawn(named)}}


def _named(view: Json) -> Json:
    """Slack gives a name to every block and element that has none."""
    blocks = [block | {"block_id": block.get("block_id") or secrets.token_hex(3)} for block in view["blocks"]]
    for block in blocks:
        if block["type"] == "input":
            block["element"] = {"action_id": secrets.token_hex(3)} | block["element"]
    usual = {"private_metadata": "", "callback_id": "", "clear_on_close": False, "notify_on_close": False}
    return usual | view | {"blocks": blocks}


def _signs() -> Json:
    return {"hash": f"{secrets.randbelow(10**9)}.{secrets.token_hex(4)}", "app_id": APP_ID}


def told(view: Json) -> Json:
    """A view as the bot is told of it."""
    return {key: value for key, value in view.items() if key not in OURS}


def _goes(one: Json, closed: Json, whole: bool) -> bool:
    return bool(one["root_view_id"] == closed["root_view_id"] if whole else one is closed)
