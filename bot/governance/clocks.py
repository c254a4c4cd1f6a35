"""The clocks of an issue: which run, since when, and when each runs out (DOMAIN.md 1.6, ESC-1's basis).

Acknowledgement runs from when it was raised, at the severity it was raised with. Containing, plan, resolve
and the time at a level begin anew at a change of severity. An agreed plan's date replaces the resolve limit,
and ends the time at the level. A hold stops everything but a legal clock.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from bot.governance.calendar import Limit, WorkCalendar
from bot.governance.issue import Issue

LATE_PLAN = Limit(business_days=5)  # a plan later than this goes up one level
RESTART = time(7)  # UTC, of the restart date: nobody is woken
COUNTDOWN = (3, 1, 0, -1)  # calendar days left, at which a legal clock speaks up; the last says it is past


class Kind(StrEnum):
    """What runs out. The first six are limits people agreed; the others keep things moving."""

    ACK = "ack"
    CONTAIN = "contain"
    PLAN = "plan"
    RESOLVE = "resolve"
    LEVEL = "level"
    LEGAL = "legal"
    PLAN_LATE = "plan_late"
    UPDATE = "update"
    AGAIN = "again"
    RESUME = "resume"


LIMITS = (Kind.ACK, Kind.CONTAIN, Kind.PLAN, Kind.RESOLVE, Kind.LEVEL, Kind.LEGAL)


@dataclass(frozen=True, slots=True)
class Clock:
    """One running clock: `at` is when it runs out, past or to come; `limit` is the length that was agreed."""

    kind: Kind
    since: datetime
    at: datetime
    limit: Limit | None = None

    def late(self, now: datetime) -> bool:
        """Whether it has run out."""
        return now > self.at

    def used(self, now: datetime) -> float:
        """How much of it has passed, from 0 to 1."""
        whole = (self.at - self.since).total_seconds()
        return 1.0 if whole <= 0 else min(1.0, max(0.0, (now - self.since).total_seconds() / whole))


def running(issue: Issue, calendar: WorkCalendar) -> tuple[Clock, ...]:
    """The agreed limits that are not met yet, those of a hold left out, in the order of LIMITS."""
    return tuple(_limits(issue, calendar))


def _limits(issue: Issue, calendar: WorkCalendar) -> Iterator[Clock]:
    if not (issue.state.over or issue.state.claimed or issue.on_hold):
        yield from _stoppable(issue, calendar)
    if issue.legal and issue.legal.runs and not issue.state.over:
        yield Clock(Kind.LEGAL, issue.legal.aware_at, day_end(issue.legal.due))


def _stoppable(issue: Issue, calendar: WorkCalendar) -> Iterator[Clock]:
    since, rule = issue.restarted_at, issue.rule
    if issue.acknowledged_at is None:
        yield from _clock(Kind.ACK, issue.raised_at, issue.rules[issue.first_severity].ack, issue, calendar)
    if issue.contained_at is None:
        yield from _clock(Kind.CONTAIN, since, rule.contain, issue, calendar)
    if issue.plan:
        agreed = issue.plan.agreed or since.date()
        begun = datetime.combine(agreed, time(), tzinfo=UTC)
        yield Clock(Kind.RESOLVE, begun, calendar.close_of(plan_due(issue, calendar)))
        return
    yield from _clock(Kind.PLAN, since, rule.plan, issue, calendar)
    yield from _clock(Kind.RESOLVE, since, rule.resolve, issue, calendar)
    entered = max(since, issue.level_entered_at)
    yield from _clock(Kind.LEVEL, entered, rule.at_level(issue.level), issue, calendar)


def _clock(
    kind: Kind, since: datetime, limit: Limit | None, issue: Issue, calendar: WorkCalendar
) -> Iterator[Clock]:
    """A missing limit never runs out."""
    if limit is not None:
        yield Clock(kind, since, calendar.limit_end(since, limit, issue.stops), limit)


def plan_due(issue: Issue, calendar: WorkCalendar) -> date:
    """The day of the agreed plan, later by the business days on which the issue was on hold since."""
    assert issue.plan is not None  # noqa: S101 asked only where one is agreed
    stops = [
        stop for stop in issue.stops if stop.until and stop.since.date() >= (issue.plan.agreed or date.min)
    ]
    held = sum(
        calendar.business_days_between(stop.since.date(), stop.until.date()) for stop in stops if stop.until
    )
    return calendar.business_day_after(issue.plan.due, held)


def wanted(issue: Issue, calendar: WorkCalendar) -> Mapping[Kind, datetime]:
    """When each clock of the issue must ring next: what the dues in the record have to be."""
    limits = running(issue, calendar)
    rings: dict[Kind, datetime] = {one.kind: one.at for one in limits}
    rings.pop(Kind.ACK, None)
    rings.pop(Kind.LEGAL, None)
    if issue.ack_due and issue.acknowledged_at is None and not (issue.on_hold or issue.state.claimed):
        rings[Kind.ACK] = issue.ack_due
    rings |= dict(_others(issue, calendar, min((one.at for one in limits), default=None)))
    dealt = {kind for kind, at in rings.items() if issue.rang.get(kind) == at}
    return {} if issue.state.over else {kind: at for kind, at in rings.items() if kind not in dealt}


def _others(
    issue: Issue, calendar: WorkCalendar, soonest: datetime | None
) -> Iterator[tuple[Kind, datetime]]:
    """What keeps things moving; `soonest` is the first agreed limit that is not met."""
    if issue.legal and issue.legal.runs:
        yield from _next_of_countdown(issue)
    if issue.on_hold and issue.hold:
        yield Kind.RESUME, datetime.combine(issue.hold.until, RESTART, tzinfo=UTC)
    if issue.on_hold or issue.state.claimed:
        return
    if issue.plan and issue.plan_climbed != issue.plan.due:
        late = calendar.business_day_after(plan_due(issue, calendar), LATE_PLAN.business_days or 0)
        yield Kind.PLAN_LATE, calendar.close_of(late)
    if issue.acknowledged_at and issue.rule.update:
        spoken = max(issue.moved_at or issue.acknowledged_at, issue.restarted_at)
        yield Kind.UPDATE, calendar.limit_end(spoken, issue.rule.update, issue.stops)
    if issue.acknowledged_at and issue.alarmed_at and issue.rule.again:
        quiet = max(issue.alarmed_at, issue.moved_at or issue.alarmed_at)
        again = calendar.limit_end(quiet, issue.rule.again, issue.stops)
        if soonest and soonest < again:  # else there is nothing that ought to have moved
            yield Kind.AGAIN, again


def countdown(issue: Issue) -> tuple[datetime, ...]:
    """The moments at which its legal clock speaks: before its due date, on it, and on the day after."""
    if issue.legal is None:
        return ()
    due, aware = issue.legal.due, issue.legal.aware_at
    return tuple(max(day_start(due, left), aware) for left in COUNTDOWN)


def _next_of_countdown(issue: Issue) -> Iterator[tuple[Kind, datetime]]:
    """Each of these moments is dealt with once."""
    rung = issue.rang.get(Kind.LEGAL)
    later = [at for at in countdown(issue) if rung is None or at > rung]
    if later:
        yield Kind.LEGAL, later[0]


def day_start(due: date, left: int) -> datetime:
    """07:00 UTC of the day on which `left` calendar days are left."""
    return datetime.combine(due - timedelta(days=left), RESTART, tzinfo=UTC)


def day_end(due: date) -> datetime:
    """A date is past from the next day on (UTC)."""
    return datetime.combine(due + timedelta(days=1), time(), tzinfo=UTC)


def late_at(issue: Issue, calendar: WorkCalendar) -> datetime | None:
    """The soonest agreed limit that is not met: from then on the issue is overdue."""
    return min((one.at for one in running(issue, calendar)), default=None)
