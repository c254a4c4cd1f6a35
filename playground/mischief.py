"""Mischief on the way to the bot: a request that comes twice, again behind a newer one, or only behind it."""

from collections.abc import Callable
from typing import Literal, get_args

from playground.wire import Answer, Deliver, Sent

Order = Literal["twice", "late", "overtaken"]

ORDERS: frozenset[str] = frozenset(get_args(Order))


Again = Callable[[Sent], Sent]


class Mischief:
    """Orders for the next requests, one each, first come first served; the clock's pushes are left alone.

    "twice": the platform delivers it again at once. "late": it is delivered, and its retry comes behind the
    next request. "overtaken": the sender waits in vain, and it comes only behind the next request.
    `again` by path makes the platform's own repetition of a request: signed anew and marked as such.
    """

    def __init__(self) -> None:
        self.again: dict[str, Again] = {}
        self._orders: list[Order] = []
        self._held: list[Sent] = []
        self._underway: set[bytes] = set()

    def order(self, order: Order) -> None:
        """ValueError for an unknown one."""
        if order not in ORDERS:
            raise ValueError(f"An order is one of {', '.join(sorted(ORDERS))}.")
        self._orders.append(order)

    def clear(self) -> None:
        """Forget what was ordered, and what is held with it."""
        self._orders.clear()
        self._held.clear()
        self._underway.clear()

    @property
    def waiting(self) -> tuple[Order, ...]:
        """What is ordered and has not happened yet."""
        return tuple(self._orders)

    @property
    def held(self) -> int:
        """How many requests wait for a newer one."""
        return len(self._held)

    async def around(self, sent: Sent, deliver: Deliver) -> Answer:
        """Deliver as ordered; the answer of the first delivery, or status 0 and "timeout" where none was."""
        if sent.path not in self.again:
            return await deliver(sent)
        if sent.content in self._underway:
            return Answer(0, "timeout")  # the platform's own retry of what is still on its way
        order = self._orders.pop(0) if self._orders else None
        if order == "overtaken":
            self._hold(sent)
            self._underway.add(sent.content)
            return Answer(0, "timeout")
        return await self._through(sent, order, deliver)

    async def repeat(self, sent: Sent, deliver: Deliver) -> Answer:
        """The platform delivers it once more."""
        return await deliver(self.again[sent.path](sent))

    async def _through(self, sent: Sent, order: Order | None, deliver: Deliver) -> Answer:
        older, self._held = self._held, []
        answer = await deliver(sent)
        for one in older:
            await self.repeat(one, deliver)
            self._underway.discard(one.content)
        if order == "twice":
            await self.repeat(sent, deliver)
        if order == "late":
            self._hold(sent)
        return answer

    def _hold(self, sent: Sent) -> None:
        self._held.append(sent)
