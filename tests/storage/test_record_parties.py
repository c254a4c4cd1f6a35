"""A third company reads what names it, and nothing else of another partnership."""

from dataclasses import replace

import pytest

from bot.actors import CLOCK
from bot.errors import Conflict
from bot.governance.visibility import Scope, Visibility
from bot.records import Entry, IssueFilter, Note
from storage import agreed, audit, mapper, tables
from tests.storage.people import (
    ANNIKA,
    DAVID,
    NOW,
    PRIYA,
    SHARED,
    STRANGER,
    TOMASZ,
    WEILING,
    issue,
)

TRI = Scope("P-NOR", Visibility.TRI_PARTY)
ALL = IssueFilter(open_only=False, limit=100)
OPENED = issue("tri", TRI, study="HAL-301", third="ORG-QUI")
UPDATE = Note("n1", "tri", "P-NOR", Visibility.TRI_PARTY, "PER-WEILING", NOW, "cut at our end")


@pytest.fixture
def opened(world):
    """One tri-party issue of Northmere's partnership that Quillon reads, with a line and an inner note."""
    with world.writing() as archive:
        archive.add_issue(CLOCK, OPENED)
        archive.record(Entry("issue.log", "PER-ANNIKA", NOW, TRI, record="tri", after={"owner": "PER-DAVID"}))
        inner = Scope("P-NOR", Visibility.CRO_INTERNAL)
        archive.record(Entry("issue.note", "PER-DAVID", NOW, inner, record="tri"))
        archive.add_note(CLOCK, replace(UPDATE, id="n0", visibility=Visibility.CRO_INTERNAL))
    return world


def fourth(archive, serves="HAL-301"):
    """Elsewhere becomes a partner of the same sponsor too."""
    terms = {"sponsor": "ORG-HAL", "cro": "ORG-ELSE", "calendar": "CAL", "policy": "ESC-1"}
    archive.session.add(tables.PartnershipRow(id="P-ELSE", code="ELS", **terms))
    archive.flush()
    archive.session.add(agreed.ServiceRow(study=serves, partnership="P-ELSE", organisation="ORG-HAL"))
    archive.flush()
    archive.forget()


@pytest.mark.parametrize("handle", [TOMASZ, PRIYA, ANNIKA, DAVID, WEILING], ids=lambda one: one.user)
def test_all_three_companies_read_it_with_its_record(opened, handle):
    with opened.reading() as archive:
        actor = archive.actor(handle)
        assert archive.issue(actor, "tri").third == "ORG-QUI"
        assert "issue.log" in [one.what for one in archive.history(actor, "tri")]
        assert archive.third(actor, "tri").name == "Quillon"
        assert archive.home(actor, "tri").cro_name == "Northmere"


def test_the_third_company_sees_nothing_beside_it(opened):
    with opened.writing() as archive:
        archive.add_issue(CLOCK, issue("plain", SHARED))
        weiling = archive.actor(WEILING)
        assert [one.id for one in archive.issues(weiling, ALL)] == ["tri"]
        assert [one.what for one in archive.history(weiling, "tri")] == ["issue.log"]
        assert archive.notes(weiling, "tri") == ()
        assert archive.partnership(weiling, "P-NOR") is None
        assert archive.counterparts(weiling, "P-NOR") == archive.people(weiling, "P-NOR") == ()
        home = archive.home(weiling, "tri")
        assert (home.calendar, home.policy) == ("", "")


def test_of_the_others_it_is_told_the_names_in_the_record_and_no_more(opened):
    asked = {"PER-DAVID", "PER-WEILING", "PER-STRANGER", "nobody"}
    with opened.reading() as archive:
        known = archive.acquainted(archive.actor(WEILING), "tri", asked)
        assert {one.id for one in known} == {"PER-DAVID", "PER-WEILING"}
        assert {(one.title, one.handle) for one in known} == {("", "")}
        assert archive.acquainted(archive.actor(STRANGER), "tri", asked) == ()


def test_a_fourth_company_on_the_same_study_reads_nothing_of_it(opened):
    with opened.writing() as archive:
        fourth(archive)
        stranger = archive.actor(STRANGER)
        assert stranger.partnerships == {"P-ELSE"}
        assert archive.issue(stranger, "tri") is None
        assert archive.history(stranger, "tri") == ()
        assert archive.third(stranger, "tri") is archive.home(stranger, "tri") is None
        assert {one.name for one in archive.thirds(stranger, "P-ELSE")} == {"Northmere", "Quillon"}
        assert archive.thirds(stranger, "P-NOR") == ()


def test_whom_one_may_name_is_who_serves_the_same_study_and_only_there(world):
    with world.writing() as archive:
        annika = archive.actor(ANNIKA)
        assert [(one.name, one.through, one.studies) for one in archive.thirds(annika, "P-NOR")] == [
            ("Quillon", "P-QUI", ("HAL-301",))
        ]
        for wrong in (
            replace(OPENED, study="HAL-202"),
            replace(OPENED, study=""),
            replace(OPENED, third="ORG-ELSE"),
            replace(OPENED, third="ORG-NOR"),
            replace(OPENED, third=""),
            replace(OPENED, visibility=Visibility.SHARED),
        ):
            with pytest.raises(PermissionError):
                archive.add_issue(annika, wrong)


