"""Everything that waits for one person: gathered from each kind of record in a fixed number of queries.

What their partnerships agreed and who is in them is asked as the clock, and so kept in memory for everybody.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.actors import CLOCK, Actor, Permission
from bot.governance import waiting
from bot.governance.alarm import answering
from bot.governance.clocks import running
from bot.governance.deciding import approval
from bot.governance.decision import Decision
from bot.governance.issue import Issue
from bot.governance.partnership import Level
from bot.governance.party import Party
from bot.governance.visibility import Side
from bot.governance.waiting import Wait
from bot.handlers.decision import matter
from bot.joint import ActionFilter, CommitmentFilter, DecisionFilter
from bot.ports import Archive
from bot.records import IssueTurn

MOST = 500  # of each kind; whoever has more is told the gravest


@dataclass(frozen=True, slots=True)
class _Seat:
    """One person at their desk: who they are, those they stand in for today, and the moment."""

    archive: Archive
    actor: Actor
    now: datetime
    away: frozenset[str]

    @property
    def there(self) -> datetime:
        """The moment in their zone."""
        return self.now.astimezone(ZoneInfo(self.actor.zone))

    @property
    def people(self) -> frozenset[str]:
        """Whose turn is theirs."""
        return self.away | {self.actor.person}

    def party(self, side: Side, gone: frozenset[str] = frozenset(), *, third: bool = False) -> Party:
        """As one who acts."""
        return Party(self.actor.person, side, self.away, gone, third)


def waits(archive: Archive, actor: Actor, now: datetime) -> tuple[Wait, ...]:
    """Every record on which it is this person's turn, or theirs whom they stand in for, the gravest first.

    Nothing for a room, the clock, or somebody who only reads or administers. At most 500 of each kind.
    """
    if not actor.person or actor.side is None or not actor.may(Permission.LOG):
        return ()
    seat = _Seat(archive, actor, now, archive.stands_for(actor.person, now.date()))
    found = (*_issues(seat), *_commitments(seat), *_decisions(seat), *_actions(seat))
    return waiting.ranked(one for one in found if one.partnership not in actor.ended)


def _issues(seat: _Seat) -> Iterator[Wait]:
    archive, actor = seat.archive, seat.actor
    assert actor.side is not None  # noqa: S101 looked at by waits
    found = archive.issues_for(actor, _turn(seat))
    for issue in found:
        if issue.read_as_third(actor.organisation) or issue.partnership in actor.ended:
            continue
        pairs = archive.counterparts(CLOCK, issue.partnership)
        clocks = running(issue, archive.calendar(CLOCK, issue.partnership))
        wait = waiting.of_issue(issue, seat.party(actor.side, _gone(seat, issue)), pairs, clocks, seat.now)
        if wait:
            yield wait


def _turn(seat: _Seat) -> IssueTurn:
    """Which issues can be theirs at all: a part in it, its level, or its legal clock."""
    archive, actor, people = seat.archive, seat.actor, seat.people
    homes = [home.id for home in archive.partnerships(actor)]
    named = {home: archive.counterparts(CLOCK, home) for home in homes}
    places = {
        (home, level.value)
        for home in homes
        for level in Level
        if not people.isdisjoint(answering(named[home], level))
    }
    law = homes if actor.side is Side.SPONSOR else []
    return IssueTurn(people, frozenset(places), frozenset(law), seat.now, MOST)


def _gone(seat: _Seat, issue: Issue) -> frozenset[str]:
    """Its owner, where they have left."""
    known = {one.id for one in seat.archive.people(CLOCK, issue.partnership)}
    return frozenset({issue.owner} - known - {""})


def _commitments(seat: _Seat) -> Iterator[Wait]:
    archive, actor = seat.archive, seat.actor
    assert actor.side is not None  # noqa: S101 looked at by waits
    asked = (CommitmentFilter(concerns=one, limit=MOST) for one in sorted(seat.people))
    found = {one.id: one for which in asked for one in archive.commitments(actor, which)}
    for promise in found.values():
        calendar = archive.calendar(CLOCK, promise.partnership)
        wait = waiting.of_commitment(promise, seat.party(actor.side), calendar, seat.there)
        if wait:
            yield wait


def _decisions(seat: _Seat) -> Iterator[Wait]:
    archive, actor = seat.archive, seat.actor
    assert actor.side is not None  # noqa: S101 looked at by waits
    found = archive.decisions(actor, DecisionFilter(waits=True, limit=MOST))
    open_here = [one for one in found if approval(one, actor.side) is None]
    chairs = _chairs(seat, {one.partnership for one in open_here if one.session})
    for decision in open_here:
        if not _may_be_theirs(seat, decision, chairs):
            continue
        wait = waiting.of_decision(matter(archive, actor, decision), seat.party(actor.side))
        if wait:
            yield wait


def _chairs(seat: _Seat, partnerships: Collection[str]) -> frozenset[str]:
    """The partnerships in which they chair a committee, or stand in for its chair."""
    committees = (one for home in partnerships for one in seat.archive.committees(seat.actor, home))
    return frozenset(
        one.partnership
        for one in committees
        if not seat.people.isdisjoint((one.sponsor_chair, one.cro_chair, *one.delegates))
    )


def _may_be_theirs(seat: _Seat, decision: Decision, chairs: frozenset[str]) -> bool:
    """Without looking at its session: they are named, or chair, or nobody who was named is there any more."""
    if not seat.people.isdisjoint(decision.deciders) or (decision.session and decision.partnership in chairs):
        return True
    people = seat.archive.people(CLOCK, decision.partnership)
    own = {one.id for one in people if one.organisation == seat.actor.organisation}
    return own.isdisjoint(decision.deciders)


def _actions(seat: _Seat) -> Iterator[Wait]:
    archive, actor = seat.archive, seat.actor
    assert actor.side is not None  # noqa: S101 looked at by waits
    asked = (ActionFilter(owner=one, limit=MOST) for one in sorted(seat.people))
    for action in (one for which in asked for one in archive.actions(actor, which)):
        calendar = archive.calendar(CLOCK, action.partnership)
        wait = waiting.of_action(action, seat.party(actor.side), calendar, seat.there)
        if wait:
            yield wait
