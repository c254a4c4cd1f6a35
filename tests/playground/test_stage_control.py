"""The playground's faults, its control routes and its clock."""

import asyncio
import json

import aiohttp
import httpx
import pytest
from a_cast import ANNIKA, CAST, MARCUS, ROOM
from slack_sdk.errors import SlackApiError

from playground.cast import Cast
from playground.faults import Fault
from playground.slack_limits import broken

PERSONAL = f"a:{MARCUS.id}"


async def test_a_cast_survives_json():
    assert Cast.from_json(json.loads(json.dumps(CAST.to_json()))) == CAST


async def test_a_rate_limit_is_told_with_its_seconds_and_ends(playground, web):
    playground.faults.add(Fault("chat.postMessage", "429", times=2, retry_after=7))
    for _ in range(2):
        with pytest.raises(SlackApiError) as error:
            await web.chat_postMessage(channel="C1HAL", text="t")
        assert (error.value.response.status_code, error.value.response.headers["Retry-After"]) == (429, "7")
    assert (await web.chat_postMessage(channel="C1HAL", text="t"))["ok"]


@pytest.mark.parametrize(("kind", "stored"), [("hang_before", 0), ("hang_after", 1), ("drop_after", 1)])
async def test_a_post_that_is_never_answered_is_stored_or_not_as_ordered(playground, connector, kind, stored):
    await playground.install_everywhere()
    playground.faults.add(Fault("POST activities", kind))
    path = f"/v3/conversations/{PERSONAL}/activities"
    with pytest.raises(httpx.TransportError):
        await connector.post(path, json={"type": "message", "text": "t"}, timeout=0.3)
    assert len(playground.teams.messages(PERSONAL)) == stored


async def test_a_slack_post_whose_answer_breaks_off_is_stored(playground, web):
    playground.faults.add(Fault("chat.postMessage", "drop_after"))
    with pytest.raises(aiohttp.ClientPayloadError):
        await web.chat_postMessage(channel="C1HAL", text="t")
    assert len(playground.slack.messages(ANNIKA.id, "C1HAL")) == 1


@pytest.mark.parametrize(("kind", "status"), [("500", 500), ("503", 503), ("forbidden", 403), ("429", 429)])
async def test_teams_refuses_as_ordered(playground, connector, kind, status):
    playground.faults.add(Fault("POST activities", kind))
    answer = await connector.post(f"/v3/conversations/{ROOM}/activities", json={"text": "t"})
    assert answer.status_code == status


async def test_the_page_sees_what_it_said_and_what_went_over_the_wire(bot, page):
    said = await page.post(
        "/control/slack/say", json={"user": ANNIKA.id, "channel": "C1HAL", "text": "@Parley hi"}
    )
    assert said.json() == {"status": 200, "body": None}
    state = (await page.get("/control/state")).json()
    room = state["slack"]["workspaces"][0]["channels"][0]
    assert state["now"] == "2026-11-02T09:00:00.000+00:00"
    assert room["messages"][0]["author"] == {"id": ANNIKA.id, "name": "Annika Berg", "bot": False}
    last = (await page.get("/control/wire")).json()["requests"][-1]
    assert (last["direction"], last["path"], last["status"]) == ("to bot", "/slack/events", 200)


async def test_a_push_goes_to_the_bot_and_its_time_comes_back(bot, page):
    assert (await page.post("/control/clock", json={"push": "week"})).json() == {"now": bot.now}
    assert bot.pushed == ["week"]
    assert (await page.get("/control/state")).json()["now"].startswith("2026-11-09T09:00:0")


async def test_the_control_routes_are_for_this_machines_own_page(page):
    said = {"method": "token", "kind": "500"}
    foreign = {"Origin": "https://elsewhere.example"}
    assert (await page.post("/control/faults", json=said, headers=foreign)).status_code == 403
    assert (await page.get("/control/state", headers={"Host": "elsewhere.example"})).status_code == 403
    own = {"Origin": str(page.base_url).rstrip("/")}
    assert (await page.post("/control/faults", json=said, headers=own)).status_code == 200


async def test_a_wrong_order_gets_a_sentence(page):
    missing = await page.post("/control/slack/say", json={"user": ANNIKA.id})
    assert missing.json()["error"] == "The field 'channel' is missing."
    nobody = {"user": "U0NO", "channel": "C1HAL", "text": "t"}
    assert (await page.post("/control/slack/say", json=nobody)).status_code == 404
    assert (await page.post("/control/faults", json={"method": "token", "kind": "fire"})).status_code == 400


async def test_the_stream_tells_each_change(playground, page):
    async with page.stream("GET", "/control/stream") as stream, asyncio.timeout(3):
        lines = stream.aiter_lines()
        first = [await anext(lines) for _ in range(3)]
        await playground.slack.say(ANNIKA.id, "C1HAL", "plain talk")
        second = [await anext(lines) for _ in range(3)]
    assert first == ["event: changed", "data: 0", ""]
    assert second == ["event: changed", "data: 1", ""]


def test_a_limit_is_named_with_its_place():
    (told,) = broken([{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}])
    assert told == "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
