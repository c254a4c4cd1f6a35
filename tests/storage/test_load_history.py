"""An issue of a file is taken whole, with its history at its own times, or refused with the line."""

from datetime import UTC, date, datetime

import pytest

from bot.actors import CLOCK
from bot.governance.calendar import Stop
from bot.governance.escalation import Severity
from bot.governance.issue import Assessment, Capa, Graded, Hold, LegalClock, Plan, PlanStep, RootCause, State
from bot.governance.visibility import Side, Visibility
from storage.load.file import WrongFile, load
from storage.load.lines import read
from tests.storage.test_load import AS_OF, TABLES, counted
from tests.world import example

FROM_FILE = "taken from a file"
LAST = "  raised_against: sponsor\n  visibility: shared\n- id: NOR-ISS-007"  # the end of NOR-ISS-006
WRONG = {
    "acknowledged before it was raised": (
        "'2026-11-02T16:00:00Z'",
        "'2026-10-02T16:00:00Z'",
        "before the issue",
    ),
    "contained before it was raised": (
        "'2026-11-07T10:00:00Z'",
        "'2026-11-01T10:00:00Z'",
        "before the issue",
    ),
    "at a level before it was raised": (
        "'2026-09-22T17:00:00Z'",
        "'2026-09-02T17:00:00Z'",
        "before the issue",
    ),
    "closed before it was raised": ("closed_at: '2026-11-02'", "closed_at: '2026-08-02'", "before the issue"),
    "a plan due before it was agreed": (
        "due: '2026-10-30'}",
        "due: '2026-09-15'}",
        "before the plan was agreed",
    ),
    "a plan without a date": (
        "{agreed: '2026-09-28', due: '2026-10-30'}",
        "{agreed: '2026-09-28'}",
        "lacks “due”",
    ),
    "a plan agreed before it was raised": (
        "agreed: '2026-09-28'",
        "agreed: '2026-09-01'",
        "before the issue",
    ),
    "a counterpart of the owner's side": (
        "counterpart: PER-02",
        "counterpart: PER-10",
        "same side as the owner",
    ),
    "a counterpart nobody knows": ("counterpart: PER-02", "counterpart: PER-77", "not in the file"),
    "a counterpart of another company": ("counterpart: PER-02", "counterpart: PER-12", "neither company"),
    "a legal clock of the CRO's": ("pending, owner: PER-05}", "pending, owner: PER-08}", "sponsor's people"),
    "a legal clock that ended before it began": (
        "due: '2026-11-13'",
        "due: '2026-11-03'",
        "before the sponsor",
    ),
    "an assessment that is none": ("assessment: pending", "assessment: maybe", "must be one of pending"),
    "half a calendar day": ("limit_calendar_days: 7", "limit_calendar_days: 7.5", "not a whole number"),
    "a severity that is not the last": (
        "severity: major, by: PER-04",
        "severity: minor, by: PER-04",
        "ends with",
    ),
    "severities out of order": (
        "- {at: '2026-10-13T09:30:00Z', severity",
        "- {at: '2026-10-28T09:30:00Z', severity",
        "should begin with the oldest",
    ),
    "a severity before it was raised": (
        "- {at: '2026-10-13T09:30",
        "- {at: '2026-10-12T09:30",
        "before the issue",
    ),
    "a change by nobody known": ("by: PER-04, reason", "by: PER-44, reason", "not in the file"),
    "a side that is none": (
        "raised_against: sponsor",
        "raised_against: regulator",
        "must be one of sponsor, cro",
    ),
    "a root cause without category": ("{category: resourcing, method", "{method", "lacks “category”"),
    "a CAPA without id": ("{id: CAPA-014, corrective", "{corrective", "lacks “id”"),
    "notes that are no list": (
        "cro: [Margin on HAL-301 is negative after recovery plan; raise at renewal.]",
        "cro: Margin is negative",
        "should be a list",
    ),
}
MORE = {
    "verified by its owner": ("verified_by: PER-04", "its owner; somebody else verifies"),
    "a stop that ends before it begins": (
        "stops: [{since: '2026-11-03T09:00:00Z', until: '2026-11-02T09:00:00Z'}]",
        "before the stop began",
    ),
    "a stop without an end": ("stops: [{since: '2026-11-03T09:00:00Z'}]", "add “until”"),
    "a hold that ends before it begins": (
        "hold: {reason: ethics, by: PER-04, at: '2026-11-03T09:00:00Z', until: '2026-11-02'}",
        "before the hold began",
    ),
    "a hold that is over": (
        "hold: {reason: ethics, by: PER-04, at: '2026-11-03T09:00:00Z', until: '2026-12-02',"
        " agreed_at: '2026-11-03T09:00:00Z'}",
        "write a past hold in “stops”",
    ),
    "a dispute by nobody": ("dispute: {at: '2026-11-03T09:00:00Z', reason: no}", "lacks “by”"),
}


