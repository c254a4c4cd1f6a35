"""Who judges an issue, and when: verify, dispute, reject, close or withdraw, reopen (DOMAIN.md 3.4).

What its owner claims, the other side judges. Each `check_` raises the Refusal for that party; each change
gives the next state. Who judges an issue that they are asked to acknowledge has seen it by that.
"""

from dataclasses import replace
from datetime import datetime

from bot.errors import Refusal
from bot.governance.escalation import Severity
from bot.governance.issue import Dispute, Issue, State
from bot.governance.life import acknowledge, may_acknowledge
from bot.governance.party import Party
from bot.governance.states import SHARED_AS, IsDisputed, moving_again, not_claimed, not_legal, not_over
from bot.governance.visibility import Side
from bot.governance.work import seen


class NotResolvedYet(Refusal):
    """{number} is {state}, so there is nothing to verify: its owner, {owner}, resolves it first."""


class AlreadyVerified(Refusal):
    """{number} was already verified by {name}, so nothing changed; “issue close {number}” closes it."""


class OwnersClaim(Refusal):
    """You own {number} or said that it is resolved, so you cannot verify it; {other} does."""


class OwnClaim(Refusal):
    """You own {number} or said that it is resolved, so you cannot verify it; anybody else who sees it can."""


class OtherSideJudges(Refusal):
    """{number} is {severity} and owned by {side}, so only {other} can verify and close it; ask them there."""


class NotYourDispute(Refusal):
    """{side} disputes {number}, so only {side} can verify it now; {owner} can resolve it again."""


class NotVerifiedYet(Refusal):
    """{number} is {state} and not verified, so it cannot be closed; “issue verify {number}” comes first."""


class NoResult(Refusal):
    """{number} has an effectiveness check, so say its result too: “issue close {number} result …; …”."""


class NotYoursToEnd(Refusal):
    """{number} is {state}, so only {raiser} can withdraw it; it is closed once it is verified."""


class StillOpen(Refusal):
    """{number} is {state}, which is open, so there is nothing to reopen; see “issue show {number}”."""


class NothingToDispute(Refusal):
    """{number} is {state}, so there is nothing to dispute; say what is wrong with “issue update {number}”."""


class AlreadyDisputed(Refusal):
    """{number} is already disputed by {name}, so nothing changed; “issue reopen {number}” opens it again."""


class OwnStatement(Refusal):
    """That {number} is {state} is what {side} says, so only {other} can dispute it; {side} can reopen it."""


class NobodyToDispute(Refusal):
    """{number} is not shared, so no other side can dispute it; “issue reopen {number}” opens it again."""


class NotYoursToReject(Refusal):
    """{raiser} raised {number}, so only {other} can reject it; “issue close {number}” withdraws it."""


class OwnerRejects(Refusal):
    """{number} is {side}’s own, so only its owner, {owner}, can reject it; ask them to."""


class DuplicateOfItself(Refusal):
    """{number} cannot be a duplicate of itself; name the other issue."""


class DuplicateOfDuplicate(Refusal):
    """{original} is itself rejected or withdrawn, so {number} is no duplicate of it; name one that stands."""


class DuplicateUnseen(Refusal):
    """Not everybody who sees {number} can see {original}, so it cannot be named there; reject it in words."""


def weighty(issue: Issue) -> bool:
    """Critical and major ones are judged by the other side only."""
    return issue.severity is not Severity.MINOR


def shared(issue: Issue) -> bool:
    """Both sides see it, so both sides have a say."""
    return issue.visibility.both_sides


def stated_by(issue: Issue) -> Side | None:
    """The side whose word the present state is: a resolution, a rejection, a withdrawal. None for no word."""
    if issue.state.claimed:
        return issue.owner_side
    if issue.state is State.REJECTED:
        return issue.raised_side.other
    return issue.raised_side if issue.state is State.WITHDRAWN else None


def check_verify(issue: Issue, party: Party) -> None:
    """Never its owner, nor who claimed it; critical and major ones by the side that is not the owner's."""
    not_over(issue)
    if issue.state in (State.VERIFIED, State.EFFECTIVENESS_CHECK):
        raise AlreadyVerified(number=issue.number, name=issue.verified_by)
    dispute = issue.dispute if issue.state is State.DISPUTED else None
    if issue.state is not State.RESOLVED and not (dispute and dispute.before.claimed):
        raise NotResolvedYet(number=issue.number, state=issue.state.words, owner=issue.owner)
    _not_ones_own(issue, party)
    _other_side_judges(issue, party)
    if dispute and party.side is not dispute.side:
        raise NotYourDispute(number=issue.number, side=dispute.side.value, owner=issue.owner)


