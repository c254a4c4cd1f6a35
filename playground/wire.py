"""The wire to the bot and from it: one pooled client, one log of the last requests in both directions."""

import json
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import httpx
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from playground.cast import Json

SHORT = 400
KEPT = 200

Direction = Literal["to bot", "from bot"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back over the wire; status 0 means that nothing did and `body` says why.

    `body` is parsed JSON where it is JSON, else text, else None.
    """

    status: int
    body: Any = None

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request as the log shows it; `status` 0 where no answer was given, `ms` rounded to 0.1."""

    number: int
    at: str
    direction: Direction
    method: str
    path: str
    status: int
    ms: float
    body: str


class WireLog:
    """The last 200 requests in both directions, in memory only."""

    def __init__(self, wall: Callable[[], float]) -> None:
        self._wall = wall
        self._number = 0
        self._kept: deque[Exchange] = deque(maxlen=KEPT)

    def record(self, direction: Direction, called: str, answered: tuple[int, float], body: str) -> None:
        """`called` is "METHOD /path"; `answered` is (status, seconds)."""
        self._number += 1
        method, _, path = called.partition(" ")
        status, seconds = answered
        at = datetime.fromtimestamp(self._wall(), UTC).isoformat(timespec="milliseconds")
        shown = "(credentials)" if "/oauth2/" in path else body[:SHORT]
        took = round(seconds * 1000, 1)
        self._kept.append(Exchange(self._number, at, direction, method, path, status, took, shown))

    def exchanges(self) -> list[Exchange]:
        """Oldest first."""
        return list(self._kept)

    def to_json(self) -> list[Json]:
        return [asdict(exchange) for exchange in self._kept]


class BotLine:
    """Calls the bot with one pooled client, never raises, and writes each call in the log."""

    def __init__(self, bot_url: str, log: WireLog) -> None:
        self.url = bot_url.rstrip("/")
        self._log = log
        self._client: httpx.AsyncClient | None = None

    async def post(self, path: str, content: bytes, headers: Mapping[str, str], seconds: float) -> Answer:
        """POST to the bot, waiting `seconds` at most for its whole answer."""
        started = time.perf_counter()
        answer = await self._sent(
            httpx.Request("POST", self.url + path, content=content, headers=headers), seconds
        )
        took = time.perf_counter() - started
        self._log.record("to bot", f"POST {path}", (answer.status, took), content.decode("utf-8", "replace"))
        return answer

    async def get(self, path: str, seconds: float) -> Answer:
        """GET from the bot; not logged, because only clock and health are asked this way."""
        return await self._sent(httpx.Request("GET", self.url + path), seconds)

    async def close(self) -> None:
        if self._client:
            await self._client.aclose()
            self._client = None

    async def _sent(self, request: httpx.Request, seconds: float) -> Answer:
        request.extensions["timeout"] = httpx.Timeout(seconds).as_dict()
        try:
            response = await self._pool().send(request)
        except httpx.TimeoutException:
            return Answer(0, "timeout")
        except httpx.TransportError:
            return Answer(0, "connection_failed")
        return Answer(response.status_code, _body(response))

    def _pool(self) -> httpx.AsyncClient:
        if self._client is None:
            self._client = httpx.AsyncClient(trust_env=False)
        return self._client


def _body(response: httpx.Response) -> Any:
    if not response.content:
        return None
    try:
        return response.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        return response.text


class Recording:
    """ASGI wrapper that writes each call of the bot to the emulators in the log."""

    def __init__(self, app: ASGIApp, log: WireLog) -> None:
        self._app = app
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(("/slack/", "/teams/")):
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        seen = _Seen()
        try:
            await self._app(scope, seen.receiving(receive), seen.sending(send))
        finally:
            called = f"{scope['method']} {scope['path']}"
            answered = (seen.status, time.perf_counter() - started)
            self._log.record("from bot", called, answered, seen.body.decode("utf-8", "replace"))


class _Seen:
    """What one request said and how it was answered."""

    def __init__(self) -> None:
        self.body = b""
        self.status = 0

    def receiving(self, receive: Receive) -> Receive:
        async def wrapped() -> Message:
            message = await receive()
            if message["type"] == "http.request" and len(self.body) < SHORT:
                self.body += message.get("body", b"")[: SHORT * 4]
            return message

        return wrapped

    def sending(self, send: Send) -> Send:
        async def wrapped(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.status = message["status"]
            await send(message)

        return wrapped