@pytest.fixture
def loaded(store):
    load(store, example(), AS_OF)
    return store


def issue(store, number):
    with store.reading() as archive:
        return archive.issue(CLOCK, number)


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


def with_more(lines):
    """The example, with these lines more in NOR-ISS-006."""
    assert LAST in example()
    return example().replace(LAST, f"  {lines}\n{LAST}", 1)


def test_everything_the_file_tells_of_an_issue_is_kept(loaded):
    closed = issue(loaded, "NOR-ISS-001")
    assert closed.state is State.CLOSED
    assert (closed.counterpart, closed.linked) == ("PER-05", {"kpi": "NOR-KPI-08"})
    assert closed.contained_at == at(2026, 8, 20, 6)
    assert closed.plan == Plan(date(2026, 9, 30), by="PER-09", side=Side.CRO, agreed=date(2026, 8, 21))
    cause = RootCause("process", "5 whys", "Country rule table not updated after a portal change")
    assert closed.root_cause == cause
    assert closed.capa == Capa(
        "CAPA-014",
        "late case filed; table corrected",
        "monthly check of the rule table by two people",
        date(2026, 10, 30),
        "effective: 9 of 9 on time",
    )
    assert closed.closed_at == closed.moved_at == at(2026, 11, 2, 17)
    assert issue(loaded, "NOR-ISS-006").raised_against is Side.SPONSOR


def test_a_changed_severity_keeps_the_one_it_was_raised_with(loaded):
    changed = issue(loaded, "QUI-ISS-001")
    assert changed.grades == (
        Graded(at(2026, 10, 13, 9, 30), Severity.MINOR),
        Graded(at(2026, 10, 27, 9), Severity.MAJOR, "PER-04", "interim lock at risk"),
    )
    assert changed.restarted_at == at(2026, 10, 27, 9)
    plain = issue(loaded, "QUI-ISS-002")
    assert plain.grades == (Graded(plain.raised_at, Severity.MAJOR),)


def test_a_legal_clock_is_kept_with_who_assesses(loaded):
    clock = LegalClock("EU CTR Art. 52", at(2026, 11, 6, 15, 40), 7, date(2026, 11, 13), owner="PER-05")
    assert clock.assessment is Assessment.PENDING
    assert issue(loaded, "NOR-ISS-007").legal == clock


def test_what_happened_stands_in_the_record_at_its_own_time(loaded):
    with loaded.reading() as archive:
        told = archive.history(archive.person_actor("PER-09"), "NOR-ISS-001")
    assert [(one.what, one.at) for one in told] == [
        ("issue.ack", at(2026, 8, 19, 9, 5)),
        ("issue.contain", at(2026, 8, 20, 6)),
        ("issue.plan_agree", at(2026, 8, 21, 17)),
        ("issue.close", at(2026, 11, 2, 17)),
        ("issue.load", AS_OF),
    ]
    assert {one.why for one in told} == {FROM_FILE}
    with loaded.reading() as archive:
        changes = [one for one in archive.history(CLOCK, "QUI-ISS-001") if one.what == "issue.severity"]
    assert [(one.person, one.before, one.after) for one in changes] == [
        ("PER-04", {"severity": "minor"}, {"severity": "major"})
    ]


def test_internal_notes_are_their_own_sides_alone(loaded):
    with loaded.reading() as archive:
        tomasz, annika, gareth = (archive.person_actor(one) for one in ("PER-04", "PER-09", "PER-12"))
        ours, theirs = archive.notes(tomasz, "NOR-ISS-003"), archive.notes(annika, "NOR-ISS-003")
        assert archive.notes(gareth, "NOR-ISS-003") == ()
        told = str(archive.history(annika, "NOR-ISS-003"))
    assert [one.text for one in ours] == [
        "Consider moving 15 sites to a second CRO if November is below 82%. Do not share."
    ]
    assert [one.text for one in theirs] == [
        "Margin on HAL-301 is negative after recovery plan; raise at renewal."
    ]
    assert (ours[0].visibility, theirs[0].visibility) == (
        Visibility.SPONSOR_INTERNAL,
        Visibility.CRO_INTERNAL,
    )
    assert "second CRO" not in told
    assert ours[0].id not in told