def _not_ones_own(issue: Issue, party: Party) -> None:
    """Nobody judges what they themselves own or said, nor for whom they stand in."""
    if ({party.person, *party.stands_for} - {""}).isdisjoint((issue.owner, issue.resolved_by)):
        return
    if shared(issue) and weighty(issue) and party.side is issue.owner_side:
        raise OwnersClaim(number=issue.number, other=issue.owner_side.other.value)
    raise OwnClaim(number=issue.number)


def _other_side_judges(issue: Issue, party: Party) -> None:
    if shared(issue) and weighty(issue) and party.side is issue.owner_side:
        sides = {"side": issue.owner_side.value, "other": issue.owner_side.other.value}
        raise OtherSideJudges(number=issue.number, severity=issue.severity.value, **sides)


def verify(issue: Issue, party: Party, now: datetime) -> Issue:
    """It is as its owner says. Where a CAPA has a check of its effect ahead, that comes next."""
    check_verify(issue, party)
    ahead = issue.capa and issue.capa.effectiveness_check and not issue.capa.result
    state = State.EFFECTIVENESS_CHECK if ahead else State.VERIFIED
    known = seen(issue, party, now)
    return replace(known, state=state, verified_at=now, verified_by=party.person, dispute=None)


def ends_as(issue: Issue) -> State:
    """What “close” comes to: closed once it was claimed to be resolved, withdrawn before."""
    return State.CLOSED if issue.state.claimed else State.WITHDRAWN


def check_close(issue: Issue, party: Party) -> None:
    """Once it was verified; critical and major ones by the side that is not the owner's."""
    not_over(issue)
    if ends_as(issue) is not State.CLOSED or issue.state is State.RESOLVED:
        raise NotVerifiedYet(number=issue.number, state=issue.state.words)
    _other_side_judges(issue, party)
    not_legal(issue)


def close(issue: Issue, party: Party, reason: str, result: str, now: datetime) -> Issue:
    """It has ended, for that reason; `result` is that of the check of its effect."""
    check_close(issue, party)
    capa = issue.capa
    if issue.state is State.EFFECTIVENESS_CHECK and not result:
        raise NoResult(number=issue.number)
    if capa and result:
        capa = replace(capa, result=result)
    return ended(replace(issue, capa=capa), State.CLOSED, party, reason, now)


def check_withdraw(issue: Issue, party: Party) -> None:
    """Before it is resolved, by the side that raised it.

    A dispute over it is let be by the side that disputes: over a resolution only where that side raised it.
    """
    not_over(issue)
    not_claimed(issue)
    if issue.state is State.DISPUTED and issue.dispute:
        over = issue.dispute.before.over
        if party.side is not issue.dispute.side or not (over or party.side is issue.raised_side):
            raise IsDisputed(number=issue.number, side=issue.dispute.side.value)
    elif party.side is not issue.raised_side:
        raiser = issue.raised_side.value
        raise NotYoursToEnd(number=issue.number, state=issue.state.words, raiser=raiser)
    not_legal(issue)


def withdraw(issue: Issue, party: Party, reason: str, now: datetime) -> Issue:
    """The side that raised it takes it back."""
    check_withdraw(issue, party)
    return ended(issue, State.WITHDRAWN, party, reason, now)


def check_reject(issue: Issue, party: Party) -> None:
    """Before it is claimed, by the side that did not raise it; one side's own by its owner."""
    not_over(issue)
    not_claimed(issue)
    if issue.state is State.DISPUTED and issue.dispute:
        raise IsDisputed(number=issue.number, side=issue.dispute.side.value)
    if not shared(issue):
        if not party.may_be(issue.owner, issue.owner_side):
            side = issue.owner_side.value
            raise OwnerRejects(number=issue.number, side=side, owner=issue.owner)
    elif party.side is issue.raised_side:
        sides = {"raiser": issue.raised_side.value, "other": issue.raised_side.other.value}
        raise NotYoursToReject(number=issue.number, **sides)
    not_legal(issue)


