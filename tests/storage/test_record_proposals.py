"""Proposals behind the wall: for both sides' administrators, one open at a time, and no row ever edited."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.clock import Clock
from bot.errors import Conflict
from bot.governance.calendar import Limit, WorkCalendar
from bot.governance.escalation import Severity
from bot.governance.proposal import Kind, Proposal, State
from bot.governance.visibility import Side
from storage import checkup, endings
from tests.storage.people import ANNIKA, CALENDAR, DAVID, NOW, POLICY, PRIYA, TOMASZ, WEILING
from tests.storage.rivals import rivals

QUICK = replace(POLICY.rules[Severity.MAJOR], ack=Limit(elapsed_hours=4))
NEW = replace(POLICY, rules={**POLICY.rules, Severity.MAJOR: QUICK}, version=2)
OFFER = Proposal("p1", "P-NOR", Kind.POLICY, "ESC-1", "PER-DAVID", Side.CRO, NOW, "Too long", policy=NEW)
LONGER = WorkCalendar(
    "CAL", frozenset({"mon", "tue", "fri"}), frozenset({date(2027, 5, 1)}), time(16), ("GB-ENG",)
)
DAYS = Proposal("p2", "P-NOR", Kind.CALENDAR, "CAL", "PER-PRIYA", Side.SPONSOR, NOW, "Ends", calendar=LONGER)


def actors(archive, *handles):
    return tuple(archive.actor(handle) for handle in handles)


def test_a_proposal_is_read_by_both_sides_administrators_and_by_nobody_else(world):
    with world.writing() as archive:
        david, priya, *others = actors(archive, DAVID, PRIYA, ANNIKA, TOMASZ, WEILING)
        archive.propose(david, OFFER)
        archive.propose(priya, DAYS)
        for actor in (david, priya):
            assert archive.proposal(actor, "p1") == OFFER
            assert archive.open_proposal(actor, "P-NOR", Kind.POLICY) == OFFER
            assert archive.open_proposal(actor, "P-NOR", Kind.CALENDAR) == DAYS
            assert archive.open_proposal(actor, "P-QUI", Kind.POLICY) is None
            assert archive.replaced(actor, OFFER) == POLICY
            assert archive.replaced(actor, DAYS) == CALENDAR
        for actor in others:
            assert archive.proposal(actor, "p1") is None
            assert archive.open_proposal(actor, "P-NOR", Kind.POLICY) is None
            for act in (archive.propose, archive.settle_proposal, archive.replaced):
                with pytest.raises(PermissionError):
                    act(actor, OFFER)
            with pytest.raises(PermissionError):
                archive.put_in_force(actor, OFFER, NEW)


def test_only_one_of_a_kind_is_open_and_each_ends_once(world):
    with world.writing() as archive:
        david, priya = actors(archive, DAVID, PRIYA)
        archive.propose(david, OFFER)
        with pytest.raises(Conflict):
            archive.propose(priya, replace(OFFER, id="p9", side=Side.SPONSOR))
        ended = OFFER.settled(State.DECLINED, "PER-PRIYA", NOW + timedelta(hours=1), "No")
        archive.settle_proposal(priya, ended)
        assert archive.proposal(david, "p1") == ended
        with pytest.raises(Conflict):
            archive.settle_proposal(david, OFFER.settled(State.WITHDRAWN, "PER-DAVID", NOW))
        archive.propose(priya, replace(OFFER, id="p9", side=Side.SPONSOR))


def test_new_terms_are_a_row_of_their_own_and_the_other_partnership_keeps_its_own(world):
    with world.writing() as archive:
        david, priya, weiling = actors(archive, DAVID, PRIYA, WEILING)
        for offer, terms in ((OFFER, NEW), (DAYS, LONGER)):
            archive.propose(david, offer)
            made = archive.put_in_force(priya, offer, replace(terms, version=2))
            assert made == "P-NOR/2"
        assert archive.policy(david, "P-NOR") == NEW
        assert archive.policy(david, "P-NOR").words == "ESC-1, version 2"
        assert archive.calendar(priya, "P-NOR") == replace(LONGER, version=2)
        assert archive.policy(weiling, "P-QUI") == POLICY
        assert archive.calendar(weiling, "P-QUI") == CALENDAR
        assert archive.replaced(david, OFFER) == POLICY
        with pytest.raises(Conflict):
            archive.put_in_force(priya, OFFER, replace(NEW, version=3))


def test_of_many_who_propose_at_once_one_does(world, world_url):
    def propose(store):
        try:
            with store.writing() as archive:
                (david,) = actors(archive, DAVID)
                archive.propose(david, replace(OFFER, id=f"p{id(store)}"))
        except Conflict:
            return False
        return True

    assert sorted(rivals(world_url, propose)) == [False, False, False, True]


def test_check_names_a_calendar_that_ends_soon_with_the_remedy(world, world_url):
    last = datetime(2026, 5, 1, tzinfo=UTC)
    with world.reading() as archive:
        assert list(endings.lines(archive, last - timedelta(days=61))) == []
        found = list(endings.lines(archive, last - timedelta(days=59)))
    assert found[0] == (
        "the working calendar of P-NOR knows no closed day after 2026-05-01:"
        " let an administrator of either company say “setup calendar”"
    )
    assert len(found) == 2
    looked = checkup.look(world_url, Clock(lambda: last - timedelta(days=3)))
    assert (False, found[0]) in looked
