"""What clocks that ran out do to an issue: what is told together, whether it climbs, and who hears it.

All of it by DOMAIN.md 1.6: both counterparts of a level together, silence goes up, legal clocks never stop.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.governance import clocks, escalation, life
from bot.governance.calendar import WorkCalendar
from bot.governance.clocks import Kind
from bot.governance.issue import Issue
from bot.governance.partnership import Counterparts, Level, named, pair
from bot.governance.visibility import Side, Visibility

GRACE = timedelta(minutes=5)  # an alarm that comes later than this says so
# The gravest first: one climb says what the others would have said at the same moment.
TOGETHER = (
    *(Kind.ACK, Kind.LEVEL, Kind.PLAN_LATE, Kind.RESOLVE, Kind.PLAN, Kind.CONTAIN),
    *(Kind.UPDATE, Kind.AGAIN),
)
REMINDERS = (Kind.UPDATE, Kind.AGAIN)
NEED = TOGETHER[:6]  # those that ask somebody for something by their limit


@dataclass(frozen=True, slots=True)
class Alarm:
    """What clocks said of an issue at one moment: the limits that had run out, the gravest first.

    `was` and `now` are the levels it left and reached, None where it stayed. `late` is how much later than
    it should have been it was said.
    """

    at: datetime
    limits: Mapping[Kind, datetime]
    was: Level | None = None
    now: Level | None = None
    late: timedelta = timedelta()

    @property
    def kind(self) -> Kind:
        """The gravest."""
        return next(iter(self.limits))

    @property
    def climbed(self) -> bool:
        """Whether somebody else decides now."""
        return self.now is not None


def ripe(issue: Issue, calendar: WorkCalendar, kind: Kind, now: datetime) -> Mapping[Kind, datetime]:
    """What has run out and is told together with that kind; nothing where that was met meanwhile."""
    due = {one: at for one, at in clocks.wanted(issue, calendar).items() if at <= now}
    if kind not in due:
        return {}
    if kind is Kind.LEGAL:
        return {kind: max(at for at in clocks.countdown(issue) if at <= now)}
    if kind not in TOGETHER:
        return {kind: due[kind]}
    graver = [one for one in TOGETHER if one in due and one is not Kind.AGAIN]
    return {one: due[one] for one in graver or (Kind.AGAIN,)}


def lateness(issue: Issue, limits: Mapping[Kind, datetime], now: datetime) -> timedelta:
    """How long ago it should have been told; nothing where somebody's act has set the clock since then."""
    last = min(max(at, issue.moved_at or at) for at in limits.values())
    return now - last if now - last > GRACE else timedelta()


def rung(issue: Issue, limits: Mapping[Kind, datetime], calendar: WorkCalendar, now: datetime) -> Issue:
    """The issue after these limits ran out and people were told."""
    for kind, at in limits.items():
        issue = life.rung(issue, kind, at, now)
    reached = _reached(issue, limits)
    if reached is not issue.level:
        issue = life.moved(issue, reached, now)
    if Kind.ACK in limits:
        climbs = escalation.climbs_to(reached)
        issue = life.unseen(issue, escalation.ack_limit(issue.rule, calendar, now) if climbs else None)
    if Kind.PLAN_LATE in limits and issue.plan:
        issue = replace(issue, plan_climbed=issue.plan.due)
    return issue


def _reached(issue: Issue, limits: Mapping[Kind, datetime]) -> Level:
    """One level at a time, however much has run out; nothing is above the contract's dispute clause."""
    steps = [issue.level]
    if Kind.ACK in limits:
        steps.append(escalation.climbs_to(issue.level) or issue.level)
    if Kind.LEVEL in limits or Kind.PLAN_LATE in limits:
        steps.append(issue.level.above or issue.level)
    return max(steps)


