"""Locked out of a workspace: said to its administrators, everything waits, and goes when we are let in."""

from dataclasses import dataclass

import pytest
from pydantic import SecretStr

from schedules import trial
from storage import shortcomings
from storage.bound import table
from storage.tables import IdentityRow
from tests.conversations.installs import install
from tests.world import World

BROWSER = {
    "slack_bot_token": SecretStr(""),
    "slack_client_id": "1.2",
    "slack_client_secret": SecretStr("a client secret"),
    "parley_url": "https://parley.example",
    "parley_secret_key": SecretStr("a key for these tests and for nothing else"),
}
IDENTITY = table(IdentityRow)
UNSAID = {"open", "failed", "held", "withheld"}
LATE = "issue Late site contracts, major, owner @annika"


@dataclass(frozen=True)
class Town:
    """Who is where: the workspace, its administrator and a colleague; somebody on the other platform."""

    home: str
    company: str
    person: str
    administrator: str
    colleague: str
    beyond: str
    second_account: tuple[str, str, str]


TOWNS = {
    "as given": Town(
        "T0NORTHMERE",
        "ORG-NOR",
        "PER-08",
        "david",
        "annika",
        "tomasz",
        ("11111111-aaaa-4aaa-8aaa-000000000001", "aad-99HAL", "newcomer at Halcyra"),
    ),
    "changed over": Town(
        "T0HALCYRA",
        "ORG-HAL",
        "PER-03",
        "priya",
        "tomasz",
        "annika",
        ("3333-nor", "aad-99NOR", "newcomer at Northmere"),
    ),
}


@pytest.fixture
def town(setting):
    return TOWNS[setting[1]]


@pytest.fixture
def browser_world(database):
    """A world whose workspaces are installed from a browser."""
    opened = World(database, **BROWSER)
    yield opened
    opened.close()


def take_out(world, town):
    world.run(world.playground.trouble.uninstall(town.home))
    world.settle()


def states(world):
    return dict(world.rows("SELECT state, count(*) FROM outbox WHERE kind <> 'room.roll' GROUP BY state"))


def lines(world):
    """What `check` says of the record."""
    with world.bot.store.reading() as archive:
        return list(shortcomings.lines(archive))


def seen(voice, words):
    return [one for one in voice.sight() if words in one]


def test_a_revoked_token_is_told_at_once_where_the_administrator_has_another_account(world, town):
    tenant, user, face = town.second_account
    with world.bot.store.writing() as archive:
        held = {"platform": "teams", "tenant": tenant, "user": user}
        archive.put(IDENTITY, held | {"person": town.person, "organisation": town.company})
    take_out(world, town)
    card = world.as_(face).inbox[-1]
    assert "Parley was locked out of" in card
    assert "nothing is lost" in card
    assert "./parley check" in card
    world.run(world.playground.trouble.install(town.home))
    world.as_(town.colleague).say("issue list")
    assert "is let in at" in world.as_(face).again(card)


def test_what_is_said_meanwhile_waits_and_arrives_in_order_and_once(world, town):
    take_out(world, town)
    beyond, colleague = world.as_(town.beyond), world.as_(town.colleague)
    for number in range(3):
        beyond.say(f"issue Late contracts {number}, major, owner @annika")
    assert not seen(colleague, "Late contracts")
    assert not (UNSAID - {"open"}) & set(states(world))
    assert states(world)["open"] > 3
    (told,) = [line for line in lines(world) if "locked out of" in line]
    assert "messages wait: install Parley there again" in told
    world.run(world.playground.trouble.install(town.home))
    colleague.say("issue list")
    world.settle(20)
    shown = [one for one in colleague.room() if "Late contracts" in one]
    assert [number for number in range(3) if f"Late contracts {number}" in shown[number]] == [0, 1, 2]
    assert len(shown) == 3
    assert not UNSAID & set(states(world))
    assert not [line for line in lines(world) if "locked out" in line]
    assert len(seen(world.as_(town.administrator), "is let in at")) == 1


def test_the_same_lock_out_is_told_once_however_often_it_is_met(world, town):
    take_out(world, town)
    take_out(world, town)
    world.as_(town.beyond).say(LATE)
    assert world.rows("SELECT count(*) FROM outbox WHERE kind = 'install.locked_out'")[0][0] == 1
    world.run(world.playground.trouble.install(town.home))
    world.as_(town.colleague).say("issue list")
    take_out(world, town)
    rows = world.rows("SELECT DISTINCT subject FROM outbox WHERE kind = 'install.locked_out'")
    assert len(rows) == 2


def test_a_bot_that_starts_while_it_is_locked_out_finds_its_way_back(world, town):
    take_out(world, town)
    world.as_(town.beyond).say(LATE)
    world.restart()
    world.settle()
    assert states(world)["open"] > 0
    world.run(world.playground.trouble.install(town.home))
    world.rows_gone("UPDATE outbox SET not_before = due")  # ten minutes have passed
    world.settle(20)
    assert seen(world.as_(town.colleague), "Late site contracts")
    assert not UNSAID & set(states(world))


def test_an_app_taken_out_and_installed_again_delivers_what_waited(browser_world, town):
    world = browser_world
    world.as_(town.beyond).say(LATE)
    assert states(world)["open"] > 0
    assert "Parley is installed in" in install(world, town.home).text
    world.settle(20)
    assert seen(world.as_(town.colleague), "Late site contracts")
    take_out(world, town)
    world.as_(town.beyond).say("issue Second thoughts, major, owner @annika")
    assert not seen(world.as_(town.colleague), "Second thoughts")
    install(world, town.home)
    world.settle(20)
    assert seen(world.as_(town.colleague), "Second thoughts")
    assert not UNSAID & set(states(world))
    assert len(seen(world.as_(town.administrator), "is let in at")) == 1


def test_a_card_from_before_the_second_install_is_still_edited(browser_world, town):
    world = browser_world
    install(world, town.home)
    world.as_(town.beyond).say(LATE)
    world.settle(20)
    (card,) = [one for one in world.as_(town.colleague).room() if "Late site contracts" in one]
    take_out(world, town)
    world.pass_business_days(2)
    install(world, town.home)
    world.settle(20)
    assert "moved from L1 to L2" in world.as_(town.colleague).again(card)


def test_what_is_due_while_locked_out_names_the_address_of_the_install(browser_world, town):
    world = browser_world
    install(world, town.home)
    take_out(world, town)
    facts = world.rows("SELECT facts FROM outbox WHERE kind = 'install.locked_out'")
    assert "https://parley.example/slack/install" in str(facts)


def test_a_test_message_takes_the_way_of_every_message(world, town):
    said = world.run(trial.say(world.bot.clockwork.post, town.person))
    (name,) = world.rows(f"SELECT name FROM person WHERE id = '{town.person}'")[0]  # noqa: S608 our own words
    assert said == (True, f"the test message to {name} arrived")
    assert "A test message from Parley" in world.as_(town.administrator).inbox[-1]


def test_a_test_message_that_cannot_arrive_says_why_and_one_to_nobody_is_refused(world, town):
    assert world.run(trial.say(world.bot.clockwork.post, "PER-99")) == (
        False,
        "nobody in the directory has the id “PER-99”: nothing was sent",
    )
    world.run(world.playground.trouble.uninstall(town.home))
    fine, line = world.run(trial.say(world.bot.clockwork.post, town.person, 1.0))
    assert not fine
    assert "did not arrive (open: account_inactive); it stays promised" in line
