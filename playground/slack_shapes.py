"""Slack's own shapes: how messages, people and pages of a conversation look on the wire."""

from typing import Any

from playground.cast import Json, SlackPerson, Workspace
from playground.slack_record import SlackMessage, SlackRoom, bot_id

APP_ID = "A0PARLEY"


def wire_form(room: SlackRoom, message: SlackMessage) -> Json:
    """A message as Slack's API shows it, with its metadata."""
    shown: Json = {"type": "message", "user": message.author.id, "text": message.text, "ts": message.ts}
    shown |= {"team": room.workspace.id}
    if message.author.bot:
        shown |= {"bot_id": bot_id(room.workspace), "app_id": APP_ID}
    if message.edited:
        shown["edited"] = {"user": message.author.id, "ts": message.ts}
    optional = {"blocks": message.blocks, "thread_ts": message.thread_ts, "metadata": message.metadata}
    return shown | {key: value for key, value in optional.items() if value}


def user_form(workspace: Workspace, person: SlackPerson) -> Json:
    """A person as `users.info` shows them."""
    profile = {"real_name": person.name, "display_name": person.handle, "title": person.title}
    names = {"id": person.id, "team_id": workspace.id, "name": person.handle, "real_name": person.name}
    return names | {"tz": person.zone, "deleted": False, "is_bot": False, "profile": profile}


def domain(workspace: Workspace) -> str:
    """The workspace's name as Slack puts it in addresses."""
    return "".join(one if one.isalnum() else "-" for one in workspace.name.lower())


def page(room: SlackRoom, messages: list[SlackMessage], asked: Json) -> Json:
    """One page of a conversation, newest or oldest first as given, between `oldest` and `latest`."""
    within = [message for message in messages if _between(message.ts, asked)]
    start, limit = int(asked.get("cursor") or 0), int(asked.get("limit") or 100)
    kept = [wire_form(room, message) for message in within[start : start + limit]]
    if not _yes(asked.get("include_all_metadata")):
        for message in kept:
            message.pop("metadata", None)
    more = start + limit < len(within)
    cursor = str(start + limit) if more else ""
    return {"messages": kept, "has_more": more, "response_metadata": {"next_cursor": cursor}}


def _between(ts: str, asked: Json) -> bool:
    oldest, latest = float(asked.get("oldest") or 0), float(asked.get("latest") or "inf")
    at = float(ts)
    return oldest <= at <= latest if _yes(asked.get("inclusive")) else oldest < at < latest


def _yes(value: Any) -> bool:
    return str(value).lower() in ("1", "true")
