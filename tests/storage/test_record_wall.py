"""The wall: what somebody may not see does not exist for them."""

from dataclasses import replace

import pytest

from bot.actors import CLOCK
from bot.errors import Conflict
from bot.governance.visibility import Scope, Visibility
from bot.records import Entry, IssueFilter
from tests.storage.people import (
    ANNIKA,
    CROS,
    DAVID,
    EVERY_SCOPE,
    NOW,
    OTHERS,
    PRIYA,
    RESTRICTED,
    SHARED,
    SPONSORS,
    STRANGER,
    TOMASZ,
    WEILING,
    issue,
)

ALL = IssueFilter(open_only=False, limit=100)
READERS = frozenset({"PER-TOMASZ", "PER-DAVID"})


@pytest.fixture
def full(world):
    """One issue in every class, each with a line in the audit; the restricted one names two readers."""
    with world.writing() as archive:
        for scope in EVERY_SCOPE:
            readers = READERS if scope is RESTRICTED else frozenset()
            record = f"{scope.partnership}/{scope.visibility}"
            archive.add_issue(CLOCK, issue(record, scope, readers=readers))
            archive.record(Entry("issue.log", "PER-X", NOW, scope, record=record, after={"title": "TMF"}))
    return world


def ids(*scopes):
    return {f"{scope.partnership}/{scope.visibility}" for scope in scopes}


SEEN = [
    (TOMASZ, (SHARED, SPONSORS, OTHERS, RESTRICTED)),
    (PRIYA, (SHARED, SPONSORS, OTHERS)),
    (ANNIKA, (SHARED, CROS)),
    (DAVID, (SHARED, CROS, RESTRICTED)),
    (WEILING, (OTHERS,)),
    (STRANGER, ()),
]


@pytest.mark.parametrize(("handle", "scopes"), SEEN, ids=[handle.user for handle, _ in SEEN])
def test_everybody_sees_their_partnerships_their_side_and_what_names_them(full, handle, scopes):
    with full.reading() as archive:
        actor = archive.actor(handle)
        assert {one.id for one in archive.issues(actor, ALL)} == ids(*scopes)
        assert archive.count_issues(actor, ALL) == len(scopes)
        assert {one for one in ids(*EVERY_SCOPE) if archive.issue(actor, one)} == ids(*scopes)
        assert {one for one in ids(*EVERY_SCOPE) if archive.history(actor, one)} == ids(*scopes)
        numbers = [issue(one, scope).number for scope in EVERY_SCOPE for one in ids(scope)]
        assert sum(len(archive.issues_numbered(actor, number)) for number in numbers) == len(scopes)


def test_a_list_of_one_partnership_shows_no_other_and_none_the_reader_is_not_in(full):
    with full.reading() as archive:
        tomasz, annika = archive.actor(TOMASZ), archive.actor(ANNIKA)
        assert len(archive.issues(tomasz, replace(ALL, partnership="P-QUI"))) == 1
        assert archive.issues(annika, replace(ALL, partnership="P-QUI")) == ()


def test_a_room_shows_what_it_is_linked_to_and_never_what_its_company_may_not_see(full):
    with full.reading() as archive:
        seen = {
            room: {one.id for one in archive.issues(archive.room_actor(room), ALL)}
            for room in ("ROOM-NOR", "ROOM-NOR-OWN", "ROOM-WRONG", "ROOM-SECRET")
        }
        assert archive.room_actor("ROOM-NONE") is None
    assert seen == {
        "ROOM-NOR": ids(SHARED),
        "ROOM-NOR-OWN": ids(SHARED, CROS),
        "ROOM-WRONG": ids(SHARED),
        "ROOM-SECRET": ids(SHARED),
    }


def test_the_clock_passes_the_wall_and_a_copy_of_it_does_not(full):
    with full.reading() as archive:
        assert archive.count_issues(CLOCK, ALL) == len(EVERY_SCOPE)
        assert archive.count_issues(replace(CLOCK), ALL) == 0


def test_an_actor_built_to_see_restricted_records_still_does_not(full):
    with full.reading() as archive:
        annika = replace(archive.actor(ANNIKA), sees=frozenset({RESTRICTED}))
        assert archive.issues(annika, ALL) == ()


def test_being_named_does_not_help_outside_the_partnership(full):
    with full.writing() as archive:
        secret = issue("leak", Scope("P-QUI", Visibility.RESTRICTED), readers=frozenset({"PER-DAVID"}))
        archive.add_issue(CLOCK, secret)
        assert archive.issue(archive.actor(DAVID), "leak") is None


def test_nobody_writes_where_they_may_not_read(full):
    with full.writing() as archive:
        annika = archive.actor(ANNIKA)
        for scope in (SPONSORS, OTHERS, Scope("P-QUI", Visibility.RESTRICTED)):
            with pytest.raises(PermissionError):
                archive.add_issue(annika, issue("new", scope))
            with pytest.raises(PermissionError):
                archive.next_number(annika, scope, "ISS")
        hidden = issue(*ids(SPONSORS), SPONSORS, version=2)
        with pytest.raises(Conflict):
            archive.save_issue(annika, hidden)


def test_readers_of_a_restricted_record_come_and_go_with_its_versions(full):
    (record,) = ids(RESTRICTED)
    with full.writing() as archive:
        david = archive.actor(DAVID)
        first = archive.issue(david, record)
        assert first.readers == READERS
        archive.save_issue(david, replace(first, readers=frozenset({"PER-DAVID", "PER-ANNIKA"}), version=2))
    with full.reading() as archive:
        assert archive.issue(archive.actor(TOMASZ), record) is None
        assert archive.issue(archive.actor(ANNIKA), record).readers == {"PER-DAVID", "PER-ANNIKA"}


def test_a_companys_directory_is_audited_for_its_own_administrators_only(full):
    with full.writing() as archive:
        archive.record(Entry("admission.approve", "PER-DAVID", NOW, organisation="ORG-NOR", record="adm-1"))
        readers = {
            handle.user
            for handle in (PRIYA, ANNIKA, DAVID)
            if archive.history(archive.actor(handle), "adm-1")
        }
    assert readers == {DAVID.user}
