"""Slack's end of the wire for its contract tests: signed requests in, a small Web API out."""

import asyncio
import hashlib
import hmac
import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
from aiohttp import web
from aiohttp.test_utils import TestServer
from fastapi import FastAPI

from adapters.platform import Office
from adapters.settings import Settings
from adapters.slack.app import Slack
from adapters.slack.ears import Offers
from bot.desk import Answer
from bot.intents import Intent

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
US = "U0PARLEY"
OFFERS = Offers(shortcuts=("issue.from_message",))
EVENT = {"type": "app_mention", "user": "U09", "team": "T1", "channel": "C7", "ts": "1793613600.000100"}


def settings(**given: str) -> Settings:
    """Slack over HTTP, unless told otherwise."""
    usual = {"slack_signing_secret": SECRET, "slack_bot_token": "xoxb-1"}
    return Settings(_env_file=None, **{**usual, **given})


class Watch:
    """A clock that moves only when told to."""

    def __init__(self) -> None:
        self.time = NOW

    def wall(self) -> datetime:
        return self.time

    def push(self, **by: float) -> None:
        self.time += timedelta(**by)


class Front(Office):
    """An office that writes down what it is asked, and answers as told."""

    def __init__(self, answer: Answer | Exception) -> None:
        self.answer = answer
        self.asked: list[Intent] = []
        self.begun = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()

    async def ask(self, intent: Intent) -> Answer:
        self.asked.append(intent)
        self.begun.set()
        await self.gate.wait()
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@dataclass
class Line:
    """Posts to a mounted Slack platform, signed at the watch's time unless told otherwise."""

    slack: Slack
    front: Front
    watch: Watch

    def stamped(self, body: bytes, stamp: str | None = None) -> dict[str, str]:
        stamp = stamp or str(int(self.watch.wall().timestamp()))
        mark = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        return {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={mark}"}

    async def post(self, body: bytes, headers: Any = None) -> httpx.Response:
        app = FastAPI()
        self.slack.mount(app, self.front)
        door = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://parley.example")
        kind = "application/json" if body.startswith(b"{") else "application/x-www-form-urlencoded"
        signed = self.stamped(body) if headers is None else headers
        async with door as http:
            headers = httpx.Headers([("content-type", kind), *dict(signed).items()], encoding="latin-1")
            return await http.post("/slack/events", content=body, headers=headers)

    async def command(self, text: str, command: str = "/issue", **more: str) -> httpx.Response:
        return await self.post(slash(text, command, **more))

    async def event(self, **event: Any) -> httpx.Response:
        return await self.post(mention(**event))

    async def press(self, value: str, **more: Any) -> httpx.Response:
        return await self.post(press(value, **more))


def slash(text: str, command: str = "/issue", **more: str) -> bytes:
    who = {"team_id": "T1", "user_id": "U09", "user_name": "annika", "channel_id": "C7"}
    return urlencode({"command": command, "text": text, **who, "trigger_id": "1.2.a", **more}).encode()


def mention(is_shared: bool = False, **event: Any) -> bytes:
    said = {name: value for name, value in {**EVENT, **event}.items() if value is not None}
    bots = [{"team_id": "T1", "user_id": US, "is_bot": True}]
    outer = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "authorizations": bots}
    return json.dumps(outer | {"is_ext_shared_channel": is_shared, "event": said}).encode()


def press(value: str, home: str = "T1", **container: Any) -> bytes:
    pressed = {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": "U09", "name": "annika", "team_id": home},
        "trigger_id": "1.2.p",
        "container": {"type": "message", "message_ts": "5.1", "channel_id": "C7"} | container,
        "actions": [{"type": "button", "action_id": "parley.3.0", "value": value, "action_ts": "9.9"}],
    }
    return urlencode({"payload": json.dumps(pressed)}).encode()


def shortcut(text: str, callback: str = "issue.from_message", **message: Any) -> bytes:
    used = {
        "type": "message_action",
        "callback_id": callback,
        "trigger_id": "1.2.s",
        "action_ts": "9.9",
        "team": {"id": "T1", "domain": "northmere"},
        "user": {"id": "U09", "name": "annika", "team_id": "T2"},
        "channel": {"id": message.pop("channel", "C7"), "name": "general"},
        "message_ts": "1793613600.000100",
        "message": {"type": "message", "user": "U3", "ts": "1793613600.000100", "text": text} | message,
    }
    return urlencode({"payload": json.dumps(used)}).encode()


def submission(view: dict[str, Any], **values: Any) -> bytes:
    """A modal of ours, sent with these values by block."""
    states = {name: {"value": {"type": "plain_text_input", "value": said}} for name, said in values.items()}
    shown = view | {"id": "V1", "hash": "1.a", "state": {"values": states}}
    user = {"id": "U09", "name": "annika", "team_id": "T2"}
    sent = {
        "type": "view_submission",
        "team": {"id": "T1"},
        "user": user,
        "trigger_id": "1.2.v",
        "view": shown,
    }
    return urlencode({"payload": json.dumps(sent)}).encode()


@dataclass
class Api:
    """A Slack Web API that keeps what it gets and answers from a script (by what is said), else `ok`."""

    script: dict[str, Any] = field(default_factory=dict)
    calls: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self.answer)
        return app

    async def answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        is_json = request.content_type == "application/json"
        said = await request.json() if is_json else {**request.query, **await request.post()}
        self.calls[method].append(said)
        told = self.script.get(method, {"ok": True, "channel": said.get("channel"), "ts": "7.1"})
        told = told(said) if callable(told) else told
        match told:
            case "hang up":
                request.transport.abort()
                return web.Response()
            case (int(status), body, dict(headers)):
                return web.Response(status=status, text=body, headers=headers)
        return web.json_response(told)


def serve(api: Api) -> TestServer:
    """The API on a free port of 127.0.0.1, for `async with`."""
    return TestServer(api.app(), host="127.0.0.1")
