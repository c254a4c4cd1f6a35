"""The message an issue began with: its address is for the readers of its own side."""

import pytest

from tests.storage.people import (
    ANNIKA,
    CROS,
    DAVID,
    PRIYA,
    RESTRICTED,
    SHARED,
    SPONSORS,
    STRANGER,
    TOMASZ,
    WEILING,
    issue,
)

URL = "https://northmere.example/archives/C0HAL/p1"


@pytest.fixture
def linked(world):
    """A shared issue with an address on either side, and a restricted one with one."""
    with world.writing() as archive:
        annika, tomasz = archive.actor(ANNIKA), archive.actor(TOMASZ)
        archive.add_issue(annika, issue("open"))
        archive.keep_link(annika, CROS, "open", URL)
        archive.keep_link(tomasz, SPONSORS, "open", f"{URL}2")
        readers = frozenset({"PER-ANNIKA", "PER-TOMASZ"})
        archive.add_issue(annika, issue("secret", RESTRICTED, readers=readers))
        archive.keep_link(annika, RESTRICTED, "secret", URL)
    return world


@pytest.mark.parametrize(
    ("handle", "seen"), [(ANNIKA, URL), (DAVID, URL), (TOMASZ, f"{URL}2"), (PRIYA, f"{URL}2"), (WEILING, "")]
)
def test_each_side_finds_its_own_address_and_nobody_else_any(linked, handle, seen):
    with linked.reading() as archive:
        assert archive.link(archive.actor(handle), "open") == seen


@pytest.mark.parametrize(("handle", "seen"), [(ANNIKA, URL), (DAVID, ""), (TOMASZ, "")])
def test_the_address_in_a_restricted_issue_is_for_its_readers_of_that_side(linked, handle, seen):
    with linked.reading() as archive:
        assert archive.link(archive.actor(handle), "secret") == seen


@pytest.mark.parametrize(
    ("handle", "url", "found"),
    [
        (ANNIKA, URL, ("open", "secret")),
        (DAVID, URL, ("open",)),
        (TOMASZ, URL, ()),
        (TOMASZ, f"{URL}2", ("open",)),
        (WEILING, URL, ()),
        (ANNIKA, "", ()),
    ],
)
def test_what_was_made_of_a_message_is_found_by_those_who_may_see_its_address(linked, handle, url, found):
    with linked.reading() as archive:
        assert archive.began_with(archive.actor(handle), url) == found


def test_a_room_that_both_companies_know_of_shows_no_address(linked):
    with linked.reading() as archive:
        assert archive.link(archive.room_actor("ROOM-NOR"), "open") == ""


def test_nobody_keeps_one_where_they_may_not_write(linked):
    with linked.writing() as archive:
        for handle, scope in ((STRANGER, SHARED), (WEILING, SHARED), (ANNIKA, SPONSORS)):
            with pytest.raises(PermissionError):
                archive.keep_link(archive.actor(handle), scope, "open", URL)
