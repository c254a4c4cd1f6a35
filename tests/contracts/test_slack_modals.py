"""Modals from the trigger to the answer: what opens them, what is told instead, and what a sent one gets."""

import asyncio
import json

import pytest

from adapters.slack import form
from adapters.slack.app import Slack
from adapters.slack.calls import Calls
from adapters.slack.modals import Modals, Trigger
from adapters.slack.roster import Roster
from adapters.slack.tokens import Tokens
from bot.desk import Answer
from bot.intents import Account, Handle, Intent, Kind, Mention, Place, Reply
from bot.views import AccountField, Button, Buttons, Card, Form, TextField
from tests.contracts import slack_wire
from tests.contracts.slack_wire import OFFERS, US, Api, Front, Line, Watch, settings, shortcut, submission

INSTEAD = Card(
    "Fill in the form", (Buttons((Button("Fill in", "issue.form", {"draft": "d1"}, opens=True),)),)
)
TITLE = TextField("title", "Title")
FORM = Form("Log an issue", "issue.submit", (TITLE,), {"draft": "d1"}, instead=INSTEAD)
HERE = Place("slack", "T1", "C7")
VIEW = form.view(FORM, HERE)
PRESS = json.dumps({"verb": "issue.form", "fields": {"draft": "d1"}})
REFUSED = Answer(Card("Nothing was saved", summary="Nothing was saved; send it again."), refused=True)


@pytest.fixture
async def api():
    scripted = Api()
    async with slack_wire.serve(scripted) as server:
        scripted.url = str(server.make_url("/api/"))
        yield scripted


@pytest.fixture
async def line(api):
    """A line to a Slack platform behind which this answers."""
    lines = []

    def make(answer):
        watch = Watch()
        slack = Slack(settings(slack_api_url=api.url), watch.wall, OFFERS)
        lines.append(Line(slack, Front(answer), watch))
        return lines[-1]

    yield make
    for one in lines:
        await one.slack.stop()


async def test_a_command_opens_its_form_before_it_is_acknowledged(api, line):
    answered = await line(Answer(FORM)).command("")
    (opened,) = api.calls["views.open"]
    assert (answered.status_code, answered.content) == (200, b"")
    assert opened["trigger_id"] == "1.2.a"
    assert _json(opened["view"]) == VIEW


async def test_a_command_whose_form_does_not_open_shows_what_stands_for_it(api, line):
    api.script["views.open"] = {"ok": False, "error": "expired_trigger_id"}
    answered = (await line(Answer(FORM)).command("")).json()
    assert answered["response_type"] == "ephemeral"
    assert answered["blocks"][0]["text"]["text"] == "Fill in the form"
    assert answered["blocks"][1]["elements"][0]["text"]["text"] == "Fill in"


async def test_a_form_that_would_come_too_late_is_not_opened(api):
    calls = Calls(Tokens("xoxb-1"), api.url)
    over = asyncio.get_running_loop().time() - 0.1
    intent = Intent(Handle("slack", "T1", "U09"), HERE, "k")
    assert not await Modals(Front(Answer(None)), calls, Roster(calls)).open(
        FORM, intent, Trigger("1.2.a", over)
    )
    await calls.close()
    assert not api.calls["views.open"]


async def test_a_press_opens_its_form(api, line):
    slack = line(Answer(FORM))
    await slack.press(PRESS, thread_ts="4.4")
    await slack.slack.stop()
    assert slack.front.asked[0].reply is Reply.OPENING
    (opened,) = api.calls["views.open"]
    assert opened["trigger_id"] == "1.2.p"
    assert json.loads(_json(opened["view"])["private_metadata"])["place"]["thread"] == "4.4"
    assert not api.calls["chat.postEphemeral"]


async def test_a_press_whose_form_does_not_open_is_told_privately(api, line):
    api.script["views.open"] = {"ok": False, "error": "expired_trigger_id"}
    slack = line(Answer(FORM))
    await slack.press(PRESS)
    await slack.slack.stop()
    (told,) = api.calls["chat.postEphemeral"]
    assert (told["channel"], told["user"]) == ("C7", "U09")
    assert "Fill in the form" in str(told["blocks"])


async def test_where_we_are_not_in_the_channel_it_is_told_directly(api, line):
    api.script["views.open"] = {"ok": False, "error": "expired_trigger_id"}
    api.script["chat.postEphemeral"] = {"ok": False, "error": "not_in_channel"}
    api.script["conversations.open"] = {"ok": True, "channel": {"id": "D9"}}
    slack = line(Answer(FORM))
    await slack.post(shortcut("late"))
    await slack.slack.stop()
    (told,) = api.calls["chat.postMessage"]
    assert told["channel"] == "D9"
    assert "Fill in the form" in str(told["blocks"])


async def test_a_request_that_was_served_before_opens_nothing_again(api, line):
    slack = line(Answer(FORM, repeated=True))
    await slack.press(PRESS)
    assert (await slack.command("")).content == b""
    await slack.slack.stop()
    assert not api.calls


async def test_a_mention_has_no_trigger_so_its_answer_comes_as_a_message(line):
    slack = line(Answer(None))
    await slack.event(text=f"<@{US}> issue")
    assert slack.front.asked[0].reply is Reply.LATER


