"""The playground's only clock: wall time, and the business time that the bot tells."""

import asyncio
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime

from playground.wire import Answer, BotLine

PATH = "/playground/clock"
FRESH = 1.0
PATIENCE = 0.5
PUSH_PATIENCE = 600.0


def wall_time() -> float:
    """Seconds since 1970 on this machine."""
    return time.time()


class Stamps:
    """Whole numbers that only grow: wall time in the given fraction of a second, or the last one plus one."""

    def __init__(self, wall: Callable[[], float], per_second: int) -> None:
        self._wall = wall
        self._per_second = per_second
        self._last = 0

    def next(self) -> int:
        self._last = max(self._last + 1, int(self._wall() * self._per_second))
        return self._last


class BusinessClock:
    """Follows the bot's clock as an offset to wall time; None while the bot was never reached."""

    def __init__(self, line: BotLine, wall: Callable[[], float]) -> None:
        self._line = line
        self._wall = wall
        self._offset: float | None = None
        self._asked = float("-inf")
        self._asking = asyncio.Lock()
        self._pushes = 0

    @property
    def now(self) -> str | None:
        """Business time in ISO 8601 with offset, or None when the bot does not tell it."""
        return None if self._offset is None else iso(self._wall() + self._offset)

    def stamp(self) -> str:
        """The time to write on a message: business time if known, else wall time."""
        return iso(self._wall() + (self._offset or 0.0))

    def wall_of(self, stamp: str) -> float:
        """Wall time, in seconds, of what was written at that business time: a push makes it older."""
        return datetime.fromisoformat(stamp).timestamp() - (self._offset or 0.0)

    async def refresh(self) -> None:
        """Ask the bot, at most once a second."""
        async with self._asking:
            if time.monotonic() - self._asked >= FRESH:
                await self._ask()

    async def keep_up(self) -> None:
        """While a push runs the bot's clock moves under us, so each message asks for it."""
        if self._pushes:
            await self._ask()

    async def push(self, unit: str) -> Answer:
        """Forward a push to the bot and learn the time it answers."""
        self._pushes += 1
        try:
            answer = await self._line.post(PATH, *_json({"push": unit}), PUSH_PATIENCE)
        finally:
            self._pushes -= 1
        self._learn(answer)
        return answer

    async def _ask(self) -> None:
        answer = await self._line.get(PATH, PATIENCE)
        self._asked = time.monotonic()
        self._learn(answer)

    def _learn(self, answer: Answer) -> None:
        match answer:
            case Answer(200, {"now": str(told)}):
                self._offset = datetime.fromisoformat(told).timestamp() - self._wall()
            case Answer(0, "timeout"):
                pass  # a busy bot still has the time it last told
            case _:
                self._offset = None


def iso(seconds: float) -> str:
    """Seconds since 1970 as ISO 8601 in UTC, such as 2026-11-02T09:00:00.000+00:00."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


def _json(body: dict[str, str]) -> tuple[bytes, dict[str, str]]:
    return json.dumps(body).encode(), {"content-type": "application/json"}
