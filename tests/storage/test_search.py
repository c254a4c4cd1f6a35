"""Search finds the same on both databases, whatever signs are in the words, and nothing behind the wall."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.governance.visibility import Scope, Visibility
from bot.records import Entry, Note, Search
from storage.load.file import load
from tests.postgres import beside
from tests.storage.test_load import AS_OF
from tests.world import example

ISSUE = "NOR-ISS-003"
SHARED = Scope("P-NOR", Visibility.SHARED)
CRO = Scope("P-NOR", Visibility.CRO_INTERNAL)
ODD = '100%_sure! it\'s "quoted" with a back\\slash at Überlingen, Straße 7,\n  CAFÉ Łódź 日本'
TYPED = ("100%_sure!", "it's", '"quoted"', "back\\slash", "überlingen", "STRASSE", "straße", "Cafe", "café")


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
        return archive.search(archive.person_actor(person), Search(words, **more))


def where(store, *words, person="PER-09"):
    return {hit.issue: [place for place, _ in hit.places] for hit in found(store, *words, person=person)}


@pytest.mark.parametrize("note", [True, False], ids=["in an update", "in a reason"])
def test_every_sign_is_only_a_sign(loaded, note):
    say(loaded, ODD, note=note)
    place = "update" if note else "story"
    for word in (*TYPED, "łódź", "日本", "with a back", "ÜBERLINGEN, straße"):
        fits = word not in ("STRASSE", "Cafe")  # umlauts and accents count, and ß is no ss
        assert where(loaded, word) == ({ISSUE: [place]} if fits else {}), word
    for word in ("%", "_", "100__sure", "1%e", '"', "\\", "'"):
        assert (ISSUE in where(loaded, word)) == (word in ODD), word


def test_the_same_letter_written_in_two_ways_is_the_same(loaded):
    say(loaded, "Za\u0308hler")
    assert where(loaded, "z\u00e4hler") == where(loaded, "Z\u0041\u0308HLER") == {ISSUE: ["update"]}


def test_all_words_must_stand_somewhere_in_the_issue_and_its_places_are_named(loaded):
    say(loaded, "Screening is at 60 per site")
    assert where(loaded, "enrolment", "HAL-301", "screening") == {ISSUE: ["title", "study", "update"]}
    assert where(loaded, "enrolment", "HAL-202") == {}
    (hit,) = found(loaded, "screening")
    assert hit.places == (("update", "Screening is at 60 per site"),)
    assert where(loaded, "nor-iss-003") == {ISSUE: ["number"]}


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


def test_what_was_erased_is_found_no_more(loaded):
    say(loaded, "Unlucky phrase", note=False)
    line = "UPDATE audit SET payload = NULL, salt = NULL WHERE payload LIKE '%Unlucky%'"
    assert where(loaded, "unlucky")
    with beside(loaded) as connection:
        connection.execute(text(line))
    assert where(loaded, "unlucky") == {}


def test_it_is_narrowed_to_a_partnership_a_study_and_classes(loaded):
    everything = [hit.issue for hit in found(loaded, "-", person="PER-04")]
    assert {one[:3] for one in everything} == {"NOR", "QUI"}
    at_nor = [hit.issue for hit in found(loaded, "-", person="PER-04", partnership="P-NOR")]
    assert at_nor == [one for one in everything if one.startswith("NOR")]
    assert found(loaded, "-", person="PER-04", classes=(Visibility.SPONSOR_INTERNAL,)) == ()
    assert [hit.issue for hit in found(loaded, "-", study="HAL-202")] == []
