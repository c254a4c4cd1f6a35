"""Decisions in the record: whole, narrowed as asked, inside the wall, and saved once for each version."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.actors import CLOCK
from bot.errors import Conflict
from bot.governance.commitment import Evidence
from bot.governance.decision import Approval, Decision, Dissent, Quorum, Status
from bot.governance.visibility import Side, Visibility
from bot.joint import DecisionFilter
from tests.storage.people import ANNIKA, CROS, NOW, OTHERS, SHARED, SPONSORS, TOMASZ, WEILING


def decision(number="NOR-DEC-001", scope=SHARED, **changes):
    said = {
        "question": "Open 20 more sites?",
        "outcome": "20 in CEE",
        "status": Status.PROVISIONAL,
        "recorded_by": "PER-ANNIKA",
        "recorded_at": NOW,
        "decided_on": NOW.date(),
    }
    return Decision(number, number, scope.partnership, scope.visibility, **(said | changes))


def test_a_decision_comes_back_as_it_was_kept_and_is_saved_once_for_each_version(world):
    kept = decision(
        options=("Yes", "No"),
        rationale="“quoted”, Zürich, 承知",
        evidence=(Evidence("https://a.example", "PER-ANNIKA", NOW),),
        deciders=("PER-TOMASZ", "PER-ANNIKA"),
        quorum=Quorum.NOT_QUORATE,
        dissent=(Dissent("PER-TOMASZ", "no", NOW),),
        follow_up=date(2026, 4, 1),
        approvals=(Approval("PER-ANNIKA", Side.CRO, NOW + timedelta(microseconds=5)),),
        session="NOR-MTG-01",
        changed_at=NOW,
    )
    with world.writing() as archive:
        archive.add_decision(CLOCK, kept)
    with world.writing() as archive:
        assert archive.decision(CLOCK, kept.id) == kept
        archive.save_decision(CLOCK, replace(kept, status=Status.FINAL, version=2))
    with pytest.raises(Conflict), world.writing() as archive:
        archive.save_decision(CLOCK, replace(kept, status=Status.WITHDRAWN, version=2))


def test_a_list_is_narrowed_as_asked_and_a_number_is_found_as_people_write_it(world):
    with world.writing() as archive:
        archive.add_decision(CLOCK, decision(deciders=("PER-1",), study="HAL-301"))
        later = date(2026, 3, 3)
        archive.add_decision(
            CLOCK, decision("NOR-DEC-02", decided_on=later, deciders=("PER-10",), changed_at=NOW)
        )
        archive.add_decision(CLOCK, decision("NOR-DEC-003", status=Status.FINAL, session="NOR-MTG-01"))

        def found(**asked):
            which = DecisionFilter(**asked)
            numbers = [one.number[-1] for one in archive.decisions(CLOCK, which)]
            assert len(numbers) == archive.count_decisions(CLOCK, which)
            return "".join(numbers)

        assert found() == "231", "the newest first"
        assert [found(decider=one) for one in ("PER-1", "PER-10", "PER-_")] == ["1", "2", ""]
        assert [found(status="final"), found(session="NOR-MTG-01"), found(study="HAL-301")] == ["3", "3", "1"]
        assert [found(changed_since=NOW), found(changed_since=NOW + timedelta(hours=1))] == ["2", ""]
        for said, number in (("nor-dec-1", "001"), ("dec-3", "003"), ("2", "02"), ("NOR-DEC-002", "02")):
            assert [one.number for one in archive.decisions_numbered(CLOCK, said)] == [f"NOR-DEC-{number}"]


def test_nobody_reads_or_writes_a_decision_outside_their_own_side_and_partnership(world):
    scopes = {"NOR-DEC-001": SHARED, "HAL-NOR-DEC-001": SPONSORS, "NORI-DEC-001": CROS, "QUI-DEC-001": OTHERS}
    with world.writing() as archive:
        for number, scope in scopes.items():
            archive.add_decision(CLOCK, decision(number, scope))
        seen = {}
        for handle in (TOMASZ, ANNIKA, WEILING):
            reader = archive.actor(handle)
            seen[handle.user] = {one.number for one in archive.decisions(reader, DecisionFilter())}
            hidden = scopes.keys() - seen[handle.user]
            assert archive.count_decisions(reader, DecisionFilter()) == len(seen[handle.user])
            assert not any(archive.decision(reader, one) for one in hidden)
            assert not any(archive.decisions_numbered(reader, one) for one in hidden)
            for one in hidden:
                with pytest.raises(PermissionError):
                    archive.add_decision(reader, decision(f"{one}-x", scopes[one]))
    assert seen == {
        "aad-tomasz": {"NOR-DEC-001", "HAL-NOR-DEC-001", "QUI-DEC-001"},
        "U09": {"NOR-DEC-001", "NORI-DEC-001"},
        "aad-weiling": {"QUI-DEC-001"},
    }


def test_no_decision_is_restricted_to_named_people(world):
    with pytest.raises(PermissionError), world.writing() as archive:
        archive.add_decision(CLOCK, decision(scope=replace(SHARED, visibility=Visibility.RESTRICTED)))
