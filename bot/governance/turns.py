"""Whose turn it is with an issue, and to do what: its card says it in words, a person's list gathers it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.errors import Refusal
from bot.governance import grading, judge, legal, life, pause, work
from bot.governance.alarm import answering
from bot.governance.clocks import Clock, Kind
from bot.governance.issue import Assessment, Issue, State
from bot.governance.partnership import Counterparts
from bot.governance.party import Party
from bot.governance.visibility import Side


class Turn(StrEnum):
    """What is waited for."""

    ASSESS = "assess"
    NOTIFY = "notify"
    ACKNOWLEDGE = "acknowledge"
    ANSWER_PLAN = "answer_plan"
    ANSWER_HOLD = "answer_hold"
    ANSWER_SEVERITY = "answer_severity"
    CONTAIN = "contain"
    PLAN = "plan"
    RESOLVE = "resolve"
    VERIFY = "verify"
    CHECK_EFFECT = "check_effect"
    CLOSE = "close"
    SETTLE = "settle"


OWNERS = (Turn.CONTAIN, Turn.PLAN, Turn.RESOLVE)  # what only its owner does
JUDGES = (Turn.VERIFY, Turn.CHECK_EFFECT, Turn.CLOSE)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing an issue waits for: from `side` (None: from any who may), and by when it is late."""

    turn: Turn
    side: Side | None = None
    by: datetime | None = None


def steps(issue: Issue, running: Iterable[Clock] = ()) -> tuple[Step, ...]:
    """Everything that is waited for, in the order in which it is said; `running` are its clocks."""
    if issue.state.over:
        return ()
    limits = {one.kind: one.at for one in running}
    return (*_work(issue, limits), *_grade(issue), *_law(issue, limits))


def _work(issue: Issue, limits: Mapping[Kind, datetime]) -> Iterator[Step]:
    disputed = issue.state is State.DISPUTED
    unseen = not disputed and not issue.acknowledged_at and not issue.state.claimed
    if disputed:
        yield Step(Turn.SETTLE)
    if unseen:
        yield Step(Turn.ACKNOWLEDGE, issue.waits_for, issue.ack_due)
    if issue.offer:
        asked = issue.offer.side.other if issue.offer.side else None
        yield Step(Turn.ANSWER_PLAN, asked, limits.get(Kind.PLAN))
    if issue.hold and issue.hold.agreed_at is None and not issue.on_hold:
        yield Step(Turn.ANSWER_HOLD, issue.hold.side.other)
    if issue.state.claimed:
        others = judge.shared(issue) and judge.weighty(issue)
        yield Step(_JUDGED[issue.state], issue.owner_side.other if others else None)
    elif not (disputed or unseen or issue.on_hold):
        yield from _owed(issue, limits)


_JUDGED = {
    State.RESOLVED: Turn.VERIFY,
    State.EFFECTIVENESS_CHECK: Turn.CHECK_EFFECT,
    State.VERIFIED: Turn.CLOSE,
}


def _owed(issue: Issue, limits: Mapping[Kind, datetime]) -> Iterator[Step]:
    """By its owner: containing it, a plan, the plan's end."""
    if Kind.CONTAIN in limits:
        yield Step(Turn.CONTAIN, issue.owner_side, limits[Kind.CONTAIN])
    elif issue.plan:
        yield Step(Turn.RESOLVE, issue.owner_side, limits.get(Kind.RESOLVE))
    elif not issue.offer:
        yield Step(Turn.PLAN, issue.owner_side, limits.get(Kind.PLAN))


def _grade(issue: Issue) -> Iterator[Step]:
    silent = next((view.side for view in issue.views if not view.by), None)
    if silent:
        yield Step(Turn.ANSWER_SEVERITY, silent)


def _law(issue: Issue, limits: Mapping[Kind, datetime]) -> Iterator[Step]:
    if issue.legal and issue.legal.runs:
        pending = issue.legal.assessment is Assessment.PENDING
        yield Step(Turn.ASSESS if pending else Turn.NOTIFY, Side.SPONSOR, limits.get(Kind.LEGAL))


CHECKS: Mapping[Turn, Callable[[Issue, Party], None]] = {
    Turn.ASSESS: legal.check_assess,
    Turn.NOTIFY: legal.check_assess,
    Turn.ACKNOWLEDGE: life.check_acknowledge,
    Turn.ANSWER_PLAN: work.check_offer,
    Turn.ANSWER_HOLD: pause.check_answer,
    Turn.ANSWER_SEVERITY: grading.check_severity_agree,
    Turn.CONTAIN: work.check_contain,
    Turn.PLAN: work.check_plan,
    Turn.RESOLVE: work.check_resolve,
    Turn.VERIFY: judge.check_verify,
    Turn.CHECK_EFFECT: judge.check_close,
    Turn.CLOSE: judge.check_close,
    Turn.SETTLE: judge.check_reopen,
}


def falls_to(issue: Issue, step: Step, party: Party, pairs: tuple[Counterparts, ...]) -> str:
    """For whom it is that person's turn: themselves or somebody they stand in for; "" where it is not."""
    if party.third or party.side is not (step.side or party.side) or not _may(issue, step, party):
        return ""
    asked = _asked(issue, step, party, pairs)
    return next((one for one in (party.person, *sorted(party.stands_for)) if one and one in asked), "")


def _asked(issue: Issue, step: Step, party: Party, pairs: tuple[Counterparts, ...]) -> frozenset[str]:
    """Everybody of the party's side from whom it is waited for.

    What is only its owner's is asked of nobody else while there is an owner; what a side answers, of its
    owner or counterpart and of who decides at its level. Nobody judges what they own.
    """
    owner = "" if issue.owner in party.gone else issue.owner
    if step.turn in OWNERS and owner:
        return frozenset({owner})
    if step.turn in (Turn.ASSESS, Turn.NOTIFY):
        named = issue.legal.owner if issue.legal else ""
        return frozenset({named} if named else answering(pairs, legal.QUALITY))
    level = answering(pairs, issue.level)
    part = (owner,) if issue.owner_side is party.side else (issue.counterpart,)
    raiser = issue.raised_by if issue.raised_side is party.side else ""
    judging = step.turn in JUDGES
    asked = (*part, *level, raiser if judging or not issue.visibility.both_sides else "")
    return frozenset(asked) - {"", owner if judging else ""}


def _may(issue: Issue, step: Step, party: Party) -> bool:
    try:
        CHECKS[step.turn](issue, party)
    except Refusal:
        return False
    return True
