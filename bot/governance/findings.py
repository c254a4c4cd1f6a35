"""What needs attention: from the record, as one reader may see it, and a time; it only looks, never acts.

Each kind of record has its tuple of small rules; another kind is another rule in RULES. The numbers in a
sentence are filled in as they are, so that the same finding always has the same words.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from bot.governance import leaving
from bot.governance.action import Action
from bot.governance.calendar import WorkCalendar
from bot.governance.clocks import LATE_PLAN, Clock, Kind, plan_due, running
from bot.governance.commitment import Commitment
from bot.governance.commitment import State as Promised
from bot.governance.company import Member
from bot.governance.decision import Decision, Status
from bot.governance.issue import Issue, State
from bot.governance.partnership import Counterparts
from bot.governance.quorum import held
from bot.governance.session import Committee, Session
from bot.governance.visibility import Side, Visibility

Held = Issue | Commitment | Decision | Action
SPONSOR = "sponsor"
SLIPPING = frozenset(
    {Promised.PROPOSED, Promised.ACCEPTED, Promised.DISPUTED}
)  # open, and not said to be done
KEY_ROLES = frozenset(
    {
        "executive_sponsor",
        "joc_co_chair",
        "alliance_manager",
        "study_lead",
        "project_lead",
        "clinops_lead",
        "functional_lead",
    }
)


class Code(StrEnum):
    """The kinds of finding."""

    ACK_BREACHED = "ack_breached"
    ACK_LATE = "ack_late"
    PLAN_OVERDUE = "plan_overdue"
    PLAN_LATE = "plan_late"
    RESOLVE_OVERDUE = "resolve_overdue"
    ESCALATE_DUE = "escalate_due"
    LEGAL_CLOCK = "legal_clock"
    NO_COUNTERPART = "no_counterpart"
    NO_BACKUP = "no_backup"
    COMMITMENT_OVERDUE = "commitment_overdue"
    COMMITMENT_SLIPPING = "commitment_slipping"
    COMMITMENT_DISPUTED = "commitment_disputed"
    DECISION_NEEDS_RATIFICATION = "decision_needs_ratification"
    NO_OWNER = "no_owner"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: the record it is about, a sentence, and who may see it.

    `visible_to` holds "sponsor", the id of a partnership (its CRO), or the ids of a restricted record's
    readers.
    """

    code: Code
    entity: str
    finding: str
    visible_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """The reader's own company: its id, side and people, and the ids of its partnerships."""

    organisation: str
    side: Side
    partnerships: tuple[str, ...]
    staff: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What one reader may see; calendars and counterparts by partnership, committees and sessions by id.

    `former` are the people of both companies who have left.
    """

    issues: tuple[Issue, ...]
    calendars: Mapping[str, WorkCalendar]
    counterparts: Mapping[str, tuple[Counterparts, ...]]
    home: Home
    commitments: tuple[Commitment, ...] = ()
    decisions: tuple[Decision, ...] = ()
    committees: Mapping[str, Committee] = field(default_factory=dict)
    sessions: Mapping[str, Session] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()
    former: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Case:
    """One issue at one instant, with the clocks that run on it."""

    issue: Issue
    calendar: WorkCalendar
    at: datetime
    clocks: tuple[Clock, ...]

    def late(self, kind: Kind) -> Clock | None:
        """That clock, where it has run out."""
        return next((one for one in self.clocks if one.kind is kind and one.late(self.at)), None)

    def found(self, code: Code, words: str) -> Finding:
        """A finding about the issue, for its readers."""
        return Finding(code, self.issue.number, words, readers(self.issue))


Rule = Callable[[Record, datetime], Iterator[Finding]]
IssueRule = Callable[[Case], Iterator[Finding]]


def findings(record: Record, at: datetime) -> tuple[Finding, ...]:
    """Everything that needs attention at that instant (aware)."""
    return tuple(one for rule in RULES for one in rule(record, at.astimezone(UTC)))


def readers(record: Held) -> tuple[str, ...]:
    """Who may see what is found about it."""
    match record.visibility:
        case Visibility.SHARED | Visibility.TRI_PARTY:  # a third company reads it, and is told no findings
            return SPONSOR, record.partnership
        case Visibility.SPONSOR_INTERNAL:
            return (SPONSOR,)
        case Visibility.CRO_INTERNAL:
            return (record.partnership,)
        case Visibility.RESTRICTED:
            return tuple(sorted(record.readers)) if isinstance(record, Issue) else ()


def _of_issues(record: Record, at: datetime) -> Iterator[Finding]:
    """The most severe first."""
    for issue in sorted(record.issues, key=lambda one: (one.severity.rank, one.number)):
        calendar = record.calendars[issue.partnership]
        case = Case(issue, calendar, at, running(issue, calendar))
        for rule in ISSUE_RULES:
            yield from rule(case)


def _acknowledged(case: Case) -> Iterator[Finding]:
    """By the severity it was raised with. It stays true of a closed issue too."""
    issue = case.issue
    agreed = issue.rules[issue.first_severity].ack
    if agreed is None:
        return
    limit = case.calendar.limit_end(issue.raised_at, agreed, issue.stops)
    if issue.acknowledged_at:
        if issue.acknowledged_at > limit:
            words = f"acknowledged {_instant(issue.acknowledged_at)}, limit {_instant(limit)}"
            yield case.found(Code.ACK_LATE, words)
    elif case.at > limit and not _set_aside(issue):
        yield case.found(Code.ACK_BREACHED, f"not acknowledged; limit was {_instant(limit)}")


def _set_aside(issue: Issue) -> bool:
    return issue.on_hold or issue.state in (State.REJECTED, State.WITHDRAWN)


def _without_plan(case: Case) -> Iterator[Finding]:
    """An agreed plan stands in for these three."""
    if case.issue.plan:
        return
    if clock := case.late(Kind.PLAN):
        yield case.found(Code.PLAN_OVERDUE, f"no agreed plan; limit was {_limit(clock)}")
    if clock := case.late(Kind.RESOLVE):
        yield case.found(Code.RESOLVE_OVERDUE, f"unresolved; limit was {_limit(clock)}")
    if clock := case.late(Kind.LEVEL):
        words = f"time at {case.issue.level} ran out {_instant(clock.at)} with no agreed plan"
        yield case.found(Code.ESCALATE_DUE, words)


def _late_plan(case: Case) -> Iterator[Finding]:
    """A day is past from the next day on (UTC)."""
    issue, today = case.issue, case.at.date()
    if issue.plan is None or issue.state.over or issue.state.claimed or issue.on_hold:
        return
    due = plan_due(issue, case.calendar)
    if today <= due:
        return
    late, most = case.calendar.business_days_between(due, today), LATE_PLAN.business_days or 0
    yield case.found(Code.PLAN_LATE, f"plan due {due} is {late} business days late")
    if late > most and issue.plan_climbed != issue.plan.due:
        why = f"plan more than {most} business days late"
        yield case.found(Code.ESCALATE_DUE, f"should move from {issue.level} up one level ({why})")


def _legal(case: Case) -> Iterator[Finding]:
    """For as long as the issue is open, whatever its assessment says."""
    legal = case.issue.legal
    if legal is None or case.issue.state.over:
        return
    left = legal.days_left(case.at.date())
    told = f"{left} calendar days left (due {legal.due}); assessment {legal.assessment.words}"
    yield case.found(Code.LEGAL_CLOCK, f"{legal.rule}: {told}")


def _one_sided(record: Record, at: datetime) -> Iterator[Finding]:
    """A level that has no row at all was never agreed on, and is no gap."""
    for partnership, rows in sorted(record.counterparts.items()):
        for row in rows:
            if not (row.sponsor and row.cro):
                entity, words = f"{partnership}/{row.level}", "no counterpart named on one side"
                yield Finding(Code.NO_COUNTERPART, entity, words, (SPONSOR, partnership))


def _without_backup(record: Record, at: datetime) -> Iterator[Finding]:
    """A company's own affair."""
    home = record.home
    bare = sorted(one.id for one in home.staff if one.roles & KEY_ROLES and not one.backup)
    if bare:
        seen_by = (SPONSOR,) if home.side is Side.SPONSOR else tuple(sorted(home.partnerships))
        words = f"key roles with no named back-up: {', '.join(bare)}"
        yield Finding(Code.NO_BACKUP, home.organisation, words, seen_by)


