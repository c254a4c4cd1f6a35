"""Issues in the record: whole, numbered without gaps that tell, and saved once per version."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta, timezone

import pytest

from bot.actors import CLOCK
from bot.errors import Conflict
from bot.governance.issue import State
from bot.governance.life import acknowledge
from bot.governance.visibility import Visibility
from bot.records import IssueFilter
from tests.storage.people import ANNIKA, CROS, NOW, OTHERS, RESTRICTED, SHARED, SPONSORS, TOMASZ, issue
from tests.storage.rivals import patiently


def test_an_issue_comes_back_as_it_was_kept(world):
    kept = issue(
        due=date(2026, 4, 1),
        acknowledged_at=NOW,
        acknowledged_by="PER-TOMASZ",
        ack_due=NOW + timedelta(hours=4, microseconds=5),
        missed=True,
        description="“quoted”, Zürich, 承知",
        study="HAL-301",
    )
    with world.writing() as archive:
        archive.add_issue(CLOCK, kept)
    with world.reading() as archive:
        assert archive.issue(CLOCK, kept.id) == kept


def test_instants_are_kept_in_utc_and_come_back_aware(world):
    zurich = timezone(timedelta(hours=2))
    with world.writing() as archive:
        archive.add_issue(CLOCK, issue(raised_at=NOW.astimezone(zurich)))
    with world.reading() as archive:
        raised = archive.issue(CLOCK, "i1").raised_at
    assert raised == NOW
    assert raised.utcoffset() == timedelta(0)


def test_an_instant_without_a_zone_is_refused(world):
    with pytest.raises(Exception, match="zone"), world.writing() as archive:
        archive.add_issue(CLOCK, issue(raised_at=NOW.replace(tzinfo=None)))


def test_every_class_counts_for_itself(world):
    with world.writing() as archive:
        annika, tomasz = archive.actor(ANNIKA), archive.actor(TOMASZ)
        given = [archive.next_number(annika, scope, "ISS") for scope in (SHARED, SHARED, CROS)]
        given += [archive.next_number(tomasz, scope, "ISS") for scope in (SPONSORS, OTHERS, SHARED)]
    assert given == [
        "NOR-ISS-001",
        "NOR-ISS-002",
        "NORI-ISS-001",
        "HAL-NOR-ISS-001",
        "QUI-ISS-001",
        "NOR-ISS-003",
    ]


def test_a_restricted_number_says_nothing_about_how_many_there_are(world):
    with world.writing() as archive:
        annika = archive.actor(ANNIKA)
        given = {archive.next_number(annika, RESTRICTED, "ISS") for _ in range(20)}
    assert len(given) == 20
    assert all(number.startswith("NOR-RST-") and len(number) == 12 for number in given)


def test_twenty_at_the_same_moment_get_twenty_numbers_in_a_row(world):
    gate = threading.Barrier(20)

    def logged(which):
        with world.writing() as archive:
            number = archive.next_number(CLOCK, SHARED, "ISS")
            archive.add_issue(CLOCK, issue(f"i{which}", number=number))
            return number

    def log(which):
        gate.wait()
        return patiently(lambda: logged(which))

    with ThreadPoolExecutor(20) as threads:
        given = sorted(threads.map(log, range(20)))
    assert given == [f"NOR-ISS-{count:03d}" for count in range(1, 21)]


def test_a_number_not_used_after_all_is_given_again(world):
    with suppress(RuntimeError), world.writing() as archive:
        archive.next_number(CLOCK, SHARED, "ISS")
        raise RuntimeError
    with world.writing() as archive:
        assert archive.next_number(CLOCK, SHARED, "ISS") == "NOR-ISS-001"


@pytest.mark.parametrize("said", ["NOR-ISS-008", "nor-iss-008", "nor-iss-8", "ISS-008", "iss-8", "008", "8"])
def test_people_may_say_a_number_short(world, said):
    with world.writing() as archive:
        archive.add_issue(CLOCK, issue("meant", number="NOR-ISS-008"))
        archive.add_issue(CLOCK, issue("other", number="NOR-ISS-018"))
        archive.add_issue(CLOCK, issue("random", RESTRICTED, number="NOR-RST-2228"))
        assert [one.id for one in archive.issues_numbered(CLOCK, said)] == ["meant"]


@pytest.mark.parametrize("said", ["", "ISS", "0", "eight", "NOR-ISS-", "%", "NOR-ISS-00%", "9" * 40])
def test_what_is_no_number_means_no_issue(world, said):
    with world.writing() as archive:
        archive.add_issue(CLOCK, issue("i", number="NOR-ISS-008"))
        assert archive.issues_numbered(CLOCK, said) == ()


def test_a_short_number_that_two_partnerships_have_means_both(world):
    with world.writing() as archive:
        archive.add_issue(CLOCK, issue("nor", number="NOR-ISS-008"))
        archive.add_issue(CLOCK, issue("qui", OTHERS, number="QUI-ISS-008"))
        assert {one.id for one in archive.issues_numbered(archive.actor(TOMASZ), "8")} == {"nor", "qui"}
        assert {one.id for one in archive.issues_numbered(archive.actor(ANNIKA), "8")} == {"nor"}


def test_a_list_has_the_newest_first_open_ones_only_and_pages(world):
    with world.writing() as archive:
        for day in range(5):
            state = State.CLOSED if day == 2 else State.NEW
            raised = NOW + timedelta(days=day)
            archive.add_issue(CLOCK, issue(f"i{day}", state=state, raised_at=raised))
        page = archive.issues(CLOCK, IssueFilter(limit=2))
        rest = archive.issues(CLOCK, IssueFilter(limit=2, offset=2))
        assert [one.id for one in page + rest] == ["i4", "i3", "i1", "i0"]
        assert archive.count_issues(CLOCK, IssueFilter(limit=2)) == 4
        assert archive.count_issues(CLOCK, IssueFilter(open_only=False)) == 5


def test_what_is_late_comes_first_and_a_list_keeps_to_the_classes_and_ends_asked_for(world):
    late = {"i1": NOW - timedelta(days=1), "i2": NOW - timedelta(days=3), "i3": NOW + timedelta(days=1)}
    with world.writing() as archive:
        for day in range(5):
            name, scope = f"i{day}", CROS if day == 4 else SHARED
            state = State.WITHDRAWN if day == 0 else State.NEW
            raised = NOW + timedelta(days=day)
            kept = issue(name, scope, state=state, raised_at=raised, late_at=late.get(name))
            archive.add_issue(CLOCK, kept)

        def listed(**asked):
            which = IssueFilter(**asked)
            found = [one.id for one in archive.issues(CLOCK, which)]
            assert archive.count_issues(CLOCK, which) == len(found)
            return found

        assert listed(first_late=NOW) == ["i2", "i1", "i4", "i3"]
        assert listed(late=NOW) == ["i2", "i1"]
        assert listed(classes=(Visibility.SHARED,)) == ["i3", "i2", "i1"]
        assert listed(classes=(Visibility.CRO_INTERNAL, Visibility.SHARED), open_only=False) == [
            *("i4", "i3", "i2", "i1", "i0"),
        ]
        assert listed(open_only=False, over_only=True, first_late=NOW) == ["i0"]


def test_the_second_to_save_the_same_version_is_told_so_and_changes_nothing(world):
    with world.writing() as archive:
        archive.add_issue(CLOCK, issue())
    with world.writing() as archive:
        archive.save_issue(CLOCK, replace(acknowledge(issue(), "PER-TOMASZ", NOW), version=2))
    with pytest.raises(Conflict), world.writing() as archive:
        archive.save_issue(CLOCK, replace(acknowledge(issue(), "PER-PRIYA", NOW), version=2))
    with world.reading() as archive:
        assert archive.issue(CLOCK, "i1") == replace(acknowledge(issue(), "PER-TOMASZ", NOW), version=2)


def test_of_twenty_who_save_at_the_same_moment_one_wins(world):
    with world.writing() as archive:
        archive.add_issue(CLOCK, issue())
    gate = threading.Barrier(20)

    def change(which):
        with world.writing() as archive:
            archive.save_issue(CLOCK, replace(issue(), title=str(which), version=2))

    def save(which):
        gate.wait()
        try:
            patiently(lambda: change(which))
        except Conflict:
            return 0
        return 1

    with ThreadPoolExecutor(20) as threads:
        assert sum(threads.map(save, range(20))) == 1
