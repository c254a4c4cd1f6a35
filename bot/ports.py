"""What the core asks of the outside: an archive for one transaction, a store of them, couriers."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from bot.actors import Actor
from bot.due import ClaimedDue, Due
from bot.governance.calendar import WorkCalendar
from bot.governance.escalation import Policy
from bot.governance.issue import Issue
from bot.governance.partnership import Counterparts, Organisation, Partnership, Person, Room
from bot.governance.roster import Identity, Roster
from bot.governance.visibility import Scope, Visibility
from bot.intents import Account, Handle, Intent, Place
from bot.outbox import Address, Audience, Claimed, Letter, OutboxMessage, Parcel, Receipt
from bot.registry import Registry

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record: who, what, why, before and after. `scope` None is a company's own directory.

    `what` is a code ("issue.log", "issue.climb", "refused"); `record` the record's id; `organisation` is set
    where `scope` is None.
    """

    what: str
    person: str
    at: datetime
    scope: Scope | None = None
    organisation: str = ""
    record: str = ""
    why: str = ""
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """Something half said, kept for its writer until a question about it is answered."""

    id: str
    person: str
    fields: Mapping[str, str]
    at: datetime


@dataclass(frozen=True, slots=True)
class Admission:
    """Somebody a platform knows and we do not, waiting for their company's administrator.

    `state` is "asked", "approved" or "refused".
    """

    id: str
    organisation: str
    handle: Handle
    state: str
    at: datetime
    decided_by: str = ""
    decided_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Installation:
    """Where we are installed since `at` (wall time): a workspace, or an organisation of them (`tenant`).

    `locked_out` is since when we are not let in, `let_in` when that last ended (business time). `secret` is
    what we speak with there, "" where the operator gave it to us in the settings or where no key opens it.
    """

    platform: str
    tenant: str
    name: str = ""
    secret: str = field(default="", repr=False)
    at: datetime | None = None
    locked_out: datetime | None = None
    let_in: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Note:
    """Words beside an issue: an update in the issue's own class, or one side's internal note.

    An internal note is a record of its own; nothing about the issue shows that there is one. `link` is the
    address of the message it was taken from, for those of its writer's side only.
    """

    id: str
    issue: str
    partnership: str
    visibility: Visibility
    person: str
    at: datetime
    text: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class IssueFilter:
    """Which issues a list asks for; "" asks for any. `partnership` "" means all the reader may see.

    `mine` is a person who owns it or stands for the other side of it; `late` is the instant at which a limit
    has run out; `since` is when it was raised at the earliest.
    """

    partnership: str = ""
    open_only: bool = True
    mine: str = ""
    level: str = ""
    study: str = ""
    severity: str = ""
    state: str = ""
    late: datetime | None = None
    since: datetime | None = None
    limit: int = 10
    offset: int = 0