def test_the_fields_two_spellings_of_a_state_are_ours(store):
    text = example().replace("status: in_progress", "status: plan_agreed", 1)
    load(store, text.replace("status: in_progress", "status: duplicate", 1), AS_OF)
    assert issue(store, "NOR-ISS-002").state is State.IN_PROGRESS
    assert issue(store, "NOR-ISS-003").state is State.REJECTED


def test_what_the_example_does_not_show_is_taken_too(store):
    lines = (
        "hold: {reason: ethics committee, by: PER-04, at: '2026-11-03T09:00:00Z', until: '2026-12-01',"
        " agreed_by: PER-09}\n  stops: [{since: '2026-10-27T09:00:00Z', until: '2026-10-28T09:00:00Z'}]\n"
        "  due: '2026-11-30'\n  acknowledged_by: PER-08\n  containment: asked again"
    )
    steps = "[read it, {text: comment, owner: PER-04, due: '2026-11-20'}]"
    offer = f"plan: {{due: '2026-11-27', by: PER-09, steps: {steps}}}"
    text = with_more(lines).replace("plan: {agreed: '2026-11-05', due: '2026-11-27'}", offer)
    place = text.index("- id: NOR-ISS-006")
    held = text[:place] + text[place:].replace("status: in_progress", "status: on_hold", 1)
    load(store, held, AS_OF)
    found = issue(store, "NOR-ISS-006")
    begun = at(2026, 11, 3, 9)
    assert found.hold == Hold(
        "ethics committee", date(2026, 12, 1), "PER-04", Side.SPONSOR, begun, "PER-09", begun
    )
    assert found.stops == (Stop(at(2026, 10, 27, 9), at(2026, 10, 28, 9)), Stop(begun))
    assert (found.plan, found.acknowledged_by, found.due) == (None, "PER-08", date(2026, 11, 30))
    steps = (PlanStep("read it"), PlanStep("comment", "PER-04", date(2026, 11, 20)))
    assert found.offer == Plan(date(2026, 11, 27), steps, "PER-09", Side.CRO)


def test_words_inside_a_history_that_are_not_known_are_named(store):
    text = example().replace("{agreed: '2026-09-28',", "{budget: 3, agreed: '2026-09-28',", 1)
    text = text.replace(LAST, f"  mood: calm\n{LAST}", 1)
    taken = load(store, text, AS_OF)
    assert [one for one in taken.unknown if one.startswith("issues")] == ["issues.mood", "issues.plan.budget"]


def test_a_restricted_issue_has_no_notes_of_a_whole_side(store):
    text = example().replace(
        "  visible_to_people: [PER-01, PER-05]",
        "  visible_to_people: [PER-01, PER-05]\n  internal_notes: {sponsor: [Nobody else may know]}",
    )
    with pytest.raises(WrongFile, match="are the sponsor's, but the issue is restricted"):
        load(store, text, AS_OF)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # refused before anything is asked of it
def test_a_history_that_cannot_be_is_refused_whole(store):
    for case, (right, wrong, reason) in WRONG.items():
        text = example()
        place = text.index(right, text.index("\nissues:"))
        line = text[:place].count("\n") + 1
        refused(store, text[:place] + text[place:].replace(right, wrong, 1), line, (case, reason))


def test_a_history_the_example_has_not_is_looked_at_as_well(store):
    for case, (lines, reason) in MORE.items():
        text = with_more(lines)
        refused(store, text, text[: text.index(lines)].count("\n") + 1, (case, reason))


def refused(store, text, line, case):
    with pytest.raises(WrongFile) as wrong:
        load(store, text, AS_OF)
    assert case[1] in str(wrong.value), case
    assert "\n" not in str(wrong.value)
    assert abs(wrong.value.line - line) <= 2
    assert counted(store) == [0] * len(TABLES)


def test_a_file_of_nothing_but_brackets_is_refused():
    for signs in ("[", "{a: ", "- "):
        with pytest.raises(WrongFile, match="values are nested more than 30 deep"):
            read(signs * 100_000)
