"""kill -9 at the worst moments, then a restart: what was promised is said, once where that can be known."""

from datetime import timedelta

import pytest

from tests.faces import SlackFace
from tests.processes.town import MOVED

pytestmark = pytest.mark.slow
# What was lost and what rang twice is asked on both databases, how each platform is asked again on one each.
SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
SHARED = [pytest.param("postgres", marks=pytest.mark.postgres)]
POSTGRES = pytest.mark.parametrize("database", SHARED, indirect=True)

LOGGED = "issue TMF backlog at site 104, major, owner @rafael, due next Friday"
URGENT = "issue IRT is down at all sites, critical, owner @annika"
CARD = "NOR-ISS-008: "
ALARM = "NOR-ISS-008 moves from"
RINGING = "SELECT id FROM due WHERE state = 'open' AND lease IS NOT NULL"
REPEAT = "This may be a repeat"
SLACK, TEAMS = "chat.postMessage", "POST activities"
PEOPLE = ("rafael", "tomasz", "marcus", "david")  # who are told of a new major issue, besides both rooms
CLIMBED = ("annika", "marcus", "david", "ingrid", "charlotte")  # owner, L2 and L3


def places(town, names, rooms=True):
    """Their own conversations and both rooms, with whether each is on Slack."""
    faces = [town.people[name] for name in names]
    found = {face.direct: isinstance(face, SlackFace) for face in faces}
    if rooms:
        found |= {town.people["annika"].channels[0]: True, town.people["marcus"].channels[0]: False}
    return found


def numbers(copies):
    """How often, by conversation."""
    return {place: len(seen) for place, seen in copies.items()}


def once(where):
    return dict.fromkeys(where, 1)


def hanging(town):
    """How many sends are under way, once no other promise is open."""
    began = [bool(row.began) for row in town.still_open()]
    return len(began) if all(began) else None


async def restart(town, bot, words=None):
    """kill -9, everything works again, the leases of the dead run out, and a new process does the rest."""
    await bot.kill()
    town.faults.clear()
    town.pass_leases()
    again = await (town.start(words) if words else town.start())
    await town.until(town.is_quiet)
    return again


async def test_what_was_committed_and_not_sent_is_sent_once(town):
    bot = await town.open()
    town.fail("429", SLACK, TEAMS, retry_after=1)
    await town.type("annika", LOGGED)
    await town.until(lambda: all(row.reason for row in town.still_open()))
    assert town.copies(CARD) == {}
    await restart(town, bot)
    assert numbers(town.copies(CARD)) == once(places(town, PEOPLE))


@POSTGRES
async def test_what_slack_took_without_a_word_is_found_again_and_lives_on(town):
    bot = await town.open()
    town.fail("hang_after", SLACK)
    await town.type("annika", LOGGED)
    there = places(town, PEOPLE)
    await town.until(
        lambda: numbers(town.copies(CARD)) == once(there) and hanging(town) == sum(there.values())
    )
    before = town.copies(CARD)
    await restart(town, bot)
    assert numbers(town.copies(CARD)) == once(there)
    await town.press("marcus", "Acknowledge")
    await town.until(town.is_quiet)
    after = town.copies(CARD)
    for place in there:
        assert [one.id for one in after[place]] == [one.id for one in before[place]]
        assert "Acknowledged by Marcus Adeyemi" in after[place][0]


@SQLITE
async def test_what_never_reached_slack_is_sent_once(town):
    bot = await town.open()
    town.fail("hang_before", SLACK)
    await town.type("annika", LOGGED)
    there = places(town, PEOPLE)
    await town.until(lambda: hanging(town) == sum(there.values()))
    assert not any(there[place] for place in town.copies(CARD))
    await restart(town, bot)
    assert numbers(town.copies(CARD)) == once(there)


@POSTGRES
async def test_what_teams_took_without_a_word_is_sent_again_as_a_possible_repeat_or_held(town):
    bot = await town.open()
    town.fail("hang_after", TEAMS)
    marcus = town.people["marcus"]
    await town.type("marcus", "issue list", marcus.direct)
    await town.type("annika", LOGGED)
    there = places(town, PEOPLE)
    listed = {marcus.direct: 1}
    await town.until(lambda: numbers(town.copies("NOR-ISS-002")) == listed)
    await town.until(lambda: numbers(town.copies(CARD)) == once(there))
    await restart(town, bot)
    assert numbers(town.copies(CARD)) == {place: 1 if slack else 2 for place, slack in there.items()}
    for place, seen in town.copies(CARD).items():
        assert [REPEAT in one for one in seen] == [False, True][: len(seen)], place
    assert numbers(town.copies("NOR-ISS-002")) == listed
    looked = await town.check()
    assert looked.returncode == 1
    assert [line for line in looked.stdout.splitlines() if "issue.list" in line and "held" in line]


async def test_an_alarm_that_rang_and_was_not_yet_crossed_off_rings_once(town, stuck):
    bot = await town.open()
    await town.type("annika", URGENT)
    await town.until(town.is_quiet)
    await bot.kill()
    town.set_clock(timedelta(hours=5))
    with stuck:
        bot = await town.start(MOVED)
        there = places(town, CLIMBED, rooms=False)
        await town.until(lambda: numbers(town.copies(ALARM)) == once(there) and town.is_quiet())
        await bot.kill()  # what rang closed its own clock with it: nothing depends on its being crossed off
    await restart(town, bot, MOVED)
    await town.until(lambda: not town.rows(RINGING) and town.is_quiet())
    assert numbers(town.copies(ALARM)) == once(there)


@SQLITE
async def test_alarms_whose_arrival_nobody_confirmed_are_told_on_both_sides(town):
    bot = await town.open()
    await town.type("annika", URGENT)
    await town.until(town.is_quiet)
    await bot.kill()
    town.set_clock(timedelta(hours=5))
    town.fail("hang_after", SLACK, TEAMS)
    bot = await town.start(MOVED)
    there = places(town, CLIMBED, rooms=False)
    await town.until(lambda: numbers(town.copies(ALARM)) == once(there))
    await restart(town, bot, MOVED)
    assert numbers(town.copies(ALARM)) == {place: 1 if slack else 2 for place, slack in there.items()}
    for place, seen in town.copies(ALARM).items():
        assert [REPEAT in one for one in seen] == [False, True][: len(seen)], place
