"""The small Slack is Slack enough for Slack's own SDK."""

import json
from urllib.parse import parse_qsl

import pytest
from a_bot import ABot
from a_cast import ANNIKA, PIA, SECRET
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import JSONResponse, Response

DM = "DU1ANNIKA"
ROOM = "C1HAL"


def button(value="7", text="Acknowledge"):
    """One actions block with one button."""
    shown = {"type": "plain_text", "text": text}
    return [
        {
            "type": "actions",
            "elements": [{"type": "button", "action_id": "ack", "text": shown, "value": value}],
        }
    ]


def form(bot: ABot, place: int = -1) -> dict[str, str]:
    return dict(parse_qsl(bot.heard[place].body.decode()))


async def refused(call) -> str:
    with pytest.raises(SlackApiError) as error:
        await call
    return error.value.response["error"]


async def test_the_sdk_learns_who_it_is_and_a_stranger_token_is_refused(playground, web):
    known = await web.auth_test()
    assert (known["team_id"], known["user_id"]) == ("T1NORTH", "U0PARLEY")
    stranger = AsyncWebClient("xoxb-nobody", base_url=web.base_url)
    assert await refused(stranger.auth_test()) == "invalid_auth"


async def test_a_post_and_an_update_are_seen_in_the_room(playground, web):
    posted = await web.chat_postMessage(channel=ROOM, text="TMF backlog", blocks=button())
    await web.chat_update(channel=ROOM, ts=posted["ts"], text="Acknowledged", blocks=[])
    (message,) = playground.slack.messages(PIA.id, ROOM)
    assert (message.text, message.blocks, bool(message.edited)) == ("Acknowledged", None, True)


async def test_a_person_id_is_a_direct_message(playground, web):
    opened = await web.conversations_open(users=ANNIKA.id)
    posted = await web.chat_postMessage(channel=ANNIKA.id, text="For you")
    assert opened["channel"]["id"] == posted["channel"] == DM


async def test_an_ephemeral_message_is_seen_by_one_person_and_not_in_the_history(playground, web):
    await web.chat_postEphemeral(channel=ROOM, user=ANNIKA.id, text="Only you")
    assert [one.text for one in playground.slack.messages(ANNIKA.id, ROOM)] == ["Only you"]
    assert playground.slack.messages(PIA.id, ROOM) == []
    assert (await web.conversations_history(channel=ROOM))["messages"] == []


async def test_history_finds_a_key_in_the_metadata_only_when_asked_for_it(web):
    metadata = {"event_type": "parley", "event_payload": {"key": "k1"}}
    await web.chat_postMessage(channel=ROOM, text="once", metadata=metadata)
    asked = await web.conversations_history(channel=ROOM, include_all_metadata=True, limit=5)
    assert asked["messages"][0]["metadata"] == metadata
    assert "metadata" not in (await web.conversations_history(channel=ROOM))["messages"][0]


async def test_history_comes_newest_first_in_pages(web):
    for text in ("one", "two", "three"):
        await web.chat_postMessage(channel=ROOM, text=text)
    first = await web.conversations_history(channel=ROOM, limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    rest = await web.conversations_history(channel=ROOM, limit=2, cursor=cursor)
    assert [one["text"] for one in [*first["messages"], *rest["messages"]]] == ["three", "two", "one"]


@pytest.mark.parametrize(
    "blocks",
    [
        [{"type": "divider"}] * 51,
        [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}],
        [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
        button(value="x" * 2001),
        button(text="x" * 76),
        [{"type": "section"}],
        [{"type": "sektion"}],
    ],
)
async def test_blocks_beyond_a_limit_are_refused(web, blocks):
    assert await refused(web.chat_postMessage(channel=ROOM, text="t", blocks=blocks)) == "invalid_blocks"


async def test_unknown_rooms_and_messages_are_refused(playground, web):
    assert await refused(web.chat_postMessage(channel="C0NO", text="t")) == "channel_not_found"
    assert await refused(web.chat_update(channel=ROOM, ts="1.2", text="t")) == "message_not_found"
    playground.slack.remove_bot("T1NORTH", ROOM)
    assert await refused(web.chat_postMessage(channel=ROOM, text="t")) == "not_in_channel"


async def test_a_slash_command_is_signed_and_its_answer_is_private(bot, playground):
    bot.answers = [JSONResponse({"text": "Logged."})]
    answer = await playground.slack.say(ANNIKA.id, ROOM, "/issue A & B, owner @pia, cc @nobody.")
    heard = bot.heard[-1]
    assert SignatureVerifier(SECRET).is_valid_request(heard.body, heard.headers)
    assert form(bot)["command"] == "/issue"
    assert form(bot)["text"] == "A &amp; B, owner <@U2PIA>, cc @nobody."
    assert answer.body == {"text": "Logged."}
    assert [one.only_for for one in playground.slack.messages(ANNIKA.id, ROOM)] == [ANNIKA.id]


async def test_a_mention_a_direct_message_and_plain_talk_are_told_apart(bot, playground):
    await playground.slack.say(ANNIKA.id, ROOM, "no call for this")
    await playground.slack.say(ANNIKA.id, ROOM, "@Parley issue list")
    await playground.slack.say(ANNIKA.id, DM, "issue list")
    mention, direct = [json.loads(heard.body)["event"] for heard in bot.heard]
    assert (mention["type"], mention["text"]) == ("app_mention", "<@U0PARLEY> issue list")
    assert (direct["type"], direct["channel_type"]) == ("message", "im")


async def test_a_press_carries_the_button_and_a_response_url_that_replaces_the_card(bot, playground, page):
    bot.answers = [JSONResponse({"text": "Open", "blocks": button()})]
    await playground.slack.say(ANNIKA.id, ROOM, "/issue show 7")
    card = playground.slack.messages(ANNIKA.id, ROOM)[-1]
    await playground.slack.press(ANNIKA.id, ROOM, card.ts, "ack")
    payload = json.loads(form(bot)["payload"])
    assert payload["actions"][0]["value"] == "7"
    assert payload["container"]["is_ephemeral"] is True
    await page.post(payload["response_url"], json={"replace_original": True, "text": "Done"})
    assert playground.slack.messages(ANNIKA.id, ROOM)[-1].text == "Done"


async def test_a_button_that_an_edit_took_away_can_still_be_pressed_on_an_old_screen(bot, playground, web):
    posted = await web.chat_postMessage(channel=ROOM, text="t", blocks=button())
    await web.chat_update(channel=ROOM, ts=posted["ts"], text="t", blocks=[])
    assert (await playground.slack.press(PIA.id, ROOM, posted["ts"], "ack")).ok
    with pytest.raises(LookupError):
        await playground.slack.press(PIA.id, ROOM, posted["ts"], "never-there")


async def test_an_event_that_fails_is_sent_again_with_the_same_id(bot, playground):
    bot.answers = [Response(status_code=500), None]
    await playground.slack.say(ANNIKA.id, DM, "hello")
    await playground.slack.settled()
    ids = {json.loads(heard.body)["event_id"] for heard in bot.heard}
    told = [heard.headers.get("x-slack-retry-reason") for heard in bot.heard]
    assert len(ids) == 1
    assert told == [None, "http_error", "http_timeout"]


async def test_a_command_nobody_answers_in_time_is_told_to_the_person(bot, playground):
    bot.answers = [None]
    answer = await playground.slack.say(ANNIKA.id, ROOM, "/issue list")
    assert (answer.status, answer.body) == (0, "timeout")
    assert "operation_timeout" in playground.slack.messages(ANNIKA.id, ROOM)[-1].text
