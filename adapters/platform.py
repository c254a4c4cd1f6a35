"""The contract of a platform, and the one way in: an intent is handed to the desk on a worker thread."""

import asyncio
from collections.abc import Callable
from time import perf_counter
from typing import Protocol

from fastapi import FastAPI

from bot import faults
from bot.desk import Answer, Desk
from bot.errors import Busy
from bot.intents import Account, Handle, Intent, Place
from bot.ports import Courier, Store
from bot.records import Installation
from bot.views import Card

Line = tuple[bool, str]  # whether it is fine, and what it is

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


class Meter(Protocol):
    """Counts a request; `outcome` is answered, refused, busy (the record was out of reach) or fault."""

    def __call__(self, platform: str, outcome: str, seconds: float) -> None: ...


class Office:
    """Where the asynchronous edge meets the synchronous core."""

    def __init__(
        self,
        desk: Desk,
        store: Store,
        committed: Callable[[], None] = lambda: None,
        meter: Meter = lambda platform, outcome, seconds: None,
    ) -> None:
        self.desk = desk
        self.store = store
        self.committed = Nudge(committed)
        self.meter = meter

    async def ask(self, intent: Intent) -> Answer:
        """The desk's answer, in time; where the record is out of reach, a card that says so."""
        began = perf_counter()
        outcome, answer = await self._ask(intent)
        self.meter(intent.place.platform, outcome, perf_counter() - began)
        return answer

    async def _ask(self, intent: Intent) -> tuple[str, Answer]:
        reads = self.desk.only_reads(intent)
        run = self.store.read if reads else self.store.write
        try:
            answer = await run(lambda: self.desk.serve(intent), PATIENCE)
        except Busy:
            return "busy", _unserved(self.desk.nothing_saved())
        except TimeoutError:
            return "busy", _unserved(self.desk.not_confirmed())
        except Exception as fault:
            return "fault", _unserved(self.desk.fault(faults.note("request", fault)))
        if not reads:
            self.committed()
        return ("refused" if answer.refused else "answered"), answer

    async def introduce(self, handle: Handle) -> None:
        """The name of a speaker whose answer was `unnamed`."""
        await self.store.write(lambda: self.desk.introduce(handle), PATIENCE)
        self.committed()

    async def meet(self, handle: Handle | None, place: Place) -> None:
        """Remember where somebody, or a channel, can be reached."""
        await self.store.write(lambda: self.desk.meet(handle, place), PATIENCE)
        self.committed()

    async def channels(self, place: Place) -> tuple[Place, ...]:
        """A few channels of the same tenant; none where the record is out of reach."""
        try:
            return await self.store.read(lambda: self.desk.channels(place), PATIENCE)
        except (Busy, TimeoutError):
            return ()

    async def account(self, account: Account) -> None:
        """What a platform says of an account now; Busy or TimeoutError where it could not be kept."""
        if await self.store.read(lambda: self.desk.porter.is_news(account), PATIENCE):
            await self.store.write(lambda: self.desk.porter.account(account), PATIENCE)
            self.committed()

    async def gathered(self, place: Place, key: str) -> None:
        """Somebody came to that place or left it, or we did: who is there is asked again, once for a `key`.

        Without a conversation, anywhere in its tenant. Busy or TimeoutError where it could not be kept.
        """
        if await self.store.read(lambda: self.desk.porter.has_rooms(place), PATIENCE):
            await self.store.write(lambda: self.desk.porter.gathered(place, key), PATIENCE)
            self.committed()

    async def locked_out(self, home: Installation, url: str) -> None:
        """We are not let in there any more; `url` is where we are installed again, "" where there is none."""
        await self.store.write(lambda: self.desk.locked_out(home, url), PATIENCE)
        self.committed()

    async def let_in(self, home: Installation) -> None:
        """We are let in there: what waited goes now."""
        await self.store.write(lambda: self.desk.let_in(home), PATIENCE)
        self.committed()


class Platform(Courier, Protocol):
    """One platform: it mounts its routes at the door, and delivers what the post hands it.

    `probe` says, each in a line of its own, what works there and what does not, with the remedy.
    """

    def mount(self, app: FastAPI, office: Office) -> None: ...
    async def start(self) -> None: ...
    async def stop(self) -> None: ...
    async def probe(self) -> tuple[Line, ...]: ...


def _unserved(why: Card) -> Answer:
    """It was not served, and nothing was saved, or nobody knows."""
    return Answer(why, refused=True, unserved=True)


def in_background(tasks: set[asyncio.Task[None]], task: asyncio.Task[None]) -> None:
    """Keep a task from being collected before it is done."""
    tasks.add(task)
    task.add_done_callback(tasks.discard)
