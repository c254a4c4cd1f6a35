"""Faults on order: the next calls of a method fail in the way a bad day on Slack or Teams would."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

Kind = Literal["429", "500", "503", "hang_before", "hang_after", "drop_after", "forbidden"]

KINDS: frozenset[str] = frozenset(get_args(Kind))

# What one may order a fault for besides a single method: whatever carries words to people.
GROUPS: Mapping[str, frozenset[str]] = {
    "slack messages": frozenset({"chat.postMessage", "chat.postEphemeral", "chat.update", "response_url"}),
    "teams messages": frozenset({"POST activities", "PUT activities"}),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """`method` is one or one of GROUPS; `retry_after` in seconds, for kind 429 only; `times` are left."""

    method: str
    kind: Kind
    times: int = 1
    retry_after: float | None = None


class Dropped(Response):
    """An answer that breaks off: the head promises a body and the connection closes instead."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        head = [(b"content-length", b"1"), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": head})


class Faults:
    """A queue of faults for each method, such as "chat.postMessage", "POST activities" or "token"."""

    def __init__(self) -> None:
        self._queue: list[Fault] = []
        self._released = asyncio.Event()

    def add(self, fault: Fault) -> None:
        """ValueError for an unknown kind or fewer than one time."""
        if fault.kind not in KINDS or fault.times < 1:
            raise ValueError(f"A fault is one of {', '.join(sorted(KINDS))}, at least once.")
        self._queue.append(fault)

    def clear(self) -> None:
        """Forget what is queued and let go of the calls that hang."""
        self._queue.clear()
        self.release()

    def release(self) -> None:
        """Let go of the calls that hang: their connections are closed without an answer."""
        self._released.set()
        self._released = asyncio.Event()

    @property
    def waiting(self) -> tuple[Fault, ...]:
        """What is ordered and has not happened yet."""
        return tuple(self._queue)

    async def around(
        self,
        method: str,
        request: Request,
        act: Callable[[], Awaitable[Response]],
        refuse: Callable[[Fault], Response],
    ) -> Response:
        """Run `act`, or fail as ordered; `refuse` words the platform's own refusals.

        The body of `request` must have been read.
        """
        fault = self._take(method)
        if fault is None:
            return await act()
        match fault.kind:
            case "hang_before":
                return await self._hang(request)
            case "hang_after":
                await act()
                return await self._hang(request)
            case "drop_after":
                await act()
                return Dropped()
            case _:
                return refuse(fault)

    def _take(self, method: str) -> Fault | None:
        for place, fault in enumerate(self._queue):
            if method == fault.method or method in GROUPS.get(fault.method, ()):
                left = [replace(fault, times=fault.times - 1)] if fault.times > 1 else []
                self._queue[place : place + 1] = left
                return fault
        return None

    async def _hang(self, request: Request) -> Response:
        gone = asyncio.create_task(_gone(request))
        released = asyncio.create_task(self._released.wait())
        await asyncio.wait({gone, released}, return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        released.cancel()
        return Dropped()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
