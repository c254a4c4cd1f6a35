"""The load: a few kept-alive connections, each asking again as soon as it has its answer."""

import asyncio
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import perf_counter

from benchmarks.rig.world import HOST

CONNECTIONS = 16
WARM_UP = 0.5  # seconds that are not counted
LAST_WORD = 10.0  # seconds for the answers still out when the time is over
HEAD = re.compile(
    rb"HTTP/1\.1 (\d{3}) .*?content-length: (\d+)\r\n(?:.*?\r\n)?\r\n", re.DOTALL | re.IGNORECASE
)
Judge = Callable[[int, bytes], bool]


@dataclass(slots=True)
class Tally:
    """What came of one round: seconds of each counted answer, and every answer that was not the right one.

    `cpu` is the server's processor time in seconds for all it answered.
    """

    window: float
    times: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    answered: int = 0  # right ones, counted or not
    cpu: float = 0.0

    @property
    def rate(self) -> float:
        """Right answers a second."""
        return len(self.times) / self.window


class Round:
    """One round under way."""

    def __init__(self, requests: Iterator[bytes], is_right: Judge, seconds: float) -> None:
        self.requests = requests
        self.is_right = is_right
        self.tally = Tally(seconds)
        self.begin = perf_counter() + WARM_UP
        self.end = self.begin + seconds
        self.talking = CONNECTIONS
        self.over = asyncio.Event()

    def next(self) -> bytes | None:
        """What to ask next; None once the time or the requests are over."""
        return next(self.requests, None) if perf_counter() < self.end else None

    def answered(self, asked: float, status: int, body: bytes) -> None:
        now = perf_counter()
        if not self.is_right(status, body):
            self.tally.wrong.append(f"{status} {body[:300].decode(errors='replace')}")
            return
        self.tally.answered += 1
        if self.begin <= now <= self.end:
            self.tally.times.append(now - asked)

    def hung_up(self) -> None:
        self.talking -= 1
        if not self.talking:
            self.over.set()


class Line(asyncio.Protocol):
    """One connection."""

    def __init__(self, under_way: Round) -> None:
        self.round = under_way
        self.kept = b""
        self.asked = 0.0
        self.done = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)  # noqa: S101 # narrows the type only
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        request = self.round.next()
        if request is None:
            self.done = True
            self.transport.close()
            return
        self.asked = perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.kept += data
        head = HEAD.match(self.kept)
        whole = head.end() + int(head[2]) if head else None
        if head is None or whole is None or len(self.kept) < whole:
            return
        body, self.kept = self.kept[head.end() : whole], self.kept[whole:]
        self.round.answered(self.asked, int(head[1]), body)
        self.ask()

    def connection_lost(self, fault: Exception | None) -> None:
        if not self.done:
            self.round.tally.wrong.append(f"the connection was lost: {fault} {self.kept[:300]!r}")
        self.round.hung_up()


async def press(port: int, requests: Iterator[bytes], is_right: Judge, seconds: float) -> Tally:
    """One round of so many counted seconds, or until there are no more requests."""
    loop, under_way = asyncio.get_running_loop(), Round(requests, is_right, seconds)
    for _ in range(CONNECTIONS):
        await loop.create_connection(lambda: Line(under_way), HOST, port)
    try:
        async with asyncio.timeout(WARM_UP + seconds + LAST_WORD):
            await under_way.over.wait()
    except TimeoutError:
        under_way.tally.wrong.append(f"{under_way.talking} connections never got their answer")
    return under_way.tally
