"""Somebody leaves: what they hold in each kind of record, and the record with somebody else in their place.

What was done stays theirs: who raised it, who approved, who accepted. Only what is still to do moves.
"""

from dataclasses import replace

from bot.governance.action import Action
from bot.governance.action import State as ActionState
from bot.governance.commitment import Commitment
from bot.governance.decision import Decision, Status
from bot.governance.issue import Issue
from bot.governance.session import Committee
from bot.governance.visibility import Visibility


def of_issue(issue: Issue) -> frozenset[str]:
    """Whose it is to do something about it; a restricted one follows its own rule."""
    if issue.visibility is Visibility.RESTRICTED or issue.state.over:
        return frozenset()
    assessor = issue.legal.owner if issue.legal and issue.legal.runs else ""
    return frozenset({issue.owner, issue.counterpart, assessor}) - {""}


def issue_to(issue: Issue, person: str, heir: str) -> Issue:
    """Owner, counterpart, and who assesses a possible breach."""
    legal = issue.legal
    if legal is not None and legal.runs and legal.owner == person:
        legal = replace(legal, owner=heir)
    return replace(
        issue,
        owner=_instead(issue.owner, person, heir),
        counterpart=_instead(issue.counterpart, person, heir),
        legal=legal,
    )


def of_commitment(commitment: Commitment) -> frozenset[str]:
    """Who still owes it, and who waits for it."""
    parts = frozenset({commitment.owner, commitment.receiver}) - {""}
    return frozenset() if commitment.state.over else parts


def commitment_to(commitment: Commitment, person: str, heir: str) -> Commitment:
    """Owner and receiver; unchanged where the heir would promise it to themselves."""
    owner = _instead(commitment.owner, person, heir)
    receiver = _instead(commitment.receiver, person, heir)
    return commitment if owner == receiver else replace(commitment, owner=owner, receiver=receiver)


def of_action(action: Action) -> frozenset[str]:
    """Whose it is to do."""
    return frozenset({action.owner} - {""}) if action.state is ActionState.OPEN else frozenset()


def action_to(action: Action, person: str, heir: str) -> Action:
    """Its owner."""
    return replace(action, owner=_instead(action.owner, person, heir))


def of_decision(decision: Decision) -> frozenset[str]:
    """Whose approval it waits for: a decider who approved has done their part."""
    waits = decision.status is Status.PROVISIONAL and not decision.superseded_by
    done = {one.person for one in decision.approvals}
    return frozenset(decision.deciders) - done if waits else frozenset()


def decision_to(decision: Decision, person: str, heir: str) -> Decision:
    """The heir decides in their place, once where both were deciders."""
    deciders = dict.fromkeys(_instead(one, person, heir) for one in decision.deciders)
    return replace(decision, deciders=tuple(deciders))


def of_committee(committee: Committee) -> frozenset[str]:
    """Who has a part in it."""
    chairs = (committee.sponsor_chair, committee.cro_chair)
    return frozenset({*chairs, *committee.members, *committee.delegates}) - {""}


def seat(committee: Committee, person: str) -> tuple[str, ...]:
    """What they are in it: "chair", "member", "delegate"."""
    held = {
        "chair": person in (committee.sponsor_chair, committee.cro_chair),
        "member": person in committee.members,
        "delegate": person in committee.delegates,
    }
    return tuple(name for name, is_held in held.items() if is_held)


def committee_to(committee: Committee, person: str, heir: str) -> Committee:
    """Chairs, seats and what the charter lets them stand in for; each person has one seat."""
    return replace(
        committee,
        sponsor_chair=_instead(committee.sponsor_chair, person, heir),
        cro_chair=_instead(committee.cro_chair, person, heir),
        members=tuple(dict.fromkeys(_instead(one, person, heir) for one in committee.members)),
        delegates=tuple(dict.fromkeys(_instead(one, person, heir) for one in committee.delegates)),
    )


def _instead(named: str, person: str, heir: str) -> str:
    return heir if named == person else named
