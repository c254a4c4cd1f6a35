"""The severity of an issue: each side states its view, and the higher one applies until both agree.

Nobody's silence counts as a view: where one side has not answered, its view is that of before, by nobody.
"""

from dataclasses import replace
from datetime import datetime

from bot.errors import Refusal
from bot.governance.escalation import Severity
from bot.governance.issue import Graded, Issue, View
from bot.governance.legal import stays_critical
from bot.governance.party import Party
from bot.governance.states import not_claimed, not_over
from bot.governance.visibility import Side
from bot.governance.work import seen


class AlreadySoSevere(Refusal):
    """{number} is {severity} already, so nothing changed; another view is critical, major or minor."""


class AlreadyYourView(Refusal):
    """{side} already says that {number} is {severity}; {other} is asked to agree or to say otherwise."""


class NothingToAgree(Refusal):
    """{other} has stated no other view of {number}, which is {severity}; “issue severity” states yours."""


def check_severity(issue: Issue, party: Party) -> None:
    """Either side states its view for as long as there is something left to do."""
    not_over(issue)
    not_claimed(issue)


def view_of(issue: Issue, side: Side) -> View | None:
    """Where the sides differ, what that one says; `by` is "" for as long as it has not answered."""
    return next((one for one in issue.views if one.side is side), None)


def differs(issue: Issue) -> bool:
    """Whether both sides have spoken and do not agree: the dispute is shown."""
    return bool(issue.views) and all(one.by for one in issue.views)


def state_severity(issue: Issue, party: Party, severity: Severity, reason: str, now: datetime) -> Issue:
    """One side's view. Where it is the other side's too, that settles it; else the higher one applies."""
    check_severity(issue, party)
    if not issue.views and severity is issue.severity:
        raise AlreadySoSevere(number=issue.number, severity=severity.value)
    stays_critical(issue, replace(issue, severity=severity))
    issue, mine = seen(issue, party, now), View(party.side, severity, party.person, now, reason)
    theirs = view_of(issue, party.side.other)
    if not issue.visibility.both_sides or (theirs and theirs.severity is severity):
        agreed = mine if theirs is None or theirs.by else theirs
        return _in_force(replace(issue, views=()), agreed, now)
    before = view_of(issue, party.side)
    if before and before.by and before.severity is severity:
        sides = {"side": party.side.value, "other": party.side.other.value}
        raise AlreadyYourView(number=issue.number, severity=severity.value, **sides)
    theirs = theirs or View(party.side.other, issue.severity, "", issue.restarted_at, "")
    higher = min(mine, theirs, key=lambda one: one.severity.rank)
    views = tuple(sorted((mine, theirs), key=lambda one: list(Side).index(one.side)))
    return _in_force(replace(issue, views=views), higher, now)


def check_severity_agree(issue: Issue, party: Party) -> None:
    """There is a view of the other side's to agree with."""
    not_over(issue)
    theirs = view_of(issue, party.side.other)
    if theirs is None or not theirs.by:
        other = party.side.other.value
        raise NothingToAgree(number=issue.number, severity=issue.severity.value, other=other)


def agree_severity(issue: Issue, party: Party, now: datetime) -> Issue:
    """The other side's view is this side's too: it is in force, for the reason they gave."""
    check_severity_agree(issue, party)
    theirs = next(one for one in issue.views if one.side is not party.side)
    known = seen(issue, party, now)
    return _in_force(replace(known, views=()), replace(theirs, by=party.person), now)


def _in_force(issue: Issue, view: View, now: datetime) -> Issue:
    """What changes nothing restarts nothing. A more severe one never leaves it below its start level.

    Where it is again what nobody else had contradicted, a side has taken its own view back: its clocks go on
    as if it had never stated it, or each side alone could begin them anew.
    """
    if view.severity is issue.severity:
        return issue
    if not view.by:
        stood = tuple(one for one in issue.grades if one.at <= view.at)
        return replace(issue, severity=view.severity, grades=stood)
    level = max(issue.level, issue.rules[view.severity].start_level)
    return replace(
        issue,
        severity=view.severity,
        grades=(*issue.grades, Graded(now, view.severity, view.by, view.reason)),
        level=level,
        level_entered_at=now if level is not issue.level else issue.level_entered_at,
    )
