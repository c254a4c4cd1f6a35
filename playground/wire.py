"""The wire to the bot and from it: one pooled client, one log of the last requests in both directions."""

import json
import ssl
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Literal

import httpx
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from playground.cast import Json

SHORT = 24_000
KEPT = 200
HIDDEN = "(credentials)"

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
class Sent:
    """One request to the bot as it goes out; `seconds` is how long its answer is waited for."""

    path: str
    content: bytes
    headers: Mapping[str, str]
    seconds: float


Deliver = Callable[[Sent], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request as the log shows it; `status` 0 where no answer was given, `ms` rounded to 0.1.

    `body` and `answer` are text, cut at 24,000 characters.
    """

    number: int
    at: str
    direction: Direction
    method: str
    path: str
    status: int
    ms: float
    body: str
    answer: str


class WireLog:
    """The last 200 requests in both directions, in memory only."""

    def __init__(self, wall: Callable[[], float]) -> None:
        self._wall = wall
        self._number = 0
        self._kept: deque[Exchange] = deque(maxlen=KEPT)

    def record(
        self, direction: Direction, called: str, answered: tuple[int, float], said: tuple[str, str]
    ) -> int:
        """`called` is "METHOD /path"; `answered` is (status, seconds); `said` is both bodies. Its number."""
        self._number += 1
        method, _, path = called.partition(" ")
        status, seconds = answered
        at = datetime.fromtimestamp(self._wall(), UTC).isoformat(timespec="milliseconds")
        body, answer = (HIDDEN if "oauth" in path else text[:SHORT] for text in said)
        took = round(seconds * 1000, 1)
        self._kept.append(Exchange(self._number, at, direction, method, path, status, took, body, answer))
        return self._number

    def exchanges(self) -> list[Exchange]:
        """Oldest first."""
        return list(self._kept)

    def to_json(self, after: int = 0) -> list[Json]:
        """Those with a higher number, oldest first."""
        return [asdict(exchange) for exchange in self._kept if exchange.number > after]


class BotLine:
    """Calls the bot with one pooled client, never raises, and writes each call in the log.

    `around`, where it is set, decides whether, when and how often a request is delivered.
    """

    def __init__(self, bot_url: str, log: WireLog) -> None:
        self.url = bot_url.rstrip("/")
        self.around: Callable[[Sent, Deliver], Awaitable[Answer]] | None = None
        self._log = log
        self._kept: deque[tuple[int, Sent]] = deque(maxlen=KEPT)
        self._client: httpx.AsyncClient | None = None

    async def post(self, path: str, content: bytes, headers: Mapping[str, str], seconds: float) -> Answer:
        """POST to the bot, waiting `seconds` at most for its whole answer."""
        sent = Sent(path, content, headers, seconds)
        return await (self.around(sent, self.deliver) if self.around else self.deliver(sent))

    async def deliver(self, sent: Sent) -> Answer:
        """POST at once, whatever `around` would say."""
        started = time.perf_counter()
        request = httpx.Request("POST", self.url + sent.path, content=sent.content, headers=sent.headers)
        answer = await self._sent(request, sent.seconds)
        took = time.perf_counter() - started
        said = sent.content.decode("utf-8", "replace"), _text(answer.body)
        number = self._log.record("to bot", f"POST {sent.path}", (answer.status, took), said)
        self._kept.append((number, sent))
        return answer

    def note(self, called: str, answered: tuple[int, float], said: tuple[str, str]) -> None:
        """Write down what went to the bot another way than by HTTP; as WireLog.record."""
        self._log.record("to bot", called, answered, said)

    def kept(self, number: int) -> Sent:
        """The request with this number in the log; LookupError when it is not there any more."""
        for known, sent in self._kept:
            if known == number:
                return sent
        raise LookupError(f"Request {number} went to nobody, or is forgotten.")

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
            self._client = httpx.AsyncClient(trust_env=False, verify=_authorities())
        return self._client


@cache
def _authorities() -> ssl.SSLContext:
    """Whom to believe; read once for a process, because that takes a while."""
    return ssl.create_default_context()


def _body(response: httpx.Response) -> Any:
    if not response.content:
        return None
    try:
        return response.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        return response.text


def _text(body: Any) -> str:
    if body is None:
        return ""
    return body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)


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
            said = seen.body.decode("utf-8", "replace"), seen.answer.decode("utf-8", "replace")
            self._log.record("from bot", called, answered, said)


class _Seen:
    """What one request said and how it was answered."""

    def __init__(self) -> None:
        self.body = b""
        self.answer = b""
        self.status = 0

    def receiving(self, receive: Receive) -> Receive:
        async def wrapped() -> Message:
            message = await receive()
            if message["type"] == "http.request" and len(self.body) < SHORT:
                self.body += message.get("body", b"")[:SHORT]
            return message

        return wrapped

    def sending(self, send: Send) -> Send:
        async def wrapped(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.status = message["status"]
            elif message["type"] == "http.response.body" and len(self.answer) < SHORT:
                self.answer += message.get("body", b"")[:SHORT]
            await send(message)

        return wrapped
