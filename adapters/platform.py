"""The contract of a platform, and the one way in: an intent is handed to the desk on a worker thread."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from fastapi import FastAPI

from bot import faults
from bot.desk import Answer, Desk
from bot.errors import Busy
from bot.intents import Handle, Intent, Place
from bot.ports import Courier, Store

PATIENCE = 2.0  # seconds; the strictest platform gives a request three
BREATH = 0.15  # seconds between two nudges to whoever delivers, while many requests commit at once


class Nudge:
    """Passes a nudge on at once, and all that follow within a breath as one. It lives on the event loop."""

    def __init__(self, pass_on: Callable[[], None]) -> None:
        self._pass_on = pass_on
        self._resting = False
        self._again = False

    def __call__(self) -> None:
        self._again = self._resting
        if not self._resting:
            self._resting = True
            asyncio.get_running_loop().call_later(BREATH, self._rested)
            self._pass_on()

    def _rested(self) -> None:
        self._resting = False
        if self._again:
            self()


class Office:
    """Where the asynchronous edge meets the synchronous core."""

    def __init__(self, desk: Desk, store: Store, committed: Callable[[], None] = lambda: None) -> None:
        self.desk = desk
        self.store = store
        self.committed = Nudge(committed)

    async def ask(self, intent: Intent) -> Answer:
        """The desk's answer, in time; where the record is out of reach, a card that says so."""
        reads = self.desk.only_reads(intent)
        run = self.store.read if reads else self.store.write
        try:
            answer = await run(lambda: self.desk.serve(intent), PATIENCE)
        except Busy:
            return Answer(self.desk.nothing_saved())
        except TimeoutError:
            return Answer(self.desk.not_confirmed())
        except Exception as fault:
            return Answer(self.desk.fault(faults.note("request", fault)))
        if not reads:
            self.committed()
        return answer

    async def introduce(self, handle: Handle) -> None:
        """The name of a speaker whose answer was `unnamed`."""
        await self.store.write(lambda: self.desk.introduce(handle), PATIENCE)
        self.committed()

    async def meet(self, handle: Handle | None, place: Place) -> None:
        """Remember where somebody, or a channel, can be reached."""
        await self.store.write(lambda: self.desk.meet(handle, place), PATIENCE)
        self.committed()


class Platform(Courier, Protocol):
    """One platform: it mounts its routes at the door, and delivers what the post hands it.

    `probe` says in one line that we can speak there, or raises Undelivered with the reason and the remedy.
    """

    def mount(self, app: FastAPI, office: Office) -> None: ...
    async def start(self) -> None: ...
    async def stop(self) -> None: ...
    async def probe(self) -> str: ...


def in_background(tasks: set[asyncio.Task[None]], task: asyncio.Task[None]) -> None:
    """Keep a task from being collected before it is done."""
    tasks.add(task)
    task.add_done_callback(tasks.discard)
