"""How long somebody waits for a piece of work, and which comes first: its commit or their giving up."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar, copy_context
from time import monotonic
from typing import TypeVar

from bot.errors import Busy

T = TypeVar("T")
LOCK_WAIT = 1.5  # seconds anybody waits for a lock, a free connection or one statement
COMMIT_GRACE = 0.7  # seconds more for a commit that has already begun


class Patience:
    """A limit in seconds that a transaction checks before it commits; after giving up none ever commits."""

    def __init__(self, seconds: float) -> None:
        self._deadline = monotonic() + seconds
        self._lock = threading.Lock()
        self._committing = False
        self._given_up = False

    @property
    def left(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self._deadline - monotonic())

    def begin_commit(self) -> None:
        """Raises Busy when it is too late; from here on nobody can say that nothing was saved."""
        with self._lock:
            if self._given_up or not self.left:
                raise Busy("its time was over before it was saved")
            self._committing = True

    def give_up(self) -> bool:
        """True when nothing was saved and nothing will be."""
        with self._lock:
            self._given_up = True
            return not self._committing


CURRENT: ContextVar[Patience | None] = ContextVar("patience", default=None)


def lock_wait() -> float:
    """Seconds the present work may wait for a lock."""
    patience = CURRENT.get()
    return LOCK_WAIT if patience is None else min(LOCK_WAIT, patience.left)


async def run(threads: ThreadPoolExecutor, work: Callable[[], T], seconds: float | None) -> T:
    """Run `work` on one of the threads, in the caller's context.

    Raises Busy once `seconds` are over and certainly nothing was or will be saved, TimeoutError when a commit
    was under way and did not end in time, and whatever `work` raises.
    """
    patience = None if seconds is None else Patience(seconds)
    job = threads.submit(copy_context().run, _with, patience, work)
    waiting = asyncio.wrap_future(job)
    done, _ = await asyncio.wait({waiting}, timeout=seconds)
    if done or patience is None:
        return waiting.result()
    waiting.add_done_callback(lambda late: late.cancelled() or late.exception())
    if job.cancel() or patience.give_up():
        raise Busy("it waited longer than anybody wants to")
    done, _ = await asyncio.wait({waiting}, timeout=COMMIT_GRACE)
    if not done:
        raise TimeoutError("whether it was saved could not be confirmed")
    return waiting.result()


def _with(patience: Patience | None, work: Callable[[], T]) -> T:
    CURRENT.set(patience)
    return work()
