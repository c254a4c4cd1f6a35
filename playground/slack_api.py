"""Slack's Web API: what a bot may ask, with Slack's own answers and errors."""

import json
from collections.abc import Callable
from functools import partial
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from playground import slack_people
from playground.cast import Json, SlackPerson, Workspace
from playground.faults import Fault
from playground.slack_home import Homes
from playground.slack_hooks import Hooks
from playground.slack_limits import broken
from playground.slack_oauth import OAuth
from playground.slack_record import SlackDraft, SlackError, SlackRecord, SlackRoom, bot, bot_id
from playground.slack_shapes import domain, page, wire_form
from playground.slack_socket import Sockets
from playground.slack_views import Views
from playground.wiring import Wiring

TEXT = 40_000
ENCODED = ("blocks", "metadata", "view", "attachments")


class WebApi:
    """The methods under /slack/api/ and the response URLs under /slack/response/."""

    def __init__(self, record: SlackRecord, hooks: Hooks, wiring: Wiring) -> None:
        self._record = record
        self._hooks = hooks
        self._wiring = wiring
        self.views = Views(hooks, wiring.changes.bump)
        self.homes = Homes(wiring.changes.bump)
        self.oauth = OAuth(record)
        self.sockets = Sockets(wiring.own_url, wiring.line, wiring.changes.bump)
        self._methods: dict[str, Callable[[Workspace, Json], Json]] = {
            "api.test": lambda workspace, asked: {"args": asked},
            "auth.test": self._auth_test,
            "chat.delete": self._delete,
            "chat.postEphemeral": self._post_ephemeral,
            "chat.postMessage": self._post_message,
            "chat.update": self._update,
            "conversations.history": self._history,
            "conversations.info": self._info,
            "conversations.leave": partial(slack_people.leave_oneself, record),
            "conversations.members": partial(slack_people.members, record),
            "conversations.open": self._open,
            "conversations.replies": self._replies,
            "users.info": partial(slack_people.info, record),
            "views.open": self.views.open,
            "views.publish": self.homes.publish,
            "views.push": self.views.push,
            "views.update": self.views.update,
        }

    def routes(self) -> list[BaseRoute]:
        return [
            self.sockets.route(),
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
            if opened := self.sockets.call(method, token):
                return JSONResponse({"ok": True} | opened)
            if method == "oauth.v2.access":
                return JSONResponse({"ok": True} | self.oauth.access(token, asked))
            workspace = self.oauth.workspace(token, asked) or self._record.by_token(token)
            if workspace is None:
                raise SlackError("invalid_auth")
            if workspace.id in self._record.uninstalled:
                raise SlackError("account_inactive")
            if method not in self._methods:
                raise SlackError("unknown_method", req_method=method)
            if method == "auth.revoke":
                self.oauth.end(token)
                return JSONResponse({"ok": True, "revoked": True})
            told = {"ok": True} | self._methods[method](workspace, asked)
            return JSONResponse(told, headers=self.oauth.headers(token))
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
        return page(room, room.roots()[::-1], asked)

    def _replies(self, workspace: Workspace, asked: Json) -> Json:
        room = self._entered(workspace, asked)
        if not (found := room.thread(str(asked.get("ts")))):
            raise SlackError("thread_not_found")
        return page(room, found, asked)

    def _open(self, workspace: Workspace, asked: Json) -> Json:
        users = [user for user in str(asked.get("users") or "").split(",") if user]
        if len(users) != 1:
            raise SlackError("users_list_not_supplied" if not users else "invalid_arguments")
        return {"channel": {"id": self._record.room(workspace, _person(workspace, users[0]).id).id}}

    def _info(self, workspace: Workspace, asked: Json) -> Json:
        room = self._record.room(workspace, str(asked.get("channel")))
        shown: Json = {"id": room.id, "is_im": room.kind == "im", "is_member": room.has_bot}
        named = {"user": room.members[0]} if room.kind == "im" else {"name": room.name, "is_channel": True}
        return {"channel": shown | named | {"is_archived": False, "is_ext_shared": bool(room.shared_with)}}

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
