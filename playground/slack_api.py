"""Slack's Web API: what a bot may ask, with Slack's own answers and errors."""

import json
import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from playground.cast import Json, SlackPerson, Workspace
from playground.faults import Fault
from playground.slack_hooks import Hooks
from playground.slack_limits import broken, broken_view
from playground.slack_record import SlackDraft, SlackError, SlackMessage, SlackRecord, SlackRoom, bot, bot_id
from playground.wiring import Wiring

APP_ID = "A0PARLEY"
TEXT = 40_000
ENCODED = ("blocks", "metadata", "view", "attachments")


class WebApi:
    """The methods under /slack/api/ and the response URLs under /slack/response/."""

    def __init__(self, record: SlackRecord, hooks: Hooks, wiring: Wiring) -> None:
        self._record = record
        self._hooks = hooks
        self._wiring = wiring
        self.views: list[Json] = []
        self._methods: dict[str, Callable[[Workspace, Json], Json]] = {
            "api.test": lambda workspace, asked: {"args": asked},
            "auth.test": self._auth_test,
            "chat.delete": self._delete,
            "chat.postEphemeral": self._post_ephemeral,
            "chat.postMessage": self._post_message,
            "chat.update": self._update,
            "conversations.history": self._history,
            "conversations.info": self._info,
            "conversations.members": self._members,
            "conversations.open": self._open,
            "conversations.replies": self._replies,
            "users.info": self._user,
            "views.open": self._view_open,
        }

    def routes(self) -> list[Route]:
        return [
            Route("/slack/api/{method}", self._call, methods=["GET", "POST"]),
            Route("/slack/response/{workspace}/{key}", self._respond, methods=["POST"]),
        ]

    async def _call(self, request: Request) -> Response:
        method = request.path_params["method"]
        try:
            asked = await arguments(request)
        except ValueError:
            return JSONResponse({"ok": False, "error": "invalid_json"})
        await self._wiring.clock.keep_up()

        async def act() -> Response:
            return self._answer(request, method, asked)

        return await self._wiring.faults.around(method, request, act, refusal)

    def _answer(self, request: Request, method: str, asked: Json) -> Response:
        try:
            token = request.headers.get("authorization", "").removeprefix("Bearer ") or asked.get("token", "")
            if not token:
                raise SlackError("not_authed")
            workspace = self._record.by_token(token)
            if workspace is None:
                raise SlackError("invalid_auth")
            if method not in self._methods:
                raise SlackError("unknown_method", req_method=method)
            return JSONResponse({"ok": True} | self._methods[method](workspace, asked))
        except SlackError as error:
            return JSONResponse({"ok": False, "error": error.code} | error.extra)
        except (TypeError, ValueError, AttributeError):  # an argument of the wrong kind
            return JSONResponse({"ok": False, "error": "invalid_arguments"})

    async def _respond(self, request: Request) -> Response:
        said = await arguments(request)
        await self._wiring.clock.keep_up()

        async def act() -> Response:
            try:
                self._hooks.respond(request.path_params["key"], said)
            except SlackError as error:
                status = 404 if error.code.endswith("_url") else 400
                return JSONResponse({"ok": False, "error": error.code}, status)
            return PlainTextResponse("ok")

        return await self._wiring.faults.around("response_url", request, act, refusal)

    def _auth_test(self, workspace: Workspace, asked: Json) -> Json:
        return {
            "url": f"https://{domain(workspace)}.slack.example/",
            "team": workspace.name,
            "user": "parley",
            "team_id": workspace.id,
            "user_id": workspace.bot_user,
            "bot_id": bot_id(workspace),
            "is_enterprise_install": False,
        }

    def _post_message(self, workspace: Workspace, asked: Json) -> Json:
        room = self._entered(workspace, asked)
        _checked(asked)
        message = self._record.post(room, _draft(room, asked))
        return {"channel": room.id, "ts": message.ts, "message": wire_form(room, message)}

    def _post_ephemeral(self, workspace: Workspace, asked: Json) -> Json:
        room = self._entered(workspace, asked)
        if asked.get("user") not in room.members:
            raise SlackError("user_not_in_channel")
        _checked(asked)
        return {"message_ts": self._record.post(room, _draft(room, asked, asked["user"])).ts}

    def _update(self, workspace: Workspace, asked: Json) -> Json:
        room = self._entered(workspace, asked)
        self._own(room, asked)
        _checked(asked)
        parts: Json = {key: asked[key] or None for key in ("blocks", "metadata") if key in asked}
        if "text" in asked:
            parts["text"] = asked["text"]
        message = self._record.edit(room, asked["ts"], **parts)
        shown = wire_form(room, message)
        return {"channel": room.id, "ts": message.ts, "text": message.text, "message": shown}

    def _delete(self, workspace: Workspace, asked: Json) -> Json:
        room = self._entered(workspace, asked)
        self._own(room, asked)
        self._record.remove(room, asked["ts"])
        return {"channel": room.id, "ts": asked["ts"]}

    def _history(self, workspace: Workspace, asked: Json) -> Json:
        room = self._entered(workspace, asked)
        return _page(room, room.roots()[::-1], asked)

    def _replies(self, workspace: Workspace, asked: Json) -> Json:
        room = self._entered(workspace, asked)
        if not (found := room.thread(str(asked.get("ts")))):
            raise SlackError("thread_not_found")
        return _page(room, found, asked)

    def _open(self, workspace: Workspace, asked: Json) -> Json:
        users = [user for user in str(asked.get("users") or "").split(",") if user]
        if len(users) != 1:
            raise SlackError("users_list_not_supplied" if not users else "invalid_arguments")
        return {"channel": {"id": self._record.room(workspace, _person(workspace, users[0]).id).id}}

    def _info(self, workspace: Workspace, asked: Json) -> Json:
        room = self._record.room(workspace, str(asked.get("channel")))
        shown: Json = {"id": room.id, "is_im": room.kind == "im", "is_member": room.has_bot}
        named = {"user": room.members[0]} if room.kind == "im" else {"name": room.name, "is_channel": True}
        return {"channel": shown | named | {"is_archived": False, "is_ext_shared": False}}

    def _members(self, workspace: Workspace, asked: Json) -> Json:
        room = self._record.room(workspace, str(asked.get("channel")))
        members = [*room.members, *([workspace.bot_user] if room.has_bot else [])]
        return {"members": members, "response_metadata": {"next_cursor": ""}}

    def _user(self, workspace: Workspace, asked: Json) -> Json:
        return {"user": user_form(workspace, _person(workspace, str(asked.get("user"))))}

    def _view_open(self, workspace: Workspace, asked: Json) -> Json:
        if found := broken_view(asked.get("view")):
            raise SlackError("invalid_arguments", response_metadata={"messages": found})
        user = self._hooks.exchange(str(asked.get("trigger_id")))
        ids = {"id": f"V{secrets.token_hex(5).upper()}", "hash": secrets.token_hex(8)}
        view: Json = asked["view"] | ids | {"team_id": workspace.id, "app_id": APP_ID}
        self.views.append(view | {"for": user})
        self._wiring.changes.bump()
        return {"view": view}

    def _entered(self, workspace: Workspace, asked: Json) -> SlackRoom:
        room = self._record.room(workspace, str(asked.get("channel") or ""))
        if not room.has_bot:
            raise SlackError("not_in_channel")
        return room

    def _own(self, room: SlackRoom, asked: Json) -> None:
        message = room.find(str(asked.get("ts")))
        if message is None or message.only_for:
            raise SlackError("message_not_found")
        if message.author != bot(room.workspace):
            raise SlackError("cant_update_message")


