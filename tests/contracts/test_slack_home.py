"""App Home on the wire: who opens it gets theirs, drawn again after what they do, and answered in a modal."""

import asyncio
import json
from urllib.parse import urlencode

import pytest

from adapters.slack import home
from adapters.slack.app import Slack
from adapters.slack.calls import Calls
from adapters.slack.home import Homes
from adapters.slack.tokens import Tokens
from bot.desk import Answer
from bot.intents import Handle, Place, Reply
from bot.views import Button, Buttons, Card, Form, Text, TextField
from playground.slack_limits import broken_view
from tests.contracts import slack_wire
from tests.contracts.slack_wire import OFFERS, Api, Front, Line, Watch, settings

PRESS = json.dumps({"verb": "issue.ack", "fields": {"issue": "I"}})
CARD = Card("Home", (Text("Nothing waits for you."), Buttons((Button("Away", "setup.away", opens=True),))))
FORM = Form("Away", "setup.away.save", (TextField("person", "Who"),))
OPENED = {"type": "app_home_opened", "tab": "home", "user": "U09", "channel": "D9", "team": None}


@pytest.fixture
async def api():
    scripted = Api()
    async with slack_wire.serve(scripted) as server:
        scripted.url = str(server.make_url("/api/"))
        yield scripted


def line(api, answer) -> Line:
    """A line to a Slack platform behind which this answers."""
    watch = Watch()
    return Line(Slack(settings(slack_api_url=api.url), watch.wall, OFFERS), Front(answer), watch)


def pressed(view: dict[str, str]) -> bytes:
    """A click in a view of ours."""
    payload = {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": "U09", "name": "annika", "team_id": "T1"},
        "trigger_id": "1.2.h",
        "container": {"type": "view", "view_id": view["id"]},
        "view": {**view, "blocks": []},
        "actions": [{"type": "button", "action_id": "parley.3.0", "value": PRESS, "action_ts": "9.9"}],
    }
    return urlencode({"payload": json.dumps(payload)}).encode()


def drawn(said: dict[str, str]) -> dict[str, object]:
    """The view of one call."""
    return json.loads(said["view"]) if isinstance(said["view"], str) else said["view"]


async def test_whoever_opens_it_sees_what_is_theirs(api):
    slack = line(api, Answer(CARD))
    answered = await slack.event(**OPENED)
    await slack.slack.stop()
    (intent,), (shown,) = slack.front.asked, api.calls["views.publish"]
    assert (answered.status_code, answered.content) == (200, b"")
    assert (intent.verb, intent.reply, intent.key) == ("home", Reply.HERE, "slack:home:Ev1")
    assert intent.speaker == Handle("slack", "T1", "U09")
    assert intent.place == Place("slack", "T1", "", private=True)
    assert (shown["user_id"], drawn(shown)) == ("U09", home.home_view(CARD))
    assert broken_view(home.home_view(CARD)) == []


async def test_its_messages_tab_draws_nothing_and_a_forger_is_turned_away(api):
    slack = line(api, Answer(CARD))
    await slack.event(**{**OPENED, "tab": "messages"})
    forged = await slack.post(slack_wire.mention(**OPENED), {"x-slack-signature": "v0=00"})
    await slack.slack.stop()
    assert forged.status_code == 401
    assert not slack.front.asked
    assert not api.calls


async def test_a_home_holds_as_many_blocks_as_slack_takes(api):
    long = Card("Home", tuple(Text(f"Line {number}") for number in range(200)))
    view = home.home_view(long)
    assert len(view["blocks"]) == 100
    assert broken_view(view) == []
    assert broken_view(home.sheet(long)) == []


@pytest.mark.parametrize("answer", [{"ok": False, "error": "ratelimited"}, "hang up"])
async def test_a_home_that_cannot_be_drawn_now_harms_nothing(api, answer):
    api.script["views.publish"] = answer
    slack = line(api, Answer(CARD))
    assert (await slack.event(**OPENED)).status_code == 200
    await slack.slack.stop()
    assert len(api.calls["views.publish"]) == 1


async def test_what_is_pressed_in_a_home_is_answered_in_a_modal(api):
    slack = line(api, Answer(CARD))
    await slack.post(pressed({"id": "V1", "type": "home"}))
    await slack.slack.stop()
    (intent,), (shown,) = slack.front.asked, api.calls["views.open"]
    assert (intent.reply, intent.place.private, intent.key) == (Reply.HERE, True, "slack:press::V1:9.9:U09")
    assert shown["trigger_id"] == "1.2.h"
    assert drawn(shown) == home.sheet(CARD)
    assert "submit" not in drawn(shown)
    assert not api.calls["chat.postMessage"]


async def test_what_is_pressed_in_that_modal_takes_its_place(api):
    slack = line(api, Answer(FORM))
    await slack.post(pressed({"id": "V7", "type": "modal"}))
    await slack.slack.stop()
    (shown,) = api.calls["views.update"]
    assert (shown["view_id"], drawn(shown)["callback_id"]) == ("V7", "parley.form")


async def test_where_no_modal_opens_the_answer_comes_directly(api):
    api.script["views.open"] = {"ok": False, "error": "expired_trigger_id"}
    api.script["conversations.open"] = {"ok": True, "channel": {"id": "D9"}}
    slack = line(api, Answer(CARD))
    await slack.post(pressed({"id": "V1", "type": "home"}))
    await slack.slack.stop()
    (told,) = api.calls["chat.postMessage"]
    assert told["channel"] == "D9"


async def _acknowledged() -> None:
    """Slack is answered before anything is drawn."""


async def test_it_is_drawn_again_after_what_they_do_and_never_twice_at_once(api):
    front, calls, tasks = Front(Answer(CARD)), Calls(Tokens("xoxb-1"), api.url), set()
    homes = Homes(front, calls, tasks, breath=0.0)
    front.gate.clear()
    await homes.opened(_acknowledged, json.loads(slack_wire.mention(**OPENED)))
    await front.begun.wait()
    for _ in range(5):
        homes.changed(Handle("slack", "T1", "U09"))
    homes.changed(Handle("slack", "T1", "U10"))  # who never looked at theirs
    front.begun.clear()
    await homes.opened(_acknowledged, json.loads(slack_wire.mention(**{**OPENED, "user": "U11"})))
    await front.begun.wait()
    assert [one.speaker.user for one in front.asked] == ["U09", "U11"]
    front.gate.set()
    await asyncio.gather(*tasks)
    await calls.close()
    assert sorted(one.speaker.user for one in front.asked) == ["U09", "U09", "U11"]
    assert len(api.calls["views.publish"]) == len({one.key for one in front.asked}) + 1 == 3


async def test_a_record_out_of_reach_leaves_a_home_as_it_was(api):
    slack = line(api, Answer(Card("Nothing was saved"), refused=True, unserved=True))
    await slack.event(**OPENED)
    await slack.slack.stop()
    assert not api.calls["views.publish"]