def hearers(issue: Issue, alarm: Alarm, counterparts: tuple[Counterparts, ...]) -> tuple[str, ...]:
    """Who is told, each once: of an update the owner, of a legal clock both QA leads, else owners and pairs.

    Both counterparts of a level always hear it together; where a side names nobody, the next filled level.
    """
    deciding = answering(counterparts, issue.level)
    if alarm.kind is Kind.LEGAL:
        assessor = issue.legal.owner if issue.legal else ""
        quality = answering(counterparts, "quality")
        return _each((*quality, *answering(counterparts, Level.L3), issue.owner, assessor))
    if set(alarm.limits) == {Kind.UPDATE}:
        return (issue.owner,) if issue.owner else deciding
    left = pair(counterparts, alarm.was) if alarm.was else ()
    return _each((issue.owner, issue.counterpart, *left, *deciding))


def answering(counterparts: tuple[Counterparts, ...], level: str) -> tuple[str, ...]:
    """The pair at a level; where a side names nobody, also the pair of the next level up that it fills.

    Where it fills none above, whoever it names nearest below, so that no side is told alone.
    """
    found = list(pair(counterparts, level))
    for side in empty_sides(counterparts, level):
        instead = next((one for one in _elsewhere(level) if named(counterparts, one, side)), None)
        if instead is not None:
            above = instead > level or level not in list(Level)
            found += pair(counterparts, instead) if above else (named(counterparts, instead, side),)
    return _each(found)


def empty_sides(counterparts: tuple[Counterparts, ...], level: str) -> tuple[Side, ...]:
    """The sides that name nobody at that level."""
    return tuple(side for side in Side if not named(counterparts, level, side))


def _elsewhere(level: str) -> Iterable[Level]:
    """The levels above, the nearest first, then those below; for another line the executives first."""
    ladder = list(Level)
    if level not in ladder:
        return (Level.L3, Level.L4, Level.L2, Level.L1)
    step = ladder.index(Level(level))
    return (*ladder[step + 1 :], *reversed(ladder[:step]))


def gaps(issue: Issue, counterparts: tuple[Counterparts, ...]) -> tuple[Side, ...]:
    """The sides that name nobody at its level, as far as they have a part in it."""
    empty = empty_sides(counterparts, issue.level)
    match issue.visibility:
        case Visibility.SHARED:
            return empty
        case Visibility.RESTRICTED | Visibility.TRI_PARTY:  # what a third company reads does not tell
            return ()
    return tuple(side for side in empty if side is issue.visibility.side)


def need_by(issue: Issue, calendar: WorkCalendar, now: datetime) -> datetime | None:
    """When the next of its limits runs out; None where none is still ahead."""
    ahead = [at for kind, at in clocks.wanted(issue, calendar).items() if kind in NEED and at > now]
    return min(ahead, default=None)


def why(alarm: Alarm, level: Level, unnamed: tuple[str, ...] = ()) -> str:
    """For the record: what had run out and when, who names nobody at its level, how late it was told."""
    parts = [f"{RAN_OUT[kind]} by {at:%Y-%m-%d %H:%M}Z" for kind, at in alarm.limits.items()]
    parts += [f"{company} names nobody at {level}" for company in unnamed]
    if alarm.late:
        parts.append(f"told {length(alarm.late)} late, as Parley was not running")
    return "; ".join(parts)


RAN_OUT = {
    Kind.ACK: "not acknowledged",
    Kind.LEVEL: "no agreed plan in its time at the level",
    Kind.PLAN_LATE: "the agreed plan was five business days late",
    Kind.RESOLVE: "not resolved",
    Kind.PLAN: "no plan agreed",
    Kind.CONTAIN: "not contained",
    Kind.UPDATE: "no update",
    Kind.AGAIN: "nothing new",
    Kind.LEGAL: "the legal clock runs",
    Kind.RESUME: "the restart date came",
}


def length(time: timedelta) -> str:
    """ "40 minutes", "26 hours", "3 days"."""
    minutes = int(time.total_seconds() // 60)
    for unit, size in (("day", 24 * 60), ("hour", 60)):
        if minutes >= 2 * size:
            return f"{minutes // size} {unit}s"
    return f"{minutes} minutes"


def _each(people: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person for person in people if person))
