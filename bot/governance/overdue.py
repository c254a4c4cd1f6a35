"""What is late, of whatever kind: since when, and which of its limits ran out first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.governance.action import Action
from bot.governance.action import State as ActionState
from bot.governance.alarm import RAN_OUT
from bot.governance.calendar import WorkCalendar
from bot.governance.clocks import Clock, Kind
from bot.governance.commitment import Commitment, State
from bot.governance.issue import Issue

PROMISED = (State.PROPOSED, State.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Late:
    """One late record. `owner` is a person's id; `what` says in a few words what is missing since then."""

    noun: str
    id: str
    number: str
    partnership: str
    title: str
    what: str
    owner: str
    since: datetime


def of_issue(issue: Issue, running: Iterable[Clock], now: datetime) -> Late | None:
    """By the first of its limits that ran out."""
    late = min((one for one in running if one.late(now)), key=lambda one: one.at, default=None)
    if late is None:
        return None
    return Late(
        "issue",
        issue.id,
        issue.number,
        issue.partnership,
        issue.title,
        "legal clock" if late.kind is Kind.LEGAL else RAN_OUT[late.kind],
        issue.owner,
        late.at,
    )


def of_commitment(promise: Commitment, calendar: WorkCalendar, now: datetime) -> Late | None:
    """What was promised for a day that is over, unless its owner says that it is done.

    `now` is told in the reader's zone, as for an action item.
    """
    if promise.state not in PROMISED or promise.due >= now.date():
        return None
    what = "not accepted" if promise.state is State.PROPOSED else "not kept"
    known = promise.id, promise.number, promise.partnership, promise.text
    return Late("commit", *known, what, promise.owner, calendar.close_of(promise.due))


def of_action(action: Action, calendar: WorkCalendar, now: datetime) -> Late | None:
    """What was to be done by a day that is over."""
    if action.state is not ActionState.OPEN or action.due is None or action.due >= now.date():
        return None
    known = action.id, action.number, action.partnership, action.text
    return Late("action", *known, "not done", action.owner, calendar.close_of(action.due))


def ordered(found: Iterable[Late], mine: frozenset[str]) -> tuple[Late, ...]:
    """Theirs first who ask, then the longest late."""
    return tuple(sorted(found, key=lambda one: (one.owner not in mine, one.since, one.number)))
