"""Who gets past Slack's door, what the desk is asked, and how it is answered."""

import asyncio
import json

import pytest

from adapters.slack.app import Slack
from bot.desk import Answer
from bot.intents import Handle, Mention, Place, Reply
from bot.views import Card, Text
from tests.contracts import slack_wire
from tests.contracts.slack_wire import NOW, OFFERS, US, Api, Front, Line, Watch, mention, settings, slash

CARD = Card("ISS-1", (Text("*not bold* <!channel>"),), "Logged <!channel>")
ACK = json.dumps({"verb": "issue.ack", "fields": {"issue": "i1"}})
SHOWN = Answer(CARD)
at = int(NOW.timestamp())


def line(answer: Answer | Exception = SHOWN, api_url: str = "http://127.0.0.1:9/api/") -> Line:
    watch = Watch()
    slack = Slack(settings(slack_api_url=api_url), watch.wall, OFFERS)
    return Line(slack, Front(answer), watch)


BAD = {
    "no headers": {},
    "no timestamp": {"x-slack-signature": "v0=1"},
    "a garbage timestamp": {"x-slack-request-timestamp": "soon"},
    "digits of another script": {"x-slack-request-timestamp": "²³"},
    "an endless timestamp": {"x-slack-request-timestamp": "9" * 5000},
    "a fraction": {"x-slack-request-timestamp": f"{at}.5"},
    "a wrong signature": {"x-slack-signature": "v0=" + "0" * 64},
    "an empty signature": {"x-slack-signature": ""},
    "a signature beyond ASCII": {"x-slack-signature": "v0=ä"},
}


@pytest.mark.parametrize("case", BAD)
async def test_an_unproven_request_gets_401_is_logged_and_nobody_is_asked(case, caplog):
    caplog.set_level("INFO")
    slack, body = line(), slash("list")
    good = slack.stamped(body)
    headers = BAD[case] and {**good, **BAD[case]}
    if case == "no timestamp":
        del headers["x-slack-request-timestamp"]
    assert (await slack.post(body, headers)).status_code == 401
    assert slack.front.asked == []
    assert [one for one in caplog.messages if "turned away: 401" in one]


@pytest.mark.parametrize(("age", "status"), [(300, 200), (-300, 200), (301, 401), (-301, 401), (10**9, 401)])
async def test_a_signature_is_good_for_five_minutes_either_way(age, status):
    slack, body = line(), slash("list")
    assert (await slack.post(body, slack.stamped(body, str(at - age)))).status_code == status


async def test_a_changed_body_gets_401():
    slack = line()
    headers = slack.stamped(slash("list"))
    assert (await slack.post(slash("close 8"), headers)).status_code == 401


def test_an_empty_secret_is_refused_at_once():
    with pytest.raises(ValueError, match="signing secret"):
        Slack(settings(slack_signing_secret=""), Watch().wall)


async def test_a_replayed_command_is_served_once_and_answered_with_nothing():
    slack, body = line(), slash("list")
    headers = slack.stamped(body)
    first, second = await slack.post(body, headers), await slack.post(body, headers)
    assert first.json()["response_type"] == "ephemeral"
    assert (second.status_code, second.content, len(slack.front.asked)) == (200, b"", 1)


async def test_a_replay_is_still_known_when_its_signature_is_about_to_expire():
    slack, body = line(), slash("list")
    ahead = slack.stamped(body, str(at + 300))
    await slack.post(body, ahead)
    slack.watch.push(seconds=600)
    assert (await slack.post(body, ahead)).content == b""
    assert len(slack.front.asked) == 1


async def test_slacks_own_retry_of_an_event_reaches_the_desk_under_the_same_key():
    slack, body = line(Answer(None)), mention(text=f"<@{US}> issue list")
    await slack.post(body)
    slack.watch.push(seconds=60)
    await slack.post(body, slack.stamped(body) | {"x-slack-retry-num": "1"})
    first, second = slack.front.asked
    assert first.key == second.key == "slack:said:C7:1793613600.000100"


async def test_the_same_command_twice_has_two_keys():
    slack = line()
    await slack.command("list")
    await slack.command("list", trigger_id="1.2.b")
    assert len({intent.key for intent in slack.front.asked}) == 2


async def test_slack_may_prove_that_the_address_is_ours():
    body = json.dumps({"type": "url_verification", "challenge": "c1", "token": "t"}).encode()
    assert (await line().post(body)).json() == {"challenge": "c1"}


async def test_a_command_is_answered_to_its_speaker_alone():
    answered = (await line().command("TMF backlog")).json()
    assert answered["response_type"] == "ephemeral"
    assert answered["text"] == "Logged &lt;!channel&gt;"
    assert answered["blocks"][0]["text"]["text"] == "ISS-1"


@pytest.mark.parametrize("answer", [Answer(None), Answer(CARD, repeated=True)])
async def test_a_command_with_nothing_new_to_show_is_only_acknowledged(answer):
    answered = await line(answer).command("list")
    assert (answered.status_code, answered.content) == (200, b"")


@pytest.mark.parametrize(
    ("command", "text", "said"),
    [
        ("/issue", "TMF backlog", "issue TMF backlog"),
        ("/issue", "", "issue"),
        ("/parley", "issue list", "issue list"),
        ("/parley", "", ""),
        ("/parley", "A &amp; B &lt;3 &amp;lt;", "A & B <3 &lt;"),
        ("/parley", "see <https://a.example/x|a.example/x> in <#C1|general>", "see a.example/x in #general"),
        (
            "/parley",
            "<https://a.example|here> <!here> <!subteam^S1|@qa>",
            "here (https://a.example) @here @qa",
        ),
        ("/parley", "nul\x00, bell\x07, two\r\nlines", "nul, bell, two\nlines"),
    ],
)
async def test_what_was_typed_reaches_the_desk_as_it_was_meant(command, text, said):
    slack = line()
    await slack.command(text, command)
    assert slack.front.asked[0].text == said


