"""A possible serious breach (EU CTR Art. 52): its legal clock, who hears of it at once, who assesses it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.errors import Refusal
from bot.governance.company import Contact
from bot.governance.escalation import Severity
from bot.governance.issue import Assessment, Graded, Issue, LegalClock
from bot.governance.partnership import Counterparts, Level, named, pair
from bot.governance.party import Party
from bot.governance.states import not_over
from bot.governance.visibility import Side, Visibility

RULE = "EU CTR Art. 52"
DAYS = 7  # calendar days from awareness
CATEGORY = "serious_breach_candidate"
REASON = "possible serious breach"
QUALITY, SAFETY = "quality", "safety"


class AlreadyABreach(Refusal):
    """{number} is named a possible serious breach already; its assessment is {assessment}."""


class OnlyTheCrosOwn(Refusal):
    """{number} is seen by {side} alone, so the sponsor would not hear; log it again as shared, at once."""


class NoBreach(Refusal):
    """{number} is not named a possible serious breach; “issue breach {number}” does that at once."""


class AlreadyAssessed(Refusal):
    """{number} was assessed as {assessment}, so nothing changed; “issue breach {number}” names it anew."""


class AlreadyNotified(Refusal):
    """The authority was told of {number}, which ends its legal clock; nothing changed."""


class NotYoursToAssess(Refusal):
    """The sponsor assesses {number}: {name}, its quality lead, or who stands in for them."""


class TheSponsorAssesses(Refusal):
    """{number} is assessed by {side}; tell their quality line what you know, it stands on its card."""


class NotEarlier(Refusal):
    """The clock of {number} runs from {when}; it can only be moved to an earlier moment."""


class StaysCritical(Refusal):
    """{number} is a possible serious breach, so it stays critical until it is assessed."""


def check_breach(issue: Issue, party: Party) -> None:
    """An open issue that the sponsor can see, and that is not named one already."""
    not_over(issue)
    if issue.visibility is Visibility.CRO_INTERNAL:
        raise OnlyTheCrosOwn(number=issue.number, side=Side.CRO.value)
    if issue.legal and issue.legal.assessment is Assessment.NOTIFIED:
        raise AlreadyNotified(number=issue.number)
    if issue.legal and issue.legal.runs:
        raise AlreadyABreach(number=issue.number, assessment=issue.legal.assessment.words)


def check_assess(issue: Issue, party: Party) -> None:
    """Its clock runs, and it is the sponsor who says so; which of them is looked at by `check_assessor`."""
    _runs(issue)
    if party.side is not Side.SPONSOR:
        raise TheSponsorAssesses(number=issue.number, side=Side.SPONSOR.value)


def check_aware(issue: Issue, party: Party) -> None:
    """Its clock runs; either side may have known earlier."""
    _runs(issue)


def _runs(issue: Issue) -> None:
    if issue.legal is None:
        raise NoBreach(number=issue.number)
    if issue.legal.assessment is Assessment.NOTIFIED:
        raise AlreadyNotified(number=issue.number)
    if not issue.legal.runs:
        raise AlreadyAssessed(number=issue.number, assessment=issue.legal.assessment.words)


def check_assessor(issue: Issue, party: Party, quality: Iterable[str], *, leads: bool) -> None:
    """The named assessor, the sponsor's quality counterpart or contact, a stand-in, or a quality lead."""
    assert issue.legal is not None  # noqa: S101 its clock was checked before
    known = (one for one in (issue.legal.owner, *quality) if one)
    if not leads and not any(party.may_be(one, Side.SPONSOR) for one in known):
        raise NotYoursToAssess(number=issue.number, name=issue.legal.owner)


def check_verdict(issue: Issue, verdict: Assessment) -> None:
    """What it is assessed as already is nothing new."""
    if issue.legal and issue.legal.assessment is verdict:
        raise AlreadyABreach(number=issue.number, assessment=verdict.words)


def named_breach(issue: Issue, by: str, assessor: str, aware_at: datetime, now: datetime) -> Issue:
    """From now on critical, at its level at least, with its clock of law running from `aware_at`."""
    since = min(aware_at, now)
    legal = LegalClock(RULE, since, DAYS, _due(since), owner=assessor)
    level = max(issue.level, issue.rules[Severity.CRITICAL].start_level)
    born = issue.grades or (Graded(issue.raised_at, issue.severity),)
    graded = (
        born if issue.severity is Severity.CRITICAL else (*born, Graded(now, Severity.CRITICAL, by, REASON))
    )
    return replace(
        issue,
        severity=Severity.CRITICAL,
        grades=graded,
        views=(),
        category=CATEGORY,
        level=level,
        level_entered_at=issue.level_entered_at if level is issue.level else now,
        legal=legal,
    )


def aware_since(issue: Issue, at: datetime) -> Issue:
    """Somebody was aware earlier: the clock runs from then, never from later."""
    assert issue.legal is not None  # noqa: S101 its clock was checked before
    if at >= issue.legal.aware_at:
        raise NotEarlier(number=issue.number, when=issue.legal.aware_at.isoformat())
    return replace(issue, legal=replace(issue.legal, aware_at=at, due=_due(at)))


def assessed(issue: Issue, verdict: Assessment, reason: str) -> Issue:
    """What the quality line makes of it. A confirmed one keeps its clock until the authority is told."""
    assert issue.legal is not None  # noqa: S101 its clock was checked before
    return replace(issue, legal=replace(issue.legal, assessment=verdict, reason=reason))


def stays_critical(issue: Issue, changed: Issue) -> Issue:
    """What its raiser puts right or a side states, its category kept. Raises StaysCritical."""
    if not (issue.legal and issue.legal.runs):
        return changed
    if changed.severity is not Severity.CRITICAL:
        raise StaysCritical(number=issue.number)
    return replace(changed, category=CATEGORY)


def _due(aware_at: datetime) -> date:
    """The last calendar day; the day of awareness itself does not count (UTC)."""
    return aware_at.astimezone(UTC).date() + timedelta(days=DAYS)


def assessor(pairs: tuple[Counterparts, ...], contacts: tuple[Contact, ...]) -> str:
    """The sponsor's quality counterpart, else who answers its quality line; "" where nobody is named."""
    return next(iter(quality_of(pairs, contacts, Side.SPONSOR)), "")


def quality_of(pairs: tuple[Counterparts, ...], contacts: tuple[Contact, ...], side: Side) -> tuple[str, ...]:
    """Who stands for quality on one side: the counterpart, and who answers that line."""
    answer = (one.person for one in contacts if one.line == QUALITY and one.side is side)
    return tuple(dict.fromkeys(one for one in (named(pairs, QUALITY, side), *answer) if one))


def hear_at_once(pairs: tuple[Counterparts, ...], contacts: tuple[Contact, ...]) -> tuple[str, ...]:
    """Both quality lines, L3 and L2 of both sides, each once."""
    quality = (one for side in Side for one in quality_of(pairs, contacts, side))
    return tuple(dict.fromkeys((*quality, *pair(pairs, Level.L3), *pair(pairs, Level.L2))))
