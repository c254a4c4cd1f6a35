"""Legal holds: while one stands, nothing it is on is deleted or redacted; only its own side knows of it."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import Refusal
from bot.governance.visibility import Side, Visibility


class Held(Refusal):
    """Your company holds {number}, so nothing of it can be erased; release the hold first: setup hold"""


class NoSuchHold(Refusal):
    """Your company has no such hold any more, so nothing changed; “setup hold” shows those that stand."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold of one `side` on an issue, or on the whole partnership where `issue` is "".

    It is a record of its own, in its side's internal class; on a restricted issue it is restricted as well.
    """

    id: str
    partnership: str
    visibility: Visibility
    issue: str
    side: Side
    by: str
    at: datetime
    why: str
    released_by: str = ""
    released_at: datetime | None = None
    release_why: str = ""
    version: int = 1

    @property
    def stands(self) -> bool:
        """Whether it was not released yet."""
        return self.released_at is None

    def released(self, person: str, now: datetime, why: str) -> "Hold":
        """It holds nothing any more."""
        return replace(self, released_by=person, released_at=now, release_why=why, version=self.version + 1)
