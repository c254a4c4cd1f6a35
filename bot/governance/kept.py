"""Promises kept on time (RL-03 of the catalogue): by their first day, whatever it was moved to later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.governance.commitment import Commitment, State

COUNTED = (State.ACCEPTED, State.DONE, State.CONFIRMED)  # neither proposed nor disputed, declined, withdrawn


@dataclass(frozen=True, slots=True)
class Kept:
    """`on_time` of those `due`: "3/8"."""

    on_time: int = 0
    due: int = 0

    def __str__(self) -> str:
        return f"{self.on_time}/{self.due}"

    @property
    def percent(self) -> float | None:
        """Of those due; None where none were."""
        return 100 * self.on_time / self.due if self.due else None


def kept(promises: Iterable[Commitment], today: date) -> Kept:
    """Of promises whose first day is past, those that were done by it."""
    counted = [one for one in promises if one.state in COUNTED and one.first_due < today]
    on_time = sum(one.done_on is not None and one.done_on <= one.first_due for one in counted)
    return Kept(on_time, len(counted))
