"""The log of a real bot: one object to a line for a machine, and never a word that people wrote."""

import json
import logging

import pytest

from adapters.cli import logs
from playground.faults import Fault
from tests.processes.running import command
from tests.processes.town import settings

SECRET = "zanzibar"
ISSUE = f"issue {SECRET}-title at site 104, major, owner @rafael, due next Friday"
FIELDS = {"time", "level", "logger", "message", "reference"}
AWKWARD = (
    ISSUE,
    f"{SECRET}-nonsense",
    f"issue show {SECRET}-number",
    f"issue ack {SECRET}-ack",
    f"issue {SECRET} {'x' * 4001}",
    "issue list",
)


async def awkward(town):
    """Everything that may be said, and the ways in which saying it back goes wrong, on both platforms."""
    for name in ("annika", "marcus"):
        for text in AWKWARD:
            await town.type(name, text)
            await town.type(name, text, town.people[name].direct)
    for method in ("chat.postMessage", "POST activities"):
        for kind in ("500", "drop_after", "forbidden"):
            town.faults.add(Fault(method, kind, 2))
    await town.type("annika", f"issue {SECRET}-again, major, owner @rafael, due next Friday")
    await town.until(lambda: not town.faults.waiting)


@pytest.mark.slow
@pytest.mark.thorough
async def test_what_people_say_is_never_in_the_log(town):
    bot = await town.open()
    await awkward(town)
    with town.locked():
        await town.people["annika"].type(ISSUE, town.people["annika"].channels[0], None)
        await town.people["marcus"].type(ISSUE, town.people["marcus"].channels[0], None)
    forged = json.dumps({"type": "event_callback", "event": {"text": SECRET}})
    for side in (town.playground.slack, town.playground.teams):
        await side.deliver(forged.encode(), {"Authorization": SECRET, "X-Slack-Signature": SECRET})
        await side.deliver(forged.encode())
        await side.deliver(f"{SECRET} {{".encode())
    assert await bot.stop() == 0
    assert "listening on" in bot.said
    assert "the record cannot be reached" in bot.said
    assert SECRET not in bot.said.lower()


@pytest.mark.slow
async def test_each_line_is_one_object_with_time_level_logger_message_and_reference(town):
    bot = await town.open()
    with town.locked():
        await town.people["annika"].type(ISSUE, town.people["annika"].channels[0], None)
        await town.until(lambda: "cannot be reached" in bot.said)
    assert await bot.stop() == 0
    lines = [json.loads(line) for line in bot.said.splitlines()]
    assert {frozenset(line) for line in lines} == {frozenset(FIELDS)}
    told = [line for line in lines if "cannot be reached" in line["message"]]
    assert all(line["message"].startswith(line["reference"]) and line["reference"] for line in told)


@pytest.mark.slow
async def test_whoever_wants_plain_lines_gets_them(town):
    bot = await town.open(PARLEY_LOG="plain")
    assert await bot.stop() == 0
    first = bot.said.splitlines()[0]
    assert first.endswith(" INFO parley listening on 127.0.0.1 port " + town.settings["PARLEY_PORT"])


@pytest.mark.slow
def test_a_log_of_another_form_is_refused(tmp_path):
    told = command(tmp_path, "serve", **settings("sqlite:///x.db", 0, "http://x"), PARLEY_LOG="xml")
    assert told.stderr.startswith("parley: PARLEY_LOG is wrong: ")


@pytest.mark.parametrize("formatter", [logs.Plain(), logs.Json()])
def test_strangers_and_errors_are_told_by_their_place_alone(formatter):
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        fault = (type(error), error, error.__traceback__)
    quoting = logging.LogRecord("slack_bolt.App", logging.ERROR, "/x/bolt.py", 7, "%s", (SECRET,), fault)
    ours = logging.LogRecord("uvicorn.error", logging.ERROR, "/x/server.py", 7, "it broke", (), fault)
    assert SECRET not in formatter.format(quoting) + formatter.format(ours)
    assert "(bolt:7)" in formatter.format(quoting)
    assert "it broke" in formatter.format(ours)
    assert "ValueError" in formatter.format(ours)
    assert "test_logs.py" in formatter.format(ours)
