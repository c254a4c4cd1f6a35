"""What Slack sends: slash commands, events and clicks, in Slack's own shape."""

import re
import secrets
from collections.abc import Iterable
from typing import Any

from playground.cast import BOT_NAME, Json, SlackPerson, Workspace
from playground.slack_hooks import Hooks
from playground.slack_record import Blocks, SlackMessage, SlackRoom
from playground.slack_shapes import APP_ID, domain, wire_form
from playground.slack_views import told

VERIFICATION = "the-old-verification-token"
SELECTS = {"static_select", "radio_buttons", "overflow"}

_HANDLE = re.compile(r"@(\w[\w.\-]*)")


def typed(workspace: Workspace, text: str) -> str:
    """What a person typed, as Slack sends it: & < > escaped, exact handles turned into mentions."""
    handles = {person.handle: person.id for person in workspace.people}
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    def mention(found: re.Match[str]) -> str:
        whole = found[1]
        for name in (whole, whole.rstrip(".-")):
            user = workspace.bot_user if name.lower() == BOT_NAME.lower() else handles.get(name)
            if user:
                return f"<@{user}>{whole[len(name) :]}"
        return found[0]

    return _HANDLE.sub(mention, escaped)


def slash(room: SlackRoom, person: SlackPerson, text: str, hooks: Hooks) -> dict[str, str]:
    """The form of a slash command; `text` is the whole line, with its slash."""
    command, _, rest = text.strip().partition(" ")
    return {
        "token": VERIFICATION,
        "team_id": room.workspace.id,
        "team_domain": domain(room.workspace),
        "channel_id": room.id,
        "channel_name": "directmessage" if room.kind == "im" else room.name,
        "user_id": person.id,
        "user_name": person.handle,
        "command": command,
        "text": typed(room.workspace, rest.strip()),
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": hooks.url(room, person.id),
        "trigger_id": hooks.trigger(person.id),
    }


def event(room: SlackRoom, message: SlackMessage) -> Json:
    """The callback for a message that concerns the bot: app_mention in a channel, message.im in the DM."""
    team, number = room.workspace.id, secrets.token_hex(5).upper()
    kind: Json = {"type": "app_mention"}
    if room.kind == "im":
        kind = {"type": "message", "channel_type": "im"}
    said = {"user": message.author.id, "text": message.text, "ts": message.ts, "channel": room.id}
    said |= {"event_ts": message.ts, "team": team, "client_msg_id": secrets.token_hex(16)}
    if message.thread_ts:
        said["thread_ts"] = message.thread_ts
    installed = {"enterprise_id": None, "team_id": team, "user_id": room.workspace.bot_user}
    return {
        "token": VERIFICATION,
        "team_id": team,
        "api_app_id": APP_ID,
        "event": kind | said,
        "type": "event_callback",
        "event_id": f"Ev{number}",
        "event_time": int(float(message.ts)),
        "authorizations": [installed | {"is_bot": True, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
        "event_context": f"4-{number}",
    }


def click(room: SlackRoom, person: SlackPerson, message: SlackMessage, action: Json) -> Json:
    """The payload of a click, still without trigger id and response URL."""
    workspace = room.workspace
    container: Json = {"type": "message", "message_ts": message.ts, "channel_id": room.id}
    container |= {"is_ephemeral": message.only_for is not None}
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    user = {"id": person.id, "username": person.handle, "name": person.handle, "team_id": workspace.id}
    name = "directmessage" if room.kind == "im" else room.name
    shown = {} if message.only_for else {"message": wire_form(room, message)}
    return {
        "type": "block_actions",
        "user": user,
        "api_app_id": APP_ID,
        "token": VERIFICATION,
        "container": container,
        "team": {"id": workspace.id, "domain": domain(workspace)},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": room.id, "name": name},
        "state": {"values": {}},
        "actions": [action],
    } | shown


def submission(workspace: Workspace, person: SlackPerson, view: Json) -> Json:
    """The payload of a sent modal, still without trigger id."""
    user = {"id": person.id, "username": person.handle, "name": person.handle, "team_id": workspace.id}
    return {
        "type": "view_submission",
        "team": {"id": workspace.id, "domain": domain(workspace)},
        "user": user,
        "api_app_id": APP_ID,
        "token": VERIFICATION,
        "view": told(view),
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": None,
    }


def shortcut(room: SlackRoom, person: SlackPerson, message: SlackMessage, callback_id: str) -> Json:
    """The payload of a message shortcut, still without trigger id, action time and response URL."""
    workspace = room.workspace
    user = {"id": person.id, "username": person.handle, "name": person.handle, "team_id": workspace.id}
    name = "directmessage" if room.kind == "im" else room.name
    return {
        "type": "message_action",
        "callback_id": callback_id,
        "user": user,
        "token": VERIFICATION,
        "team": {"id": workspace.id, "domain": domain(workspace)},
        "channel": {"id": room.id, "name": name},
        "message_ts": message.ts,
        "message": wire_form(room, message),
        "is_enterprise_install": False,
        "enterprise": None,
    }


def pressed(message: SlackMessage, action_id: str, value: str | None) -> Json | None:
    """The action for an element of the message, of its blocks now or before an edit (an old screen).

    None when no such element was ever there.
    """
    return pressed_in((message.blocks or [], *reversed(message.earlier)), action_id, value)


def pressed_in(drawn: Iterable[Blocks], action_id: str, value: str | None) -> Json | None:
    """The same for an element of these blocks, the newest drawing first."""
    for blocks in drawn:
        found = [one for one in _elements(blocks) if one[1].get("action_id") == action_id]
        exact = [one for one in found if value is None or one[1].get("value") == value]
        if exact or found:
            return _action(*(exact or found)[0], value)
    return None


def _elements(blocks: Blocks) -> list[tuple[str, Json]]:
    found: list[tuple[str, Json]] = []
    for block in blocks:
        inside: list[Any] = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        found += [(block.get("block_id", ""), one) for one in inside if isinstance(one, dict)]
    return found


def _action(block_id: str, element: Json, value: str | None) -> Json:
    action = {"action_id": element["action_id"], "block_id": block_id, "type": element["type"]}
    if element["type"] in SELECTS:
        options = element.get("options", [])
        chosen = next((one for one in options if one.get("value") == value), {"value": value})
        return action | {"selected_option": chosen}
    said = element.get("value") if value is None else value
    text = {"text": element["text"]} if "text" in element else {}
    return action | text | ({"value": said} if said is not None else {})
