"""A message under a card, pointed at: what each platform tells of its thread, its writer and itself."""

from dataclasses import replace

import pytest
from botbuilder.schema import Activity

from adapters.slack import read as slack
from adapters.teams import quoted
from adapters.teams import read as teams
from bot.intents import Account, Handle, Place, Reply
from tests.contracts.test_teams_dialogs import THREAD, payload, pointed

ROOT, REPLY = "1763200000.000100", "1763200060.000200"
MESSAGE = {"type": "message", "user": "U0RAF", "team": "T0NOR", "text": "We hired two.", "ts": REPLY}
USED = {
    "type": "message_action",
    "callback_id": "issue.take_update",
    "user": {"id": "U0ANN", "name": "annika", "team_id": "T0NOR"},
    "team": {"id": "T0NOR", "domain": "northmere"},
    "channel": {"id": "C0ROOM"},
    "message_ts": REPLY,
    "message": MESSAGE | {"thread_ts": ROOT},
    "action_ts": "1763200070.1",
}
SAID = {"said at": "2025-11-15T09:47:40.000200+00:00"}
WHERE = Place("teams", "t-1", "19:oversight@thread.tacv2", thread="17")


def test_slack_tells_the_thread_the_message_and_who_wrote_it():
    told = slack.shortcut(USED)
    assert (told.verb, told.reply) == ("issue.take_update", Reply.OPENING)
    assert told.place == Place("slack", "T0NOR", "C0ROOM", thread=ROOT)
    assert told.fields["message"] == REPLY
    assert told.fields["words"] == "We hired two."
    assert told.accounts == (Account(Handle("slack", "T0NOR", "U0RAF")),)


@pytest.mark.parametrize(
    ("message", "home"),
    [
        (MESSAGE | {"team": "T0HAL"}, "T0HAL"),
        (MESSAGE | {"user_team": "T0HAL"}, "T0HAL"),
        ({"user": "U0RAF", "text": "We hired two.", "ts": REPLY}, "T0NOR"),
    ],
    ids=["a guest", "a guest, told twice", "not told"],
)
def test_who_wrote_it_in_a_shared_channel_belongs_to_their_own_workspace(message, home):
    assert slack.shortcut(USED | {"message": message}).accounts[0].handle.tenant == home


@pytest.mark.parametrize("message", [MESSAGE | {"bot_id": "B1"}, {"text": "words", "ts": REPLY}])
def test_what_an_app_wrote_on_slack_has_no_writer(message):
    assert slack.shortcut(USED | {"message": message}).accounts == ()


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ({}, SAID),
        ({"ts": "soon"}, {}),
        ({"ts": "9" * 40}, {}),
        ({"edited": {"ts": "1763200120.5"}}, SAID | {"edited at": "2025-11-15T09:48:40.500000+00:00"}),
        ({"edited": "yes"}, SAID),
        ({"subtype": "tombstone"}, SAID | {"gone": "yes"}),
    ],
)
def test_slack_tells_when_it_was_said_and_what_became_of_it(message, told):
    fields = slack.shortcut(USED | {"message": MESSAGE | message}).fields
    assert {name: fields[name] for name in ("said at", "edited at", "gone") if name in fields} == told


def test_the_root_of_a_thread_on_slack_is_in_no_thread():
    root = MESSAGE | {"ts": ROOT, "thread_ts": ROOT}
    assert slack.shortcut(USED | {"message": root, "message_ts": ROOT}).place.thread == ""


def test_teams_tells_the_thread_the_message_and_who_wrote_it():
    written = {"user": {"userIdentityType": "aadUser", "id": "aad-9", "displayName": "Rafael Monteiro"}}
    told = Activity().deserialize(pointed(told=payload(**{"from": written}), conversation=THREAD))
    asked = teams.points(told, ("issue.from_message",))
    assert asked.place.thread == "17"
    assert asked.fields["message"] == "1700000000000"
    (writer,) = asked.accounts
    assert (writer.handle.user, writer.handle.name) == ("aad-9", "Rafael Monteiro")
    assert writer.handle.tenant == asked.speaker.tenant == asked.place.tenant


@pytest.mark.parametrize(
    "written",
    [None, [], {}, {"application": {"id": "app"}}, {"user": None}, {"user": {"id": 7}}, {"user": {"id": ""}}],
)
def test_what_an_app_wrote_on_teams_has_no_writer(written):
    assert quoted.writer({"from": written}, WHERE) == ()


@pytest.mark.parametrize("name", [None, 7, ["x"]])
def test_a_writer_whose_name_is_not_told_is_still_one(name):
    (writer,) = quoted.writer({"from": {"user": {"id": "aad-9", "displayName": name}}}, WHERE)
    assert writer == Account(replace(Handle("teams", "t-1", "aad-9"), name=""))


@pytest.mark.parametrize("id_", [None, 7, "", "../x", "17a"])
def test_an_id_that_is_none_is_not_taken(id_):
    assert quoted.own_id({"id": id_}) == ""
