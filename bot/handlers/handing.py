"""What somebody holds in the record, and giving it to somebody else: each kind saved and shown as ever."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from bot.actors import Actor
from bot.governance import leaving as rules
from bot.governance.change import difference
from bot.governance.deciding import Matter
from bot.governance.decision import Status
from bot.governance.session import Committee
from bot.governance.visibility import Scope, Visibility
from bot.handlers import decision as decisions
from bot.handlers import letters, spread
from bot.handlers.action_acts import ACTIONS
from bot.handlers.commit import COMMITMENTS
from bot.handlers.decision_acts import DECISIONS
from bot.handlers.issue_scene import ISSUES
from bot.handlers.scene import Noun
from bot.joint import ActionFilter, CommitmentFilter, DecisionFilter
from bot.ports import Archive, Request
from bot.records import Entry, IssueFilter

EVERY = 1_000_000  # records of one person
WHY = "{name} has left"

Found = Callable[[Archive, Actor, str], Iterable[Any]]
Given = Callable[[Any, str, str], Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: which of them somebody holds, and the same one in somebody else's hands."""

    noun: Noun[Any]
    found: Found
    given: Given


@dataclass(frozen=True, slots=True)
class Held:
    """One record that somebody has a part in; of a committee `kind` is None, and `words` name the seat."""

    kind: Kind | None
    record: Any
    words: str

    @property
    def noun(self) -> str:
        """As its verbs begin."""
        return self.kind.noun.name if self.kind else "committee"

    @property
    def scope(self) -> Scope:
        """Where it may be read."""
        return Scope(self.record.partnership, self.record.visibility if self.kind else Visibility.SHARED)

    def given(self, person: str, heir: str) -> Any:
        """The same record in the heir's hands; unchanged where that cannot be."""
        give: Given = self.kind.given if self.kind else rules.committee_to
        return give(self.record, person, heir) if heir else self.record


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of it: whether it `moved`, and who may see it of those whom that concerns."""

    held: Held
    moved: bool
    people: tuple[str, ...]


def holdings(archive: Archive, actor: Actor, person: str) -> tuple[Held, ...]:
    """All of it in partnerships that go on, as far as the actor may see; restricted records are not asked."""
    going_on = actor.partnerships - actor.ended
    found = (one for kind in KINDS for one in _of_kind(kind, archive, actor, person))
    seats = (one for home in sorted(going_on) for one in _seats(archive, actor, home, person))
    return tuple(one for one in (*found, *seats) if one.record.partnership in going_on)


def _of_kind(kind: Kind, archive: Archive, actor: Actor, person: str) -> Iterator[Held]:
    found = sorted(kind.found(archive, actor, person), key=lambda one: str(one.number))
    return (Held(kind, one, str(one.number)) for one in found)


def hand_over(request: Request, person: str, name: str, heir: str) -> tuple[Handed, ...]:
    """All of it, in this transaction; what nobody can take over stays as it is, and waits."""
    held = holdings(request.archive, request.actor, person)
    return tuple(_handed(request, one, one.given(person, heir), name, heir) for one in held)


def _handed(request: Request, held: Held, new: Any, name: str, heir: str) -> Handed:
    moved = new != held.record
    if moved:
        why = WHY.format(name=name)
        new = _saved(request, held, new, why)
    after = replace(held, record=new)
    return Handed(after, moved, _concerned(request, after, heir if moved else ""))


def _saved(request: Request, held: Held, new: Any, why: str) -> Any:
    if held.kind is None:
        return _save_committee(request, held.record, new, why)
    noun = held.kind.noun
    saved = noun.save(request, held.record, new, f"{noun.name}.owner", why)
    noun.follow(request, saved)
    return saved


def _concerned(request: Request, held: Held, heir: str) -> tuple[str, ...]:
    """Both sides' people who have to do with it, as far as each may see it."""
    archive, record = request.archive, held.record
    if held.kind is None:
        chairs = (record.sponsor_chair, record.cro_chair, heir)
        return tuple(dict.fromkeys(one for one in chairs if one and archive.person_actor(one)))
    people = (*held.kind.noun.concerned(request, record), heir)
    may_see: Any = letters.entitled if held.kind.noun is ISSUES else spread.entitled
    found: tuple[str, ...] = may_see(archive, people, record)
    return found


def _seats(archive: Archive, actor: Actor, partnership: str, person: str) -> Iterator[Held]:
    for committee in archive.committees(actor, partnership):
        if seat := rules.seat(committee, person):
            yield Held(None, committee, f"{committee.name} ({' and '.join(seat)})")


def _save_committee(request: Request, old: Committee, new: Committee, why: str) -> Committee:
    new = replace(new, version=old.version + 1)
    request.archive.save_committee(request.actor, new)
    before, after = difference(old, new)
    scope = Scope(new.partnership, Visibility.SHARED)
    what, who = "committee.seat", request.actor.person
    request.archive.record(Entry(what, who, request.now, scope, "", new.id, why, before, after))
    return new


def _issues(archive: Archive, actor: Actor, person: str) -> Iterator[Any]:
    """Whoever assesses a breach need not own it, so every open issue is looked at."""
    found = archive.issues(actor, IssueFilter(limit=EVERY))
    return (one for one in found if person in rules.of_issue(one))


def _decisions(archive: Archive, actor: Actor, person: str) -> Iterator[Matter]:
    which = DecisionFilter(status=Status.PROVISIONAL, decider=person, limit=EVERY)
    found = (one for one in archive.decisions(actor, which) if person in rules.of_decision(one))
    return (decisions.matter(archive, actor, one) for one in found)


def _decision_to(about: Matter, person: str, heir: str) -> Matter:
    return replace(about, decision=rules.decision_to(about.decision, person, heir))


def _commitments(archive: Archive, actor: Actor, person: str) -> Iterator[Any]:
    found = archive.commitments(actor, CommitmentFilter(concerns=person, limit=EVERY))
    return (one for one in found if person in rules.of_commitment(one))


def _actions(archive: Archive, actor: Actor, person: str) -> Iterator[Any]:
    found = archive.actions(actor, ActionFilter(owner=person, limit=EVERY))
    return (one for one in found if person in rules.of_action(one))


KINDS: tuple[Kind, ...] = (
    Kind(ISSUES, _issues, rules.issue_to),
    Kind(COMMITMENTS, _commitments, rules.commitment_to),
    Kind(ACTIONS, _actions, rules.action_to),
    Kind(DECISIONS, _decisions, _decision_to),
)
