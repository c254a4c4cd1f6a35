"""The door: one ASGI application with size limits and health, where every platform mounts its routes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adapters.platform import Office, Platform
from bot.errors import Busy

LARGEST = 256 * 1024  # bytes of one request; the platforms' own largest are far below


class Works(Protocol):
    """What runs beside the door for as long as it is open."""

    def start(self) -> None: ...
    async def stop(self) -> None: ...


def door(platforms: Iterable[Platform], office: Office, works: Works, ready: Callable[[], None]) -> FastAPI:
    """The application. `ready` blocks and raises Busy where the record cannot be reached."""
    named = tuple(platforms)
    app = FastAPI(
        title="Parley", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_open(named, works)
    )
    app.add_middleware(Bounded)
    for platform in named:
        platform.mount(app, office)

    async def alive(request: Request) -> Response:
        return JSONResponse({"status": "alive"})

    async def is_ready(request: Request) -> Response:
        try:
            await asyncio.to_thread(ready)
        except Busy:
            return JSONResponse({"status": "the record cannot be reached"}, status_code=503)
        return JSONResponse({"status": "ready"})

    app.router.add_route("/healthz", alive, methods=["GET"])
    app.router.add_route("/readyz", is_ready, methods=["GET"])
    return app


def _open(
    platforms: tuple[Platform, ...], works: Works
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        for platform in platforms:
            await platform.start()
        works.start()
        yield
        await works.stop()
        for platform in platforms:
            await platform.stop()

    return lifespan


def mount_clock(app: FastAPI, now: Callable[[], str], push: Callable[[str], Awaitable[str | None]]) -> None:
    """The playground's pushable clock; never part of `serve`."""

    async def tell(request: Request) -> Response:
        return JSONResponse({"now": now()})

    async def pushed(request: Request) -> Response:
        step = (await request.json()).get("push", "")
        moved = await push(step)
        if moved is None:
            return JSONResponse({"error": "push must be hour, business_day or week"}, status_code=400)
        return JSONResponse({"now": moved})

    app.router.add_route("/playground/clock", tell, methods=["GET"])
    app.router.add_route("/playground/clock", pushed, methods=["POST"])


class Bounded:
    """Answers 413 to a body over LARGEST bytes, whether its length is announced or not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        length = dict(scope["headers"]).get(b"content-length", b"0")
        body = None if length.isdigit() and int(length) > LARGEST else await _whole(receive)
        if body is None:
            await Response(status_code=413)(scope, receive, send)
            return
        await self.app(scope, _again(body, receive), send)


async def _whole(receive: Receive) -> bytes | None:
    """The body; None once it is too large or the client has gone."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if len(body) > LARGEST:
            return None
        if not message.get("more_body"):
            return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """The body that was read, handed on as one piece."""
    rest: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return rest.pop() if rest else await receive()

    return replay
