"""The roll: before anything is built for a room, its platform is asked who is there; else it waits."""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from bot import faults
from bot.clock import Clock
from bot.errors import Absent, Again, Permanent, Undelivered, Withheld
from bot.intents import Account, Handle
from bot.outbox import LEAVE, ROLL, Address, Audience, OutboxMessage
from bot.ports import Courier, Store

T = TypeVar("T")
BREATH = timedelta(seconds=1)  # for which messages to one room share an answer
CALL = 10.0  # seconds a courier may take
NEWCOMERS = frozenset({"admission.welcome", "setup.welcome"})  # may greet a guest


class Found(Protocol):
    """What was made of an answer (bot.porter.Muster)."""

    @property
    def changed(self) -> bool: ...
    @property
    def doubted(self) -> tuple[Handle, ...]: ...


class Watch(Protocol):
    """Who keeps the record of it (bot.porter.Porter); each call is one transaction."""

    def where(self, audience: Audience) -> Address | None: ...
    def stands(self, room: str, present: Sequence[Account]) -> bool: ...
    def muster(self, room: str, present: Sequence[Account]) -> Found: ...
    def lost(self, room: str) -> None: ...
    def account(self, account: Account) -> None: ...


class Roll:
    """Called before each message; its failures are Permanent or Again, because asking twice does no harm."""

    def __init__(self, store: Store, watch: Watch, couriers: Mapping[str, Courier], clock: Clock) -> None:
        self.store = store
        self.watch = watch
        self.couriers = couriers
        self.clock = clock
        self.limit = CALL
        self._shared: dict[str, tuple[datetime, tuple[Account, ...]]] = {}

    async def call(self, message: OutboxMessage) -> bool:
        """Whether the record changed by it: then whatever waits longer than this message goes first."""
        room, kind = message.audience.room, message.letter.kind
        if not room and kind not in NEWCOMERS:
            return False
        address = await self.store.read(lambda: self.watch.where(message.audience))
        courier = self.couriers.get(address.platform) if address else None
        if address is None or courier is None:
            return False  # whoever builds it says why
        if not room:
            return await self._greet(courier, address)
        try:
            present = await self._present(message, courier, address)
        except Permanent:
            if kind == ROLL:
                return False
            raise
        return await self._mustered(room, present, courier, address)

    async def leave(self, message: OutboxMessage) -> bool:
        """Whether that was an order to leave its place, which is done now."""
        if message.letter.kind != LEAVE:
            return False
        address = await self.store.read(lambda: self.watch.where(message.audience))
        if address and address.platform in self.couriers:
            await self._asked(self.couriers[address.platform].leave(address))
        return True

    async def _present(
        self, message: OutboxMessage, courier: Courier, address: Address
    ) -> tuple[Account, ...]:
        """Who is in the room: asked now, or a moment ago for another message."""
        room, now = message.audience.room, self.clock.wall()
        is_news = message.letter.kind != ROLL
        at, present = self._shared.get(room, (now - BREATH, ()))
        if is_news and timedelta(0) <= now - at < BREATH:
            return present
        self._shared.pop(room, None)
        try:
            present = await self._asked(courier.members(address))
        except Absent as absent:
            await self.store.write(lambda: self.watch.lost(room))
            if message.letter.kind.startswith("room."):
                raise
            raise Withheld(str(absent)) from None  # it goes once we are let into the room again
        if is_news:
            self._shared[room] = now, present
        return present

    async def _mustered(
        self, room: str, present: tuple[Account, ...], courier: Courier, address: Address
    ) -> bool:
        if await self.store.read(lambda: self.watch.stands(room, present)):
            return False
        found = await self.store.write(lambda: self.watch.muster(room, present))
        for handle in found.doubted:
            await self._look(courier, handle, address)
        return found.changed

    async def _greet(self, courier: Courier, address: Address) -> bool:
        """A guest was let in by mistake: the platform knows."""
        if address.user:
            await self._look(courier, Handle(address.platform, address.tenant, address.user), address)
        return False

    async def _look(self, courier: Courier, handle: Handle, address: Address) -> None:
        """What the platform says of an account at this moment; where it says nothing, all stays as it is."""
        try:
            account = await self._asked(courier.account(handle, address))
        except Permanent:
            return
        await self.store.write(lambda: self.watch.account(account))

    async def _asked(self, question: Awaitable[T]) -> T:
        try:
            async with asyncio.timeout(self.limit):
                return await question
        except (Again, Permanent):
            raise
        except (Undelivered, TimeoutError) as fault:
            raise Again(f"not known who is there: {type(fault).__name__}") from fault
        except Exception as error:
            raise Again(f"fault: reference {faults.note('who is there', error)}") from error
