"""A change of what two companies agreed: one side proposes it, the other agrees or declines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.errors import Refusal
from bot.governance.calendar import Limit, WorkCalendar
from bot.governance.escalation import Policy, Severity, SeverityRule
from bot.governance.partnership import Level
from bot.governance.visibility import Side

LONGEST_HOURS, LONGEST_DAYS = 366 * 24, 366  # a year; a longer limit is a slip
TOLD = (*Level, "quality", "safety")  # whom a policy may tell at once
LIMITS = ("ack", "contain", "plan", "resolve", "update", "again")


class Kind(StrEnum):
    """What is to be changed."""

    POLICY = "policy"
    CALENDAR = "calendar"

    @property
    def words(self) -> str:
        """As a person says it."""
        return "escalation policy" if self is Kind.POLICY else "working calendar"


class State(StrEnum):
    """Only an open one can still be answered."""

    OPEN = "open"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A new policy or calendar as one side proposes it; `replaces` is the row of the one it would follow.

    `why` is its proposer's reason, `reason` that of whoever ended it.
    """

    id: str
    partnership: str
    kind: Kind
    replaces: str
    by: str
    side: Side
    at: datetime
    why: str
    policy: Policy | None = None
    calendar: WorkCalendar | None = None
    state: State = State.OPEN
    answered_by: str = ""
    answered_at: datetime | None = None
    reason: str = ""
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered."""
        return self.state is State.OPEN

    def settled(self, state: State, person: str, now: datetime, reason: str = "") -> "Proposal":
        """It was answered, or came to nothing."""
        return replace(
            self, state=state, answered_by=person, answered_at=now, reason=reason, version=self.version + 1
        )


class AgreedAlready(Refusal):
    """That change was agreed before, so nothing changed; “setup {kind}” shows what is in force."""


class DeclinedAlready(Refusal):
    """That change was declined before, so nothing changed; propose another one: setup {kind}"""


class WithdrawnAlready(Refusal):
    """That proposal was withdrawn, so nothing changed; “setup {kind}” shows what is in force."""


class Overtaken(Refusal):
    """A newer proposal has taken the place of that one, so nothing changed; look at it: setup {kind}"""


class OwnProposal(Refusal):
    """Your own side proposed that, so an administrator of {company} answers it; you can withdraw it."""


class NotYoursToWithdraw(Refusal):
    """{company} proposed that, so only {company} can withdraw it; you can decline it."""


class TheirsIsOpen(Refusal):
    """{company} has proposed another {what} already; agree to it or decline it first: setup {kind}"""


class NothingChanged(Refusal):
    """That is what is in force already, so there is nothing to propose; change something first."""


class WrongTerms(Refusal):
    """That policy cannot be used: {place} {fault}; nothing was saved."""


ENDED: Mapping[State, type[Refusal]] = {
    State.AGREED: AgreedAlready,
    State.DECLINED: DeclinedAlready,
    State.WITHDRAWN: WithdrawnAlready,
    State.OVERTAKEN: Overtaken,
}


def check_open(proposal: Proposal, in_force: str) -> None:
    """Refuses one that has ended, or that would follow terms which are no longer in force."""
    ended = ENDED.get(proposal.state)
    if ended or proposal.replaces != in_force:
        raise (ended or Overtaken)(kind=proposal.kind)


def check_answer(proposal: Proposal, side: Side, in_force: str, company: str) -> None:
    """Agreeing and declining are for the side that did not propose it; `company` is that one."""
    check_open(proposal, in_force)
    if proposal.side is side:
        raise OwnProposal(company=company)


def check_withdraw(proposal: Proposal, side: Side, in_force: str, company: str) -> None:
    """Only the side that proposed it, `company`, takes it back."""
    check_open(proposal, in_force)
    if proposal.side is not side:
        raise NotYoursToWithdraw(company=company)


def check_policy(policy: Policy) -> None:
    """Refuses a policy whole, with the first place that is wrong."""
    for place, fault in faults(policy):
        raise WrongTerms(place=place, fault=fault)


def faults(policy: Policy) -> Iterator[tuple[str, str]]:
    """(place, what is wrong there), in reading order."""
    for severity in Severity:
        if severity not in policy.rules:
            yield severity.value, "has no rule"
        else:
            yield from ((f"{severity}, {place}", fault) for place, fault in _faults(policy.rules[severity]))


def _faults(rule: SeverityRule) -> Iterator[tuple[str, str]]:
    strange = [one for one in rule.notify if one not in TOLD]
    if strange:
        yield "told at once", f"names “{strange[0]}”, which is no level and no line"
    for name in LIMITS:
        fault = wrong_length(getattr(rule, name))
        if fault:
            yield name, fault
    for level, limit in rule.time_at_level:
        fault = wrong_length(limit, least=0)
        if fault:
            yield f"longest at {level}", fault


def wrong_length(limit: Limit | None, least: float = 0.01) -> str:
    """Why that cannot be a limit; "" where it can. `least` 0 lets a time be no time at all."""
    if limit is None:
        return ""
    if (limit.elapsed_hours is None) == (limit.business_days is None):
        return "must be in hours or in business days"
    length, most = (
        (limit.elapsed_hours, LONGEST_HOURS)
        if limit.business_days is None
        else (limit.business_days, LONGEST_DAYS)
    )
    assert length is not None  # noqa: S101 one of the two is set
    if length < 0:
        return "cannot be negative"
    if not length <= most:
        return "is longer than a year"
    return "is no time at all; say none for a limit that never runs out" if length < least else ""
