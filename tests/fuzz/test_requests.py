"""Whatever a signed request holds: no fault, no hang, nothing left behind, and the bot goes on."""

import asyncio
import json
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.web import LARGEST
from tests.fuzz.mangled import WORDS, mangled

pytestmark = pytest.mark.thorough

SOME = settings(max_examples=20, derandomize=True, suppress_health_check=list(HealthCheck))
JSON = "application/json"
LEFT = (
    ("draft", "person NOT IN (SELECT id FROM person)"),
    ("outbox", "state = 'open'"),
    ("issue", "title = '' OR severity NOT IN ('critical', 'major', 'minor')"),
)


def fine(answers):
    """Each was answered in time, and without a fault."""
    assert [one.status for one in answers if not 200 <= one.status < 500] == []


def after(world):
    """The bot still serves; nothing half made was kept, and nothing is left to say or running on."""
    world.settle()
    assert world.run(world.playground.line.get("/readyz", 10)).status == 200
    for table, wrong in LEFT:
        assert world.rows(f"SELECT * FROM {table} WHERE {wrong}") == []  # noqa: S608 our own words only
    assert world.run(at_work()) <= BUSY


async def at_work():
    """How many tasks there are but for those of servers and their open connections."""
    return sum("uvicorn" not in repr(one) for one in asyncio.all_tasks())


BUSY = 12


def dumped(told):
    return json.dumps(told).encode()


def test_whatever_teams_sends(used):
    world, seeds = used
    teams = world.playground.teams

    @SOME
    @given(mangled(seeds.activities))
    def sent(told):
        fine([world.run(teams.deliver(dumped(told)))])

    sent()
    after(world)


def test_whatever_slack_sends_as_an_event(used):
    world, seeds = used
    slack = world.playground.slack

    @SOME
    @given(mangled(seeds.events))
    def sent(told):
        body = dumped(told)
        fine([world.run(slack.deliver(body, slack.signed(body, JSON)))])

    sent()
    after(world)


def test_whatever_slack_sends_as_a_form(used):
    world, seeds = used
    slack = world.playground.slack
    whole = st.sampled_from(seeds.forms)
    changes = st.dictionaries(st.sampled_from(sorted(seeds.forms[0])) | WORDS, WORDS, max_size=3)

    @SOME
    @given(whole, changes)
    def sent(told, more):
        fine([world.run(slack.deliver(urlencode(told | more, errors="replace")))])

    sent()
    after(world)


def test_whatever_slack_sends_as_a_press_or_a_form_filled_in(used):
    world, seeds = used
    slack = world.playground.slack

    @SOME
    @given(mangled(seeds.payloads))
    def sent(told):
        fine([world.run(slack.deliver(urlencode({"payload": json.dumps(told)})))])

    sent()
    after(world)


@pytest.mark.parametrize("size", [LARGEST, LARGEST + 1])
def test_a_body_is_bounded_on_both_platforms(used, size):
    world, _ = used
    slack, teams = world.playground.slack, world.playground.teams
    body = b"{" + b" " * (size - 2) + b"}"
    answers = [
        world.run(slack.deliver(body, slack.signed(body, JSON))),
        world.run(teams.deliver(body)),
    ]
    assert [one.status == 413 for one in answers] == [size > LARGEST] * 2
    fine(answers)
    after(world)


def everywhere(world, raw):
    """The same bytes to every ear."""
    slack, teams = world.playground.slack, world.playground.teams
    inside = urlencode({"payload": raw})
    return [
        world.run(slack.deliver(raw, slack.signed(raw, JSON))),
        world.run(slack.deliver(raw, slack.signed(raw))),
        world.run(slack.deliver(inside)),
        world.run(teams.deliver(raw)),
    ]


def test_what_is_no_text_at_all(used):
    world, _ = used

    @SOME
    @given(st.binary(max_size=400))
    def sent(raw):
        fine(everywhere(world, raw))

    sent()
    after(world)


@pytest.mark.parametrize("opens", [b"[", b'{"a":', b'[{"text":'])
def test_what_is_nested_without_end(used, opens):
    world, _ = used
    fine(everywhere(world, opens * (60_000 // len(opens))))
    after(world)
