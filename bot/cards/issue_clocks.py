"""The clocks of an issue as a picture of time: what runs, how much of it is used, and how long is left."""

from datetime import UTC, datetime, timedelta

from bot.cards import when
from bot.cards.setting import Setting
from bot.governance.calendar import WorkCalendar
from bot.governance.clocks import Clock, Kind
from bot.governance.issue import Issue
from bot.views import Bar, Bars, Tone

NEAR = 0.75  # of a clock: from then on it is a warning
LABELS = {
    Kind.ACK: "Acknowledge",
    Kind.CONTAIN: "Contain",
    Kind.PLAN: "Agree a plan",
    Kind.RESOLVE: "Resolve",
    Kind.LEVEL: "Time at {level}",
    Kind.LEGAL: "Legal clock",
}
LATE = {
    Kind.CONTAIN: "containment",
    Kind.PLAN: "plan",
    Kind.RESOLVE: "resolution",
    Kind.LEVEL: "decision",
    Kind.LEGAL: "legal clock",
}


def picture(issue: Issue, here: Setting) -> tuple[Bars, ...]:
    """A row for each clock that runs; nothing where none does or nobody knows what time it is.

    How long each limit is, the two companies agreed: a third one reads by when, on the card.
    """
    if here.only_reads or here.now is None or here.calendar is None or not here.clocks:
        return ()
    now, calendar = here.now, here.calendar
    rows = []
    for clock in here.clocks:
        words = f"{remaining(clock, now, calendar)}, {_limit(clock, issue, here)}"
        label = "Agreed plan" if clock.kind is Kind.RESOLVE and issue.plan else LABELS[clock.kind]
        rows.append(Bar(label.format(level=issue.level), clock.used(now), words, _tone(clock, now)))
    return (Bars(tuple(rows)),)


def _limit(clock: Clock, issue: Issue, here: Setting) -> str:
    """When it runs out; a legal one counts whole days, wherever one reads it."""
    if clock.kind is Kind.LEGAL and issue.legal:
        return f"until the end of {when.day(issue.legal.due)}"
    return here.time(clock.at)


def _tone(clock: Clock, now: datetime) -> Tone:
    if clock.late(now):
        return Tone.ALARM
    return Tone.WARNING if clock.used(now) >= NEAR else Tone.GOOD


def remaining(clock: Clock, now: datetime, calendar: WorkCalendar) -> str:
    """ "2 business days left", "3 hours left", "6 business days late", "ends today"."""
    length = _length(clock, now, calendar)
    return f"{length} {'late' if clock.late(now) else 'left'}" if length else "ends today"


def overdue(clock: Clock, issue: Issue, now: datetime, calendar: WorkCalendar) -> str:
    """ "plan 3 business days late"; what is not acknowledged is said beside it anyway."""
    kind = Kind.PLAN if clock.kind is Kind.RESOLVE and issue.plan else clock.kind
    what = "" if kind is Kind.ACK else f"{LATE[kind]} "
    return f"{what}{_length(clock, now, calendar)} late"


def _length(clock: Clock, now: datetime, calendar: WorkCalendar) -> str:
    """The time between, as the clock counts it: in calendar days, in hours, else in business days."""
    at = clock.at.astimezone(UTC)
    if clock.kind is Kind.LEGAL:
        due = (at - timedelta(minutes=1)).date()
        return _counted(abs((due - now.astimezone(UTC).date()).days), "calendar day")
    first, last = sorted((now.astimezone(UTC), at))
    if clock.limit and clock.limit.elapsed_hours is not None:
        days = (last - first).days
        return _counted(days, "calendar day") if days >= 2 else _hours(last - first)
    days = calendar.business_days_between(first.date(), last.date())
    return _counted(days, "business day") or _hours(last - first)


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}{'s' if count != 1 else ''}" if count else ""


def _hours(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    return _counted(minutes // 60, "hour") or _counted(minutes, "minute") or "less than a minute"