def _of_commitments(record: Record, at: datetime) -> Iterator[Finding]:
    """The one due first comes first. A day is past from the next day on (UTC)."""
    for one in sorted(record.commitments, key=lambda one: (one.due, one.number)):
        told = readers(one)
        if one.state is Promised.ACCEPTED and at.date() > one.due:
            words = f"due {one.due}, owner {one.owner}"
            yield Finding(Code.COMMITMENT_OVERDUE, one.number, words, told)
        if one.state in SLIPPING and one.times_moved > 1:
            words = f"moved {one.times_moved} times from {one.first_due}"
            yield Finding(Code.COMMITMENT_SLIPPING, one.number, words, told)
        if one.state is Promised.DISPUTED:
            words = "the two sides state different outcomes"
            yield Finding(Code.COMMITMENT_DISPUTED, one.number, words, told)


def _of_decisions(record: Record, at: datetime) -> Iterator[Finding]:
    """Of a session without quorum, until both sides have ratified it."""
    for one in sorted(record.decisions, key=lambda one: one.number):
        session = record.sessions.get(one.session)
        count = held(record.committees[session.committee], session) if session else None
        if session and count and not count.quorate and _waits_to_be_ratified(one):
            words = f"recorded as {one.status} but {session.id} was not properly constituted"
            yield Finding(Code.DECISION_NEEDS_RATIFICATION, one.number, words, readers(one))


def _waits_to_be_ratified(decision: Decision) -> bool:
    own = decision.visibility.side
    ratified = {one.side for one in decision.approvals} >= ({own} if own else set(Side))
    return decision.status is not Status.WITHDRAWN and not decision.superseded_by and not ratified


def _orphaned(record: Record, at: datetime) -> Iterator[Finding]:
    """What somebody who has left still holds: nobody has taken it over."""
    held: tuple[tuple[Held, frozenset[str]], ...] = (
        *((one, leaving.of_issue(one)) for one in record.issues),
        *((one, leaving.of_commitment(one)) for one in record.commitments),
        *((one, leaving.of_action(one)) for one in record.actions),
        *((one, leaving.of_decision(one)) for one in record.decisions),
    )
    found = [(one.number, readers(one), people & record.former) for one, people in held]
    for id_, one in record.committees.items():
        found.append((id_, (SPONSOR, one.partnership), leaving.of_committee(one) & record.former))
    for entity, told, people in sorted(found, key=lambda one: one[0]):
        if people:
            words = f"with {', '.join(sorted(people))}, who left; nobody has taken it over"
            yield Finding(Code.NO_OWNER, entity, words, told)


def _limit(clock: Clock) -> str:
    """Business days end on a day, elapsed hours at an instant."""
    in_days = clock.limit is not None and clock.limit.business_days is not None
    return f"{clock.at.date()}" if in_days else _instant(clock.at)


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}Z"


ISSUE_RULES: tuple[IssueRule, ...] = (_acknowledged, _late_plan, _without_plan, _legal)
RULES: tuple[Rule, ...] = (_of_issues, _of_commitments, _of_decisions, _one_sided, _without_backup, _orphaned)
