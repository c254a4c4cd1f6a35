"""Unblinded topics close to whoever is no longer tagged as unblinded, behind both walls, and open again."""

import pytest

from bot.actors import CLOCK
from bot.records import Entry, Note
from tests.storage.people import DAVID, NOW, PRIYA, RESTRICTED, TOMASZ, issue

NAMED = frozenset({"PER-TOMASZ", "PER-DAVID"})
WHERE = RESTRICTED.partnership, RESTRICTED.visibility


@pytest.fixture
def topics(world):
    """An unblinded topic and another restricted record, each with a note and a line, of the same readers."""
    with world.writing() as archive:
        for name, unblinded in (("unblinded", True), ("other", False)):
            archive.add_issue(CLOCK, issue(name, RESTRICTED, readers=NAMED, unblinded=unblinded))
            archive.add_note(CLOCK, Note(f"N-{name}", name, *WHERE, "PER-TOMASZ", NOW, "words"))
            archive.record(
                Entry("issue.log", "PER-TOMASZ", NOW, RESTRICTED, record=name, after={"title": "K"})
            )
    return world


def seen(archive, handle):
    """The records of which anything at all is shown to them."""
    actor = archive.actor(handle)
    shown = {name for name in ("unblinded", "other") if archive.issue(actor, name)}
    for ask in (archive.notes, archive.history):
        assert shown == {name for name in ("unblinded", "other") if ask(actor, name)}
    return shown


def test_a_topic_is_closed_to_one_reader_and_opened_again(topics, database):
    walls = (True, False) if database == "postgres" else (True,)  # only PostgreSQL has a second one
    for barred, left in ((True, {"other"}), (False, {"other", "unblinded"})):
        with topics.writing() as archive:
            assert archive.bar_reader(CLOCK, "PER-TOMASZ", barred=barred) == ("unblinded",)
            assert archive.bar_reader(CLOCK, "PER-TOMASZ", barred=barred) == ()
            for filtered in walls:
                archive.filtered = filtered
                assert seen(archive, TOMASZ) == left
                assert seen(archive, DAVID) == {"other", "unblinded"}
                assert seen(archive, PRIYA) == set()
            archive.filtered = True


def test_whoever_lost_it_is_no_reader_of_it_and_is_not_forgotten(topics):
    with topics.writing() as archive:
        archive.bar_reader(CLOCK, "PER-TOMASZ", barred=True)
        stood = archive.issue(CLOCK, "unblinded")
        assert stood.readers == {"PER-DAVID"}
        assert {one.id for one in archive.restricted_to("PER-TOMASZ")} == {"unblinded", "other"}
