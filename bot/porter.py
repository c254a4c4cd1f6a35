"""The porter: knows who is in each room, and which accounts their platforms let in no more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.actors import CLOCK
from bot.clock import Clock
from bot.errors import Busy, Conflict
from bot.handlers import room as rooms
from bot.intents import Account, Handle, Intent, Place
from bot.outbox import Address, Audience
from bot.ports import Request, Store

T = TypeVar("T")

RACES = 5  # how often what lost a race is tried again


@dataclass(frozen=True, slots=True)
class Muster:
    """Whether the record changed, and members whom it has barred: their platform is asked again."""

    changed: bool = False
    doubted: tuple[Handle, ...] = ()


class Porter:
    """Synchronous; every call opens its own transaction and is run on a worker thread."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock

    def where(self, audience: Audience) -> Address | None:
        """Where that is; None where it is nowhere (any more)."""
        with self.store.reading() as archive:
            return archive.address(audience)

    def stands(self, room: str, present: Sequence[Account]) -> bool:
        """Whether the record has those who are in the room as they are."""
        with self.store.reading() as archive:
            found = rooms.look(archive, room, present)
        return found is None or found.stands

    def muster(self, room: str, present: Sequence[Account]) -> Muster:
        """Write down who is in the room; its cards, and whoever must hear of it, follow."""

        def write(request: Request) -> Muster:
            found = rooms.look(request.archive, room, present)
            if found is None:
                return Muster()
            rooms.muster(request, found)
            return Muster(found.after != found.before or bool(found.barred), found.doubted)

        return self._written(write)

    def lost(self, room: str) -> None:
        """We are not in that room."""
        self._written(lambda request: rooms.lose(request, room))

    def gathered(self, place: Place, key: str) -> None:
        """Somebody came to a place or left it, or we did; without a conversation, anywhere in that tenant."""
        self._written(lambda asked: rooms.look_again(asked, asked.archive.rooms_at(place), key))

    def has_rooms(self, place: Place) -> bool:
        """Whether `gathered` has anything to do there."""
        with self.store.reading() as archive:
            return bool(archive.rooms_at(place))

    def is_news(self, account: Account) -> bool:
        """Whether that is not what the directory has of that account."""
        with self.store.reading() as archive:
            known = archive.identity(account.handle)
        barred = rooms.BARRED.get(account.kind)
        return known is not None and barred is not None and known.barred != barred

    def account(self, account: Account) -> None:
        """What a platform says of an account now: a guest or somebody gone is nobody to us at once."""
        self._written(lambda request: rooms.bar(request, account))

    def _written(self, work: Callable[[Request], T]) -> T:
        """In a transaction of its own, as the clock; tried again where it lost a race."""
        intent = Intent(Handle("", "", ""), Place("", "", ""), "")
        for _ in range(RACES):
            try:
                with self.store.writing() as archive:
                    return work(Request(archive, CLOCK, intent, self.clock.now(), self.clock.wall()))
            except Conflict:
                continue
        raise Busy
