"""What needs attention in the example world: exactly what is expected of it, and to nobody more than that."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from adapters.cli import attention
from bot.actors import CLOCK
from bot.errors import Refusal
from bot.handlers.attention import Asked, look
from storage.load.file import SECTIONS, load
from tests.governance.example import EXAMPLE
from tests.governance.oracle import CODES, expected, shown
from tests.postgres import beside
from tests.storage.test_load import AS_OF
from tests.world import example

PEOPLE = [one["id"] for one in EXAMPLE["people"]]

AT_NOR = {"partnership": "P-NOR", "study": "HAL-301", "owner": "PER-06", "counterpart": None}
BY_CRO = {"raised_by": "PER-09", "owner": "PER-10"}
FOR_TWO = {"visible_to_people": ["PER-10", "PER-02"]}


@pytest.fixture
def loaded(store):
    load(store, example(), AS_OF)
    return store


def seen(store, person, at=AS_OF):
    """What the command prints as JSON, sorted."""
    report = look(store, Asked(person, "a test", at), AS_OF)
    told = json.loads(attention.listed(report))
    return sorted((one["code"], one["entity"], one["finding"], one["visible_to"]) for one in told)


def wanted(person):
    """What the file itself says that this person may see."""
    company = next(one["org"] for one in EXAMPLE["people"] if one["id"] == person)
    own = {"sponsor"} if company == "ORG-HAL" else {f"P-{company[-3:]}"}
    return sorted(
        (one["code"], one["entity"], one["finding"], one["visible_to"])
        for one in EXAMPLE["expected"]["findings"]
        if one["code"] in CODES and {*one["visible_to"]} & {*own, person}
    )


def test_each_of_the_twelve_sees_exactly_what_is_expected(loaded):
    assert len(PEOPLE) == 12
    for person in PEOPLE:
        assert seen(loaded, person) == wanted(person), person


def test_the_second_opinion_says_what_the_file_says():
    found = expected(EXAMPLE, AS_OF)
    assert all(shown(EXAMPLE, found, person) == wanted(person) for person in PEOPLE)


def test_it_is_judged_at_the_time_that_is_asked_for(loaded):
    for days in (-40, -6, 1, 4, 45):
        at = AS_OF + timedelta(days=days, hours=days)
        found = expected(EXAMPLE, at)
        for person in ("PER-05", "PER-09", "PER-11"):
            assert seen(loaded, person, at) == shown(EXAMPLE, found, person)


def test_looking_is_recorded_for_both_companies_and_in_the_chain_of_what_is_restricted(loaded):
    look(loaded, Asked("elena", "inspection on Monday", AS_OF), AS_OF)
    look(loaded, Asked("PER-12", "inspection on Monday"), AS_OF)
    with loaded.reading() as archive:
        annika, gareth, tomasz = (archive.person_actor(one) for one in ("PER-09", "PER-12", "PER-04"))
        brought, *told = archive.history(annika, "P-NOR")
        others = archive.history(gareth, "P-QUI")[1:]
        secret = archive.history(CLOCK, "HAL-RST-K7Q2")
        hidden = archive.history(tomasz, "HAL-RST-K7Q2")
    assert (brought.what, brought.person) == ("operator.load", "")
    assert [(one.what, one.why, one.after["read_as"]) for one in told] == [
        ("operator.findings", "inspection on Monday", "PER-05")
    ]
    assert [one.after["read_as"] for one in others] == ["PER-05", "PER-12"]
    assert [one.after["read_as"] for one in secret if one.what == "operator.findings"] == ["PER-05"]
    assert hidden == ()
    assert "HAL-RST-K7Q2" not in str((told, others))


REFUSED = (
    ("PER-09", "", "Say why you look: --reason TEXT"),
    ("PER-09", " - ", "Say why you look: --reason TEXT"),
    ("PER-09", "Subject 101-0007 withdrew", "That reason looks like data about a participant"),
    ("PER-09", "x" * 501, "A reason has at most 500 characters and that one has 501"),
    ("PER-77", "a test", "Nobody here is called “PER-77”"),
    ("", "a test", "Nobody here is called"),
    ("Beaumont", "a test", "Charlotte Beaumont (PER-07) has no access any more"),
    ("T", "a test", "Nobody here is called “T”"),
    ("ma", "a test", "“ma” could be"),
)


def test_who_cannot_look_is_told_so_and_nothing_is_recorded(loaded):
    with loaded.writing() as archive:
        archive.connection.exec_driver_sql("UPDATE person SET active = false WHERE id = 'PER-07'")
        archive.connection.exec_driver_sql("UPDATE person SET name = 'Mara Okonkwo' WHERE id = 'PER-08'")
    for who, reason, words in REFUSED:
        with pytest.raises(Refusal) as refused:
            look(loaded, Asked(who, reason, AS_OF), AS_OF)
        assert words in refused.value.sentence
    with beside(loaded, writes=False) as record:
        looked = "SELECT count(*) FROM audit WHERE what = 'operator.findings'"
        assert record.exec_driver_sql(looked).scalar() == 0


def test_the_table_speaks_the_readers_words(loaded):
    told = attention.table(look(loaded, Asked("rafael.monteiro", "a test", AS_OF), AS_OF)).splitlines()
    assert told[0] == (
        "As Rafael Monteiro (Northmere Clinical Ltd) may see it on Tue 10 Nov 2026, 06:00 UTC-3:"
    )
    backups = next(line for line in told if "back-up" in line)
    assert "key roles with no named back-up: David Okonkwo, Annika Lindqvist" in backups
    assert backups.endswith("(Northmere Clinical Ltd alone)")
    assert not any("QUI" in line or "HAL-RST" in line for line in told)


def test_where_nothing_needs_attention_it_says_so(loaded):
    with loaded.writing() as archive:
        archive.connection.exec_driver_sql("UPDATE person SET backup = 'PER-12' WHERE id = 'PER-11'")
        archive.connection.exec_driver_sql("UPDATE counterpart SET sponsor = 'PER-01' WHERE sponsor = ''")
    at = datetime(2026, 10, 14, tzinfo=UTC)
    told = attention.table(look(loaded, Asked("PER-12", "a test", at), AS_OF))
    assert told.endswith("Wed 14 Oct 2026, 02:00 CEST: nothing needs attention.")


def test_what_one_side_or_a_few_people_have_shows_to_nobody_else(store):
    """Not in a finding, nor in a number, nor in what is recorded of the looking."""
    world = {name: EXAMPLE[name] for name in SECTIONS if name in EXAMPLE}
    late = next(one for one in world["issues"] if one["id"] == "QUI-ISS-002") | AT_NOR
    world["issues"] = [
        *world["issues"],
        late | {"id": "HAL-ISS-091", "visibility": "sponsor_internal"},
        late | {"id": "NORI-ISS-092", "visibility": "cro_internal"} | BY_CRO,
        late | {"id": "NOR-RST-X9", "visibility": "restricted"} | FOR_TWO,
    ]
    load(store, json.dumps(world), AS_OF)
    found = expected(world, AS_OF)
    sees = {person: {one[1] for one in seen(store, person)} for person in PEOPLE}
    assert all(seen(store, person) == shown(world, found, person) for person in PEOPLE)
    assert {person for person in PEOPLE if "HAL-ISS-091" in sees[person]} == set(PEOPLE[:6])
    assert {person for person in PEOPLE if "NORI-ISS-092" in sees[person]} == set(PEOPLE[6:10])
    assert {person for person in PEOPLE if "NOR-RST-X9" in sees[person]} == {"PER-02", "PER-10"}
    with store.reading() as archive:
        told = str([archive.history(archive.person_actor("PER-09"), one) for one in ("P-NOR", "NOR-RST-X9")])
    assert not any(hidden in told for hidden in ("HAL-ISS-091", "NOR-RST-X9", "ack_breached"))
