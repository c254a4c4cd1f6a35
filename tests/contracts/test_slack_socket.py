"""Socket Mode against the small Slack: the same listeners, and nothing acknowledged before it is saved."""

import asyncio
import json
from contextlib import asynccontextmanager
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from slack_bolt.async_app import AsyncApp

from adapters.slack.app import Slack
from adapters.slack.socket import Socket
from bot.desk import Answer
from bot.intents import Place, Reply
from bot.views import Card, Form, TextField
from playground.cast import Cast, Channel, SlackPerson, Workspace
from playground.playground import Playground
from playground.server import listen, playing, url
from playground.slack_socket import APP_TOKEN
from tests.contracts.slack_wire import OFFERS, Front, Line, Watch, settings

ANNIKA = SlackPerson("U09", "annika", "Annika Lindqvist", "Study lead", "Europe/London")
ROOM = Channel("C7", "hal-northmere", (ANNIKA.id,))
HOME = Workspace("T1", "Northmere", "xoxb-1", "U0PARLEY", (ANNIKA,), (ROOM,))
CARD = Card("Logged")
FORM = Form("Log an issue", "issue.submit", (TextField("title", "Title"),), {"draft": "d1"})


@asynccontextmanager
async def speaking(answer, token=APP_TOKEN):
    """A small Slack with a bot on a socket and no address of its own; what the bot's office is asked."""
    bound = listen()
    stage = Playground(Cast((HOME,), ()), "http://127.0.0.1:9", url(bound), "secret", "app")
    stage.slack.retry_delays, stage.slack.insists = (0.0, 0.0), True
    async with playing(stage, bound):
        given = {
            "slack_app_token": token,
            "slack_signing_secret": "",
            "slack_api_url": f"{url(bound)}/slack/api/",
        }
        front = Front(answer)
        slack = Slack(settings(**given), Watch().wall, OFFERS)
        app = FastAPI()
        slack.mount(app, front)
        try:
            await slack.start()
            yield stage, front, app
        finally:
            await slack.stop()


async def test_a_command_is_answered_to_its_speaker_and_no_address_of_ours_is_needed():
    async with speaking(Answer(CARD)) as (stage, front, app):
        answer = await stage.slack.say(ANNIKA.id, ROOM.id, "/issue list")
        assert answer.body["response_type"] == "ephemeral"
        assert front.asked[0].text == "issue list"
        assert stage.slack.messages(ANNIKA.id, ROOM.id)[-1].only_for == ANNIKA.id
        assert [route.path for route in app.router.routes if "slack" in getattr(route, "path", "")] == []


async def test_the_same_command_twice_has_two_keys():
    async with speaking(Answer(CARD)) as (stage, front, _):
        await stage.slack.say(ANNIKA.id, ROOM.id, "/issue list")
        await stage.slack.say(ANNIKA.id, ROOM.id, "/issue list")
        assert len({intent.key for intent in front.asked}) == 2


async def test_a_command_has_the_same_key_however_it_reaches_us():
    async with speaking(Answer(CARD)) as (stage, front, _):
        await stage.slack.say(ANNIKA.id, ROOM.id, "/issue list")
        told = next(one for one in stage.wire.exchanges() if one.path == "/slash_commands")
        both = settings(slack_api_url=f"{stage.own_url}/slack/api/")
        over_http, again = Slack(both, Watch().wall, OFFERS), Front(Answer(CARD))
        await Line(over_http, again, Watch()).post(urlencode(json.loads(told.body)).encode())
        assert again.asked[0].key == front.asked[0].key


async def test_a_form_is_opened_filled_in_and_closed():
    async with speaking(Answer(FORM)) as (stage, front, _):
        await stage.slack.say(ANNIKA.id, ROOM.id, "/issue")
        (view,) = stage.slack.views(ANNIKA.id)
        front.answer = Answer(None)
        values = {"title": {"value": {"type": "plain_text_input", "value": "Late"}}}
        await stage.slack.submit(ANNIKA.id, view["id"], values)
        assert front.asked[-1].fields == {"draft": "d1", "title": "Late"}
        assert front.asked[-1].place == Place("slack", "T1", "C7")
        assert stage.slack.views(ANNIKA.id) == []


