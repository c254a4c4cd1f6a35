"""What would have become of past issues under another policy: limits missed, and how often they climbed.

An issue is lived again from what is known of it now: who answered when stays as it was.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.governance.calendar import Limit, WorkCalendar
from bot.governance.clocks import LATE_PLAN, Kind, plan_due
from bot.governance.escalation import Policy, Severity, SeverityRule, climbs_to
from bot.governance.issue import Issue
from bot.governance.partnership import Level

Rules = Mapping[Severity, SeverityRule]
MISSED = (Kind.ACK, Kind.CONTAIN, Kind.PLAN, Kind.RESOLVE)


@dataclass(frozen=True, slots=True)
class Course:
    """How an issue went: the limits it missed, and how often it went up a level by itself."""

    missed: frozenset[Kind]
    climbs: int


@dataclass(frozen=True, slots=True)
class Compared:
    """One issue as it went under its own policy, and as it would have gone under another."""

    issue: Issue
    was: Course
    would: Course

    @property
    def differs(self) -> bool:
        """Whether the other policy makes a difference to it."""
        return self.was != self.would


def compared(
    issues: Iterable[Issue], policy: Policy, calendar: WorkCalendar, now: datetime
) -> tuple[Compared, ...]:
    """Each issue under the rules frozen into it and under those of `policy`, as things stand at `now`."""
    return tuple(
        Compared(one, course(one, one.rules, calendar, now), course(one, policy.rules, calendar, now))
        for one in issues
    )


def course(issue: Issue, rules: Rules, calendar: WorkCalendar, now: datetime) -> Course:
    """How it would have gone under these rules until it was resolved, or until `now`."""
    ended = min(now, issue.resolved_at or now, issue.closed_at or now)
    missed = frozenset(kind for kind in MISSED if _missed(kind, issue, rules, calendar, ended))
    return Course(missed, _climbs(issue, rules, calendar, ended))


def _missed(kind: Kind, issue: Issue, rules: Rules, calendar: WorkCalendar, ended: datetime) -> bool:
    rule = rules[issue.severity]
    match kind:
        case Kind.ACK:
            limit = _end(issue.raised_at, rules[issue.first_severity].ack, issue, calendar)
            return _late(limit, issue.acknowledged_at or ended)
        case Kind.CONTAIN:
            limit = _end(issue.restarted_at, rule.contain, issue, calendar)
            return _late(limit, issue.contained_at or ended)
        case Kind.PLAN:
            return _unplanned(_end(issue.restarted_at, rule.plan, issue, calendar), issue, ended)
    limit = _end(issue.restarted_at, rule.resolve, issue, calendar)
    if issue.plan:  # its date takes the limit's place
        limit = calendar.close_of(plan_due(issue, calendar))
    return _late(limit, ended)


def _end(start: datetime, limit: Limit | None, issue: Issue, calendar: WorkCalendar) -> datetime | None:
    return calendar.limit_end(start, limit, issue.stops) if limit else None


def _late(limit: datetime | None, met: datetime) -> bool:
    return limit is not None and met > limit


def _unplanned(limit: datetime | None, issue: Issue, ended: datetime) -> bool:
    """Whether no plan was agreed by then; a plan is agreed on a day, so the day counts."""
    if limit is None or issue.plan is None or issue.plan.agreed is None:
        return _late(limit, ended)
    return issue.plan.agreed > limit.date()


def _climbs(issue: Issue, rules: Rules, calendar: WorkCalendar, ended: datetime) -> int:
    """How often a clock would have taken it up: unseen, too long at a level without a plan, its plan late."""
    first = rules[issue.first_severity]
    level, entered, count = first.start_level, issue.raised_at, 0
    unseen = _end(issue.raised_at, first.ack, issue, calendar)
    for since, until, rule in _stretches(issue, rules, ended):
        level = max(level, rule.start_level)
        entered = max(entered, since)
        while step := _next(issue, calendar, rule, (level, entered, unseen), until):
            kind, at = step
            level = level.above or level
            entered, count = at, count + 1
            if kind is Kind.ACK:
                unseen = _end(at, rule.ack, issue, calendar)
    return count + _late_plan(issue, calendar, level, ended)


def _stretches(
    issue: Issue, rules: Rules, ended: datetime
) -> Iterator[tuple[datetime, datetime, SeverityRule]]:
    """From one change of severity to the next, each with its rule."""
    graded = [(one.at, one.severity) for one in issue.grades] or [(issue.raised_at, issue.severity)]
    ends = [at for at, _ in graded[1:]] + [ended]
    for (since, severity), until in zip(graded, ends, strict=True):
        yield since, min(until, ended), rules[severity]


Standing = tuple[Level, datetime, datetime | None]


def _next(
    issue: Issue, calendar: WorkCalendar, rule: SeverityRule, standing: Standing, until: datetime
) -> tuple[Kind, datetime] | None:
    """The next clock that takes it up before `until`; want of acknowledgement goes no further than L3."""
    level, entered, unseen = standing
    found: list[tuple[datetime, Kind]] = []
    if unseen and climbs_to(level) and not (issue.acknowledged_at and issue.acknowledged_at <= unseen):
        found.append((unseen, Kind.ACK))
    waited = _end(entered, rule.at_level(level), issue, calendar)
    if waited and level.above and not _planned(issue, waited):
        found.append((waited, Kind.LEVEL))
    at, kind = min(found, default=(until, Kind.LEVEL))
    return (kind, at) if at < until else None


def _planned(issue: Issue, at: datetime) -> bool:
    return bool(issue.plan and issue.plan.agreed and issue.plan.agreed <= at.date())


def _late_plan(issue: Issue, calendar: WorkCalendar, level: Level, ended: datetime) -> int:
    """An agreed plan more than five business days late takes it up once."""
    if issue.plan is None or level.above is None:
        return 0
    late = calendar.business_day_after(plan_due(issue, calendar), LATE_PLAN.business_days or 0)
    return int(ended.astimezone(UTC) > calendar.close_of(late))
