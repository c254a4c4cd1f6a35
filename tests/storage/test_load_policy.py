"""A policy or calendar of a file that cannot be used is refused whole, with the very line."""

from datetime import UTC, datetime

import pytest

from bot.actors import CLOCK
from bot.governance.calendar import Limit
from bot.governance.escalation import Severity
from bot.governance.partnership import Level
from storage.load.file import WrongFile, load
from tests.postgres import beside
from tests.world import example

AS_OF = datetime(2026, 11, 10, 9, tzinfo=UTC)
MAJOR = "      ack: {business_days: 1}\n"
L4 = "  - {level: L4, name: contract dispute, sponsor_role: general_counsel, cro_role: general_counsel, forum: MSA dispute clause}\n"  # noqa: E501 as the file has it
NOTIFY = "      notify: [L2]\n"
WRONG = {
    "an unknown role of the sponsor": (
        "sponsor_role: study_lead",
        "sponsor_role: wizard",
        "sponsor_role is “wizard”",
    ),
    "an unknown role of the CRO": ("cro_role: project_lead", "cro_role: wizard", "cro_role is “wizard”"),
    "a level that is none": ("{level: L4, name", "{level: L5, name", "must be one of L1, L2, L3, L4"),
    "a level twice": ("{level: L4, name", "{level: L3, name", "“L3” is there twice"),
    "a level that is missing": (L4, "", "levels lacks “L4”"),
    "a start at no level": ("start_level: L2", "start_level: L9", "must be one of L1, L2, L3, L4"),
    "a severity that is missing": (
        "    minor:\n      definition",
        "    small:\n      definition",
        "lacks “minor”",
    ),
    "a severity too many": ("    minor:\n", "    tiny: {start_level: L1}\n    minor:\n", "names “tiny”"),
    "a severity twice": (
        "    minor:\n",
        "    major: {start_level: L1}\n    minor:\n",
        "“major” is there twice",
    ),
    "a limit twice": (MAJOR, MAJOR + MAJOR, "“ack” is there twice"),
    "a negative time": (MAJOR, MAJOR.replace("1", "-1"), "cannot be negative"),
    "a time that is no number": (MAJOR, MAJOR.replace("1", "nan"), "cannot be negative or that large"),
    "an endless time": (MAJOR, MAJOR.replace("1", "90000"), "ack is longer than a year"),
    "half a business day": (MAJOR, MAJOR.replace("1", "1.5"), "business days are whole"),
    "a unit that is none": (
        MAJOR,
        MAJOR.replace("business_days", "days"),
        "either elapsed_hours or business_days",
    ),
    "no unit at all": (MAJOR, MAJOR.replace("{business_days: 1}", "1 day"), "should have named values"),
    "somebody told who is nobody": (
        NOTIFY,
        NOTIFY.replace("L2", "wizards"),
        "must be L1 to L4, quality or safety",
    ),
    "nobody in particular told": (
        NOTIFY,
        NOTIFY.replace("L2", "L2, ''"),
        "must be L1 to L4, quality or safety",
    ),
    "an empty entry told": (NOTIFY, NOTIFY.replace("L2", "L2, null"), "should be text"),
    "a time at no level": ("        L4: null", "        L7: null", "names “L7”, which is not a level"),
    "a close of day without its zone": ("day_ends_at: 17:00Z", "day_ends_at: '17:00'", "write it in UTC"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_policy_that_cannot_be_used_is_refused_whole_with_its_line(store, case):
    right, wrong, reason = WRONG[case]
    text = example()
    assert right in text
    changed = text.replace(right, wrong, 1)
    with pytest.raises(WrongFile) as refused:
        load(store, changed, AS_OF)
    assert reason in refused.value.reason
    at = text[: text.index(right)].count("\n") + 1
    assert abs(refused.value.line - at) <= 26  # what lacks something is named where it begins
    with store.reading() as archive:
        assert archive.partnerships(CLOCK) == ()


def test_the_ladder_and_the_standard_rhythm_are_taken(store):
    load(store, example(), AS_OF)
    with store.reading() as archive:
        policy = archive.policy(CLOCK, "P-NOR")
    assert [rung.level for rung in policy.ladder] == list(Level)
    assert policy.ladder[3].sponsor_role == "general_counsel"
    assert policy.rules[Severity.CRITICAL].update == Limit(elapsed_hours=24)
    assert policy.rules[Severity.MAJOR].again == Limit(business_days=2)


def test_a_rhythm_of_the_files_own_is_taken_and_null_is_none(store):
    own = MAJOR + "      update: {business_days: 3}\n      again: null\n"
    load(store, example().replace(MAJOR, own, 1), AS_OF)
    with store.reading() as archive:
        rule = archive.policy(CLOCK, "P-NOR").rules[Severity.MAJOR]
    assert (rule.update, rule.again) == (Limit(business_days=3), None)


def test_a_limit_written_wrong_is_named_among_what_was_left_out(store):
    taken = load(store, example().replace(MAJOR, MAJOR.replace("ack", "akc"), 1), AS_OF)
    assert "escalation_policy.severities.major.akc" in taken.unknown


ENDS = {
    "'2027-01-01'": "2026-11-11 07:00",
    "'2027-01-11'": "2026-11-12 07:00",
    "'2027-03-02'": "2027-01-01 07:00",
}


@pytest.mark.parametrize("last", ENDS)
def test_the_end_of_a_calendar_is_set_for_both_partnerships_and_no_sooner_than_the_next_morning(store, last):
    load(store, example().replace("'2027-01-01'", last, 1), AS_OF)
    with beside(store, writes=False) as record:
        found = record.exec_driver_sql(
            "SELECT key, at FROM due WHERE kind = 'calendar.ends' ORDER BY key"
        ).all()
    assert [(row[0], str(row[1])[:16]) for row in found] == [
        ("calendar.ends:P-NOR", ENDS[last]),
        ("calendar.ends:P-QUI", ENDS[last]),
    ]