def test_the_third_company_adds_updates_and_changes_nothing_else(opened):
    with opened.writing() as archive:
        weiling = archive.actor(WEILING)
        archive.add_note(weiling, UPDATE)
        archive.save_issue(weiling, replace(OPENED, title="Mine now", owner="PER-WEILING", version=2))
        saved = archive.issue(archive.actor(ANNIKA), "tri")
        assert (saved.version, saved.title, saved.owner) == (2, OPENED.title, OPENED.owner)
        assert [one.text for one in archive.notes(archive.actor(TOMASZ), "tri")] == ["cut at our end"]
        for wrong in (Visibility.SHARED, Visibility.CRO_INTERNAL, Visibility.RESTRICTED):
            with pytest.raises(PermissionError):
                archive.add_note(weiling, replace(UPDATE, id="n2", visibility=wrong))
        with pytest.raises(PermissionError):
            archive.add_issue(weiling, replace(OPENED, id="t2", number="t2"))
        with pytest.raises(Conflict):
            archive.save_issue(archive.actor(STRANGER), replace(OPENED, version=3))


def test_its_rooms_show_it_where_everybody_in_them_is_known(opened):
    with opened.writing() as archive:
        assert archive.issue(archive.room_actor("ROOM-QUI"), "tri") == archive.issue(CLOCK, "tri")
        archive.connection.exec_driver_sql("UPDATE roster SET state = 'muted' WHERE room = 'ROOM-QUI'")
        archive.connection.exec_driver_sql("UPDATE edition SET token = 'another'")
        archive.forget()
        assert archive.issue(archive.room_actor("ROOM-QUI"), "tri") is None
        assert archive.issue(archive.room_actor("ROOM-NOR"), "tri") is not None


def test_it_is_listed_where_either_partnership_meets(opened):
    with opened.reading() as archive:
        weiling, tomasz = archive.actor(WEILING), archive.actor(TOMASZ)
        for reader, partnership, found in ((weiling, "P-QUI", 1), (tomasz, "P-QUI", 1), (tomasz, "P-NOR", 1)):
            assert archive.count_issues(reader, replace(ALL, read_in=partnership)) == found
        assert archive.count_issues(tomasz, replace(ALL, partnership="P-QUI")) == 0  # it is Northmere's


def test_each_set_of_companies_counts_for_itself(world):
    with world.writing() as archive:
        fourth(archive)
        annika, weiling = archive.actor(ANNIKA), archive.actor(WEILING)
        given = [archive.next_number(annika, TRI, "ISS", one) for one in ("ORG-QUI", "ORG-ELSE", "ORG-QUI")]
        assert given == ["NOR-QUI-TRI-001", "NOR-ELS-TRI-001", "NOR-QUI-TRI-002"]
        theirs = Scope("P-QUI", Visibility.TRI_PARTY)
        assert archive.next_number(weiling, theirs, "ISS", "ORG-NOR") == "QUI-NOR-TRI-001"
        assert archive.next_number(annika, SHARED, "ISS") == "NOR-ISS-001"
        with pytest.raises(PermissionError):
            archive.next_number(weiling, TRI, "ISS", "ORG-QUI")


def test_each_has_a_chain_of_its_own(opened):
    with opened.writing() as archive:
        archive.record(Entry("issue.log", "PER-ANNIKA", NOW, TRI, record="other"))
        chain = archive.chain("P-NOR:tri_party:tri")
        assert len(chain) == 1
        assert audit.verify(chain) is None


def test_the_partnership_that_ends_takes_its_readers_with_it(opened):
    with opened.writing() as archive:
        weiling = archive.actor(WEILING)
        gone = replace(weiling, partnerships=frozenset(), sees=frozenset())
        assert archive.issue(gone, "tri") is None
        assert mapper.columns(OPENED)["third"] == "ORG-QUI"


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_with_every_filter_off_the_database_itself_shows_it_to_those_three_alone(opened):
    with opened.writing() as archive:
        fourth(archive)
        archive.record(Entry("issue.log", "PER-ANNIKA", NOW, SHARED, record="plain"))
        archive.add_note(CLOCK, UPDATE)
    opened.filtered = False
    for handle, sees in ((ANNIKA, True), (TOMASZ, True), (WEILING, True), (STRANGER, False)):
        with opened.reading() as archive:
            actor = archive.actor(handle)
            assert bool(archive.issue(actor, "tri")) is sees, handle
            assert bool(archive.third(actor, "tri")) is sees, handle
            assert ("n1" in {one.id for one in archive.notes(actor, "tri")}) is sees, handle
            assert any(one.what == "issue.log" for one in archive.history(actor, "tri")) is sees, handle
    with opened.reading() as archive:
        weiling = archive.actor(WEILING)
        assert archive.history(weiling, "plain") == ()
        assert [one.id for one in archive.notes(weiling, "tri")] == ["n1"]
