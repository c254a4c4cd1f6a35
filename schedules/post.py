"""The post: claim what was promised, build it as its reader, deliver it, and never pretend to know."""

import asyncio
import random
from collections.abc import Awaitable, Mapping
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from bot import faults
from bot.clock import Clock
from bot.errors import Again, Ambiguous, LockedOut, Permanent, Undelivered, Withheld
from bot.outbox import Claimed, OutboxMessage, Parcel, Receipt
from bot.ports import Courier, Ledger, Store
from schedules.roll import Roll, Watch

T = TypeVar("T")

# Nobody can know whether these arrived? Then they go again, marked "may be a repeat". All others are held:
# a nudge told twice is worse than one told late, an escalation not told at all is worse than both. The same
# goes for every letter that is urgent.
ALARMS = frozenset({"issue.alarm", "issue.card", "admission.asked", "install.locked_out"})
AMBIGUOUS_KINDS = ALARMS | {"room.asked", "room.closed"}

BREADTH = 16  # conversations served at once
LEASE = 30.0  # seconds; longer than looking and sending together
CALL = 10.0  # seconds a courier may take
SHORTEST, LONGEST = 1.0, 300.0  # seconds between attempts
MOST_ATTEMPTS = 300  # about a day of refusals
URGENT_ATTEMPTS = 12  # of an alarm, about 20 minutes, before it goes to whoever else can act
MOST_REPEATS = 12  # each of these may have arrived: about half an hour of them is enough
REASON = 200  # characters of a reason that are kept


class Writer(Protocol):
    """Builds a message for its reader as things stand now; None where there is nothing to show them.

    Its `porter` keeps the record of who is in a room. `missed` closes what did not reach its person and
    promises what goes instead, in one transaction; False where nothing does.
    """

    @property
    def porter(self) -> Watch: ...
    def compose(self, message: OutboxMessage, repeat: bool = False) -> Parcel | None: ...
    def missed(self, claimed: Claimed, state: str, reason: str, doubt: bool) -> bool: ...


class Tally(Protocol):
    """Counts an attempt to deliver. `outcome` is delivered, again, ambiguous or permanent."""

    def __call__(self, platform: str, outcome: str) -> None: ...


