"""A conversation over Socket Mode, by command, by form and by button, without an address of ours."""

import pytest

from playground.slack_socket import APP_TOKEN
from tests.world import World

WHOLE = {"title": "Courier lost two kits", "class": "Both companies", "severity": "Minor: not expected to"}
OWNER = "Annika Lindqvist (Northmere Clinical Ltd)"


@pytest.fixture
def world(database):
    opened = World(database, slack_app_token=APP_TOKEN, slack_signing_secret="")
    yield opened
    opened.close()


def test_an_issue_is_logged_by_command_by_form_and_by_button(world):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    assert world.playground.slack.sockets.count == 1
    done = annika.say("issue TMF backlog, major, owner @rafael, due 20 Nov")
    assert "Logged NOR-ISS-008" in done
    annika.say("issue")
    assert "Logged NOR-ISS-009" in annika.submit(**WHOLE, owner_id=OWNER, due="2026-11-20")
    tomasz.press("Acknowledge")
    acknowledged = "SELECT number FROM issue WHERE acknowledged_by = 'PER-04'"
    assert "NOR-ISS-009" in {row[0] for row in world.rows(acknowledged)}
    assert not [one for one in world.playground.wire.exchanges() if one.path == "/slack/events"]


def test_after_slack_renewed_the_connection_the_conversation_goes_on(world):
    annika, tomasz, side = world.as_("annika"), world.as_("tomasz"), world.playground.slack
    world.run(side.sockets.ask_to_renew())
    world.run(world.playground.changes.until(lambda: side.sockets.opened == 2 and side.sockets.count == 1))
    assert "NOR-ISS" in annika.say("issue list")
    assert "NOR-ISS" in tomasz.say("issue list")
