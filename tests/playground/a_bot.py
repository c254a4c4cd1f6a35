"""A bot with nothing in its head: it keeps what it is sent and answers what it is told to."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


@dataclass(frozen=True, slots=True)
class Heard:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class ABot:
    """`answers` are given in turn, then empty 200s; None waits for `end`. `now` is business time."""

    heard: list[Heard] = field(default_factory=list)
    answers: list[Response | None] = field(default_factory=list)
    now: str = "2026-11-02T09:00:00+00:00"
    pushed: list[str] = field(default_factory=list)
    end: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def app(self) -> Starlette:
        posts = [Route(path, self._hear, methods=["POST"]) for path in ("/slack/events", "/api/messages")]
        clock = Route("/playground/clock", self._clock, methods=["GET", "POST"])
        return Starlette(routes=[*posts, clock, Route("/healthz", self._health)])

    async def _hear(self, request: Request) -> Response:
        self.heard.append(Heard(request.url.path, dict(request.headers), await request.body()))
        answer = self.answers.pop(0) if self.answers else Response()
        if answer is None:
            await self.end.wait()
        return answer or Response()

    async def _clock(self, request: Request) -> Response:
        if request.method == "POST":
            asked: dict[str, Any] = await request.json()
            self.pushed.append(asked["push"])
            self.now = "2026-11-09T09:00:00+00:00"
        return JSONResponse({"now": self.now})

    async def _health(self, request: Request) -> Response:
        return Response()
