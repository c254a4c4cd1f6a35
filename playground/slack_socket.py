"""Socket Mode: what the app would be posted goes over a connection that the app itself opened."""

import asyncio
import itertools
import json
import secrets
import time
from collections.abc import Callable

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from playground.cast import Json
from playground.slack_record import SlackError
from playground.slack_shapes import APP_ID
from playground.wire import Answer, BotLine

APP_TOKEN = "xapp-playground"  # noqa: S105 - a token of the playground only
OPEN = "apps.connections.open"
PATH = "/slack/socket"
MOST = 10  # connections of one app


class Sockets:
    """The app's connections. Once it has asked for one, everything goes this way and nothing by HTTP.

    `opened` counts them from the beginning; `turned_away` is how many of the next ones are refused.
    """

    def __init__(self, own_url: str, line: BotLine, changed: Callable[[], None]) -> None:
        self.is_on = False
        self.opened = 0
        self.turned_away = 0
        self._address = f"{own_url.replace('http', 'ws', 1)}{PATH}"
        self._line = line
        self._changed = changed
        self._tickets: set[str] = set()
        self._connected: list[WebSocket] = []
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._turn = itertools.count()

    def route(self) -> WebSocketRoute:
        """Where the app connects."""
        return WebSocketRoute(PATH, self._serve)

    @property
    def count(self) -> int:
        """How many connections there are."""
        return len(self._connected)

    def call(self, method: str, token: str) -> Json | None:
        """apps.connections.open and all else that an app-level token may ask; None where it is none."""
        is_app = token.startswith("xapp-")
        if is_app != (method == OPEN):
            if is_app or method == OPEN:
                raise SlackError("not_allowed_token_type")
            return None
        if not is_app:
            return None
        if token != APP_TOKEN:
            raise SlackError("invalid_auth")
        self.is_on = True
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return {"url": f"{self._address}?ticket={ticket}&app_id={APP_ID}"}

    async def send(
        self, kind: str, payload: Json, seconds: float, retry: tuple[int, str] = (0, "")
    ) -> Answer:
        """One envelope on one connection; its acknowledgement as an answer, or status 0 and why not."""
        envelope = secrets.token_hex(16)
        told: Json = {"envelope_id": envelope, "type": kind, "payload": payload}
        told |= {"accepts_response_payload": kind != "events_api"}
        if kind == "events_api":
            told |= {"retry_attempt": retry[0], "retry_reason": retry[1]}
        started = time.perf_counter()
        answer = await self._acknowledged(envelope, told, seconds)
        took = time.perf_counter() - started
        self._line.note(
            f"SOCKET /{kind}", (answer.status, took), (json.dumps(payload), json.dumps(answer.body))
        )
        return answer

    async def ask_to_renew(self) -> None:
        """Tell every connection that it ends soon; the app opens another one."""
        for socket in tuple(self._connected):
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})

    async def cut(self) -> None:
        """Close every connection without a word."""
        for socket in tuple(self._connected):
            self._forget(socket)
            await socket.close(1011)

    async def _serve(self, socket: WebSocket) -> None:
        ticket = socket.query_params.get("ticket", "")
        refused = ticket not in self._tickets or self.count >= MOST or self.turned_away > 0
        self._tickets.discard(ticket)
        if refused:
            self.turned_away = max(0, self.turned_away - 1)
            await socket.close(4403)
            return
        await socket.accept()
        await socket.send_json({"type": "hello", "num_connections": self.count + 1, **_about()})
        self._connected.append(socket)
        self.opened += 1
        self._changed()
        try:
            while True:
                self._acknowledge(await socket.receive_json())
        except (WebSocketDisconnect, RuntimeError, ValueError, KeyError):
            self._forget(socket)

    def _acknowledge(self, told: Json) -> None:
        waiting = self._waiting.pop(told.get("envelope_id", ""), None)
        if waiting and not waiting.done():
            waiting.set_result(told)

    def _forget(self, socket: WebSocket) -> None:
        if socket in self._connected:
            self._connected.remove(socket)
            self._changed()

    async def _acknowledged(self, envelope: str, told: Json, seconds: float) -> Answer:
        if not self._connected:
            return Answer(0, "connection_failed")
        socket = self._connected[next(self._turn) % self.count]
        waiting = self._waiting[envelope] = asyncio.get_running_loop().create_future()
        try:
            await socket.send_json(told)
            said = await asyncio.wait_for(waiting, seconds)
        except TimeoutError:
            return Answer(0, "timeout")
        except (WebSocketDisconnect, RuntimeError):
            self._forget(socket)
            return Answer(0, "connection_failed")
        finally:
            self._waiting.pop(envelope, None)
        return Answer(200, said.get("payload"))


def _about() -> Json:
    return {"connection_info": {"app_id": APP_ID}, "debug_info": {"host": "playground"}}
