"""Invitations: one-time codes that make a company, a partnership, linked channels, or a second account."""

import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.errors import Refusal
from bot.governance.terms import Terms
from bot.governance.visibility import Side, Visibility
from bot.intents import Place

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # 32 of them: no I, L, O or U
LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"} | dict.fromkeys("-‐‑–— \u00a0", ""))
LONG, GROUP, BITS = 12, 4, 5


class Kind(StrEnum):
    """What an invitation makes."""

    COMPANY = "company"
    PARTNER = "partner"
    ROOM = "room"
    ACCOUNT = "account"

    @property
    def lasts(self) -> timedelta:
        """How long its code is good, in business time."""
        return timedelta(days=1 if self in (Kind.ROOM, Kind.ACCOUNT) else 7)


class State(StrEnum):
    """Only an open one can still become something."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What one company offers to whoever holds its code. A company's first one is the operator's.

    `name` and `side` are the inviting company's; `label` is what it calls the other, or its own channel, or
    the person whose second account it makes.
    `terms` go with a partnership; `partnership` and `place` say which channel waits to be linked. `taken_by`
    is the company that accepted it, or that was made with it and alone may still accept.
    """

    id: str
    kind: Kind
    at: datetime
    until: datetime
    organisation: str = ""
    person: str = ""
    name: str = ""
    side: Side | None = None
    label: str = ""
    terms: Terms | None = None
    partnership: str = ""
    visibility: Visibility = Visibility.SHARED
    place: Place | None = None
    state: State = State.OPEN
    taken_by: str = ""
    version: int = 1

    def is_open(self, now: datetime) -> bool:
        """Whether it can still become something."""
        return self.state is State.OPEN and now < self.until

    def kept_for(self, organisation: str) -> "Invitation":
        """A company was made with it: from now on it is that company's alone."""
        return replace(self, taken_by=organisation, version=self.version + 1)

    def settled(self, state: State, organisation: str) -> "Invitation":
        """It became something, or nothing, by that company."""
        return replace(self, state=state, taken_by=organisation, version=self.version + 1)


class NoSuchCode(Refusal):
    """That code is not valid; look at it again, or ask whoever gave it to you for a new one."""


class UsedCode(Refusal):
    """That code was used before, and each works once; ask whoever gave it to you for a new one."""


class LateCode(Refusal):
    """That code is no longer good; ask whoever gave it to you for a new one."""


class DeadCode(Refusal):
    """That invitation was withdrawn or refused; ask whoever gave you the code for a new one."""


def check(invitation: Invitation, now: datetime, organisation: str = "") -> None:
    """Refuses one that can no longer become anything for that company; "" is one yet to be made."""
    if invitation.state is State.OPEN and invitation.taken_by not in ("", organisation):
        raise UsedCode
    match invitation.state:
        case State.ACCEPTED:
            raise UsedCode
        case State.REFUSED | State.WITHDRAWN:
            raise DeadCode
    if now >= invitation.until:
        raise LateCode


def code(secret: bytes, invitation: str) -> str:
    """The code of that invitation, as its holder reads it: "7K3M-Q0ZD-94TB". It is kept nowhere.

    Sixty bits of a keyed digest of the invitation's own random id: whoever reads the record cannot make it.
    """
    made = int.from_bytes(hmac.digest(secret, invitation.encode(), "sha256")[:8], "big")
    signs = "".join(SIGNS[made >> (BITS * place) & 31] for place in range(LONG))
    return "-".join(signs[start : start + GROUP] for start in range(0, LONG, GROUP))


def read(words: str) -> str:
    """A code as somebody typed it, made plain; "" where it cannot be one."""
    plain = words.strip().upper().translate(LOOK_ALIKES)
    return plain if len(plain) == LONG and set(plain) <= set(SIGNS) else ""


def digest(words: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(read(words).encode()).hexdigest()
