"""What waits for somebody: drafts for their writer, admissions for the administrator of that company."""

from dataclasses import replace

import pytest

from bot.actors import Role
from bot.errors import Conflict
from bot.intents import Handle
from bot.records import Admission, Draft
from tests.storage.people import ANNIKA, DAVID, NOW, PRIYA, TOMASZ

ASKER = Handle("slack", "T0NOR", "U77", "Freya Lund")
ASKED = Admission("adm-1", "ORG-NOR", ASKER, "asked", NOW)


@pytest.fixture
def archive(world):
    with world.writing() as archive:
        yield archive


def test_a_draft_is_its_writers_alone(archive):
    draft = Draft("d1", "PER-ANNIKA", {"title": "TMF", "owner": "?"}, NOW)
    archive.keep_draft(draft)
    assert archive.draft(archive.actor(ANNIKA), "d1") == draft
    assert archive.draft(archive.actor(DAVID), "d1") is None
    assert archive.draft(archive.room_actor("ROOM-NOR"), "d1") is None


def test_a_draft_said_again_replaces_its_writers_own_and_nobody_elses(archive):
    first = Draft("d1", "PER-ANNIKA", {"title": "TMF"}, NOW)
    archive.keep_draft(first)
    archive.keep_draft(replace(first, fields={"title": "MVR"}))
    archive.keep_draft(replace(first, person="PER-TOMASZ", fields={"title": "stolen"}))
    assert archive.draft(archive.actor(ANNIKA), "d1").fields == {"title": "MVR"}
    assert archive.draft(archive.actor(TOMASZ), "d1") is None


def test_a_request_for_admission_is_shown_to_that_companys_administrator(archive):
    archive.ask_admission(ASKED)
    assert archive.admission_of(ASKER) == replace(ASKED)
    assert archive.admission(archive.actor(DAVID), "adm-1") == ASKED
    for handle in (ANNIKA, PRIYA):
        assert archive.admission(archive.actor(handle), "adm-1") is None


def test_the_same_person_asks_once(archive):
    archive.ask_admission(ASKED)
    with pytest.raises(Conflict):
        archive.ask_admission(replace(ASKED, id="adm-2"))


def test_an_asker_is_named_until_somebody_decides(archive):
    archive.ask_admission(replace(ASKED, handle=replace(ASKER, name="")))
    named = replace(ASKED, version=2)
    archive.name_admission(named)
    assert archive.admission_of(ASKER) == named
    with pytest.raises(Conflict):
        archive.name_admission(named)


def test_an_admission_is_decided_once_and_makes_a_member(archive):
    archive.ask_admission(ASKED)
    david = archive.actor(DAVID)
    approved = replace(ASKED, state="approved", decided_by="PER-DAVID", decided_at=NOW, version=2)
    archive.decide_admission(david, approved)
    archive.add_member(david, approved)
    freya = archive.actor(ASKER)
    assert (freya.name, freya.organisation, freya.roles) == ("Freya Lund", "ORG-NOR", {Role.MEMBER})
    assert archive.person_at(ASKER).handle == "freya.lund"
    assert archive.admission_of(ASKER) == approved
    with pytest.raises(Conflict):
        archive.decide_admission(david, replace(approved, state="refused"))
    with pytest.raises(Conflict):
        archive.add_member(david, approved)


def test_nobody_else_decides_or_admits(archive):
    archive.ask_admission(ASKED)
    approved = replace(ASKED, state="approved", version=2)
    annika, priya = archive.actor(ANNIKA), archive.actor(PRIYA)
    with pytest.raises(PermissionError):
        archive.decide_admission(annika, approved)
    with pytest.raises(Conflict):
        archive.decide_admission(priya, approved)
    for actor in (annika, priya):
        with pytest.raises(PermissionError):
            archive.add_member(actor, approved)
    assert archive.actor(ASKER) is None
