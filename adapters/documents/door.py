"""GET /export/TOKEN: where a browser fetches an export, once its person said in chat that it is theirs.

Looking changes nothing, so the preview of a link opens nothing: only the button on the page (POST) does.
"""

import asyncio
import re
import secrets
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import monotonic
from typing import IO, Protocol, TypeVar
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse

from adapters.documents import pages, writing
from adapters.documents.record import Signer
from bot.counter import Fetched, Progress, Seen
from bot.errors import Busy, Refusal

T = TypeVar("T")

TOKEN = re.compile(r"[0-9a-f]{40}")
BROWSER = "parley_browser"
LASTS = 15 * 60  # seconds a browser keeps its secret: as long as a link works
EACH, ALL = 60, 1200  # requests in a minute for one link, and for all of them
AT_ONCE = 2  # files that are written at the same time
PIECE = 64 * 1024


class Desk(Protocol):
    """What is asked of bot.counter.Counter; every call is run on a worker thread."""

    def see_link(self, token: str, cookie: str) -> Seen: ...
    def open_link(self, token: str, cookie: str) -> Seen: ...
    def fetch_link(self, token: str, cookie: str) -> Fetched | None: ...
    def hand_over(self, token: str, cookie: str) -> bool: ...


@dataclass(slots=True)
class Rate:
    """How many requests a minute are let through; what it counts is forgotten with the minute."""

    now: Callable[[], float] = monotonic
    minute: int = -1
    counted: dict[str, int] = field(default_factory=dict)

    def admits(self, token: str) -> bool:
        """Whether one more may come in, for this link and in all."""
        if (minute := int(self.now() // 60)) != self.minute:
            self.minute, self.counted = minute, {}
        for key, most in (("", ALL), (token, EACH)):
            self.counted[key] = self.counted.get(key, 0) + 1
            if self.counted[key] > most:
                return False
        return True


class Door:
    """The three addresses. `url` is where the world reaches us: https there makes the cookie secure."""

    def __init__(self, desk: Desk, signer: Signer, url: str) -> None:
        self.desk = desk
        self.signer = signer
        self.secure = url.startswith("https:")
        self.path = f"{urlsplit(url).path}/export"
        self.committed: Callable[[], None] = lambda: None
        self.rate = Rate()
        self.writers = asyncio.Semaphore(AT_ONCE)

    def mount(self, app: FastAPI, committed: Callable[[], None]) -> None:
        """At the door of the bot; `committed` is told on the event loop that somebody is to be asked."""
        self.committed = committed
        app.router.add_route("/export/{token}", self.look, methods=["GET"])
        app.router.add_route("/export/{token}", self.open, methods=["POST"])
        app.router.add_route("/export/{token}/file", self.fetch, methods=["GET"])

    async def look(self, request: Request) -> Response:
        """How the link stands for this browser; changes nothing."""
        token = str(request.path_params["token"])
        if refused := self._refused(token):
            return refused
        seen = await _known(lambda: self.desk.see_link(token, _cookie(request)))
        return seen if isinstance(seen, Response) else pages.answer(_page(seen, token))

    async def open(self, request: Request) -> Response:
        """This browser wants the file: its person is asked, and it gets a secret to be known by."""
        token = str(request.path_params["token"])
        if refused := self._refused(token):
            return refused
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return pages.answer(pages.ELSEWHERE)
        browser = _cookie(request) or secrets.token_urlsafe(32)
        seen = await _known(lambda: self.desk.open_link(token, browser))
        if isinstance(seen, Response):
            return seen
        if seen.progress is Progress.GONE:
            return pages.answer(pages.GONE)
        self.committed()
        answer = RedirectResponse(token, 303, pages.SAFE)
        answer.set_cookie(
            BROWSER,
            browser,
            LASTS,
            path=f"{self.path}/{token}",
            secure=self.secure,
            httponly=True,
            samesite="strict",
        )
        return answer

    async def fetch(self, request: Request) -> Response:
        """The file, once: written whole before it counts as fetched."""
        token = str(request.path_params["token"])
        if refused := self._refused(token):
            return refused
        if request.method != "GET" or _only_beforehand(request):
            return pages.answer(pages.CLOSED)
        async with self.writers:
            answer = await _known(lambda: self._file(token, _cookie(request)))
        self.committed()  # the question in chat says now that it was fetched
        return answer

    def _refused(self, token: str) -> Response | None:
        if not TOKEN.fullmatch(token):
            return pages.answer(pages.GONE)
        return None if self.rate.admits(token) else pages.answer(pages.TOO_OFTEN)

    def _file(self, token: str, browser: str) -> Response:
        """Runs on a worker thread. Raises a Refusal where it cannot be written; the link still works then."""
        fetched = self.desk.fetch_link(token, browser)
        if fetched is None:
            return pages.answer(pages.GONE)
        dossier, kind = fetched.dossier, fetched.format
        written = tempfile.TemporaryFile()  # noqa: SIM115 - closed when its last piece was sent
        try:
            writing.write(dossier, kind, self.signer, written)
            length = written.tell()
            written.seek(0)
            if not self.desk.hand_over(token, browser):
                written.close()
                return pages.answer(pages.GONE)
        except BaseException:
            written.close()
            raise
        name = f'attachment; filename="{writing.name(dossier, kind)}"'
        told = pages.SAFE | {"Content-Disposition": name, "Content-Length": str(length)}
        return StreamingResponse(_pieces(written), 200, told, writing.MEDIA[kind])


async def _known(ask: Callable[[], T]) -> T | Response:
    """What the desk says, or the page for why it cannot."""
    try:
        return await asyncio.to_thread(ask)
    except Refusal as refusal:
        return pages.answer(pages.not_made(refusal.sentence))
    except (Busy, TimeoutError):
        return pages.answer(pages.UNREACHABLE)


def _page(seen: Seen, token: str) -> pages.Page:
    match seen.progress:
        case Progress.GONE:
            return pages.GONE
        case Progress.CLOSED:
            return pages.CLOSED
        case Progress.WAITING:
            return pages.waiting(token, seen.code)
        case Progress.READY:
            return pages.ready(token, seen.format.words if seen.format else "file")


def _cookie(request: Request) -> str:
    return request.cookies.get(BROWSER, "")[:100]


def _only_beforehand(request: Request) -> bool:
    """A browser that fetches what might be wanted later."""
    purposes = (request.headers.get(name, "") for name in ("sec-purpose", "purpose", "x-moz"))
    return any("prefetch" in purpose for purpose in purposes)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
