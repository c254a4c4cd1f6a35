"""Redactions in the record: one open at a time, answered once, and words gone from what is kept beside it."""

import pytest

from bot.actors import CLOCK
from bot.errors import Conflict
from bot.governance.redaction import REDACTED, Redaction, State
from bot.governance.visibility import Visibility
from bot.outbox import Audience, Letter, OutboxMessage
from bot.records import Draft, Note
from tests.storage.people import ANNIKA, CROS, NOW, SHARED, TOMASZ, WEILING, issue

WORDS = "nurse Müller left the binder open"


def asked(id_="red-1", visibility=Visibility.SHARED):
    chain = f"P-NOR:{visibility}"
    return Redaction(
        id_, "i1", "P-NOR", visibility, chain, (1, 2), "PER-TOMASZ", "ORG-HAL", NOW, "names a nurse"
    )


@pytest.fixture
def kept(world):
    """An issue, and a redaction of it that waits for its answer."""
    with world.writing() as archive:
        archive.add_issue(CLOCK, issue("i1", SHARED))
        archive.ask_redaction(archive.actor(TOMASZ), asked())
    return world


def test_it_is_read_by_those_who_may_read_its_lines(kept):
    with kept.writing() as archive:
        archive.ask_redaction(archive.actor(ANNIKA), asked("red-2", Visibility.CRO_INTERNAL))
    with kept.reading() as archive:
        seen = {
            who.user: [archive.redaction(archive.actor(who), one) is not None for one in ("red-1", "red-2")]
            for who in (TOMASZ, ANNIKA, WEILING)
        }
        assert list(seen.values()) == [[True, False], [True, True], [False, False]]
        assert archive.redaction(archive.actor(TOMASZ), "red-1") == asked()
        assert archive.open_redaction(archive.actor(TOMASZ), "i1", CROS.visibility) is None


def test_of_two_that_are_asked_for_at_once_the_second_is_a_conflict(kept):
    with pytest.raises(Conflict), kept.writing() as archive:
        archive.ask_redaction(archive.actor(ANNIKA), asked("red-3"))


def test_of_two_answers_the_second_is_a_conflict_and_then_another_can_be_asked_for(kept):
    ended = asked().settled(State.DECLINED, "PER-ANNIKA", NOW, "no name")
    with kept.writing() as archive:
        archive.settle_redaction(archive.actor(ANNIKA), ended)
    with pytest.raises(Conflict), kept.writing() as archive:
        archive.settle_redaction(archive.actor(ANNIKA), ended)
    with kept.writing() as archive:
        archive.ask_redaction(archive.actor(ANNIKA), asked("red-4"))


def test_words_go_from_notes_drafts_messages_and_answers_and_from_nothing_else(kept):
    other = {"said": f"something else; {WORDS}"}
    with kept.writing() as archive:
        annika = archive.actor(ANNIKA)
        for number, text in enumerate((WORDS, "another note")):
            note = Note(f"n{number}", "i1", "P-NOR", Visibility.SHARED, annika.person, NOW, text)
            archive.add_note(annika, note)
        archive.keep_draft(Draft("mine", annika.person, {"text": WORDS}, NOW))
        archive.keep_draft(Draft("theirs", "PER-WEILING", {"text": WORDS}, NOW))
        for subject in ("i1/3", "i2/3"):
            letter = Letter("issue.news", subject, {"said": f"“{WORDS}”, he wrote"})
            archive.promise(
                OutboxMessage(f"k:{subject}", letter, Audience(room="ROOM-NOR"), NOW, 1, live=True)
            )
        archive.once("r1", Letter("refusal", "OldCard", {**other, "beside subject": "i1"}), NOW)
        archive.once("r2", Letter("refusal", "OldCard", other), NOW)
    with kept.writing() as archive:
        annika = archive.actor(ANNIKA)
        archive.erase_notes(annika, "i1", Visibility.SHARED, {WORDS})
        archive.forget_words("i1", {annika.person}, {WORDS})
        assert [one.text for one in archive.notes(annika, "i1")] == [REDACTED, "another note"]
        assert archive.draft(annika, "mine") is None
        assert archive.draft(archive.actor(WEILING), "theirs") is not None
        assert archive.served("r1").facts["said"] == f"something else; {REDACTED}"
        assert archive.served("r2").facts == other
        live = archive.live_letters("i1")
        assert [(one.subject, who.room) for one, who in live] == [("i1/3", "ROOM-NOR")]
