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

    @property
    def rank(self) -> int:
        """0 for the most severe."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class SeverityRule:
    """What the policy says of one severity. A missing limit never runs out.

    `update` is the longest silence; `again` is how soon an alarm comes again where nothing moved.
    """

    start_level: Level
    notify: tuple[str, ...] = ()
    ack: Limit | None = None
    contain: Limit | None = None
    plan: Limit | None = None
    resolve: Limit | None = None
    time_at_level: tuple[tuple[Level, Limit | None], ...] = ()
    update: Limit | None = None
    again: Limit | None = None

    def at_level(self, level: Level) -> Limit | None:
        """The longest time at that level with no agreed plan."""
        return dict(self.time_at_level).get(level)


@dataclass(frozen=True, slots=True)
class Rung:
    """One level of the ladder: its name, the role that stands on it for each side, and its forum."""

    level: Level
    name: str = ""
    sponsor_role: str = ""
    cro_role: str = ""
    forum: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """A named policy: one rule for each severity, and the ladder. `version` rises with each agreed change."""

    id: str
    rules: Mapping[Severity, SeverityRule]
    ladder: tuple[Rung, ...] = ()
    version: int = 1

    @property
    def words(self) -> str:
        """As a record names it: "ESC-1", "ESC-1, version 2"."""
        return self.id if self.version == 1 else f"{self.id}, version {self.version}"


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