class Post:
    """Delivers the outbox: each queue in order, different queues side by side."""

    def __init__(
        self, ledger: Ledger, store: Store, writer: Writer, couriers: Mapping[str, Courier], clock: Clock
    ) -> None:
        self.ledger = ledger
        self.store = store
        self.compose = writer.compose
        self.missed = writer.missed
        self.couriers = couriers
        self.roll = Roll(store, writer.porter, couriers, clock)
        self.clock = clock
        self.fresh = asyncio.Event()
        self.call = CALL
        self.most_attempts = MOST_ATTEMPTS
        self.tally: Tally = lambda platform, outcome: None
        self.halted = False

    async def drain(self) -> int:
        """Deliver until nothing is deliverable now; how many attempts that took.

        Setting `fresh` meanwhile brings in what was just promised, however slow the rest is.
        """
        attempts = 0
        running: set[asyncio.Task[None]] = set()
        try:
            while True:
                claimed = await self._claim(BREADTH - len(running))
                attempts += len(claimed)
                running |= {asyncio.create_task(self._deliver(one)) for one in claimed}
                if not running:
                    return attempts
                running = await self._until_one_is_done(running)
        finally:
            await asyncio.gather(*running)

    async def next_at(self) -> datetime | None:
        """Wall time at which the next message may go."""
        wall = self.clock.wall()
        return await self.store.read(lambda: self.ledger.next_message_at(wall))

    async def _claim(self, room: int) -> tuple[Claimed, ...]:
        self.fresh.clear()
        if self.halted or room <= 0:
            return ()
        wall = self.clock.wall()
        return await self.store.write(lambda: self.ledger.claim_messages(wall, room, LEASE))

    async def _until_one_is_done(self, running: set[asyncio.Task[None]]) -> set[asyncio.Task[None]]:
        """Those still running once the first is done, or once something fresh was promised."""
        fresh = asyncio.create_task(self.fresh.wait())
        try:
            await asyncio.wait({*running, fresh}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            fresh.cancel()
        return {task for task in running if not task.done()}

    async def _deliver(self, claimed: Claimed) -> None:
        """One attempt and its outcome. Where even that cannot be written, the lease's end says so."""
        try:
            try:
                await self._attempt(claimed)
            except Undelivered as outcome:
                await self._undelivered(claimed, outcome)
        except Exception as error:
            faults.note(f"message {claimed.row} ({claimed.message.letter.kind})", error)

    async def _attempt(self, claimed: Claimed) -> None:
        """Ask who is there, build, and carry it; or only ask, or only leave."""
        if await self.roll.call(claimed.message):
            await self._let_earlier_go(claimed)
        elif await self.roll.leave(claimed.message):
            await self._settle(claimed, "delivered", "")
        elif parcel := await self._build(claimed):
            await self._carry(claimed, parcel)

    async def _carry(self, claimed: Claimed, built: Parcel) -> None:
        """Look if in doubt, take a token, send."""
        parcel: Parcel | None = built
        courier = self._courier(built)
        # An edit says the same however often it is made: only a new message is looked for.
        if claimed.doubt and built.existing is None:
            parcel = await self._look(claimed, courier, built)
        if parcel is not None and await self._may_begin(claimed, courier, parcel):
            await self._delivered(claimed, await self._send(courier, parcel), parcel.version)

    async def _send(self, courier: Courier, parcel: Parcel) -> Receipt:
        try:
            receipt = await self._call(courier.send(parcel), parcel)
        except Undelivered as outcome:
            self.tally(courier.name, kind(outcome))
            raise
        self.tally(courier.name, "delivered")
        return receipt

    async def _build(self, claimed: Claimed, repeat: bool = False) -> Parcel | None:
        """The message as its reader may see it now; None where it was dropped."""
        try:
            parcel = await self.store.read(lambda: self.compose(claimed.message, repeat))
        except Undelivered:
            raise
        except Exception as error:
            reference = faults.note(f"building {claimed.row} ({claimed.message.letter.kind})", error)
            raise Again(f"could not be built: reference {reference}") from error
        if parcel is None:
            await self._settle(claimed, "dropped", "nothing to show")
        return parcel

    def _courier(self, parcel: Parcel) -> Courier:
        address = parcel.address
        if not (address.conversation or address.user):
            raise Permanent("no address")
        if address.platform not in self.couriers:
            raise Permanent(f"no such platform: {address.platform}")
        return self.couriers[address.platform]

    async def _look(self, claimed: Claimed, courier: Courier, parcel: Parcel) -> Parcel | None:
        """What is still to be sent of a message that may have arrived; None where nothing is."""
        try:
            found = await self._call(courier.find(parcel), parcel)
        except Unanswered as outcome:
            raise Again(str(outcome)) from outcome
        except Ambiguous:
            letter = claimed.message.letter
            if letter.urgent or letter.kind in AMBIGUOUS_KINDS:
                return await self._build(claimed, repeat=True)
            await self._settle(claimed, "held", "may have arrived")
            return None
        if found is None:
            return parcel
        await self._delivered(claimed, found, claimed.message.version)
        return None

    async def _may_begin(self, claimed: Claimed, courier: Courier, parcel: Parcel) -> bool:
        """Whether the conversation's rate allows it now; else it waits its turn."""
        wall, bucket = self.clock.wall(), parcel.address.bucket
        wait = await self.store.write(lambda: self.ledger.begin(claimed, bucket, courier.rate, wall))
        if wait:
            until = wall + timedelta(seconds=wait)
            await self.store.write(lambda: self.ledger.postpone(claimed, until, "pacing", claimed.doubt))
        return not wait

    async def _call(self, call: Awaitable[T], parcel: Parcel) -> T:
        """A courier's answer in time, or an Undelivered; a Retry-After closes the bucket for everybody."""
        try:
            async with asyncio.timeout(self.call):
                return await call
        except Again as outcome:
            if outcome.after > 0 and not isinstance(outcome, LockedOut):
                until = self.clock.wall() + timedelta(seconds=outcome.after)
                await self.store.write(lambda: self.ledger.hold_bucket(parcel.address.bucket, until))
            raise
        except Undelivered:
            raise
        except TimeoutError as error:
            raise Unanswered("no answer in time") from error
        except Exception as error:
            reference = faults.note(f"courier {parcel.address.platform}", error)
            raise Unanswered(f"fault: reference {reference}") from error

    async def _undelivered(self, claimed: Claimed, outcome: Undelivered) -> None:
        """Give up, or try again later."""
        doubt = claimed.doubt or isinstance(outcome, Ambiguous)
        reason = str(outcome)[:REASON]
        if isinstance(outcome, Withheld):
            return await self._settle(claimed, "withheld", reason)
        if isinstance(outcome, Permanent):
            return await self._give_up(claimed, "failed", reason, claimed.doubt)
        if isinstance(outcome, LockedOut):
            return await self._suspend(claimed, outcome, reason)
        state = "held" if doubt else "failed"
        if claimed.attempts >= (MOST_REPEATS if doubt else self.most_attempts):
            return await self._give_up(claimed, state, f"gave up: {reason}", doubt)
        urgent = claimed.message.letter.urgent and claimed.attempts >= URGENT_ATTEMPTS
        if urgent and await self._went_elsewhere(claimed, state, f"gave up: {reason}", doubt):
            return None
        after = outcome.after if isinstance(outcome, Again) else 0.0
        until = self.clock.wall() + timedelta(seconds=after or backoff(claimed.attempts))
        await self.store.write(lambda: self.ledger.postpone(claimed, until, reason, doubt))
        return None

    async def _give_up(self, claimed: Claimed, state: str, reason: str, doubt: bool) -> None:
        """It did not reach them this way; where there is no other, somebody has to look at it."""
        if not await self._went_elsewhere(claimed, state, reason, doubt):
            await self._settle(claimed, state, reason)

    async def _went_elsewhere(self, claimed: Claimed, state: str, reason: str, doubt: bool) -> bool:
        """Only an alarm goes another way where it may have arrived: it is better heard twice than not."""
        if doubt and not claimed.message.letter.urgent:
            return False
        return await self.store.write(lambda: self.missed(claimed, state, reason, doubt))

    async def _let_earlier_go(self, claimed: Claimed) -> None:
        """Who is in the room has changed: what was withheld from it before this message goes before it."""
        wall = self.clock.wall()
        await self.store.write(lambda: self.ledger.postpone(claimed, wall, "who is there", claimed.doubt))

    async def _suspend(self, claimed: Claimed, outcome: LockedOut, reason: str) -> None:
        """It waits as long as nobody puts it right, and loses none of its attempts by that."""
        until = self.clock.wall() + timedelta(seconds=outcome.after)
        await self.store.write(lambda: self.ledger.suspend(claimed, until, reason))

    async def _delivered(self, claimed: Claimed, receipt: Receipt, version: int) -> None:
        wall = self.clock.wall()
        await self.store.write(lambda: self.ledger.delivered(claimed, receipt, version, wall))

    async def _settle(self, claimed: Claimed, state: str, reason: str) -> None:
        wall = self.clock.wall()
        await self.store.write(lambda: self.ledger.settle(claimed, state, reason, wall))


class Unanswered(Ambiguous):
    """The courier itself did not say what happened: too slow, or a fault."""


def kind(outcome: Undelivered) -> str:
    """Its family, in a word."""
    families = {Permanent: "permanent", Again: "again"}
    return next((word for family, word in families.items() if isinstance(outcome, family)), "ambiguous")


def backoff(attempts: int) -> float:
    """Seconds until the next attempt: doubling, with half of it to chance so that crowds disperse."""
    longest = min(LONGEST, SHORTEST * 2 ** min(attempts, 16))
    return random.uniform(longest / 2, longest)  # noqa: S311  # jitter needs no secret randomness
