"""A file is taken whole or not at all, keeps its numbers, and never alarms anybody."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.actors import CLOCK
from storage.load.file import WrongFile, as_of, load
from storage.queues import due
from tests.postgres import beside
from tests.world import example

AS_OF = datetime(2026, 11, 10, 9, tzinfo=UTC)
TABLES = ("organisation", "person", "issue", "audit", "outbox", "due", "series", "taken")

WRONG = {
    "not YAML at all": ("meta:", "meta: [", "not YAML"),
    "another schema": ("oversight-example/1", "oversight-example/9", "should be oversight-example/1"),
    "an unknown person": ("owner: PER-10", "owner: PER-77", "“PER-77”, which is not in the file"),
    "an owner of another partnership": ("owner: PER-10", "owner: PER-12", "belongs to neither company"),
    "a severity that is none": ("severity: minor", "severity: tiny", "must be one of critical, major, minor"),
    "a state that is none": ("status: investigating", "status: thinking", "must be one of new"),
    "a class that is none": ("visibility: restricted", "visibility: secret", "must be one of shared"),
    "a time without its zone": ("'2026-11-04T13:00:00Z'", "'2026-11-04T13:00:00'", "lacks its zone"),
    "a day that is none": ("'2026-12-24'", "'2026-12-44'", "not a date"),
    "a zone that is none": ("Europe/Madrid", "Europe/Atlantis", "not a zone like Europe/Zurich"),
    "a negative limit": ("ack: {elapsed_hours: 4}", "ack: {elapsed_hours: -4}", "cannot be negative"),
    "two kinds of limit": (
        "ack: {elapsed_hours: 4}",
        "ack: {elapsed_hours: 4, business_days: 1}",
        "either elapsed_hours or business_days",
    ),
    "a severity without rules": (
        "    minor:\n      definition",
        "    small:\n      definition",
        "lacks “minor”",
    ),
    "a role that is none": ("role: finance_lead", "role: wizard", "must be one of executive_sponsor"),
    "a tag that is none": ("  role: finance_lead", "  role: finance_lead\n  blinded: no", "true or false"),
    "an unblinded topic of people who are not tagged": (
        "visible_to_people: [PER-01, PER-05]",
        "visible_to_people: [PER-01, PER-05]\n  unblinded: true",
        "not tagged as unblinded",
    ),
    "the same id twice": ("- id: NOR-ISS-002", "- id: NOR-ISS-001", "“NOR-ISS-001” is there twice"),
    "a title that is missing": ("  title: Enrolment 18 points under plan\n", "", "lacks “title”"),
    "a working day that is none": ("[mon, tue, wed, thu, fri]", "[mon, noday]", "needs days out of mon"),
    "hours that are none": ("working_hours: '08:30-17:30'", "working_hours: all day", "not hours like"),
    "a back-up of the other company": ("backup: PER-03", "backup: PER-09", "belongs to neither company"),
    "a line that side does not have": (
        "line: quality, side: cro",
        "line: safety, side: cro",
        "a cro has quality",
    ),
    "a contact of the other side": (
        "side: cro, person: PER-08",
        "side: cro, person: PER-05",
        "neither company",
    ),
    "a contact without a phone": (", phone: '+44 20 7946 0110'", "", "lacks “phone”"),
    "a room of a stranger": (
        "partnership: P-NOR, visibility: shared, organisation: ORG-NOR",
        "partnership: P-NOR, visibility: shared, organisation: ORG-QUI",
        "which is not in P-NOR",
    ),
}


def counted(store):
    with beside(store, writes=False) as connection:
        return [connection.exec_driver_sql(f"SELECT count(*) FROM {one}").scalar() for one in TABLES]  # noqa: S608 - our own table names


def dues(store):
    """When each clock rings, by its key."""
    with beside(store, writes=False) as connection:
        return {row.key: row.at for row in connection.execute(select(due))}


def test_the_example_is_taken_with_its_numbers_and_what_is_not_known_is_named(store):
    taken = load(store, example(), AS_OF)
    assert (taken.people, taken.issues) == (12, 10)
    assert "commitments" not in taken.unknown
    assert "kpis" in taken.unknown
    assert [name for name in taken.unknown if name.startswith("issues")] == []
    assert "contacts" not in taken.unknown
    with store.reading() as archive:
        assert archive.issue(CLOCK, "NOR-ISS-007").title.startswith("IRT let two sites")
        assert archive.issue(CLOCK, "HAL-RST-K7Q2").readers == frozenset({"PER-01", "PER-05"})


def test_new_numbers_go_on_after_those_of_the_file(store):
    load(store, example(), AS_OF)
    with store.writing() as archive:
        annika, gareth = archive.person_actor("PER-09"), archive.person_actor("PER-12")
        shared = {
            scope.partnership: scope
            for actor in (annika, gareth)
            for scope in actor.sees
            if scope.visibility == "shared"
        }
        assert archive.next_number(annika, shared["P-NOR"], "ISS") == "NOR-ISS-008"
        assert archive.next_number(gareth, shared["P-QUI"], "ISS") == "QUI-ISS-003"


def test_a_second_time_changes_nothing(store):
    load(store, example(), AS_OF)
    before = counted(store)
    assert load(store, example(), AS_OF).before
    assert counted(store) == before


def test_no_load_ever_alarms(store):
    """A limit already past is recorded as run out before Parley; no message and no clock comes of it."""
    load(store, example(), AS_OF)
    with store.reading() as archive:
        late = archive.issue(CLOCK, "QUI-ISS-002")
        told = [entry.why for entry in archive.history(CLOCK, "QUI-ISS-002")]
    assert (late.acknowledged_at, late.ack_due, late.missed) == (None, None, True)
    assert "the acknowledgement limit ran out before Parley, 2026-11-05T17:00:00+00:00" in told
    assert dict(zip(TABLES, counted(store), strict=True))["outbox"] == 0
    assert min(dues(store).values()) > AS_OF


@pytest.mark.parametrize("days", [-30, -6, 0, 1, 3, 5, 20, 90])
def test_whenever_it_is_loaded_no_clock_is_past(store, days):
    """A legal clock speaks several times, and all that would have been said by then stays unsaid."""
    now = AS_OF + timedelta(days=days)
    load(store, example(), now)
    assert all(at > now for at in dues(store).values())
    assert dict(zip(TABLES, counted(store), strict=True))["outbox"] == 0


def test_a_limit_that_is_still_to_come_is_set(store):
    load(store, example(), datetime(2026, 11, 4, 14, tzinfo=UTC))
    limit = datetime(2026, 11, 5, 17, tzinfo=UTC)
    with store.reading() as archive:
        assert archive.issue(CLOCK, "QUI-ISS-002").ack_due == limit
    assert dues(store)["issue.ack:QUI-ISS-002"] == limit
    assert dues(store)["issue.plan:QUI-ISS-002"] == datetime(2026, 11, 11, 17, tzinfo=UTC)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # refused before anything is asked of it
@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_file_is_refused_whole_with_its_line_and_the_reason(store, case):
    right, wrong, reason = WRONG[case]
    text = example()
    assert right in text
    line = text[: text.index(right)].count("\n") + 1
    with pytest.raises(WrongFile, match="line") as refused:
        load(store, text.replace(right, wrong, 1), AS_OF)
    assert reason in str(refused.value)
    assert abs(refused.value.line - line) <= 26  # what lacks something is named where it begins
    assert counted(store) == [0] * len(TABLES)


def test_a_file_about_companies_already_here_is_refused(store):
    load(store, example(), AS_OF)
    with pytest.raises(WrongFile, match="is in the record already"):
        load(store, example() + "\n# another edition\n", AS_OF)


def test_an_empty_file_and_one_that_is_no_mapping_are_refused(store):
    for text in ("", "- 1\n- 2\n", "just words", "a: &x [1]\nb: *x\n"):
        with pytest.raises(WrongFile):
            load(store, text, AS_OF)


def test_the_file_says_at_what_time_its_world_stands():
    assert as_of(example()) == AS_OF


def test_people_are_tagged_as_blinded_or_unblinded(store):
    text = example().replace("name: Ingrid Solheim", "name: Ingrid Solheim\n  blinded: true", 1)
    load(store, text.replace("name: Elena Duarte", "name: Elena Duarte\n  blinded: false", 1), AS_OF)
    with store.reading() as archive:
        tags = {one.name: one.blinding for one in archive.people(CLOCK, "P-NOR") if one.blinding}
    assert tags == {"Ingrid Solheim": "blinded", "Elena Duarte": "unblinded"}
