"""Proof that every clock of an issue is set and has rung: what must ring, beside what the record holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.governance import clocks
from bot.governance.alarm import GRACE
from bot.governance.calendar import WorkCalendar
from bot.governance.clocks import Kind
from bot.governance.issue import Issue


@dataclass(frozen=True, slots=True)
class Overlooked:
    """A clock that ought to ring or to have rung `at`: nothing is set for it, or it `is_set` and silent."""

    issue: str
    kind: str
    at: datetime
    is_set: bool


def overlooked(
    issue: Issue, calendar: WorkCalendar, held: Mapping[Kind, datetime], now: datetime
) -> Iterator[Overlooked]:
    """The clocks of one issue that are missing, set too late, or silent; `held` are those that are set."""
    for kind, at in clocks.wanted(issue, calendar).items():
        is_set = kind in held and held[kind] <= at
        if not is_set or now - at > GRACE:
            yield Overlooked(issue.id, kind, at, is_set)
