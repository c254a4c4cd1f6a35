"""What two companies agree when their partnership begins: a working calendar and an escalation policy."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from bot.due import Due
from bot.governance.calendar import MORNING, Limit, WorkCalendar
from bot.governance.escalation import Policy, Severity, SeverityRule
from bot.governance.partnership import Level

DAYS = frozenset({"mon", "tue", "wed", "thu", "fri"})
CLOSE = time(17)
STANDARD = "standard"
ENDS = "calendar.ends"  # the kind of the due that warns of a calendar without closed days to come


@dataclass(frozen=True, slots=True)
class Terms:
    """Both, as one side proposes them and the other accepts or refuses them."""

    calendar: WorkCalendar
    policy: Policy

    def named(self, name: str) -> "Terms":
        """The same terms, for one partnership alone."""
        calendar = replace(self.calendar, id=f"CAL-{name}")
        return Terms(calendar, replace(self.policy, id=f"POL-{name}"))


def _days(count: int) -> Limit:
    return Limit(business_days=count)


def _hours(count: int) -> Limit:
    return Limit(elapsed_hours=float(count))


def _levels(*limits: Limit | None) -> tuple[tuple[Level, Limit | None], ...]:
    return tuple(zip(Level, limits, strict=True))


# The negotiable default of DOMAIN.md 1.6.
RULES: Mapping[Severity, SeverityRule] = {
    Severity.CRITICAL: SeverityRule(
        start_level=Level.L2,
        notify=("L3", "quality"),
        ack=_hours(4),
        contain=_hours(24),
        plan=_days(3),
        resolve=_days(10),
        time_at_level=_levels(_hours(0), _hours(24), _days(3), _days(5)),
        update=_hours(24),
        again=_hours(24),
    ),
    Severity.MAJOR: SeverityRule(
        start_level=Level.L1,
        notify=("L2",),
        ack=_days(1),
        plan=_days(5),
        resolve=_days(20),
        time_at_level=_levels(_days(5), _days(5), _days(10), _days(10)),
        update=_days(5),
        again=_days(2),
    ),
    Severity.MINOR: SeverityRule(
        start_level=Level.L1,
        ack=_days(3),
        plan=_days(10),
        resolve=_days(40),
        time_at_level=_levels(_days(20), _days(10), None, None),
        again=_days(5),
    ),
}
STANDARD_POLICY = Policy(STANDARD, RULES)


def ending(partnership: str, calendar: WorkCalendar, now: datetime) -> Due:
    """When both sides' administrators hear that their calendar ends: 60 days ahead, or the next morning."""
    today = now.astimezone(UTC).date()
    morning = datetime.combine(calendar.business_day_after(today, 1), MORNING, tzinfo=UTC)
    at = max(morning, calendar.warned_at() or morning)
    return Due(f"{ENDS}:{partnership}", at, ENDS, partnership)