async def test_a_shortcut_and_a_mention_arrive():
    async with speaking(Answer(None)) as (stage, front, _):
        await stage.slack.say(ANNIKA.id, ROOM.id, "The courier is late")
        late = stage.slack.messages(ANNIKA.id, ROOM.id)[-1]
        await stage.slack.shortcut(ANNIKA.id, ROOM.id, late.ts, "issue.from_message")
        await stage.slack.say(ANNIKA.id, ROOM.id, "@Parley issue list")
        assert [intent.reply for intent in front.asked] == [Reply.OPENING, Reply.LATER]
        assert front.asked[0].fields["words"] == "The courier is late"


async def test_nothing_is_acknowledged_before_the_desk_has_it():
    async with speaking(Answer(None)) as (stage, front, _):
        front.gate.clear()
        said = asyncio.create_task(stage.slack.say(ANNIKA.id, ROOM.id, "@Parley issue list"))
        await front.begun.wait()
        assert not said.done()
        front.gate.set()
        assert (await said).ok


async def test_an_event_that_failed_comes_again_under_the_same_key():
    async with speaking(RuntimeError("lost")) as (stage, front, _):
        stage.slack.ack_seconds = 0.3
        assert not (await stage.slack.say(ANNIKA.id, ROOM.id, "@Parley issue list")).ok
        front.answer = Answer(None)
        await stage.slack.settled()
        assert len(front.asked) == 2
        assert len({intent.key for intent in front.asked}) == 1


async def test_what_nobody_listens_for_is_acknowledged():
    async with speaking(Answer(None)) as (stage, front, _):
        assert (await stage.slack.sockets.send("events_api", {"event": {"type": "pin_added"}}, 2.0)).ok
        other = {"type": "block_actions", "actions": [{"action_id": "else", "type": "button"}]}
        assert (await stage.slack.sockets.send("interactive", other, 2.0)).ok
        assert front.asked == []


async def test_a_connection_that_slack_renews_is_replaced():
    async with speaking(Answer(CARD)) as (stage, *_):
        await stage.slack.sockets.ask_to_renew()
        await stage.changes.until(lambda: stage.slack.sockets.opened == 2 and stage.slack.sockets.count == 1)
        assert (await stage.slack.say(ANNIKA.id, ROOM.id, "/issue list")).ok


async def test_a_connection_that_breaks_is_opened_again():
    async with speaking(Answer(CARD)) as (stage, *_):
        await stage.slack.sockets.cut()
        await stage.changes.until(lambda: stage.slack.sockets.count == 1, seconds=15)
        assert (await stage.slack.say(ANNIKA.id, ROOM.id, "/issue list")).ok


async def test_an_address_that_led_nowhere_is_not_tried_again():
    bound = listen()
    stage = Playground(Cast((HOME,), ()), "http://127.0.0.1:9", url(bound), "secret", "app")
    async with playing(stage, bound):
        stage.slack.sockets.turned_away = 1
        socket = Socket(
            AsyncApp(signing_secret="", token="xoxb-1"), APP_TOKEN, f"{url(bound)}/slack/api/", 0.1
        )
        await socket.open()
        assert stage.slack.sockets.count == 1
        await socket.close()


async def test_what_was_heard_is_answered_before_the_socket_is_closed():
    async with speaking(Answer(CARD)) as (stage, front, _):
        front.gate.clear()
        said = asyncio.create_task(stage.slack.say(ANNIKA.id, ROOM.id, "/issue list"))
        await front.begun.wait()
        asyncio.get_running_loop().call_later(0.1, front.gate.set)
    assert (await said).ok


async def test_a_token_that_slack_does_not_take_is_told_in_the_log_without_its_words(caplog):
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(1), speaking(Answer(CARD), "xapp-stolen"):
            raise AssertionError("it must not connect")
    assert "Socket Mode" in caplog.text
    assert "invalid_auth" in caplog.text
    assert "xapp-stolen" not in caplog.text


def test_an_empty_app_token_needs_a_signing_secret():
    with pytest.raises(ValueError, match="signing secret"):
        Slack(settings(slack_signing_secret="", slack_app_token=""), Watch().wall)