class Archive(Registry, Protocol):
    """One open transaction on the record. Every read of records is inside the actor's visibility."""

    # directory
    def actor(self, handle: Handle) -> Actor | None: ...
    def person_actor(self, person: str) -> Actor | None: ...
    def room_actor(self, room: str) -> Actor | None: ...
    def organisation_of(self, handle: Handle) -> Organisation | None: ...
    def administrators(self, organisation: str) -> tuple[str, ...]: ...
    def room_at(self, actor: Actor, place: Place) -> Room | None: ...
    def rooms(self, actor: Actor, scope: Scope) -> tuple[Room, ...]: ...
    def partnerships(self, actor: Actor) -> tuple[Partnership, ...]: ...
    def partnership(self, actor: Actor, partnership: str) -> Partnership | None: ...
    def people(self, actor: Actor, partnership: str) -> tuple[Person, ...]: ...
    def person_at(self, handle: Handle) -> Person | None: ...
    def studies(self, actor: Actor, partnership: str) -> tuple[str, ...]: ...
    def counterparts(self, actor: Actor, partnership: str) -> tuple[Counterparts, ...]: ...
    def calendar(self, actor: Actor, partnership: str) -> WorkCalendar: ...
    def policy(self, actor: Actor, partnership: str) -> Policy: ...

    # issues
    def issue(self, actor: Actor, issue: str) -> Issue | None: ...
    def issues_numbered(self, actor: Actor, number: str) -> tuple[Issue, ...]: ...
    def issues(self, actor: Actor, which: IssueFilter) -> tuple[Issue, ...]: ...
    def count_issues(self, actor: Actor, which: IssueFilter) -> int: ...
    def next_number(self, actor: Actor, scope: Scope, noun: str) -> str: ...
    def add_issue(self, actor: Actor, issue: Issue) -> None: ...
    def keep_link(self, actor: Actor, scope: Scope, issue: str, url: str) -> None: ...
    def link(self, actor: Actor, issue: str) -> str: ...
    def save_issue(self, actor: Actor, issue: Issue) -> None: ...
    def add_note(self, actor: Actor, note: Note) -> None: ...
    def notes(self, actor: Actor, issue: str) -> tuple[Note, ...]: ...

    # drafts and admissions
    def keep_draft(self, draft: Draft) -> None: ...
    def draft(self, actor: Actor, draft: str) -> Draft | None: ...
    def admission(self, actor: Actor, admission: str) -> Admission | None: ...
    def admission_of(self, handle: Handle) -> Admission | None: ...
    def ask_admission(self, admission: Admission) -> None: ...
    def name_admission(self, admission: Admission) -> None: ...
    def decide_admission(self, actor: Actor, admission: Admission) -> None: ...
    def add_member(self, actor: Actor, admission: Admission) -> None: ...

    # rooms and who is in them
    def roster(self, room: str) -> Roster | None: ...
    def rooms_at(self, place: Place) -> tuple[str, ...]: ...
    def rooms_with(self, handle: Handle) -> tuple[str, ...]: ...
    def silent_rooms(self) -> tuple[str, ...]: ...
    def holds_back(self, room: str) -> bool: ...
    def save_roster(self, roster: Roster) -> None: ...
    def release(self, room: str, at: datetime) -> None: ...
    def drop_withheld(self, room: str) -> None: ...
    def identity(self, handle: Handle) -> Identity | None: ...
    def bar(self, handle: Handle, barred: str) -> None: ...

    # once, audit, promises
    def once(self, key: str, letter: Letter | None, at: datetime) -> bool: ...
    def served(self, key: str) -> Letter | None: ...
    def record(self, entry: Entry) -> None: ...
    def history(self, actor: Actor, record: str) -> tuple[Entry, ...]: ...
    def promise(self, message: OutboxMessage) -> None: ...
    def schedule(self, due: Due) -> None: ...
    def cancel(self, key: str) -> None: ...
    def meet(self, handle: Handle | None, place: Place, at: datetime) -> None: ...
    def channels(self, platform: str, tenant: str) -> tuple[Place, ...]: ...
    def address(self, audience: Audience) -> Address | None: ...
    def sent(self, message: OutboxMessage) -> tuple[Receipt, int] | None: ...
    def told(self, letter: Letter) -> tuple[Audience, ...]: ...
    def fate(self, key: str) -> tuple[str, str]: ...

    # installations
    def installation(self, platform: str, tenant: str) -> Installation | None: ...
    def lock_out(self, installation: Installation, at: datetime) -> bool: ...
    def let_in(self, platform: str, tenant: str, at: datetime, wall: datetime) -> bool: ...
    def lodgers(self, platform: str, tenant: str) -> tuple[str, ...]: ...
    def waiting(self, platform: str, tenant: str) -> int: ...
    def elsewhere(self, person: str, platform: str, tenant: str) -> Audience: ...