def reject(issue: Issue, party: Party, reason: str, original: Issue | None, now: datetime) -> Issue:
    """It is no issue, or `original` already is that issue. An answer is an acknowledgement too."""
    check_reject(issue, party)
    if original:
        check_original(issue, original)
    answers = not issue.acknowledged_at and may_acknowledge(issue, party.person, party.side)
    known = acknowledge(issue, party.person, now) if answers else issue
    rejected = ended(known, State.REJECTED, party, reason, now)
    return replace(rejected, duplicate_of=original.id if original else "")


def check_original(issue: Issue, original: Issue) -> None:
    """The one it is a duplicate of: another one that stands, which whoever sees this one may see."""
    if original.id == issue.id:
        raise DuplicateOfItself(number=issue.number)
    home = original.partnership == issue.partnership
    same = home and (original.visibility, original.third) == (issue.visibility, issue.third)
    open_to_all = home and shared(original) and issue.third in ("", original.third)
    if not open_to_all and not (same and original.readers >= issue.readers):
        raise DuplicateUnseen(number=issue.number, original=original.number)
    if original.state in (State.REJECTED, State.WITHDRAWN):
        raise DuplicateOfDuplicate(number=issue.number, original=original.number)


def ended(issue: Issue, state: State, party: Party, reason: str, now: datetime) -> Issue:
    """It is over in that state, for that reason; nothing of it waits for an answer any more."""
    bare = replace(moving_again(issue, now), offer=None, hold=None, dispute=None)
    return replace(bare, state=state, closed_at=now, closed_by=party.person, reason=reason)


def check_reopen(issue: Issue, party: Party) -> None:
    """Either side, whatever was stated, closed or disputed; what was withdrawn or goes on elsewhere, not."""
    if issue.state is State.WITHDRAWN or (issue.state.over and SHARED_AS in issue.linked):
        not_over(issue)
    if not (issue.state.over or issue.state.claimed or issue.state is State.DISPUTED):
        raise StillOpen(number=issue.number, state=issue.state.words)


def reopen(issue: Issue, party: Party, now: datetime) -> Issue:
    """The same issue under the same number, with no plan: its clocks begin anew.

    A side that only takes back its own word leaves the plan and the clocks as they were: else a claim that
    is no sooner made than taken back would give its owner all the time there is, again and again.
    """
    check_reopen(issue, party)
    capa = replace(issue.capa, result="") if issue.capa else None
    cleared = replace(issue, offer=None, hold=None, capa=capa)
    if not _takes_back(issue, party):
        cleared = replace(cleared, plan=None, plan_climbed=None, reopened_at=now)
    cleared = replace(cleared, verified_at=None, verified_by="", closed_at=None, closed_by="", dispute=None)
    cleared = replace(cleared, resolved_at=None, resolved_by="", resolution="", duplicate_of="", reason="")
    return replace(seen(cleared, party, now), state=State.REOPENED)


def _takes_back(issue: Issue, party: Party) -> bool:
    """Whether what it said stands alone: nobody has verified it, and no other side asks for more."""
    state = issue.dispute.before if issue.state is State.DISPUTED and issue.dispute else issue.state
    alone = state in (State.RESOLVED, State.REJECTED, State.WITHDRAWN)
    return alone and stated_by(replace(issue, state=state)) is party.side


def check_dispute(issue: Issue, party: Party) -> None:
    """A resolution, a rejection or a withdrawal, by the side whose word it is not."""
    if issue.state is State.DISPUTED and issue.dispute:
        raise AlreadyDisputed(number=issue.number, name=issue.dispute.by)
    if issue.state is State.CLOSED:
        not_over(issue)
    said = stated_by(issue)
    if said is None:
        raise NothingToDispute(number=issue.number, state=issue.state.words)
    if not shared(issue):
        raise NobodyToDispute(number=issue.number)
    if party.side is said:
        sides = {"side": said.value, "other": said.other.value}
        raise OwnStatement(number=issue.number, state=issue.state.words, **sides)


def dispute(issue: Issue, party: Party, reason: str, now: datetime) -> Issue:
    """What was stated stays, and stands beside what this side says. The clocks run on."""
    check_dispute(issue, party)
    said = Dispute(party.person, party.side, now, reason, issue.state)
    return replace(seen(issue, party, now), state=State.DISPUTED, dispute=said)