async def test_a_shortcut_says_what_was_written_where_and_by_whom_it_was_used(api, line):
    slack = line(Answer(FORM))
    answered = await slack.post(shortcut("Late &amp; wrong, see <@U3|kim> &lt;3", thread_ts="1793613000.5"))
    await slack.slack.stop()
    (intent,) = slack.front.asked
    assert (answered.status_code, answered.content) == (200, b"")
    assert (intent.verb, intent.reply) == ("issue.from_message", Reply.OPENING)
    assert intent.speaker == Handle("slack", "T2", "U09", "annika")
    assert intent.place == Place("slack", "T1", "C7", thread="1793613000.5")
    assert intent.mentions == (Mention("<@U3>", "U3", "kim"),)
    link = "https://northmere.slack.com/archives/C7/p1793613600000100?thread_ts=1793613000.5&cid=C7"
    told = {"words": "Late & wrong, see <@U3> <3", "link": link, "message": "1793613600.000100"}
    assert intent.fields == told | {"said at": "2026-11-02T10:00:00.000100+00:00"}
    assert intent.key == "slack:shortcut:C7:1793613600.000100:9.9:U09"
    assert len(api.calls["views.open"]) == 1


async def test_the_root_of_a_thread_is_a_message_of_the_channel(line):
    slack = line(Answer(None))
    await slack.post(shortcut("late", thread_ts="1793613600.000100"))
    (intent,) = slack.front.asked
    assert intent.place == HERE
    assert intent.fields["link"] == "https://northmere.slack.com/archives/C7/p1793613600000100"


async def test_a_shortcut_between_two_people_gives_no_address(line):
    slack = line(Answer(None))
    await slack.post(shortcut("late", channel="D5"))
    assert slack.front.asked[0].place == Place("slack", "T1", "", private=True)


async def test_somebody_elses_shortcut_is_acknowledged_and_ignored(line):
    slack = line(Answer(None))
    assert (await slack.post(shortcut("late", "issue.steal"))).status_code == 200
    assert slack.front.asked == []


async def test_a_sent_form_that_is_done_is_closed(line):
    slack = line(Answer(None))
    answered = await slack.post(submission(VIEW, title="Late"))
    (intent,) = slack.front.asked
    assert (answered.status_code, answered.content) == (200, b"")
    assert intent.fields == {"draft": "d1", "title": "Late"}
    assert (intent.place, intent.reply) == (HERE, Reply.FORM)


async def test_what_is_wrong_stands_at_its_field(line):
    wrong = Form(
        "Log an issue",
        "issue.submit",
        (TextField("title", "Title", "!", error="Say more."),),
        {"draft": "d1"},
    )
    answered = await line(Answer(wrong)).post(submission(VIEW, title="!"))
    assert answered.json() == {"response_action": "errors", "errors": {"title": "Say more."}}


async def test_another_form_takes_its_place(line):
    other = Form("Log an issue", "issue.submit", (TITLE, TextField("due", "Due")), {"draft": "d1"})
    answered = (await line(Answer(other)).post(submission(VIEW, title="Late"))).json()
    assert answered["response_action"] == "update"
    assert [block["block_id"] for block in answered["view"]["blocks"]] == ["title~1", "due"]


async def test_what_could_not_be_saved_is_said_where_it_was_typed(line):
    answered = await line(REFUSED).post(submission(VIEW, title="Late"))
    said = {"title": "Nothing was saved; send it again."}
    assert answered.json() == {"response_action": "errors", "errors": said}


async def test_nothing_is_acknowledged_before_the_desk_has_it(line):
    slack = line(Answer(None))
    slack.front.gate.clear()
    posted = asyncio.create_task(slack.post(submission(VIEW, title="Late")))
    await slack.front.begun.wait()
    assert not posted.done()
    slack.front.gate.set()
    assert (await posted).content == b""


PICKER = form.view(Form("Add", "setup.add", (AccountField("who", "Who", "U3"),)), HERE)


async def test_a_picked_account_is_told_of(api, line):
    profile = {"real_name": "Kim Ode", "title": "Monitor", "email": "kim@northmere.example"}
    told = {"id": "U3", "team_id": "T2", "tz": "Europe/Oslo", "is_restricted": True, "profile": profile}
    api.script["users.info"] = {"ok": True, "user": told}
    slack = line(Answer(None))
    await slack.post(submission(PICKER))
    (intent,) = slack.front.asked
    account = Account(
        Handle("slack", "T2", "U3", "Kim Ode"), Kind.GUEST, "Monitor", "kim@northmere.example", "Europe/Oslo"
    )
    assert (intent.fields["who"], intent.accounts) == ("U3", (account,))


async def test_an_account_that_slack_does_not_tell_of_holds_nothing_up(api, line):
    api.script["users.info"] = (503, "down", {})
    slack = line(Answer(None))
    assert (await slack.post(submission(PICKER))).content == b""
    assert slack.front.asked[0].accounts == ()


@pytest.mark.parametrize(
    "view",
    [{"type": "modal"}, {"type": "modal", "callback_id": form.CALLBACK}, {**VIEW, "private_metadata": "{}"}],
)
async def test_a_modal_that_is_not_ours_is_acknowledged_and_ignored(line, view):
    slack = line(Answer(None))
    assert (await slack.post(submission(view))).status_code in (200, 400)
    assert slack.front.asked == []


def _json(view):
    return json.loads(view) if isinstance(view, str) else view