@dataclass(frozen=True, slots=True)
class Request:
    """One intent under way: who asks, where, when (business time), and the open transaction."""

    archive: Archive
    actor: Actor
    intent: Intent
    now: datetime
    wall: datetime

    @property
    def today(self) -> date:
        """The date where the asker is."""
        return self.now.astimezone(ZoneInfo(self.actor.zone)).date()

    def promise(self, audience: Audience, letter: Letter, key: str, version: int = 0) -> None:
        """A message, kept with the state it speaks of. Letters with a version are live cards."""
        self.archive.promise(OutboxMessage(key, letter, audience, self.wall, version, live=version > 0))


@dataclass(frozen=True, slots=True)
class Opening:
    """A letter being opened by its reader: nothing in it but what they may see at this moment."""

    archive: Archive
    reader: Actor
    letter: Letter
    now: datetime


class Store(Protocol):
    """Opens archives. A `writing` one commits on the way out, or changes nothing; both are synchronous."""

    def writing(self) -> AbstractContextManager[Archive]: ...
    def reading(self) -> AbstractContextManager[Archive]: ...
    async def write(self, work: Callable[[], T], patience: float | None = None) -> T: ...
    async def read(self, work: Callable[[], T], patience: float | None = None) -> T: ...


class Ledger(Protocol):
    """The outbox and the dues as their workers see them; each call is one short transaction.

    `begin` takes a token from the conversation's bucket and marks the attempt as begun: 0.0, or the seconds
    to wait. `delivered`, `postpone`, `settle` and `finish_due` are False where the lease was lost.
    """

    def claim_messages(self, wall: datetime, limit: int, lease: float) -> tuple[Claimed, ...]: ...
    def begin(self, claimed: Claimed, bucket: str, rate: tuple[float, int], wall: datetime) -> float: ...
    def delivered(self, claimed: Claimed, receipt: Receipt | None, version: int, wall: datetime) -> bool: ...
    def postpone(self, claimed: Claimed, until: datetime, reason: str, doubt: bool) -> bool: ...
    def suspend(self, claimed: Claimed, until: datetime, reason: str) -> bool: ...
    def settle(self, claimed: Claimed, state: str, reason: str, wall: datetime) -> bool: ...
    def hold_bucket(self, bucket: str, until: datetime) -> None: ...
    def next_message_at(self, wall: datetime) -> datetime | None: ...
    def claim_dues(
        self, now: datetime, wall: datetime, limit: int, lease: float
    ) -> tuple[ClaimedDue, ...]: ...
    def finish_due(self, claimed: ClaimedDue, wall: datetime) -> bool: ...
    def next_due_at(self) -> datetime | None: ...


class Courier(Protocol):
    """One platform as the post sees it. Errors: Permanent, Again or Ambiguous, nothing else.

    `send` posts, or edits where the parcel has an `existing` receipt. `find` looks for a message sent under
    the parcel's key: None says it certainly is not there, Ambiguous that nobody can know. `rate` is messages
    per second and burst for one conversation. `members` is everybody in a channel but ourselves, apps too
    where the platform tells (Absent where we are not in it), and `account` what it says of one account now,
    seen from `address` where that is given. `leave` takes us out of a channel, where a bot can do that
    itself; elsewhere it does nothing. These three are asked again without harm, so they are never Ambiguous.
    """

    name: str
    rate: tuple[float, int]

    async def send(self, parcel: Parcel) -> Receipt: ...
    async def find(self, parcel: Parcel) -> Receipt | None: ...
    async def members(self, address: Address) -> tuple[Account, ...]: ...
    async def account(self, handle: Handle, address: Address | None = None) -> Account: ...
    async def leave(self, address: Address) -> None: ...


class Vault(Protocol):
    """Where installations are kept, their secrets encrypted, and where one-time states are issued.

    `find` also gives that of the organisation to which a workspace `belongs`. Each call is one transaction.
    """

    async def keep(self, installation: Installation) -> None: ...
    async def find(self, platform: str, tenant: str) -> Installation | None: ...
    async def every(self, platform: str) -> tuple[Installation, ...]: ...
    async def belongs(self, platform: str, tenant: str, organisation: str) -> None: ...
    def issue(self, until: datetime) -> str: ...
    async def consume(self, state: str, at: datetime) -> bool: ...
