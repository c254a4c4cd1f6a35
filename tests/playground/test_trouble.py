"""The troubles of the drawer: repeats, wrong order, uninstalled teams and guests of Slack Connect."""

import json
from dataclasses import asdict
from urllib.parse import parse_qsl

import pytest
from a_bot import Heard
from a_cast import ANNIKA, CAST, MARCUS, ROOM, SECRET
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from playground.cast import Cast, SlackPerson
from playground.faults import Fault
from playground.playground import Playground
from playground.server import listen, listening, playing, url

CHANNEL = "C1HAL"
WEI = SlackPerson("U9WEI", "wei", "Wei Lin", "Data lead", "Europe/Madrid")


def words(heard: Heard) -> str:
    """What somebody said, on either platform."""
    told = json.loads(heard.body)
    return (told.get("event") or told)["text"].rpartition(" ")[2]


async def say(playground, side: str, what: str):
    if side == "slack":
        return await playground.slack.say(ANNIKA.id, CHANNEL, f"@Parley {what}")
    return await playground.teams.say(MARCUS.id, f"a:{MARCUS.id}", f"hello {what}")


@pytest.fixture
async def installed(playground, bot):
    await playground.install_everywhere()
    playground.teams.message_seconds = playground.slack.ack_seconds = 1.0
    bot.heard.clear()
    return playground


sides = pytest.mark.parametrize("side", ["slack", "teams"])


@sides
@pytest.mark.parametrize(
    ("order", "arrived"),
    [
        ("twice", ["one", "one", "two"]),
        ("late", ["one", "two", "one"]),
        ("overtaken", ["two", "one"]),
    ],
)
async def test_a_request_comes_again_or_late_as_ordered(installed, bot, side, order, arrived):
    installed.slack.retry_delays = ()
    installed.trouble.order(order)
    first = await say(installed, side, "one")
    await say(installed, side, "two")
    assert [words(heard) for heard in bot.heard] == arrived
    assert first.ok == (order != "overtaken")
    assert installed.trouble.to_json()["orders"] == []


async def test_what_is_overtaken_is_not_hurried_by_the_platforms_own_retries(installed, bot):
    installed.trouble.order("overtaken")
    await say(installed, "slack", "one")
    await installed.slack.settled()
    assert bot.heard == []
    await say(installed, "slack", "two")
    assert [words(heard) for heard in bot.heard] == ["two", "one"]


async def test_a_repeat_of_slack_is_signed_anew_and_says_that_it_is_one(installed, bot):
    installed.trouble.order("twice")
    await say(installed, "slack", "one")
    first, again = bot.heard
    assert again.body == first.body
    assert "x-slack-retry-num" not in first.headers
    assert again.headers["x-slack-retry-num"] == "1"
    told = again.headers["x-slack-request-timestamp"], again.headers["x-slack-signature"]
    assert SignatureVerifier(SECRET).is_valid(again.body, *told)


async def test_a_repeated_invoke_of_teams_has_a_new_id_and_the_same_data(installed, bot, connector):
    card = {"type": "AdaptiveCard", "version": "1.5", "body": []}
    shown = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    path = f"/v3/conversations/{ROOM}/activities"
    posted = await connector.post(path, json={"type": "message", "attachments": [shown]})
    installed.trouble.order("twice")
    action = {"type": "Action.Execute", "verb": "ack", "data": {"nonce": "n1"}}
    await installed.teams.press(MARCUS.id, ROOM, posted.json()["id"], action)
    first, again = (json.loads(heard.body) for heard in bot.heard)
    assert first["value"] == again["value"]
    assert first["id"] != again["id"]


async def test_any_request_in_the_log_can_be_delivered_once_more(installed, bot, page):
    await say(installed, "teams", "one")
    number = (await page.get("/control/wire")).json()["requests"][-1]["number"]
    assert (await page.post("/control/again", json={"number": number})).status_code == 200
    assert [words(heard) for heard in bot.heard] == ["one", "one"]
    later = (await page.get(f"/control/wire?after={number}")).json()["requests"]
    assert [one["number"] for one in later] == [number + 1]
    assert (await page.post("/control/again", json={"number": 999})).status_code == 404


