"""The escalation policy both sides agreed, and what it says about one issue (DOMAIN.md 1.6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.governance.calendar import Limit, WorkCalendar
from bot.governance.partnership import Counterparts, Level, pair

TOP = Level.L3  # want of acknowledgement climbs no further: L4 is the contract's dispute clause


class Severity(StrEnum):
    """The effect of an issue, not its urgency (DOMAIN.md 3.2)."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


@dataclass(frozen=True, slots=True)
class SeverityRule:
    """What the policy says of one severity. A missing limit never runs out."""

    start_level: Level
    notify: tuple[str, ...] = ()
    ack: Limit | None = None
    contain: Limit | None = None
    plan: Limit | None = None
    resolve: Limit | None = None
    time_at_level: tuple[tuple[Level, Limit | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """A named policy: one rule for each severity."""

    id: str
    rules: Mapping[Severity, SeverityRule]


def ack_limit(rule: SeverityRule, calendar: WorkCalendar, since: datetime) -> datetime | None:
    """When the acknowledgement runs out, counted from `since`; None where the policy sets no limit."""
    return calendar.limit_end(since, rule.ack) if rule.ack else None


def climbs_to(level: Level) -> Level | None:
    """Where an issue nobody acknowledged goes next; None from the top on."""
    return level.above if level < TOP else None


def told_at_birth(rule: SeverityRule, counterparts: tuple[Counterparts, ...]) -> tuple[str, ...]:
    """Who hears of a new issue besides its owner: the pair that decides, and whom the policy names."""
    return tuple(person for level in (rule.start_level, *rule.notify) for person in pair(counterparts, level))


def told_of_climb(
    owner: str, left: Level, reached: Level, counterparts: tuple[Counterparts, ...]
) -> tuple[str, ...]:
    """Owner, the pair it leaves and the pair it reaches: each person once, in that order."""
    people = (owner, *pair(counterparts, left), *pair(counterparts, reached))
    return tuple(dict.fromkeys(person for person in people if person))
