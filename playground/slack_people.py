"""Who is in a channel of the small Slack, and what they are: guests, gone, apps; who comes and who goes."""

import secrets
from typing import Literal, Protocol

from playground import slack_connect
from playground.cast import Json, Workspace
from playground.slack_record import SlackError, SlackRecord, SlackRoom, bot_id
from playground.slack_shapes import APP_ID, user_form
from playground.wire import Answer

PAGE = 100

Kind = Literal["member", "guest", "gone"]
FLAGS: dict[str, Json] = {
    "member": {"deleted": False, "is_restricted": False, "is_ultra_restricted": False},
    "guest": {"deleted": False, "is_restricted": True, "is_ultra_restricted": False},
    "gone": {"deleted": True, "is_restricted": False, "is_ultra_restricted": False},
}


class Line(Protocol):
    """The way to the bot."""

    record: SlackRecord

    async def tell(self, callback: Json) -> Answer: ...


async def join(side: Line, user: str, channel: str) -> Answer:
    """Somebody comes to a channel, from another workspace through Slack Connect; LookupError if unknown."""
    home, room = side.record.person(user)[0], _channel(side.record, channel)
    if home.id != room.workspace.id:
        slack_connect.let_in(side.record, user, channel)
    elif user not in room.members:
        room.members.append(user)
    return await _moved(side, room, user, "member_joined_channel")


async def leave(side: Line, user: str, channel: str) -> Answer:
    """Somebody goes; LookupError where they are not there."""
    room = _channel(side.record, channel)
    if user not in room.members:
        raise LookupError(f"{user} is not in {channel}.")
    room.members.remove(user)
    return await _moved(side, room, user, "member_left_channel")


async def add_app(side: Line, channel: str, name: str) -> str:
    """Somebody else's app comes to a channel; its user id."""
    room = _channel(side.record, channel)
    user = f"UAPP{secrets.token_hex(3).upper()}"
    side.record.apps[user] = name
    room.members.append(user)
    await _moved(side, room, user, "member_joined_channel")
    return user


async def turn(side: Line, user: str, kind: Kind) -> Answer:
    """Somebody becomes a guest, is deactivated (and is out of every channel), or is a member again."""
    workspace, _ = side.record.person(user)
    side.record.kinds[user] = kind
    for room in side.record.rooms(workspace) if kind == "gone" else ():
        if room.kind == "channel" and user in room.members:
            room.members.remove(user)
    side.record.changed()
    return await _tell(side, workspace, {"type": "user_change", "user": form(side.record, workspace, user)})


async def remove_bot(side: Line, channel: str) -> Answer:
    """The bot is taken out: from now on it gets not_in_channel there, and hears nothing more from it."""
    room = _channel(side.record, channel)
    room.has_bot = False
    side.record.changed()
    return await _tell(side, room.workspace, {"type": "channel_left", "channel": room.id})


async def invite_bot(side: Line, channel: str) -> Answer:
    """The bot is invited (again)."""
    room = _channel(side.record, channel)
    room.has_bot = True
    return await _moved(side, room, room.workspace.bot_user, "member_joined_channel")


def members(record: SlackRecord, workspace: Workspace, asked: Json) -> Json:
    """`conversations.members`: ids by pages, of apps too."""
    room = record.room(workspace, str(asked.get("channel")))
    everybody = [*room.members, *([workspace.bot_user] if room.has_bot else [])]
    start, limit = int(asked.get("cursor") or 0), int(asked.get("limit") or PAGE)
    more = str(start + limit) if start + limit < len(everybody) else ""
    return {"members": everybody[start : start + limit], "response_metadata": {"next_cursor": more}}


def info(record: SlackRecord, workspace: Workspace, asked: Json) -> Json:
    """`users.info`."""
    return {"user": form(record, workspace, str(asked.get("user")))}


def leave_oneself(record: SlackRecord, workspace: Workspace, asked: Json) -> Json:
    """`conversations.leave`."""
    room = record.room(workspace, str(asked.get("channel")))
    was_there, room.has_bot = room.has_bot, False
    record.changed()
    return {} if was_there else {"not_in_channel": True}


def form(record: SlackRecord, asking: Workspace, user: str) -> Json:
    """Anybody or anything as Slack tells of them; SlackError user_not_found."""
    if user == asking.bot_user:
        return _app(asking, user, "Parley") | {"profile": {"api_app_id": APP_ID, "bot_id": bot_id(asking)}}
    if user in record.apps:
        return _app(asking, user, record.apps[user])
    home = slack_connect.home_of(record, asking, user)
    person = next((one for one in home.people if one.id == user), None)
    if person is None:
        raise SlackError("user_not_found")
    flags = FLAGS[record.kinds.get(user, "member")]
    return user_form(home, person) | flags | {"is_stranger": home is not asking}


def _app(workspace: Workspace, user: str, name: str) -> Json:
    shown: Json = {"id": user, "team_id": workspace.id, "name": name.lower(), "real_name": name}
    return shown | {"is_bot": True, "deleted": False, "profile": {"real_name": name}}


def _channel(record: SlackRecord, channel: str) -> SlackRoom:
    for workspace in record.workspaces.values():
        for room in record.rooms(workspace):
            if room.id == channel and room.kind == "channel":
                return room
    raise LookupError(f"There is no channel {channel}.")


async def _moved(side: Line, room: SlackRoom, user: str, what: str) -> Answer:
    side.record.changed()
    if not room.has_bot:
        return Answer(200)
    people = {one.id: home.id for home in side.record.workspaces.values() for one in home.people}
    told = {"type": what, "user": user, "channel": room.id, "channel_type": "C"}
    told["team"] = people.get(user, room.workspace.id)
    return await _tell(side, room.workspace, told)


async def _tell(side: Line, workspace: Workspace, event: Json) -> Answer:
    """A signed event, if the app is installed there."""
    if workspace.id in side.record.uninstalled:
        return Answer(200)
    number = secrets.token_hex(5).upper()
    grant = {"enterprise_id": None, "team_id": workspace.id, "user_id": workspace.bot_user}
    callback = {
        "team_id": workspace.id,
        "api_app_id": APP_ID,
        "event": event | {"event_ts": "1"},
        "type": "event_callback",
        "event_id": f"Ev{number}",
        "authorizations": [grant | {"is_bot": True, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
    }
    return await side.tell(callback)
