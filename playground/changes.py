"""Tells everyone who watches that something in the two windows has changed."""

import asyncio
from collections.abc import Callable


class Changes:
    """A counter that can be waited for; used on one event loop only."""

    def __init__(self) -> None:
        self.count = 0
        self.closed = False
        self._next = asyncio.Event()

    def bump(self) -> None:
        self.count += 1
        self._wake()

    def close(self) -> None:
        """Let every watcher go; used when the server stops."""
        self.closed = True
        self._wake()

    async def after(self, count: int) -> int:
        """The counter as soon as it is beyond `count`, or at once when closed."""
        while self.count <= count and not self.closed:
            await self._next.wait()
        return self.count

    async def until(self, true: Callable[[], bool], seconds: float = 5.0) -> None:
        """Return as soon as `true()` holds, asked again at each change; TimeoutError after `seconds`."""
        async with asyncio.timeout(seconds):
            while not true():
                await self.after(self.count)

    def _wake(self) -> None:
        self._next.set()
        self._next = asyncio.Event()
