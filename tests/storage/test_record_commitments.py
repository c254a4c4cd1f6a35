"""Commitments in the record: found as people say them, narrowed, saved once, and behind the wall."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.actors import CLOCK
from bot.errors import Conflict
from bot.governance.commitment import Claim, Commitment, Evidence, Move, State
from bot.governance.visibility import Scope, Side, Visibility
from bot.joint import CommitmentFilter
from tests.storage.people import (
    ANNIKA,
    CROS,
    DAVID,
    NOW,
    OTHERS,
    PRIYA,
    RESTRICTED,
    SHARED,
    SPONSORS,
    STRANGER,
    TOMASZ,
    WEILING,
)

DAY = date(2026, 3, 20)


def commitment(number, scope=SHARED, **changes):
    said = {
        "id": number,
        "number": number,
        "partnership": scope.partnership,
        "visibility": scope.visibility,
        "text": "Recovery plan",
        "owner": "PER-ANNIKA",
        "owner_side": Side.CRO,
        "receiver": "PER-TOMASZ",
        "made_by": "PER-ANNIKA",
        "made_at": NOW,
        "changed_at": NOW,
        "first_due": DAY,
        "due": DAY,
        "state": State.ACCEPTED,
    }
    return Commitment(**(said | changes))


FULL = commitment(
    "NOR-CMT-011",
    moves=(Move(NOW, "PER-ANNIKA", DAY, DAY + timedelta(7), "vendor"),),
    due=DAY + timedelta(7),
    claims=(Claim(Side.CRO, "done", "PER-ANNIKA", NOW), Claim(Side.SPONSOR, "not so")),
    evidence=(Evidence("https://northmere.example/plan", "PER-ANNIKA", NOW),),
    linked={"issue": "NOR-ISS-002"},
    remind=(5, 0),
    rang={"late": "2026-03-20"},
    snoozed_until=DAY,
    study="HAL-301",
)
KEPT = (
    FULL,
    commitment("NOR-CMT-01", state=State.CONFIRMED, owner="PER-DAVID"),
    commitment("NORI-CMT-001", CROS, receiver="PER-DAVID"),
    commitment("HAL-NOR-CMT-001", SPONSORS, owner="PER-PRIYA", owner_side=Side.SPONSOR),
    commitment("QUI-CMT-001", OTHERS, owner="PER-WEILING"),
)


@pytest.fixture
def kept(world):
    with world.writing() as archive:
        for one in KEPT:
            archive.add_commitment(CLOCK, one)
    return world


def numbers(found):
    return sorted(one.number for one in found)


def test_all_of_it_comes_back_as_it_was_kept(kept):
    with kept.reading() as archive:
        assert archive.commitment(archive.actor(TOMASZ), FULL.id) == FULL


SEEN = {
    ANNIKA: ["NOR-CMT-01", "NOR-CMT-011", "NORI-CMT-001"],
    DAVID: ["NOR-CMT-01", "NOR-CMT-011", "NORI-CMT-001"],
    PRIYA: ["HAL-NOR-CMT-001", "NOR-CMT-01", "NOR-CMT-011", "QUI-CMT-001"],
    TOMASZ: ["HAL-NOR-CMT-001", "NOR-CMT-01", "NOR-CMT-011", "QUI-CMT-001"],
    WEILING: ["QUI-CMT-001"],
}


def test_each_reader_finds_counts_and_changes_what_is_inside_their_wall_and_nothing_else(kept):
    every = CommitmentFilter(open_only=False, limit=50)
    with kept.writing() as archive:
        for handle, seen in SEEN.items():
            actor = archive.actor(handle)
            assert numbers(archive.commitments(actor, every)) == seen
            assert archive.count_commitments(actor, every) == len(seen)
            for one in KEPT:
                mine = one.number in seen
                assert bool(archive.commitments_numbered(actor, one.number)) is mine
                assert bool(archive.commitment(actor, one.id)) is mine
                if not mine:
                    with pytest.raises(Conflict):
                        archive.save_commitment(actor, replace(one, version=2))


def test_a_number_is_known_as_people_say_it(kept):
    with kept.reading() as archive:
        annika = archive.actor(ANNIKA)
        for said in ("NOR-CMT-011", "nor-cmt-11", "cmt-11", "11"):
            assert numbers(archive.commitments_numbered(annika, said)) == ["NOR-CMT-011"]
        assert numbers(archive.commitments_numbered(annika, "NOR-CMT-1")) == ["NOR-CMT-01"]
        assert numbers(archive.commitments_numbered(annika, "1")) == ["NOR-CMT-01", "NORI-CMT-001"]
        assert archive.commitments_numbered(annika, "0") == ()


def test_a_list_is_narrowed_by_what_is_asked_and_comes_the_soonest_due_first(kept):
    asked = {
        CommitmentFilter(): ["NORI-CMT-001", "NOR-CMT-011"],
        CommitmentFilter(concerns="PER-DAVID", open_only=False): ["NOR-CMT-01", "NORI-CMT-001"],
        CommitmentFilter(owner="PER-DAVID"): [],
        CommitmentFilter(receiver="PER-DAVID"): ["NORI-CMT-001"],
        CommitmentFilter(study="HAL-301"): ["NOR-CMT-011"],
        CommitmentFilter(due_before=DAY + timedelta(1)): ["NORI-CMT-001"],
        CommitmentFilter(classes=(Visibility.SHARED,)): ["NOR-CMT-011"],
        CommitmentFilter(state="confirmed", open_only=False): ["NOR-CMT-01"],
        CommitmentFilter(changed_since=NOW + timedelta(1)): [],
        CommitmentFilter(partnership="P-QUI"): [],
        CommitmentFilter(limit=1, offset=1): ["NOR-CMT-011"],
    }
    with kept.reading() as archive:
        annika = archive.actor(ANNIKA)
        for which, wanted in asked.items():
            assert [one.number for one in archive.commitments(annika, which)] == wanted


def test_it_is_saved_against_the_version_that_was_read(kept):
    with kept.writing() as archive:
        annika = archive.actor(ANNIKA)
        archive.save_commitment(annika, replace(FULL, text="Another", version=2))
        assert archive.commitment(annika, FULL.id).text == "Another"
        with pytest.raises(Conflict):
            archive.save_commitment(annika, replace(FULL, version=2))


def test_nobody_keeps_one_outside_what_they_may_write_and_none_names_its_readers(world):
    with world.writing() as archive:
        for handle, scope in (
            (ANNIKA, SPONSORS),
            (STRANGER, SHARED),
            (WEILING, SHARED),
            (ANNIKA, RESTRICTED),
        ):
            with pytest.raises(PermissionError):
                archive.add_commitment(archive.actor(handle), commitment("X-CMT-001", scope))


def test_numbers_are_counted_for_each_class(world):
    with world.writing() as archive:
        annika = archive.actor(ANNIKA)
        assert archive.next_number(annika, SHARED, "CMT") == "NOR-CMT-001"
        assert archive.next_number(annika, Scope("P-NOR", Visibility.CRO_INTERNAL), "CMT") == "NORI-CMT-001"
        assert archive.next_number(annika, SHARED, "CMT") == "NOR-CMT-002"
