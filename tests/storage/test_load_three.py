"""A tri-party issue of a file: taken with its third company, or refused with the line and the reason."""

from datetime import UTC, datetime

import pytest

from bot.actors import CLOCK
from bot.governance.visibility import Scope, Visibility
from storage.load.file import WrongFile, load
from tests.world import example

AS_OF = datetime(2026, 11, 10, 9, tzinfo=UTC)
START = "\nissues:\n"
TRI = """- id: NOR-QUI-TRI-004
  partnership: P-NOR
  study: HAL-301
  title: Exports arrive without their audit columns
  severity: minor
  status: new
  level: L1
  level_entered_at: '2026-11-09T09:00:00Z'
  raised_by: PER-09
  raised_at: '2026-11-09T09:00:00Z'
  owner: PER-10
  visibility: tri_party
  third: ORG-QUI
"""
WRONG = {
    "no third company": ("  third: ORG-QUI\n", "", "lacks “third”"),
    "one that is not there": ("third: ORG-QUI", "third: ORG-ZED", "not in the file"),
    "one of the two": ("third: ORG-QUI", "third: ORG-NOR", "in no partnership besides P-NOR"),
    "the sponsor": ("third: ORG-QUI", "third: ORG-HAL", "in no partnership besides P-NOR"),
    "another study": ("study: HAL-301", "study: HAL-202", "serves HAL-202 in no partnership besides P-NOR"),
    "no study": ("  study: HAL-301\n", "", "lacks “study”"),
    "a number of the two companies": ("NOR-QUI-TRI-004", "NOR-ISS-044", "should be NOR-QUI-TRI-"),
    "a number of others": ("NOR-QUI-TRI-004", "NOR-ZED-TRI-004", "should be NOR-QUI-TRI-"),
    "another class": ("tri_party", "shared", "say visibility: tri_party"),
    "records of others": ("  title", "  linked: {risk: NOR-RSK-1}\n  title", "may not know of; leave it out"),
    "an owner of the third company": ("owner: PER-10", "owner: PER-11", "neither company"),
}


def with_it(lines=TRI):
    return example().replace(START, START + lines, 1)


def test_it_is_read_by_the_third_company_and_its_numbers_go_on(store):
    load(store, with_it(), AS_OF)
    with store.reading() as archive:
        gareth = archive.person_actor("PER-12")
        assert archive.issue(gareth, "NOR-QUI-TRI-004").third == "ORG-QUI"
        assert [one.what for one in archive.history(gareth, "NOR-QUI-TRI-004")] == ["issue.load"]
        annika = archive.person_actor("PER-09")
    with store.writing() as archive:
        three, two = Scope("P-NOR", Visibility.TRI_PARTY), Scope("P-NOR", Visibility.SHARED)
        assert archive.next_number(annika, three, "ISS", "ORG-QUI") == "NOR-QUI-TRI-005"
        assert archive.next_number(annika, two, "ISS") == "NOR-ISS-008"
        assert archive.issue(CLOCK, "NOR-QUI-TRI-004").late_at is not None


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_one_is_refused_with_its_line(store, case):
    right, wrong, reason = WRONG[case]
    assert right in TRI
    with pytest.raises(WrongFile) as found:
        load(store, with_it(TRI.replace(right, wrong, 1)), AS_OF)
    assert reason in found.value.reason
    first = with_it().split("NOR-QUI-TRI-004", maxsplit=1)[0].count("\n") + 1
    assert first <= found.value.line <= first + TRI.count("\n")
