"""Committees, sessions, decisions and commitments of a file: whole with their stories, and never an alarm."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.actors import CLOCK
from bot.governance.commitment import Claim, State
from bot.governance.decision import Quorum, Status
from bot.governance.kept import kept
from bot.governance.visibility import Side
from bot.joint import CommitmentFilter, DecisionFilter
from storage.load import joint
from storage.load.file import SECTIONS, WrongFile, load
from tests.governance.example import EXAMPLE
from tests.postgres import beside
from tests.storage.test_load import AS_OF, counted, dues
from tests.world import example

ALL = CommitmentFilter(open_only=False, limit=100)
SAID = {name: EXAMPLE[name] for name in SECTIONS}
WRONG = {
    "a chair of the other side": (
        "chairs: {sponsor: PER-04, cro: PER-09}",
        "chairs: {sponsor: PER-09, cro: PER-09}",
        "the sponsor's chair is of the sponsor",
    ),
    "a member nobody knows": ("members: [PER-04, PER-09", "members: [PER-77, PER-09", "“PER-77”"),
    "a member twice": ("members: [PER-04, PER-09", "members: [PER-09, PER-09", "“PER-09” is there twice"),
    "a tier that is none": ("tier: 1", "tier: 7", "it must be 1 to 4"),
    "a committee twice": ("- id: NOR-JSC", "- id: NOR-JOC", "“NOR-JOC” is there twice"),
    "a session of no committee": ("committee: NOR-SOM", "committee: NOR-XXX", "not in the file"),
    "a day that is none": ("date: '2026-11-03'", "date: '2026-11-33'", "not a date"),
    "people at a session to come": (
        "  date: '2026-12-09'\n  status: planned\n  attended: []",
        "  date: '2026-12-09'\n  status: planned\n  attended: [PER-01]",
        "the session is planned, not held",
    ),
    "minutes before the session": (
        "minutes_issued: '2026-11-04'",
        "minutes_issued: '2026-11-02'",
        "before the session",
    ),
    "somebody of another CRO at a session": (
        "attended: [PER-04, PER-09, PER-10]",
        "attended: [PER-04, PER-12]",
        "neither company",
    ),
    "a decision of no session": ("meeting: NOR-MTG-06", "meeting: NOR-MTG-66", "not in the file"),
    "a decider of the other side of what is one side's own": (
        "deciders: [PER-01, PER-02]",
        "deciders: [PER-01, PER-09]",
        "is of the sponsor",
    ),
    "a status that is none": ("status: provisional", "status: perhaps", "must be one of provisional"),
    "a restricted decision": (
        "status: provisional\n  visibility: shared",
        "status: provisional\n  visibility: restricted",
        "only issues are that",
    ),
    "a commitment of nobody": ("owner: PER-10\n  side: cro", "owner: PER-77\n  side: cro", "“PER-77”"),
    "a commitment on the wrong side": (
        "owner: PER-10\n  side: cro",
        "owner: PER-10\n  side: sponsor",
        "but the owner, PER-10, is of the cro",
    ),
    "a promise to one's own side": ("made_to: PER-04\n", "made_to: PER-09\n", "is of the sponsor"),
    "a commitment twice": ("id: NOR-CMT-02", "id: NOR-CMT-01", "“NOR-CMT-01” is there twice"),
    "another day without a move": (
        "due: '2026-10-16'\n  times_moved: 0",
        "due: '2026-10-12'\n  times_moved: 0",
        "it was never moved",
    ),
    "done without a day": ("done_on: '2026-09-28'", "done_on: null", "lacks “done_on”"),
    "a day on which what is open was done": (
        "times_moved: 2\n  status: accepted\n  done_on: null",
        "times_moved: 2\n  status: accepted\n  done_on: '2026-11-01'",
        "but the status is accepted",
    ),
    "a claim of nobody": ("claims: {cro: met", "claims: {regulator: met", "each of the two sides"),
    "a session nobody knows": (
        "source: NOR-MTG-01\n  first_due",
        "source: NOR-MTG-71\n  first_due",
        "not in the file",
    ),
}


@pytest.fixture
def loaded(store):
    load(store, example(), AS_OF)
    return store


def test_everything_the_file_tells_of_them_is_kept_with_a_line_each(loaded):
    with loaded.reading() as archive:
        moved, disputed, silent, waits = (
            archive.commitment(CLOCK, f"NOR-CMT-{number}") for number in ("01", "10", "03", "08")
        )
        own = archive.decision(CLOCK, "HAL-DEC-001")
        ratify = archive.decision(CLOCK, "NOR-DEC-003")
        board, held = archive.committee(CLOCK, "NOR-JOC"), archive.meeting(CLOCK, "NOR-MTG-06")
        told = [(one.what, one.why) for one in archive.history(CLOCK, "NOR-CMT-03")]
    assert (moved.times_moved, moved.moves, moved.first_due) == (2, (), date(2026, 9, 15))
    assert (moved.source, moved.linked) == ("NOR-MTG-03", {"issue": "NOR-ISS-002"})
    assert disputed.claims == (
        Claim(Side.SPONSOR, "allocation is 0.6 FTE since August"),
        Claim(Side.CRO, "met on 2026-09-30"),
    )
    assert (silent.state, silent.confirmed_by) == (State.CONFIRMED, "")
    assert silent.confirmed_at == datetime(2026, 11, 5, 17, tzinfo=UTC)
    assert [what for what, _ in told] == ["commit.confirm", "commit.load"]  # each at its own time
    assert (waits.state, waits.confirm_by) == (State.DONE, datetime(2026, 11, 10, 17, tzinfo=UTC))
    assert (own.partnership, own.quorum, own.status) == ("P-NOR", Quorum.NONE, Status.FINAL)
    assert (ratify.quorum, ratify.session) == (Quorum.NOT_QUORATE, "NOR-MTG-05")
    assert (board.per_side, board.needs_chairs, board.cro_chair) == (2, True, "PER-08")
    assert held.sides["PER-08"] is Side.CRO


def test_kept_on_time_counts_what_the_file_expects(loaded):
    """By the first date, over all done or accepted whose first due date is past."""
    with loaded.reading() as archive:
        every = archive.commitments(CLOCK, ALL)
    wanted = EXAMPLE["expected"]["commitments_kept_on_time"]
    found = {"all": kept(every, AS_OF.date())}
    found |= {
        side.value: kept([one for one in every if one.owner_side is side], AS_OF.date()) for side in Side
    }
    assert {name: str(one) for name, one in found.items()} == {name: wanted[name] for name in found}


def test_each_reads_what_their_side_may_and_numbers_go_on_after_the_files(loaded):
    with loaded.writing() as archive:
        ingrid, annika, gareth = (archive.person_actor(one) for one in ("PER-01", "PER-09", "PER-12"))
        assert archive.decision(annika, "HAL-DEC-001") is None
        assert archive.decision(ingrid, "HAL-DEC-001")
        assert {one.partnership for one in archive.commitments(gareth, ALL)} == {"P-QUI"}
        assert archive.meetings(gareth, "P-NOR") == archive.committees(gareth, "P-NOR") == ()
        assert archive.meeting(gareth, "NOR-MTG-01") is archive.committee(gareth, "NOR-JOC") is None
        homes = {
            scope.partnership: scope for scope in annika.sees | gareth.sees if scope.visibility == "shared"
        }
        assert archive.next_number(annika, homes["P-NOR"], "CMT") == "NOR-CMT-011"
        assert archive.next_number(gareth, homes["P-QUI"], "CMT") == "QUI-CMT-003"
        assert archive.next_number(annika, homes["P-NOR"], "DEC") == "NOR-DEC-005"
        assert archive.next_number(annika, homes["P-NOR"], "ACT") == "NOR-ACT-001"


@pytest.mark.parametrize("days", [-60, -6, 0, 20])
def test_whenever_it_is_loaded_nothing_is_told_and_no_reminder_is_past(store, days):
    now = AS_OF + timedelta(days=days)
    load(store, example(), now)
    found = {key: at for key, at in dues(store).items() if key.startswith(("commit.", "decision."))}
    assert all(at > now for at in found.values())
    assert days != 0 or found["commit.confirm_due:NOR-CMT-08"] == datetime(2026, 11, 10, 17, tzinfo=UTC)
    with beside(store, writes=False) as record:
        assert record.exec_driver_sql("SELECT count(*) FROM outbox").scalar() == 0


def test_what_an_older_parley_left_out_comes_in_when_the_file_is_loaded_again(store):
    """It knew the file, and not these sections of it."""
    load(store, example(), AS_OF)
    with beside(store) as record:
        for table in ("commitment", "decision", "meeting", "committee"):
            record.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 our own table names
        record.exec_driver_sql("DELETE FROM series WHERE noun IN ('CMT', 'DEC')")
        old = json.dumps([one for one in SECTIONS if one not in joint.SECTIONS])
        record.exec_driver_sql(f"UPDATE taken SET sections = '{old}'")  # noqa: S608 our own words only
    with store.writing() as archive:
        annika = archive.person_actor("PER-09")
        shared = next(one for one in annika.sees if one.visibility == "shared")
        assert archive.next_number(annika, shared, "CMT") == "NOR-CMT-001"
    before = counted(store)
    again = load(store, example(), AS_OF + timedelta(days=1))
    assert again.words.startswith(
        "That file is in the record already, but for 12 commitments, 5 decisions and 11 sessions: loaded."
    )
    assert [left == right for left, right in zip(before, counted(store), strict=True)][:3] == [True] * 3
    with store.writing() as archive:
        assert len(archive.decisions(CLOCK, DecisionFilter(limit=50))) == 5
        assert archive.next_number(annika, shared, "CMT") == "NOR-CMT-011"
    assert "nothing changed" in load(store, example(), AS_OF).words


def test_one_that_is_there_by_that_number_is_refused_and_nothing_comes_in(store):
    load(store, example(), AS_OF)
    with beside(store) as record:
        record.exec_driver_sql("UPDATE taken SET sections = '[]'")
    with pytest.raises(WrongFile, match="“NOR-SOM” is in the record already; give it another id"):
        load(store, example(), AS_OF)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # refused before anything is asked of it
def test_a_wrong_one_is_refused_whole_with_its_line_and_the_reason(store):
    text, before = example(), counted(store)
    for right, wrong, reason in WRONG.values():
        assert right in text, right
        with pytest.raises(WrongFile) as refused:
            load(store, text.replace(right, wrong, 1), AS_OF)
        assert reason in refused.value.reason, (right, refused.value.reason)
        first = text[: text.index(right)].count("\n") + 1
        assert abs(refused.value.line - first) <= 3
    assert counted(store) == before


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_hides_from_its_readers_or_looks_like_a_participant_is_refused_and_what_is_unknown_named(store):
    def with_(section, **changes):
        first, *rest = SAID[section]
        return json.dumps(SAID | {section: [first | changes, *rest]})

    for text, reason in (
        (with_("commitments", linked={"issue": "HAL-RST-K7Q2"}), "names “HAL-RST-K7Q2”"),
        (with_("commitments", text="Subject 101-0007 is called back"), "looks like data about a participant"),
        (with_("decisions", supersedes="NOR-DEC-001"), "not in the file"),
        (with_("decisions", partnership="P-QUI"), "NOR-MTG-01 is a session of P-NOR"),
    ):
        with pytest.raises(WrongFile, match=reason):
            load(store, text, AS_OF)
    taken = load(store, with_("commitments", budget="EUR 4"), AS_OF)
    assert "commitments.budget" in taken.unknown
