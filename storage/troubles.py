"""What an operator should look at: the messages that did not arrive, without a word of what they said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Trouble:
    """A message that needs a person's eye. `since` is wall time; never any text."""

    kind: str
    queue: str
    state: str
    reason: str
    since: datetime

    @property
    def line(self) -> str:
        """For an operator: what, where and why, and nothing of what it said."""
        since = f"{self.since:%Y-%m-%d %H:%M}Z"
        return f"not delivered since {since}: {self.kind} to {self.queue}, {self.state}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Troubles:
    """How many messages stand in each state, and the newest that were held or failed."""

    counts: Mapping[str, int]
    rows: tuple[Trouble, ...]
