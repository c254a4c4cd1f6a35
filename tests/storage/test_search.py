"""Search finds the same on both databases, in every kind of record, and nothing behind the wall."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.actors import CLOCK
from bot.governance.action import Action
from bot.governance.commitment import Claim, Commitment, Evidence, Move
from bot.governance.commitment import State as Promised
from bot.governance.decision import Decision, Dissent, Status
from bot.governance.session import Committee, Session
from bot.governance.visibility import Scope, Side, Visibility
from bot.records import Entry, Note, Search
from storage import fulltext, retention
from storage.audit import chain_of
from storage.load.file import load
from tests.postgres import beside
from tests.storage.test_load import AS_OF
from tests.world import example

ISSUE = "NOR-ISS-003"
SHARED = Scope("P-NOR", Visibility.SHARED)
CRO = Scope("P-NOR", Visibility.CRO_INTERNAL)
ODD = '100%_sure! it\'s "quoted" with a back\\slash at Überlingen, Straße 7,\n  CAFÉ Łódź 日本, protocol v7'
TYPED = ("100%_sure!", "100%", "it's", '"quoted"', "back\\slash", "überling", "STRASSE", "Café", "v7", "日本")
DAY = AS_OF.date()
VIRTUAL = 29  # SQLite's own number for making a virtual table


@pytest.fixture
def loaded(store):
    load(store, example(), AS_OF)
    return store


def say(store, words, scope=SHARED, person="PER-09", note=True, what="issue.update"):
    with store.writing() as archive:
        actor = archive.person_actor(person)
        at = AS_OF + timedelta(minutes=1)
        if note:
            note = Note(f"n-{words[:9]}", ISSUE, scope.partnership, scope.visibility, person, at, words)
            archive.add_note(actor, note)
        archive.record(Entry(what, person, at, scope, "", ISSUE, words, None, {"version": 2}))


def found(store, *words, person="PER-09", **more):
    with store.reading() as archive:
        actor = archive.person_actor(person)
        return archive.quoted(actor, words, archive.search(actor, Search(words, **more)))


def where(store, *words, person="PER-09", nouns=("issue",)):
    hits = found(store, *words, person=person, nouns=nouns)
    return {hit.record: [place for place, _ in hit.places] for hit in hits}


@pytest.mark.parametrize("note", [True, False], ids=["in an update", "in a reason"])
def test_every_sign_is_only_a_sign_and_words_are_found_by_their_beginning(loaded, note):
    say(loaded, ODD, note=note)
    place = "update" if note else "story"
    for word in (*TYPED, "łód", "with a ba", "ÜBERLINGEN, straße", "straße 7 café"):
        assert where(loaded, word) == {ISSUE: [place]}, word
    for word in ("Cafe", "berlingen", "strasse 8", "00%", "back quoted", "1000%", *"%_'-\\", '"'):
        assert ISSUE not in where(loaded, word), word


def test_the_same_letter_written_in_two_ways_is_the_same(loaded):
    say(loaded, "Za\u0308hler x\u0302")
    assert where(loaded, "z\u00e4hl") == where(loaded, "Z\u0041\u0308HLER") == {ISSUE: ["update"]}
    assert where(loaded, "x\u0302") == {ISSUE: ["update"]}


def test_all_words_must_stand_somewhere_in_one_record_and_its_places_are_named(loaded):
    say(loaded, "Screening is at 60 per site")
    assert where(loaded, "enrol", "HAL-301", "screen") == {ISSUE: ["title", "study", "update"]}
    assert where(loaded, "enrolment", "HAL-202") == {}
    (hit,) = found(loaded, "screening", nouns=("issue",))
    assert hit.places == (("update", "Screening is at 60 per site"),)
    assert (hit.noun, hit.number, hit.title) == ("issue", ISSUE, "Enrolment 18 points under plan")
    assert where(loaded, "nor-iss-003") == {ISSUE: ["number"]}
    assert where(loaded, "enrolment", "!?") == where(loaded, "enrolment") != {}


def test_a_word_longer_than_any_database_takes_is_kept_and_found_by_its_beginning(loaded):
    say(loaded, "ü" * 3000)
    assert where(loaded, "ü" * 60) == {ISSUE: ["update"]}


def test_codes_ids_and_what_the_record_calls_things_are_no_words(loaded):
    say(loaded, "late")
    for word in ("version", "raised_side", "null", "PER-09", "acknowledged_at", "taken from a file"):
        assert where(loaded, word) == {}, word


def test_nothing_behind_the_wall_is_found(loaded):
    say(loaded, "Our margin is negative", CRO, what="issue.note")
    assert where(loaded, "margin") == {ISSUE: ["note"]}
    for person in ("PER-01", "PER-04", "PER-11", "PER-12"):
        assert where(loaded, "margin", person=person) == {}
    assert where(loaded, "RST", person="PER-01") == {"HAL-RST-K7Q2": ["number"]}
    assert where(loaded, "RST") == where(loaded, "RST", person="PER-04") == {}


def test_who_reads_a_restricted_record_no_more_finds_it_no_more(loaded):
    with loaded.writing() as archive:
        issue = archive.issue(CLOCK, "HAL-RST-K7Q2")
        fewer = replace(issue, readers=issue.readers - {"PER-01"}, version=issue.version + 1)
        archive.save_issue(CLOCK, fewer)
    assert where(loaded, "RST", person="PER-01") == {}


def test_what_a_record_says_no_more_is_its_history(loaded):
    with loaded.writing() as archive:
        issue = archive.issue(CLOCK, ISSUE)
        archive.save_issue(CLOCK, replace(issue, title="Recruitment", version=issue.version + 1))
        before, after = {"title": issue.title}, {"title": "Recruitment"}
        archive.record(Entry("issue.change", "PER-09", AS_OF, SHARED, "", ISSUE, "", before, after))
    assert where(loaded, "recruitment") == {ISSUE: ["title"]}
    assert where(loaded, "enrolment", "points") == {ISSUE: ["story"]}


def test_what_was_erased_is_found_no_more_and_lies_in_no_file(loaded, database, tmp_path):
    say(loaded, "Zyxwvutsrq one", note=False)
    say(loaded, "Zyxwvutsrq two")
    assert where(loaded, "zyxwvutsrq", "one") == {ISSUE: ["update", "story"]}
    with loaded.writing() as archive:
        actor, lines = archive.person_actor("PER-09"), archive.history(CLOCK, ISSUE)
        links = archive.links_about(actor, ISSUE)
        chain = chain_of(lines[-1])
        archive.erase_lines(actor, chain, [one.seq for one in links if "Zyxwvu" in (one.payload or "")])
        archive.erase_notes(actor, ISSUE, Visibility.SHARED, ["Zyxwvutsrq two"])
    assert where(loaded, "zyxwvutsrq") == {}
    with beside(loaded) as connection:
        assert not connection.execute(text("SELECT 1 FROM said WHERE text LIKE '%Zyxwvu%'")).all()
    if database == "sqlite":
        loaded.close()
        assert not [one for one in tmp_path.iterdir() if b"yxwvutsrq" in one.read_bytes().lower()]


def test_a_record_that_is_kept_no_longer_is_found_no_more(loaded):
    assert where(loaded, "enrolment")
    with loaded.writing() as archive:
        retention.erase(archive, "P-NOR", DAY, AS_OF)
    assert where(loaded, "enrolment") == where(loaded, "NOR-ISS") == {}
    assert where(loaded, "QUI-ISS", person="PER-04")


def test_it_is_narrowed_to_a_partnership_a_study_classes_and_kinds(loaded):
    everything = [hit.record for hit in found(loaded, "ISS", person="PER-04")]
    assert {one[:3] for one in everything} == {"NOR", "QUI"}
    at_nor = [hit.record for hit in found(loaded, "ISS", person="PER-04", partnership="P-NOR")]
    assert at_nor == [one for one in everything if one.startswith("NOR")]
    assert found(loaded, "ISS", person="PER-04", classes=(Visibility.SPONSOR_INTERNAL,)) == ()
    assert found(loaded, "ISS", person="PER-04", nouns=("action",)) == ()
    assert len(found(loaded, "ISS", person="PER-04", nouns=("issue", "session"))) == len(everything)
    studied = {hit.record for hit in found(loaded, "ISS", study="HAL-301")}
    assert ISSUE in studied
    assert studied < set(everything)


def test_every_kind_of_record_is_found_by_every_part_of_it_and_changes_with_it(loaded):
    made = _between()
    with loaded.writing() as archive:
        _add(archive, made)
    parts = {
        "X-CMT-1": ("submit", "HAL-999", "vendor", "not quite", "binder 4", "too early"),
        "X-DEC-1": ("third site", "wait", "carry on", "screening", "budget", "minutes 7", "risky", "deck"),
        "X-ACT-1": ("ask Nils",),
        "X-MTG-1": ("oversight", "sandwiches"),
    }
    for record, words in parts.items():
        for word in (*words, record):
            assert record in where(loaded, word, nouns=()), word
            assert record not in where(loaded, word, person="PER-11", nouns=()), word
    assert where(loaded, "a third site", nouns=("decision", "commit")) == {"X-DEC-1": ["question"]}
    with loaded.writing() as archive:
        archive.save_decision(CLOCK, replace(made[1], outcome="Stop", version=2))
    assert where(loaded, "stop", "third", nouns=("decision",)) == {"X-DEC-1": ["outcome", "question"]}


def test_one_sides_own_promise_is_found_by_that_side_alone(loaded):
    promise = replace(_between()[0], visibility=Visibility.CRO_INTERNAL, text="Hire somebody quietly")
    with loaded.writing() as archive:
        archive.add_commitment(archive.person_actor("PER-09"), promise)
    assert where(loaded, "quietly", nouns=()) == {"X-CMT-1": ["text"]}
    assert where(loaded, "quietly", person="PER-01", nouns=()) == {}


def _between():
    """A promise, a decision, an action item and a session of the two companies."""
    promise = Commitment(
        *("X-CMT-1", "X-CMT-1", "P-NOR", Visibility.SHARED, "Submit the plan", "PER-09", Side.CRO, "PER-01"),
        *("PER-09", AS_OF, DAY, DAY, Promised.ACCEPTED),
        moves=(Move(AS_OF, "PER-09", DAY, DAY, "the vendor is late"),),
        claims=(Claim(Side.SPONSOR, "Not quite done"),),
        evidence=(Evidence("Binder 4"),),
        reason="Too early",
        study="HAL-999",
    )
    decision = Decision(
        *("X-DEC-1", "X-DEC-1", "P-NOR", Visibility.SHARED, "A third site?", "Go ahead"),
        *(Status.PROVISIONAL, "PER-09", AS_OF, DAY),
        options=("Carry on", "Wait"),
        rationale="Screening is slow",
        evidence=(Evidence("Minutes 7"),),
        dissent=(Dissent("PER-01", "Risky"),),
        note="See deck",
        reason="Budget",
    )
    action = Action(
        *("X-ACT-1", "X-ACT-1", "P-NOR", Visibility.SHARED, "Ask Nils", "PER-09", Side.CRO, "PER-09", AS_OF)
    )
    return promise, decision, action


def _add(archive, made):
    promise, decision, action = made
    archive.add_commitment(CLOCK, promise)
    archive.add_decision(CLOCK, decision)
    archive.add_action(CLOCK, action)
    board = ("X-JOC", "P-NOR", "Joint oversight committee", 2, "monthly", "PER-01", "PER-09", ())
    archive.save_committee(CLOCK, Committee(*board))
    archive.save_meeting(CLOCK, Session("X-MTG-1", "X-JOC", "P-NOR", DAY, note="Sandwiches were late"))


def test_a_sqlite_without_full_text_search_is_noticed():
    with closing(sqlite3.connect(":memory:")) as whole, closing(sqlite3.connect(":memory:")) as without:
        without.set_authorizer(lambda act, *_: sqlite3.SQLITE_DENY if act == VIRTUAL else sqlite3.SQLITE_OK)
        assert fulltext.is_there(whole)
        assert not fulltext.is_there(without)
    assert fulltext.lacking() == ""