async def test_a_push_of_the_clock_is_no_request_of_a_platform(installed, bot):
    installed.trouble.order("overtaken")
    assert (await installed.push("hour")).ok
    assert installed.trouble.to_json()["orders"] == ["overtaken"]


async def test_what_is_ordered_is_seen_and_can_be_forgotten(installed, page):
    fault = {"method": "slack messages", "kind": "429", "times": 2, "retry_after": 3}
    await page.post("/control/faults", json=fault)
    await page.post("/control/order", json={"order": "late"})
    told = (await page.get("/control/state")).json()["trouble"]
    assert (told["faults"], told["orders"]) == ([fault], ["late"])
    await page.post("/control/clear", json={})
    told = (await page.get("/control/state")).json()["trouble"]
    assert (told["faults"], told["orders"], told["held"]) == ([], [], 0)
    assert (await page.post("/control/order", json={"order": "thrice"})).status_code == 400


async def test_a_fault_for_messages_hits_each_way_to_say_something_and_nothing_else(installed, web):
    installed.trouble.fail(Fault("slack messages", "500", times=2))
    assert (await web.auth_test())["ok"]
    for call in (
        web.chat_postMessage(channel=CHANNEL, text="t"),
        web.chat_update(channel=CHANNEL, ts="1", text="t"),
    ):
        with pytest.raises(SlackApiError) as error:
            await call
        assert error.value.response.status_code == 500


async def test_a_workspace_without_the_app_hears_and_says_nothing_until_it_is_back(installed, bot, web, page):
    assert (await page.post("/control/uninstall", json={"home": "T1NORTH"})).status_code == 200
    told = [json.loads(heard.body)["event"]["type"] for heard in bot.heard]
    assert told == ["tokens_revoked", "app_uninstalled"]
    bot.heard.clear()
    await say(installed, "slack", "one")
    await installed.slack.say(ANNIKA.id, CHANNEL, "/issue one")
    assert bot.heard == []
    assert "is not a valid command" in installed.slack.messages(ANNIKA.id, CHANNEL)[-1].text
    with pytest.raises(SlackApiError, match="account_inactive"):
        await web.chat_postMessage(channel=CHANNEL, text="t")
    await page.post("/control/install", json={"home": "T1NORTH"})
    assert (await web.chat_postMessage(channel=CHANNEL, text="t"))["ok"]
    assert installed.trouble.to_json()["uninstalled"] == []


async def test_a_tenant_without_the_app_refuses_calls_until_it_is_back(installed, connector, sent, page):
    await page.post("/control/uninstall", json={"home": "tenant-hal"})
    assert {(one["type"], one.get("action")) for one in sent()} == {("installationUpdate", "remove")}
    path = f"/v3/conversations/{ROOM}/activities"
    assert (await connector.post(path, json={"text": "t"})).status_code == 403
    assert installed.trouble.to_json()["uninstalled"] == ["tenant-hal"]
    await page.post("/control/install", json={"home": "tenant-hal"})
    assert (await connector.post(path, json={"text": "t"})).status_code == 201
    assert (await page.post("/control/uninstall", json={"home": "nobody"})).status_code == 404


@pytest.fixture
async def shared(bot):
    """As `playground`, with somebody in the second workspace."""
    told = CAST.to_json()
    told["slack"][1]["people"] = [asdict(WEI)]
    bound = listen()
    async with listening(bot.app, listen()) as bot_url:
        stage = Playground(Cast.from_json(told), bot_url, url(bound), SECRET, "an-app")
        async with playing(stage, bound):
            yield stage
            bot.end.set()


