"""When something must happen: a due is a row, written and cancelled with the state it belongs to."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Due:
    """`at` is business time. `key` is unique while open: the same clock is set once.

    Of those that are late together the lowest `rank` comes first: 0, 1 or 2, as severities have it.
    """

    key: str
    at: datetime
    kind: str
    subject: str
    rank: int = 0


@dataclass(frozen=True, slots=True)
class ClaimedDue:
    """A due row under a lease."""

    row: int
    lease: str
    due: Due
