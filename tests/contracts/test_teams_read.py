"""What an activity from Teams is taken to mean: who, where, which words, which button, which request."""

from typing import Any

import pytest
from botbuilder.schema import Activity

from adapters.teams import read, turn
from adapters.teams.render import adaptive
from bot.intents import Handle, Intent, Mention, Place, Reply
from bot.views import Button, Buttons, Card
from tests.contracts.signing import APP_ID, SERVICE, TENANT, activity, press
from tests.contracts.teams_referee import buttons

CHANNEL = "19:oversight@thread.tacv2"
PARLEY = {"type": "mention", "text": "<at>Parley</at>", "mentioned": {"id": f"28:{APP_ID}", "name": "Parley"}}
MARCUS = {
    "type": "mention",
    "text": "<at>Marcus O&#39;Dell</at>",
    "mentioned": {"id": "29:m", "name": "Marcus O'Dell"},
}
ACK = Button("Acknowledge", "issue.ack", {"issue": "ISS-7", "version": "3"})


def heard(**changes: Any) -> Activity:
    return turn.read(activity(**changes))


def said(**changes: Any) -> Intent:
    intent = read.said(heard(**changes))
    assert intent is not None
    return intent


def posted(text: str, *entities: dict[str, Any], root: str = "1700000000000") -> Intent:
    conversation = {"id": f"{CHANNEL};messageid={root}", "conversationType": "channel", "isGroup": True}
    return said(text=text, entities=[PARLEY, *entities], conversation=conversation)


def carried(seed: str = "parcel 1") -> dict[str, Any]:
    """What our own button carries, as the renderer wrote it."""
    return buttons(adaptive(Card("ISS-7", (Buttons((ACK,)),)), seed))[0]["data"]


def executed(data: Any, **changes: Any) -> Intent | None:
    value = {"action": {"type": "Action.Execute", "verb": "issue.ack", "data": data}, "trigger": "manual"}
    return read.pressed(turn.read(press(value=value, **changes)))


def test_a_speaker_is_the_entra_object_in_the_tenant_the_guard_let_in():
    assert said().speaker == Handle("teams", TENANT, "a-1", "Annika")


def test_nobody_is_the_speaker_where_only_the_channels_own_id_is_known():
    account = {"id": "29:guest", "name": "annika@example.org"}
    assert read.said(heard(**{"from": account})) is None
    assert executed(carried(), **{"from": account}) is None
    assert read.speaker(heard(**{"from": None})) is None


def test_a_personal_chat_is_a_private_place():
    assert said().place == Place("teams", TENANT, "a:1", private=True, service=SERVICE)


def test_a_message_in_a_channel_belongs_to_the_thread_of_its_root():
    assert posted("<at>Parley</at> help", root="17").place == Place(
        "teams", TENANT, CHANNEL, thread="17", service=SERVICE
    )


def test_a_group_chat_is_not_private():
    place = said(conversation={"id": "19:g@thread.v2", "conversationType": "groupChat"}).place
    assert (place.private, place.thread) == (False, "")


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("issue list", "issue list"),
        ("  issue\xa0list&nbsp;\r\n", "issue list"),
        ("enrolment &lt; 50 &amp; falling", "enrolment < 50 & falling"),
        ("first line\r\nsecond line", "first line\nsecond line"),
        ("nul\x00 and half \ud83d", "nul and half ?"),
        ("", "help"),
        (None, "help"),
    ],
)
def test_words_are_taken_as_they_were_typed(typed, text):
    assert said(text=typed).text == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("<at>Parley</at> issue list", "issue list"),
        ("<at>Parley</at>&nbsp;issue list", "issue list"),
        ("issue <at>Parley</at> list", "issue   list"),
        ("<at>Parley</at>\n", "help"),
        ("TMF backlog <at>Parley</at>", "TMF backlog"),
        ("<at>Parley</at> <at>Parley</at> help", "help"),
    ],
)
def test_the_bots_own_name_is_taken_out_wherever_it_stands(typed, text):
    assert posted(typed).text == text


