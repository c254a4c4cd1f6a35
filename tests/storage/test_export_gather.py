"""A dossier is one reader's lawful view with its proof: each of the twelve, and nothing that time changes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.actors import CLOCK
from bot.dossier import entry_of
from bot.errors import Refusal
from bot.governance.commitment import Commitment
from bot.governance.decision import Decision
from bot.governance.export import About
from bot.governance.issue import Issue
from bot.governance.visibility import Scope, Visibility
from bot.handlers.export_gather import NothingToExport, gather
from bot.handlers.export_words import WhichPartnership, meant
from bot.joint import CommitmentFilter, DecisionFilter
from bot.records import Entry, IssueFilter
from storage.load.file import load
from tests.governance.example import EXAMPLE
from tests.postgres import beside
from tests.storage.test_load import AS_OF
from tests.world import example

PEOPLE = {one["id"]: one["org"] for one in EXAMPLE["people"]}
ISSUE = "NOR-ISS-003"
SHARED = Scope("P-NOR", Visibility.SHARED)
CRO = Scope("P-NOR", Visibility.CRO_INTERNAL)
EVERYTHING = About()


@pytest.fixture
def loaded(store):
    load(store, example(), AS_OF)
    return store


def seen(store, person, about=EVERYTHING):
    with store.reading() as archive:
        return gather(archive, archive.person_actor(person), about)


def asked(store, person, words, partnership=""):
    with store.reading() as archive:
        return meant(archive, archive.person_actor(person), words, partnership)


def write(store, *entries):
    with store.writing() as archive:
        for entry in entries:
            archive.record(entry)


def line(scope=SHARED, what="issue.update", record=ISSUE, why="why", minutes=1, person="PER-09"):
    return Entry(
        what, person, AS_OF + timedelta(minutes=minutes), scope, "", record, why, None, {"version": 2}
    )


def everything(archive):
    """Every record there is."""
    homes = [one.id for one in archive.partnerships(CLOCK)]
    every = {"open_only": False, "limit": 500}
    return (
        *archive.issues(CLOCK, IssueFilter(**every)),
        *archive.decisions(CLOCK, DecisionFilter(limit=500)),
        *archive.commitments(CLOCK, CommitmentFilter(**every)),
        *(one for home in homes for one in archive.meetings(CLOCK, home)),
    )


def may_read(archive, reader, record):
    """Whether one reader may open it."""
    reads = {Issue: archive.issue, Decision: archive.decision, Commitment: archive.commitment}
    return reads.get(type(record), archive.meeting)(reader, record.id)


def test_each_of_the_twelve_takes_away_exactly_what_they_may_see(loaded):
    with loaded.reading() as archive:
        every = everything(archive)
    for person, company in PEOPLE.items():
        dossier = seen(loaded, person)
        with loaded.reading() as archive:
            reader = archive.person_actor(person)
            mine = {one.id for one in every if may_read(archive, reader, one)}
        assert {item.record.id for item in dossier.items} == mine
        own = {Scope(link.partnership, Visibility(link.visibility)) for link in dossier.links}
        assert {one for one in own if one.visibility is not Visibility.RESTRICTED} <= reader.sees
        assert dossier.broken == ""
        assert (dossier.reader.id, dossier.company) == (person, dict(dossier.companies)[company])
        assert {one.organisation for one in dossier.people} <= {found for found, _ in dossier.companies}


def test_nothing_of_one_side_or_of_another_partnership_is_in_it(loaded):
    write(loaded, line(CRO, "issue.note", why="our margin is negative"))
    assert "margin" in repr(seen(loaded, "PER-09", About(record=ISSUE)))
    for person in ("PER-01", "PER-04"):
        told = repr(seen(loaded, person))
        assert "margin" not in told
        assert "cro_internal" not in told
    told = repr(seen(loaded, "PER-12"))
    assert not any(word in told for word in ("NOR-ISS", "P-NOR", "Northmere", "PER-09"))


def test_a_line_about_another_record_shows_only_what_proves_the_chain(loaded):
    dossier = seen(loaded, "PER-09", About(record=ISSUE))
    own = [link for link in dossier.links if link.record == ISSUE]
    other = [link for link in dossier.links if link.record != ISSUE]
    assert own
    assert other
    assert all(link.payload for link in own)
    assert not any(link.payload or link.salt for link in other)
    shared = [link.seq for link in dossier.links if link.chain == "P-NOR:shared"]
    assert shared == list(range(1, len(shared) + 1))


def test_who_looked_or_took_away_changes_no_byte_of_it(loaded):
    before = seen(loaded, "PER-04")
    write(
        loaded,
        line(what="export.made", record="P-NOR"),
        line(what="export.made"),
        line(what="operator.export", record="P-NOR"),
        line(Scope("P-NOR", Visibility.RESTRICTED), "export.made", "HAL-RST-K7Q2"),
    )
    assert seen(loaded, "PER-04") == before
    with loaded.reading() as archive:
        told = [one.what for one in archive.history(archive.person_actor("PER-04"), ISSUE)]
    assert told[-1] == "export.made", "and still both may read that it was"


def test_what_happened_is_in_it_and_says_how_new_it_is(loaded):
    before = seen(loaded, "PER-04", About(record=ISSUE))
    write(loaded, line(why="the newest", minutes=7))
    after = seen(loaded, "PER-04", About(record=ISSUE))
    assert after.as_of == AS_OF + timedelta(minutes=7)
    assert after.items[0].story[:-1] == before.items[0].story
    assert entry_of(after.items[0].story[-1]).why == "the newest"


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_issues_stand_in_the_order_in_which_they_were_raised(loaded, order):
    with loaded.writing() as archive:
        actor = archive.person_actor("PER-09")
        first = archive.issue(actor, ISSUE)
        for at in order:
            named = {"id": f"z{at}", "number": f"NOR-ISS-{100 + at}"}
            archive.add_issue(actor, replace(first, **named, raised_at=AS_OF + timedelta(minutes=at)))
    items = seen(loaded, "PER-09", About(partnership="P-NOR")).items
    assert [item.record.id for item in items if isinstance(item.record, Issue)][-2:] == ["z1", "z2"]


def test_a_chain_that_was_touched_is_named(loaded):
    with beside(loaded) as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER audit_no_update"))
        else:
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
        connection.execute(
            text("UPDATE audit SET person = 'PER-10' WHERE chain = 'P-NOR:shared' AND seq = 3")
        )
    assert seen(loaded, "PER-04", About(record=ISSUE)).broken.startswith("Line 3 of the chain P-NOR:shared ")
    assert seen(loaded, "PER-12").broken == ""


def test_a_line_cut_off_at_the_end_is_noticed(loaded):
    write(loaded, line())
    with beside(loaded) as connection:
        connection.execute(text("UPDATE audit_chain SET seq = seq + 1 WHERE chain = 'P-NOR:shared'"))
    assert "is missing" in seen(loaded, "PER-04", About(record=ISSUE)).broken


def test_somebody_who_left_is_still_named_and_a_strangers_id_in_a_text_names_nobody(loaded):
    write(loaded, line(why="PER-12"))
    with beside(loaded) as connection:
        connection.execute(text("UPDATE person SET active = false WHERE id = 'PER-10'"))
    write(loaded, line(person="PER-10"))
    named = {one.id for one in seen(loaded, "PER-09", About(record=ISSUE)).people}
    assert "PER-10" in named
    assert "PER-12" not in named


def test_words_mean_an_issue_a_study_a_partner_or_words(loaded):
    assert asked(loaded, "PER-04", "nor-iss-003") == About(record=ISSUE)
    assert asked(loaded, "PER-04", "hal-301") == About(study="HAL-301")
    assert asked(loaded, "PER-04", "HAL-301 enrolment", "P-NOR") == About(
        "", "HAL-301", "P-NOR", words=("enrolment",)
    )
    assert asked(loaded, "PER-04", "Northmere enrolment") == About(partnership="P-NOR", words=("enrolment",))
    assert asked(loaded, "PER-04", "enrolment") == About(words=("enrolment",))
    assert asked(loaded, "PER-09", "") == asked(loaded, "PER-09", "Northmere") == About(partnership="P-NOR")
    for words in ("", "Halcyra"):
        with pytest.raises(WhichPartnership):
            asked(loaded, "PER-04", words)
    for words in ("JOC", "nor-joc", "the JOC", "Joint Operations Committee"):
        assert asked(loaded, "PER-04", words) == About(partnership="P-NOR", committee="NOR-JOC")
    assert asked(loaded, "PER-04", "JOC limit").words == ("limit",)
    for words, record in (
        ("dec-3", "NOR-DEC-003"),
        ("NOR-CMT-01", "NOR-CMT-01"),
        ("nor-mtg-05", "NOR-MTG-05"),
    ):
        assert asked(loaded, "PER-04", words) == About(record=record)


def test_what_is_hidden_and_what_is_not_there_is_the_same(loaded):
    told = set()
    for words in ("NOR-ISS-001", "NOR-ISS-999", "HAL-RST-K7Q2", "HAL-202", "Northmere", "enrolment", "104 x"):
        with pytest.raises(Refusal) as refused:
            asked(loaded, "PER-12", words)
        told.add((type(refused.value), refused.value.sentence))
    assert len(told) == 1
    with pytest.raises(NothingToExport):
        seen(loaded, "PER-12", About(record=ISSUE))
