"""An action item: something small to do, inside one session or one thread."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.errors import Refusal
from bot.governance.party import Party
from bot.governance.visibility import Side, Visibility


class State(StrEnum):
    """`PROMISED` became a commitment when its session closed; `DROPPED` is nobody's any more."""

    OPEN = "open"
    DONE = "done"
    PROMISED = "promised"
    DROPPED = "dropped"

    @property
    def words(self) -> str:
        """In a sentence."""
        return {"promised": "a commitment", "dropped": "not needed any more"}.get(self.value, self.value)


@dataclass(frozen=True, slots=True)
class Action:
    """One action item. It belongs to a `session` (an id) or to a `thread` (of one room), never to both.

    `became` is the commitment that it was made into.
    """

    id: str
    number: str
    partnership: str
    visibility: Visibility
    text: str
    owner: str
    owner_side: Side
    made_by: str
    made_at: datetime
    state: State = State.OPEN
    session: str = ""
    thread: str = ""
    due: date | None = None
    done_at: datetime | None = None
    done_by: str = ""
    became: str = ""
    version: int = 1


class ActionIsOver(Refusal):
    """{number} is {state} already, so nothing changed."""


class ActionIsOpen(Refusal):
    """{number} is open already, so nothing changed."""


class BecamePromise(Refusal):
    """{number} became a commitment, so that one counts; nothing changed."""


class NotYoursToDo(Refusal):
    """{owner} does {number}, so only they, or who asked for it, say so; nothing changed."""


class NotYoursToPromise(Refusal):
    """{owner} does {number}, so only they make a commitment of it; nothing changed."""


def check_done(action: Action, party: Party) -> None:
    """Whoever does it or stands in, and whoever asked for it."""
    _open(action)
    _ours(action, party)


def done(action: Action, party: Party, now: datetime) -> Action:
    """It is done; nobody has to confirm it."""
    return replace(action, state=State.DONE, done_at=now, done_by=party.person)


def drop(action: Action) -> Action:
    """Nobody has to do it any more; asked with `check_done`."""
    return replace(action, state=State.DROPPED)


def check_reopen(action: Action, party: Party) -> None:
    """Whoever may say that it is done may take that back."""
    if action.state is State.OPEN:
        raise ActionIsOpen(number=action.number)
    if action.state is State.PROMISED:
        raise BecamePromise(number=action.number)
    _ours(action, party)


def reopen(action: Action) -> Action:
    """It is to be done after all."""
    return replace(action, state=State.OPEN, done_at=None, done_by="")


def check_promise(action: Action, party: Party) -> None:
    """Its owner alone: nobody is bound by what others say for them."""
    _open(action)
    if not party.may_be(action.owner, action.owner_side):
        raise NotYoursToPromise(number=action.number, owner=action.owner)


def promised(action: Action, commitment: str) -> Action:
    """That commitment counts from now on."""
    return replace(action, state=State.PROMISED, became=commitment)


def _open(action: Action) -> None:
    if action.state is not State.OPEN:
        raise ActionIsOver(number=action.number, state=action.state.words)


def _ours(action: Action, party: Party) -> None:
    if not party.may_be(action.owner, action.owner_side) and party.person not in ("", action.made_by):
        raise NotYoursToDo(number=action.number, owner=action.owner)
