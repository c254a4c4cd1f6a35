"""The ladder climbed by hand: either side moves an issue up or down it (DOMAIN.md 1.6 rules 1 to 4).

The owner stays; who decides changes. Whoever is passed over on the way up is copied, unless the matter
itself allows it.
"""

from datetime import datetime

from bot.errors import Refusal
from bot.governance.alarm import answering
from bot.governance.escalation import Severity
from bot.governance.issue import Issue
from bot.governance.life import moved
from bot.governance.partnership import Counterparts, Level, pair
from bot.governance.party import Party
from bot.governance.states import not_claimed, not_over
from bot.governance.work import seen

MAY_SKIP = ("safety_reporting", "data_integrity", "serious_breach_candidate")


class AtTheTop(Refusal):
    """{number} is at {level}, the contract’s dispute clause, and nothing is above it; talk to each other."""


class NotHigher(Refusal):
    """{number} is at {level} already, so it cannot be escalated to {wanted}; name a level above {level}."""


class NotLower(Refusal):
    """{number} is at {level}, so it cannot come down to {wanted}; name a level below {level}."""


class BelowItsStart(Refusal):
    """{number} is {severity}, which the policy starts at {start}, so it cannot come down below {start}."""


def check_escalate(issue: Issue, party: Party) -> None:
    """Either side, for as long as there is something left to decide and somebody above."""
    not_over(issue)
    not_claimed(issue)
    if issue.level.above is None:
        raise AtTheTop(number=issue.number, level=issue.level.value)


def escalate(issue: Issue, party: Party, level: Level | None, now: datetime) -> Issue:
    """Up to that level, else to the next one. Whoever is asked to acknowledge it has seen it by that."""
    check_escalate(issue, party)
    to = level or issue.level.above or issue.level
    if to <= issue.level:
        raise NotHigher(number=issue.number, level=issue.level.value, wanted=to.value)
    return moved(seen(issue, party, now), to, now)


def check_deescalate(issue: Issue, party: Party) -> None:
    """Either side, down to where the policy starts an issue of its severity and no further."""
    not_over(issue)
    not_claimed(issue)
    if issue.level <= issue.rule.start_level:
        raise _below(issue)


def deescalate(issue: Issue, party: Party, level: Level | None, now: datetime) -> Issue:
    """Down to that level, else to the next one."""
    check_deescalate(issue, party)
    to = level or max(one for one in Level if one < issue.level)
    if to >= issue.level:
        raise NotLower(number=issue.number, level=issue.level.value, wanted=to.value)
    if to < issue.rule.start_level:
        raise _below(issue)
    return moved(seen(issue, party, now), to, now)


def _below(issue: Issue) -> Refusal:
    start = issue.rule.start_level.value
    return BelowItsStart(number=issue.number, severity=issue.severity.value, start=start)


def may_skip(issue: Issue) -> bool:
    """Critical, safety and integrity matters go straight to whoever must decide."""
    category = issue.category.strip().casefold().replace(" ", "_").replace("-", "_")
    return issue.severity is Severity.CRITICAL or issue.legal is not None or category in MAY_SKIP


def passed_over(left: Level, reached: Level) -> tuple[Level, ...]:
    """The levels between the two, on the way up."""
    return tuple(level for level in Level if left < level < reached)


def told_of_step(old: Issue, reached: Level, pairs: tuple[Counterparts, ...]) -> tuple[str, ...]:
    """Both owners, the pair it leaves, the pair it reaches, and the pairs that are copied; each once.

    Where the level it reaches has nobody on one side, the next one up that this side fills is told too.
    """
    between = () if may_skip(old) else passed_over(old.level, reached)
    levels = (pair(pairs, level) for level in (old.level, *between))
    people = (old.owner, old.counterpart, *(one for level in levels for one in level))
    return tuple(dict.fromkeys(one for one in (*people, *answering(pairs, reached)) if one))
