"""The work on an issue: contained, planned by both sides, reported on, claimed to be resolved.

Each `check_` raises the Refusal for that party; each change gives the next state.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import Refusal
from bot.governance.escalation import Severity
from bot.governance.issue import Capa, Issue, Plan, RootCause, State
from bot.governance.life import acknowledge
from bot.governance.party import Party
from bot.governance.pause import not_disputed, not_on_hold
from bot.governance.states import not_claimed, not_over

CAUSES = (  # DOMAIN.md 3.5
    *("process", "training", "resourcing", "system", "sub-contractor", "protocol_design"),
    *("feasibility", "communication", "governance", "sponsor_caused", "external"),
)
# Words that name no cause: assessors refuse them where nothing else is said.
BLAMING = """
a again an and by carelessness caused cause error errors failure fault human individual inattention mistake
mistakes new no of on operator oversight oversights person personal re reminded retrain retrained retraining
staff team the to train trained training was were will be
"""
BLAME = frozenset(BLAMING.split())


class AlreadyContained(Refusal):
    """{name} contained {number} on {when}, so that stands; say what is new with “issue update {number}”."""


class NotYoursToContain(Refusal):
    """{side} owns {number}, so {side} says what contains it; write to them with “issue update {number}”."""


class NothingOffered(Refusal):
    """No plan of {number} waits for an answer; propose one with “issue plan {number}”."""


class OwnOffer(Refusal):
    """{side} proposed that plan for {number}, so {other} answers; “issue plan {number}” changes it."""


class PastPlan(Refusal):
    """That plan of {number} was to be done by {day}, which is past; propose it again with a later date."""


class NotYoursToResolve(Refusal):
    """Only its owner, {owner}, says that {number} is resolved; write to them with “issue update {number}”."""


class BlamesPeople(Refusal):
    """“{words}” names no cause that can be mended; say why it could happen, for example no second check."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What its owner says: how it was resolved, why it happened, and the reference of what prevents it."""

    resolution: str
    cause: RootCause | None = None
    capa: Capa | None = None


def needs_cause(severity: Severity) -> bool:
    """Critical and major ones are not resolved before it is known why they happened."""
    return severity is not Severity.MINOR


def needs_capa(severity: Severity) -> bool:
    """Critical ones name the corrective and preventive action in the quality system."""
    return severity is Severity.CRITICAL


def check_cause(text: str) -> None:
    """Refuses a cause that only blames people: "human error", "staff oversight", "retrain"."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    if words and set(words) <= BLAME:
        raise BlamesPeople(words=text[:60])


def check_contain(issue: Issue, party: Party) -> None:
    """The owner's side, once."""
    _at_work(issue)
    if issue.contained_at:
        when = issue.contained_at.isoformat()
        raise AlreadyContained(number=issue.number, name=issue.contained_by, when=when)
    if party.side is not issue.owner_side:
        raise NotYoursToContain(number=issue.number, side=issue.owner_side.value)


def contain(issue: Issue, party: Party, what: str, now: datetime) -> Issue:
    """It does no more harm; its clock of containing stops."""
    contained = replace(issue, contained_at=now, contained_by=party.person, containment=what)
    return _begun(seen(contained, party, now))


def check_plan(issue: Issue, party: Party) -> None:
    """Either side proposes, for as long as it is worked on."""
    _at_work(issue)
    not_on_hold(issue)


def propose(issue: Issue, party: Party, plan: Plan, now: datetime) -> Issue:
    """It waits for the other side, in place of an earlier offer; one side's own is in force at once."""
    offer = replace(plan, by=party.person, side=party.side, at=now)
    offered = replace(seen(issue, party, now), offer=offer)
    return offered if issue.visibility.both_sides else agree(offered, party, now)


def check_offer(issue: Issue, party: Party) -> None:
    """A proposed plan is answered by the side that did not propose it."""
    check_plan(issue, party)
    if issue.offer is None:
        raise NothingOffered(number=issue.number)
    if issue.offer.side is party.side:
        side = party.side
        raise OwnOffer(number=issue.number, side=side.value, other=side.other.value)


def agree(issue: Issue, party: Party, now: datetime) -> Issue:
    """The plan is in force: its date replaces the limits of planning, of resolving and of the level."""
    assert issue.offer is not None  # noqa: S101 asked only where one is
    if issue.offer.due < now.date():
        raise PastPlan(number=issue.number, day=issue.offer.due.isoformat())
    plan = replace(issue.offer, agreed=now.date(), agreed_by=party.person)
    agreed = replace(seen(issue, party, now), plan=plan, offer=None)
    return agreed if agreed.state is State.NEW else replace(agreed, state=State.IN_PROGRESS)


def decline(issue: Issue) -> Issue:
    """The offer is gone; a plan that was in force before stays so."""
    return replace(issue, offer=None)


def check_update(issue: Issue, party: Party) -> None:
    """Anybody of either side, until it has ended."""
    not_over(issue)


def update(issue: Issue, party: Party) -> Issue:
    """Where the owner's side reports, it is being looked into."""
    return _begun(issue) if party.side is issue.owner_side and not party.third else issue


def check_note(issue: Issue, party: Party) -> None:
    """Anybody, at any time: nothing about the issue changes."""


def check_resolve(issue: Issue, party: Party) -> None:
    """Its owner, or who stands in for them; where nobody owns it, their side."""
    not_over(issue)
    not_claimed(issue)
    not_on_hold(issue)
    own_side = not issue.owner and party.side is issue.owner_side
    if not own_side and not party.may_be(issue.owner, issue.owner_side):
        raise NotYoursToResolve(number=issue.number, owner=issue.owner)


def resolve(issue: Issue, party: Party, claim: Claim, now: datetime) -> Issue:
    """A claim: the other side verifies it."""
    claimed = replace(
        seen(issue, party, now),
        state=State.RESOLVED,
        resolved_at=now,
        resolved_by=party.person,
        resolution=claim.resolution,
        root_cause=claim.cause or issue.root_cause,
        capa=claim.capa or issue.capa,
    )
    return replace(claimed, offer=None, hold=None, dispute=None, verified_at=None, verified_by="")


def seen(issue: Issue, party: Party, now: datetime) -> Issue:
    """Whoever acts for the side that is asked to acknowledge it has seen it."""
    if issue.acknowledged_at or party.side is not issue.waits_for:
        return issue
    return acknowledge(issue, party.person, now)


def _at_work(issue: Issue) -> None:
    not_over(issue)
    not_claimed(issue)
    not_disputed(issue)


def _begun(issue: Issue) -> Issue:
    begins = issue.state in (State.ACKNOWLEDGED, State.REOPENED)
    return replace(issue, state=State.INVESTIGATING) if begins else issue
