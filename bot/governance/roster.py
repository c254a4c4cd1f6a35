"""Who sits in a room: it shows what its least-entitled member may see, and nothing beside a stranger."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.intents import Account, Handle, Kind


class Standing(StrEnum):
    """What we make of an account in a room: only somebody who is `asked` about mutes it."""

    KNOWN = "known"
    ASKED = "asked"
    APPROVED = "approved"


class State(StrEnum):
    """How a room stands: `absent` says that we are not in it, `left` that its company unlinked it."""

    OPEN = "open"
    MUTED = "muted"
    ABSENT = "absent"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Identity:
    """An account in our directory; `barred` is "guest" or "gone" where its platform says so, else ""."""

    person: str
    organisation: str
    barred: str = ""


@dataclass(frozen=True, slots=True)
class Occupant:
    """One account in a room; `by` and `at` (business time) say who approved it, and when."""

    handle: Handle
    kind: Kind
    standing: Standing
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is in a linked room, as of the last look. `version` 0: nobody has looked yet.

    `tenant` is the room's own; `episode` counts how often it fell silent; `by` and `at` name the last
    decision.
    """

    room: str
    organisation: str
    partnership: str
    name: str
    tenant: str
    state: State = State.OPEN
    episode: int = 0
    version: int = 0
    by: str = ""
    at: datetime | None = None
    occupants: tuple[Occupant, ...] = ()

    @property
    def unknown(self) -> tuple[Occupant, ...]:
        """Those whom the administrator is asked about."""
        return tuple(one for one in self.occupants if one.standing is Standing.ASKED)

    @property
    def subject(self) -> str:
        """What its cards are about: each time it falls silent has cards of its own."""
        return f"{self.room}/{self.episode}"


def call(roster: Roster, present: Iterable[tuple[Account, bool]]) -> Roster:
    """The roster after a look at who is there, each with whether our directory knows them there.

    An approval holds for as long as the account stays, as what it is. Where nothing changed, the same roster.
    """
    before = {_account(one.handle): one for one in roster.occupants}
    seats = [_seat(account, known, before.get(_account(account.handle))) for account, known in present]
    occupants = tuple(sorted(seats, key=lambda one: _account(one.handle)))
    muted = any(one.standing is Standing.ASKED for one in occupants)
    called = _fallen(replace(roster, occupants=occupants), State.MUTED if muted else State.OPEN)
    if roster.state is State.LEFT or (roster.version and _seen(called) == _seen(roster)):
        return roster
    return replace(called, version=roster.version + 1, by="", at=None)


def approve(roster: Roster, by: str, at: datetime) -> Roster:
    """Everybody in it may read what it shows."""
    occupants = tuple(_approved(one, by, at) for one in roster.occupants)
    version = roster.version + 1
    return replace(roster, state=State.OPEN, occupants=occupants, version=version, by=by, at=at)


def leave(roster: Roster, by: str, at: datetime) -> Roster:
    """It is no room of ours any more."""
    return replace(roster, state=State.LEFT, occupants=(), version=roster.version + 1, by=by, at=at)


def lose(roster: Roster) -> Roster:
    """We are not in there; who was approved stays so until we see who is there again."""
    if roster.state in (State.ABSENT, State.LEFT):
        return roster
    return replace(_fallen(roster, State.ABSENT), version=roster.version + 1, by="", at=None)


def _fallen(roster: Roster, state: State) -> Roster:
    """In that state; falling silent begins another episode."""
    falls = roster.state is State.OPEN and state is not State.OPEN
    return replace(roster, state=state, episode=roster.episode + falls)


def _seat(account: Account, known: bool, before: Occupant | None) -> Occupant:
    if known:
        return Occupant(replace(account.handle, name=""), account.kind, Standing.KNOWN)
    if before and before.standing is Standing.APPROVED and before.kind is account.kind:
        return before
    return Occupant(account.handle, account.kind, Standing.ASKED)


def _approved(one: Occupant, by: str, at: datetime) -> Occupant:
    is_asked = one.standing is Standing.ASKED
    return replace(one, standing=Standing.APPROVED, by=by, at=at) if is_asked else one


def _account(handle: Handle) -> tuple[str, str, str]:
    return handle.platform, handle.tenant, handle.user


def _seen(roster: Roster) -> tuple[object, ...]:
    """What a look can change."""
    return roster.state, [(_account(one.handle), one.kind, one.standing) for one in roster.occupants]
