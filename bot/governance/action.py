"""An action item: something small to do, inside one session or one thread."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.governance.visibility import Side, Visibility


class State(StrEnum):
    """`PROMISED` became a commitment when its session closed; `DROPPED` is nobody's any more."""

    OPEN = "open"
    DONE = "done"
    PROMISED = "promised"
    DROPPED = "dropped"


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