def test_a_name_that_is_only_typed_stays():
    assert said(text="<at>Parley</at> issue list").text == "<at>Parley</at> issue list"


def test_other_people_named_are_told_apart_by_their_mark_in_the_text():
    intent = posted("<at>Parley</at> TMF backlog, owner <at>Marcus O&#39;Dell</at>", MARCUS)
    assert intent.text == "TMF backlog, owner <at>Marcus O'Dell</at>"
    assert intent.mentions == (Mention("<at>Marcus O'Dell</at>", "", "Marcus O'Dell"),)


def test_a_mention_that_names_the_entra_object_says_so():
    known = {**MARCUS, "mentioned": MARCUS["mentioned"] | {"aadObjectId": "m-1"}}
    assert posted("<at>Parley</at> <at>Marcus O&#39;Dell</at>", known).mentions[0].user == "m-1"


def test_a_message_sent_again_is_the_same_request_and_another_one_is_not():
    assert said().key == said(text="changed").key
    keys = {said().key, said(id="2").key, posted("<at>Parley</at> issue list").key}
    assert len(keys) == 3
    assert all(key.startswith("teams:") for key in keys)


def test_a_pressed_button_says_what_the_renderer_put_into_it():
    intent = executed(carried())
    assert intent is not None
    assert (intent.verb, intent.fields, intent.text) == (ACK.verb, ACK.fields, "")
    assert intent.reply is Reply.HERE


def test_a_client_without_execute_sends_the_same_request_as_a_message():
    intent, twin = said(text=None, value=carried()), executed(carried())
    assert twin is not None
    assert (intent.verb, intent.fields, intent.key) == (twin.verb, twin.fields, twin.key)
    assert intent.reply is Reply.LATER


def test_pressing_twice_is_one_request_whatever_the_activity_is_called():
    first, again = executed(carried(), id="1"), executed(carried(), id="2")
    assert first is not None
    assert again is not None
    assert first.key == again.key


def test_another_person_or_another_message_makes_another_request():
    other = {"id": "29:m", "name": "Marcus", "aadObjectId": "m-1"}
    pressed = [executed(carried()), executed(carried(), **{"from": other}), executed(carried("parcel 2"))]
    assert len({intent.key for intent in pressed if intent}) == 3


@pytest.mark.parametrize("nonce", [None, 7, "", "x" * 65])
def test_a_button_without_a_nonce_of_ours_is_as_old_as_its_activity(nonce):
    first = executed(carried() | {"nonce": nonce}, id="1")
    again = executed(carried() | {"nonce": nonce}, id="2")
    assert first is not None
    assert again is not None
    assert first.key != again.key


@pytest.mark.parametrize(
    "data",
    [
        None,
        "issue.ack",
        [],
        {},
        {"fields": {}},
        {"verb": 7, "fields": {}},
        {"verb": "", "fields": {}},
        {"verb": "issue.ack", "fields": [1]},
        {"verb": "issue.ack"},
    ],
)
def test_what_is_no_button_of_ours_is_not_read_as_one(data):
    assert executed(data) is None
    assert said(text=None, value=data if isinstance(data, dict) else None).text == "help"


def test_fields_that_are_not_words_are_left_out():
    intent = executed(carried() | {"fields": {"issue": "ISS-7", "n": 7, "deep": {"a": "b"}, "nul": "\x00a"}})
    assert intent is not None
    assert intent.fields == {"issue": "ISS-7", "nul": "a"}


def test_typed_words_win_over_what_a_button_left_behind():
    assert said(text="issue list", value=carried()).verb == ""


def test_the_bot_leaves_only_where_it_is_itself_removed():
    bot, person = {"id": f"28:{APP_ID}"}, {"id": "29:m"}
    update = {"type": "conversationUpdate", "text": None}
    assert read.leaves(heard(**update, membersRemoved=[person, bot]))
    assert not read.leaves(heard(**update, membersRemoved=[person]))
    assert not read.leaves(heard(**update, membersAdded=[bot]))