async def test_a_command_says_who_where_and_who_is_named():
    slack = line()
    await slack.command("x, owner <@U2|Lind, Ann>")
    (intent,) = slack.front.asked
    assert intent.speaker == Handle("slack", "T1", "U09")
    assert intent.place == Place("slack", "T1", "C7")
    assert intent.text == "issue x, owner <@U2>"
    assert intent.mentions == (Mention("<@U2>", "U2", "Lind, Ann"),)
    assert intent.reply is Reply.HERE


async def test_a_command_between_two_people_gives_no_address():
    slack = line()
    await slack.command("list", channel_id="D5")
    assert slack.front.asked[0].place == Place("slack", "T1", "", private=True)


async def test_a_mention_is_what_follows_our_name_and_names_only_others():
    slack = line(Answer(None))
    await slack.event(text=f"Hello <@{US}>: issue x, owner <@U2>", thread_ts="4.4")
    (intent,) = slack.front.asked
    assert (intent.text, intent.mentions) == ("issue x, owner <@U2>", (Mention("<@U2>", "U2"),))
    assert intent.place == Place("slack", "T1", "C7", thread="4.4")
    assert intent.reply is Reply.LATER


async def test_a_direct_message_needs_no_name():
    slack = line(Answer(None))
    await slack.event(type="message", channel="D3", channel_type="im", text="issue list")
    assert slack.front.asked[0].place == Place("slack", "T1", "D3", private=True)
    assert slack.front.asked[0].text == "issue list"


@pytest.mark.parametrize(
    "event",
    [
        {"bot_id": "B1"},
        {"user": None},
        {"edited": {"ts": "1.1"}},
        {"subtype": "message_changed"},
        {"subtype": "channel_join"},
        {"type": "message", "channel_type": "channel"},
        {"type": "reaction_added"},
    ],
)
async def test_what_is_not_said_to_us_is_acknowledged_and_ignored(event):
    slack = line()
    assert (await slack.event(text="issue list", **event)).status_code == 200
    assert slack.front.asked == []


@pytest.mark.parametrize(
    ("shared", "event", "home"),
    [
        (False, {"team": None}, "T1"),
        (True, {"team": "T2"}, "T2"),
        (True, {"team": "T1", "user_team": "T2"}, "T2"),
        (True, {"team": None}, ""),
    ],
)
async def test_a_speaker_belongs_to_their_own_workspace(shared, event, home):
    slack = line(Answer(None))
    await slack.post(mention(shared, text="x", **event))
    assert slack.front.asked[0].speaker.tenant == home


async def test_a_press_is_authorised_as_the_presser_not_as_who_installed_us():
    slack = line(Answer(None))
    answered = await slack.press(ACK, home="T2", thread_ts="4.4")
    (intent,) = slack.front.asked
    assert (answered.status_code, answered.content) == (200, b"")
    assert intent.speaker == Handle("slack", "T2", "U09", "annika")
    assert intent.place == Place("slack", "T1", "C7", thread="4.4")
    assert (intent.verb, intent.fields) == ("issue.ack", {"issue": "i1"})
    assert intent.key == "slack:press:C7:5.1:9.9:U09"
    assert intent.reply is Reply.OPENING


@pytest.mark.parametrize(("ephemeral", "conversation"), [(False, "D3"), (True, "")])
async def test_a_press_on_an_answer_between_two_people_gives_no_address(ephemeral, conversation):
    slack = line(Answer(None))
    await slack.press(ACK, channel_id="D3", is_ephemeral=ephemeral)
    assert slack.front.asked[0].place == Place("slack", "T1", conversation, private=True)


async def test_nothing_is_acknowledged_before_the_desk_has_answered():
    slack = line(Answer(None))
    slack.front.gate.clear()
    posted = asyncio.create_task(slack.event(text=f"<@{US}> x"))
    await slack.front.begun.wait()
    assert not posted.done()
    slack.front.gate.set()
    assert (await posted).status_code == 200


@pytest.mark.parametrize(
    "value", ["", "{}", "[]", "7", '{"verb":"x"}', '{"verb":"x","fields":[]}', "[" * 9999]
)
async def test_a_button_that_is_not_ours_is_acknowledged_and_ignored(value):
    slack = line()
    assert (await slack.press(value)).status_code == 200
    assert slack.front.asked == []


async def test_what_nobody_listens_for_is_acknowledged():
    unknown = {"type": "view_submission", "user": {"id": "U1"}, "team": {"id": "T1"}, "view": {"id": "V1"}}
    assert (
        await line().post(slack_wire.urlencode({"payload": json.dumps(unknown)}).encode())
    ).status_code == 200
    assert (await line().command("x", "/somebody-elses")).status_code == 200


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff\xfe", b"payload=[", b"payload=7", b"{" * 10**5])
async def test_a_signed_body_that_nobody_can_read_does_no_harm(body):
    slack = line()
    assert (await slack.post(body)).status_code in (200, 400)
    assert slack.front.asked == []


async def test_what_could_not_be_promised_is_told_privately_where_it_was_said():
    api = Api()
    async with slack_wire.serve(api) as server:
        slack = line(Answer(CARD), str(server.make_url("/api/")))
        await slack.event(text=f"<@{US}> x", thread_ts="4.4")
        await slack.slack.stop()
    (told,) = api.calls["chat.postEphemeral"]
    assert (told["channel"], told["user"], told["thread_ts"]) == ("C7", "U09", "4.4")
