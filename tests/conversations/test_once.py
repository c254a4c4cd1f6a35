"""The same request arriving twice changes nothing the second time; the same click is one click."""

import asyncio

import pytest

pytestmark = pytest.mark.journey

LOGGED = "issue TMF backlog, major, owner rafael"


def test_fifty_identical_requests_at_the_same_moment_make_one_issue(world):
    for name in ("annika", "tomasz"):
        before = world.rows("SELECT count(*) FROM issue")[0][0]
        answers = world.as_(name).send(LOGGED, times=50)
        assert all(one.status == 200 for one in answers)
        assert world.rows("SELECT count(*) FROM issue")[0][0] == before + 1
    for name in ("marcus", "david"):
        assert len([one for one in world.as_(name).room() if "TMF backlog" in one]) == 2


def test_different_requests_at_the_same_moment_get_numbers_without_gaps(world):
    annika = world.as_("annika")
    bodies = [
        annika.face.request(f"issue Late {n}, minor, owner rafael", annika.place("")) for n in range(12)
    ]

    async def all_at_once():
        return await asyncio.gather(*(annika.face.side.deliver(*one) for one in bodies))

    assert {one.status for one in world.run(all_at_once())} == {200}
    numbers = [
        row[0]
        for row in world.rows("SELECT number FROM issue WHERE substr(title, 1, 5) = 'Late ' ORDER BY number")
    ]
    assert numbers == [f"NOR-ISS-{n:03d}" for n in range(8, 20)]


def test_a_double_click_acknowledges_once(world):
    world.as_("annika").say(LOGGED)
    marcus = world.as_("marcus")
    seen = marcus.room()[-1]
    marcus.press("Acknowledge", seen)
    marcus.press("Acknowledge", seen)
    told = world.rows("SELECT count(*) FROM audit WHERE what = 'issue.ack' AND record = 'NOR-ISS-008'")
    assert told[0][0] == 1


def test_a_click_on_an_old_card_shows_the_current_one_and_why(world):
    world.as_("annika").say(LOGGED)
    tomasz, marcus = world.as_("tomasz"), world.as_("marcus")
    old = tomasz.room()[-1]
    marcus.say("issue ack NOR-ISS-008")
    now = tomasz.press("Acknowledge", old)
    assert "NOR-ISS-008 was already acknowledged by Marcus Adeyemi (Halcyra Therapeutics AG)" in now
    assert "so nothing changed" in now
    assert "NOR-ISS-008: TMF backlog" in now


def test_a_card_from_before_it_climbed_is_refreshed_not_obeyed(world):
    world.as_("annika").say(LOGGED)
    old = world.as_("tomasz").room()[-1]
    world.pass_business_days(1)
    now = world.as_("tomasz").press("Acknowledge", old)
    assert "That card was out of date, so nothing changed" in now
    assert "L2: operations decide" in now
    assert (
        world.rows("SELECT count(*) FROM issue WHERE number = 'NOR-ISS-008' AND acknowledged_at IS NOT NULL")[
            0
        ][0]
        == 0
    )


def test_an_open_form_survives_a_restart(world):
    form = world.as_("annika").opened("issue Courier lost two kits, owner @annika")
    world.restart()
    assert "Logged NOR-ISS-008" in world.as_("annika").submit(form, severity="major")


def test_a_restart_loses_no_clock_and_says_nothing_twice(world):
    world.as_("annika").say(LOGGED)
    world.restart()
    world.pass_business_days(1)
    world.restart()
    world.settle()
    alarms = [one for one in world.as_("tomasz").inbox if "NOR-ISS-008 moves from L1 to L2" in one]
    assert len(alarms) == 1
