"""One world for all of them, in which somebody has used everything once: their requests are the seeds."""

import json
from dataclasses import dataclass
from urllib.parse import parse_qs

import pytest

from storage import migrate
from tests.rooms import OpenWorld
from tests.world import example, fill

SAID = "issue TMF backlog at site 104, major, owner @rafael, due next Friday"


@dataclass(frozen=True, slots=True)
class Seeds:
    """What was sent to the bot: activities of Teams; of Slack events, forms, and payloads inside forms."""

    activities: list
    events: list
    forms: list
    payloads: list


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    """A world, and every kind of request that people can send from it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('fuzz')}/parley.db"
    migrate.upgrade(url)
    fill(url, example())
    world = OpenWorld(url)
    live(world)
    yield world, harvested(world)
    world.close()


def live(world):
    """Everything that is heard: words, mentions, buttons, forms, shortcuts, and who comes and goes."""
    world.quiet()
    for name in ("annika", "marcus"):
        voice = world.as_(name)
        voice.say(SAID)
        voice.say("issue list", mention=True)
        voice.say("help", at="direct")
        voice.opened("issue", at="direct")
        voice.submit(title="IRT is slow", severity="minor")
        said = voice.chat("Site 104 says that nine of 14 are filed")
        voice.shortcut("Log as issue", said)
        voice.shortcut("Take as update", said)
        voice.shortcut("Capture commitment", said)
        voice.shortcut("Record decision", said)
    world.as_("marcus").press("Acknowledge")
    for name in ("annika", "marcus"):
        world.as_(name).press("Details")
    for host in (world.as_("annika"), world.as_("marcus")):
        stranger = world.outsider(host)
        world.comes(stranger, host)
        world.goes(stranger, host)
        world.turns(stranger, "guest")


def harvested(world):
    """The requests of the world's wire, read as their platform would read them."""
    seeds = Seeds([], [], [], [])
    for number in [one.number for one in world.playground.wire.exchanges() if one.direction == "to bot"]:
        sent = world.playground.line.kept(number)
        body = sent.content.decode()
        if sent.path == "/api/messages":
            seeds.activities.append(json.loads(body))
        elif body.startswith("{"):
            seeds.events.append(json.loads(body))
        else:
            form = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
            if "payload" in form:
                seeds.payloads.append(json.loads(form["payload"]))
            else:
                seeds.forms.append(form)
    assert all((seeds.activities, seeds.events, seeds.forms, seeds.payloads))
    return seeds
