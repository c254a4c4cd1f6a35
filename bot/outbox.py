"""What is promised: a letter names what to show; its card is built when it is sent, as its reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.intents import Place
from bot.views import View

ROLL = "room.roll"  # asks who is in the room, and shows nothing
LEAVE = "room.leave"  # takes us out of the place, and shows nothing
ALARMS = frozenset({"issue.alarm", "issue.breach"})
OVERDUE = ("commit.reminder", ("/late.", "/limit."))  # a reminder that says a promise is late, by its subject


@dataclass(frozen=True, slots=True)
class Letter:
    """What to show, not yet how: `kind` picks who builds it ("issue.card"), `subject` is the record.

    `facts` are the few strings a builder needs besides the record (a refusal's words, a list's filter).
    """

    kind: str
    subject: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def urgent(self) -> bool:
        """Whether somebody must hear it: told to whoever stands in for a person who cannot be reached."""
        kind, events = OVERDUE
        return self.kind in ALARMS or (self.kind == kind and any(one in self.subject for one in events))


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom it is for: a room, a person (their direct messages), or one user privately at a place."""

    room: str = ""
    person: str = ""
    user: str = ""
    place: Place | None = None

    @property
    def queue(self) -> str:
        """Messages with the same queue are sent in the order they were promised."""
        if self.place:
            return f"place:{self.place.platform}:{self.place.tenant}:{self.place.conversation}:{self.user}"
        return f"room:{self.room}" if self.room else f"person:{self.person}"


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """One promise. `key` is unique for ever: the same promise is made once.

    `version` is the record's at the promise. `live` letters are edited in place: a second one with the same
    kind, subject and audience edits the first message. `due` is wall time.
    """

    key: str
    letter: Letter
    audience: Audience
    due: datetime
    version: int = 0
    live: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message goes on its platform. `user` set with `private` means: only that user sees it there."""

    platform: str
    tenant: str
    conversation: str
    user: str = ""
    thread: str = ""
    service: str = ""
    private: bool = False

    @property
    def bucket(self) -> str:
        """The conversation whose rate limit this message counts against."""
        return f"{self.platform}:{self.tenant}:{self.conversation or self.user}"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The platform's own proof that a message exists: where, and under which id."""

    conversation: str
    message: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """A letter built for its reader and addressed: ready to send, or to edit where `existing` is set.

    `version` is that of the record at the moment of building; `since` is when it was promised (wall time), so
    no copy of it can be older.
    """

    key: str
    address: Address
    view: View
    existing: Receipt | None = None
    repeat: bool = False
    version: int = 0
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """An outbox row under a lease. `doubt` says an earlier attempt may have arrived."""

    row: int
    lease: str
    message: OutboxMessage
    attempts: int
    doubt: bool