async def test_a_guest_of_slack_connect_speaks_from_their_own_workspace(shared, bot):
    with pytest.raises(LookupError):
        await shared.slack.say(WEI.id, CHANNEL, "@Parley one")
    shared.trouble.connect(WEI.id, CHANNEL)
    await shared.slack.say(WEI.id, CHANNEL, "@Parley one")
    told = json.loads(bot.heard[-1].body)
    assert (told["team_id"], told["context_team_id"], told["is_ext_shared_channel"]) == (
        "T1NORTH",
        "T1NORTH",
        True,
    )
    assert (told["event"]["user_team"], told["event"]["team"]) == ("T2QUILL", "T2QUILL")
    await shared.slack.say(ANNIKA.id, CHANNEL, "@Parley two")
    assert json.loads(bot.heard[-1].body)["event"]["team"] == "T1NORTH"
    await shared.slack.say(WEI.id, CHANNEL, "/issue list")
    assert dict(parse_qsl(bot.heard[-1].body.decode()))["team_id"] == "T2QUILL"


async def test_a_guests_click_names_their_workspace_only_beside_them(shared, bot, page):
    shared.trouble.connect(WEI.id, CHANNEL)
    room = shared.slack.record.room(shared.slack.record.workspaces["T1NORTH"], CHANNEL)
    button = {"type": "button", "action_id": "ack", "text": {"type": "plain_text", "text": "Acknowledge"}}
    shared.slack._hooks.show(room, WEI.id, {"blocks": [{"type": "actions", "elements": [button]}]})
    (message,) = shared.slack.messages(WEI.id, CHANNEL)
    await shared.slack.press(WEI.id, CHANNEL, message.ts, "ack")
    payload = json.loads(dict(parse_qsl(bot.heard[-1].body.decode()))["payload"])
    assert (payload["user"]["team_id"], payload["team"]["id"]) == ("T2QUILL", "T1NORTH")


async def test_a_guest_is_a_member_while_they_are_in_and_a_stranger_to_the_workspace(shared):
    web = AsyncWebClient("xoxb-north", base_url=f"{shared.own_url}/slack/api/", timeout=2)
    shared.trouble.connect(WEI.id, CHANNEL)
    assert WEI.id in (await web.conversations_members(channel=CHANNEL))["members"]
    assert (await web.conversations_info(channel=CHANNEL))["channel"]["is_ext_shared"]
    user = (await web.users_info(user=WEI.id))["user"]
    assert (user["team_id"], user["is_stranger"]) == ("T2QUILL", True)
    shared.trouble.disconnect(WEI.id, CHANNEL)
    assert WEI.id not in (await web.conversations_members(channel=CHANNEL))["members"]
    with pytest.raises(SlackApiError, match="user_not_found"):
        await web.users_info(user=WEI.id)


async def test_requests_to_the_bot_keep_their_whole_body_and_its_answer_but_no_credentials(
    installed, page, connector
):
    await say(installed, "teams", "one")
    (call,) = [one for one in (await page.get("/control/wire")).json()["requests"] if "oauth2" in one["path"]]
    assert (call["body"], call["answer"]) == ("(credentials)", "(credentials)")
    last = (await page.get("/control/wire")).json()["requests"][-1]
    assert json.loads(last["body"])["text"] == "hello one"


async def test_a_stranger_can_be_let_into_a_world_of_one_workspace(installed, bot, page):
    known = (await page.get("/control/state")).json()["trouble"]["stranger"]
    asked = {"user": known["id"], "channel": CHANNEL}
    assert (await page.post("/control/connect", json=asked)).status_code == 200
    state = (await page.get("/control/state")).json()
    (guests,) = [one for one in state["slack"]["workspaces"] if one["name"] == known["company"]]
    assert CHANNEL in {channel["id"] for channel in guests["channels"]}
    await installed.slack.say(known["id"], CHANNEL, "@Parley one")
    assert json.loads(bot.heard[-1].body)["event"]["user_team"] == guests["id"]
    await installed.slack.say(known["id"], CHANNEL, "/issue one")
    assert "is not a valid command" in installed.slack.messages(known["id"], CHANNEL)[-1].text
    await page.post("/control/disconnect", json=asked)
    with pytest.raises(LookupError):
        await installed.slack.say(known["id"], CHANNEL, "@Parley one")
