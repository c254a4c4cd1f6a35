"""A platform made of memory: it takes messages, loses them, hides them, and answers as it is told."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.errors import Ambiguous
from bot.intents import Account, Handle, Kind
from bot.outbox import Address, Audience, Claimed, Letter, OutboxMessage, Parcel, Receipt
from bot.ports import Store
from bot.views import Card

START = datetime.fromisoformat("2026-03-02T09:00:00+00:00")


@dataclass
class Wall:
    """A wall clock that stands still until it is pushed."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Mishap:
    """What the platform answers next, and whether the message arrived all the same."""

    error: Exception
    arrives: bool = False


@dataclass
class Wire:
    """The courier of the platform "wire"; `seen` is what each conversation shows, by message id."""

    name: str = "wire"
    rate: tuple[float, int] = (1000.0, 1000)
    blind: bool = False
    calls: list[Parcel] = field(default_factory=list)
    seen: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    keys: dict[str, Receipt] = field(default_factory=dict)
    mishaps: dict[str, deque[Mishap]] = field(default_factory=lambda: defaultdict(deque))
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)
    there: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    roll_fails: deque[Exception] = field(default_factory=deque)
    left: list[str] = field(default_factory=list)

    async def send(self, parcel: Parcel) -> Receipt:
        self.calls.append(parcel)
        await self._tell()
        conversation = parcel.address.conversation
        if conversation in self.gates:
            await self.gates[conversation].wait()
        waiting = self.mishaps[conversation]
        mishap = waiting.popleft() if waiting else None
        if mishap is None or mishap.arrives:
            receipt = self._arrive(parcel)
            await self._tell()
        if mishap is not None:
            raise mishap.error
        return receipt

    async def find(self, parcel: Parcel) -> Receipt | None:
        if self.blind:
            raise Ambiguous("no permission to look")
        return self.keys.get(parcel.key)

    async def members(self, address: Address) -> tuple[Account, ...]:
        self.asked.append(address.conversation)
        if self.roll_fails:
            raise self.roll_fails.popleft()
        return tuple(Account(Handle(self.name, "t", user)) for user in self.there)

    async def account(self, handle: Handle, address: Address | None = None) -> Account:
        return Account(handle, Kind.GUEST)

    async def leave(self, address: Address) -> None:
        self.left.append(address.user)

    async def is_called(self, count: int) -> None:
        """Until so many messages were handed over, arrived or not."""
        async with self.news:
            await self.news.wait_for(lambda: len(self.calls) >= count)

    async def shows(self, conversation: str, count: int) -> None:
        """Until so many messages stand in that conversation."""
        async with self.news:
            await self.news.wait_for(lambda: len(self.seen[conversation]) >= count)

    def words(self, conversation: str) -> list[str]:
        """What a reader of that conversation sees, in order."""
        return list(self.seen[conversation].values())

    async def _tell(self) -> None:
        async with self.news:
            self.news.notify_all()

    def _arrive(self, parcel: Parcel) -> Receipt:
        there = self.seen[parcel.address.conversation]
        receipt = parcel.existing or Receipt(parcel.address.conversation, f"m{len(there) + 1}")
        there[receipt.message] = parcel.view.title + (" (may be a repeat)" if parcel.repeat else "")
        self.keys[parcel.key] = receipt
        return receipt


@dataclass
class Door:
    """A porter who watches the rooms he is told to, and writes down who he is told is there.

    `changes` are looks that are still news to him; a message that is made while a room is `shut` is withheld.
    """

    watched: set[str] = field(default_factory=set)
    changes: int = 0
    seen: list[tuple[str, ...]] = field(default_factory=list)
    lost_rooms: list[str] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    doubted: tuple[Handle, ...] = ()
    changed: bool = True

    def where(self, audience: Audience) -> Address | None:
        if audience.place or audience.person:
            return Address("wire", "t", "", user=audience.person or "u")
        return Address("wire", "t", audience.room) if audience.room in self.watched else None

    def stands(self, room: str, present: Sequence[Account]) -> bool:
        self.seen.append(tuple(one.handle.user for one in present))
        return not (self.changes or self.doubted)

    def muster(self, room: str, present: Sequence[Account]) -> "Door":
        self.changes -= 1
        return self

    def lost(self, room: str) -> None:
        self.lost_rooms.append(room)

    def account(self, account: Account) -> None:
        self.accounts.append(account)
        self.doubted = ()


@dataclass
class Scribe:
    """Builds messages as the desk does: the newest version, and nothing where that is shown already."""

    store: Store
    versions: dict[str, int] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    porter: Door = field(default_factory=lambda: Door())
    another_way: bool = False
    missing: list[tuple[str, str, int, bool]] = field(default_factory=list)

    def compose(self, message: OutboxMessage, repeat: bool = False) -> Parcel | None:
        subject, room = message.letter.subject, message.audience.room
        version = self.versions.get(subject, message.version)
        with self.store.reading() as archive:
            there = archive.sent(message) if message.live else None
        if room in self.hidden or (there and there[1] >= version):
            return None
        title = f"{subject} v{version}" if message.live else message.letter.facts.get("words", subject)
        address = Address(
            "wire" if room != "nowhere" else "elsewhere", "t", "" if room == "unknown" else room
        )
        return Parcel(message.key, address, Card(title), there[0] if there else None, repeat, version)

    def missed(self, claimed: Claimed, state: str, reason: str, doubt: bool) -> bool:
        """Writes down what did not arrive, and closes it where there is `another_way`."""
        self.missing.append((claimed.message.key, state, claimed.attempts, doubt))
        with self.store.writing() as archive:
            return self.another_way and archive.close_message(claimed, "passed", reason, claimed.message.due)


def message(key: str, room: str = "one", kind: str = "note", due: datetime = START) -> OutboxMessage:
    """A plain message whose words are its key."""
    return OutboxMessage(key, Letter(kind, key, {"words": key}), Audience(room=room), due)


def card(subject: str, version: int, room: str = "one", kind: str = "issue.card") -> OutboxMessage:
    """A live card of a record at a version."""
    return OutboxMessage(
        f"{subject}-{version}-{room}", Letter(kind, subject), Audience(room=room), START, version, True
    )
