"""The control routes: what the page and the demo ask of the playground."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from playground.cast import Json
from playground.faults import Fault
from playground.slack_record import SlackError
from playground.stage import Stage
from playground.teams_record import TeamsError
from playground.trouble import Trouble
from playground.wire import Answer

HOSTS = {"127.0.0.1", "localhost"}
DONE = Answer(200)

Act = Callable[[Json], Awaitable[Response]]


class Guard:
    """Lets only this machine's own page use /control/: right Host, and on POST no foreign Origin."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/control"):
            why = _refused(scope["method"], Headers(scope=scope))
            if why:
                await JSONResponse({"error": why}, 403)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _refused(method: str, headers: Headers) -> str | None:
    host = headers.get("host", "")
    if urlsplit(f"//{host}").hostname not in HOSTS:
        return "The playground answers only on 127.0.0.1 and localhost."
    origin = headers.get("origin")
    if method != "GET" and origin is not None and origin != f"http://{host}":
        return "The playground takes orders only from its own page."
    return None


class Control:
    """Routes under /control/; a POST takes a JSON object and answers 400 or 404 with a sentence."""

    def __init__(self, stage: Stage, trouble: Trouble) -> None:
        self._stage = stage
        self._trouble = trouble

    def routes(self) -> list[Route]:
        return [*self._seen(), *self._said(), *self._ordered()]

    def _seen(self) -> list[Route]:
        return [
            Route("/control/state", self._state),
            Route("/control/wire", self._wire),
            Route("/control/stream", self._stream),
        ]

    def _said(self) -> list[Route]:
        return [
            _post("/control/slack/say", self._slack_say),
            _post("/control/slack/press", self._slack_press),
            _post("/control/slack/home", self._slack_home),
            _post("/control/slack/press_view", self._slack_press_view),
            _post("/control/slack/submit", self._slack_submit),
            _post("/control/slack/dismiss", self._slack_dismiss),
            _post("/control/slack/shortcut", self._slack_shortcut),
            _post("/control/teams/say", self._teams_say),
            _post("/control/teams/press", self._teams_press),
            _post("/control/teams/submit", self._teams_submit),
            _post("/control/teams/dismiss", self._teams_dismiss),
            _post("/control/teams/message_action", self._teams_message_action),
        ]

    def _ordered(self) -> list[Route]:
        return [
            _post("/control/install", self._install),
            _post("/control/uninstall", self._uninstall),
            _post("/control/connect", self._connect),
            _post("/control/disconnect", self._disconnect),
            _post("/control/faults", self._fault),
            _post("/control/order", self._order),
            _post("/control/again", self._again),
            _post("/control/clear", self._clear),
            _post("/control/clock", self._clock),
        ]

    async def _state(self, request: Request) -> Response:
        told = await self._stage.state() | {"trouble": self._trouble.to_json()}
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    async def _wire(self, request: Request) -> Response:
        after = int(request.query_params.get("after", "0"))
        return JSONResponse({"requests": self._stage.wire.to_json(after)})

    async def _stream(self, request: Request) -> Response:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._told(), media_type="text/event-stream", headers=headers)

    async def _told(self) -> AsyncIterator[str]:
        changes = self._stage.changes
        told = -1
        while not changes.closed:
            told = await changes.after(told)
            yield f"event: changed\ndata: {told}\n\n"

    async def _slack_say(self, asked: Json) -> Response:
        where = asked["user"], asked["channel"], asked["text"], asked.get("thread_ts")
        return _shown(await self._stage.slack.say(*where))

    async def _slack_press(self, asked: Json) -> Response:
        where = asked["user"], asked["channel"], asked["ts"], asked["action_id"], asked.get("value")
        return _shown(await self._stage.slack.press(*where))

    async def _slack_home(self, asked: Json) -> Response:
        return _shown(await self._stage.slack.open_home(asked["user"]))

    async def _slack_press_view(self, asked: Json) -> Response:
        where = asked["user"], asked["view"], asked["action_id"], asked.get("value")
        return _shown(await self._stage.slack.press_view(*where))

    async def _slack_submit(self, asked: Json) -> Response:
        return _shown(await self._stage.slack.submit(asked["user"], asked["view"], asked["values"]))

    async def _slack_dismiss(self, asked: Json) -> Response:
        self._stage.slack.dismiss(asked["user"], asked["view"])
        return _shown(DONE)

    async def _slack_shortcut(self, asked: Json) -> Response:
        where = asked["user"], asked["channel"], asked["ts"], asked["callback_id"]
        return _shown(await self._stage.slack.shortcut(*where))

    async def _teams_say(self, asked: Json) -> Response:
        where = asked["user"], asked["conversation"], asked["text"], asked.get("thread")
        return _shown(await self._stage.teams.say(*where))

    async def _teams_press(self, asked: Json) -> Response:
        where = asked["user"], asked["conversation"], asked["activity_id"], asked["action"]
        return _shown(await self._stage.teams.press(*where))

    async def _teams_submit(self, asked: Json) -> Response:
        return _shown(await self._stage.teams.submit(asked["user"], asked["dialog"], asked["data"]))

    async def _teams_dismiss(self, asked: Json) -> Response:
        return _shown(await self._stage.teams.dismiss(asked["user"], asked["dialog"]))

    async def _teams_message_action(self, asked: Json) -> Response:
        where = asked["user"], asked["conversation"], asked["message"], asked["command"]
        return _shown(await self._stage.teams.message_action(*where))

    async def _install(self, asked: Json) -> Response:
        home = asked.get("home")
        whole = self._trouble.install(home) if home else self._stage.install_everywhere()
        return _worst(await whole)

    async def _uninstall(self, asked: Json) -> Response:
        return _worst(await self._trouble.uninstall(asked["home"]))

    async def _connect(self, asked: Json) -> Response:
        self._trouble.connect(asked["user"], asked["channel"])
        return _shown(DONE)

    async def _disconnect(self, asked: Json) -> Response:
        self._trouble.disconnect(asked["user"], asked["channel"])
        return _shown(DONE)

    async def _order(self, asked: Json) -> Response:
        self._trouble.order(asked["order"])
        return _shown(DONE)

    async def _again(self, asked: Json) -> Response:
        return _shown(await self._trouble.again(asked["number"]))

    async def _clear(self, asked: Json) -> Response:
        self._trouble.clear()
        return _shown(DONE)

    async def _fault(self, asked: Json) -> Response:
        times, wait = asked.get("times", 1), asked.get("retry_after")
        self._trouble.fail(Fault(asked["method"], asked["kind"], times, wait))
        return _shown(DONE)

    async def _clock(self, asked: Json) -> Response:
        answer = await self._stage.push(asked["push"])
        if answer.status == 0:
            return JSONResponse({"error": "The bot does not answer."}, 502)
        return JSONResponse(answer.body, answer.status)


def _post(path: str, act: Act) -> Route:
    async def endpoint(request: Request) -> Response:
        try:
            asked: Any = json.loads(await request.body() or b"{}")
            return await act(asked)
        except KeyError as missing:
            return JSONResponse({"error": f"The field {missing} is missing."}, 400)
        except (TypeError, ValueError) as wrong:
            return JSONResponse({"error": f"The request cannot be read: {wrong}"}, 400)
        except (LookupError, SlackError, TeamsError) as unknown:
            return JSONResponse({"error": str(unknown)}, 404)

    return Route(path, endpoint, methods=["POST"])


def _worst(answers: tuple[Answer, ...]) -> Response:
    return _shown(next((answer for answer in answers if not answer.ok), DONE))


def _shown(answer: Answer) -> Response:
    return JSONResponse({"status": answer.status, "body": answer.body})