async def arguments(request: Request) -> Json:
    """The arguments of a call from query, form or JSON, with JSON strings already read."""
    asked: Json = dict(request.query_params)
    body = await request.body()
    if request.headers.get("content-type", "").startswith("application/json"):
        asked.update(json.loads(body or b"{}"))
        return asked
    asked |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    for key in ENCODED:
        if isinstance(asked.get(key), str) and asked[key]:
            asked[key] = json.loads(asked[key])
    return asked


def refusal(fault: Fault) -> Response:
    """What Slack answers on a bad day."""
    match fault.kind:
        case "429":
            wait = {"Retry-After": f"{fault.retry_after or 1:g}"}
            return JSONResponse({"ok": False, "error": "ratelimited"}, 429, headers=wait)
        case "forbidden":
            return JSONResponse({"ok": False, "error": "restricted_action"})
        case "503":
            return JSONResponse({"ok": False, "error": "service_unavailable"}, 503)
        case _:
            return JSONResponse({"ok": False, "error": "internal_error"}, 500)


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


def _person(workspace: Workspace, user: str) -> SlackPerson:
    for person in workspace.people:
        if person.id == user:
            return person
    raise SlackError("user_not_found")


def _checked(asked: Json) -> None:
    if not asked.get("text") and not asked.get("blocks"):
        raise SlackError("no_text")
    if len(asked.get("text") or "") > TEXT:
        raise SlackError("msg_too_long")
    if found := broken(asked.get("blocks") or []):
        raise SlackError("invalid_blocks", errors=found, response_metadata={"messages": found})
    metadata = asked.get("metadata") or {}
    if metadata and not {"event_type", "event_payload"} <= set(metadata):
        raise SlackError("invalid_metadata_format")


def _draft(room: SlackRoom, asked: Json, only_for: str | None = None) -> SlackDraft:
    root = asked.get("thread_ts") or None
    if root:
        found = room.find(root)
        if found is None:
            raise SlackError("cannot_reply_to_message")
        root = found.thread_ts or found.ts
    text = asked.get("text") or ""
    return SlackDraft(bot(room.workspace), text, asked.get("blocks"), asked.get("metadata"), root, only_for)


def _page(room: SlackRoom, messages: list[SlackMessage], asked: Json) -> Json:
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
