"""Dialogs, input cards and message commands at our door: what each asks for, and how it is answered."""

import asyncio
from typing import Any

import pytest

from adapters.teams.form import ADAPTIVE, message
from adapters.teams.invokes import MESSAGE, NOTHING
from bot.desk import Answer
from bot.intents import Intent, Kind, Mention, Place, Reply
from bot.views import AccountField, Button, Buttons, Card, Choice, Form, Notice, TextField, Tone
from tests.contracts.signing import SERVICE, TENANT, activity, press
from tests.contracts.teams_referee import buttons, inputs, judge, words
from tests.contracts.teams_wire import CHANNEL, POST_CHAT, no, ok
from tests.contracts.test_teams_app import SAY, Door

TITLE = TextField("title", "Title", error="An issue needs a title.")
FORM = Form("Log an issue", "issue.submit", (TITLE,), {"draft": "d1"}, send="Log issue")
OPEN = Button("Fill in the form", "issue.form", {"draft": "d1"}, opens=True)
BUSY = Answer(Card("Nothing was saved", (Notice("Say it again.", Tone.WARNING),)), refused=True)
THREAD = {"id": f"{CHANNEL};messageid=17", "conversationType": "channel", "isGroup": True}
MEMBER = "GET /emea/v3/conversations/a:1/members/aad-9"
TYPED = {"title": "Late files at site 104"}


def door(answer: Answer, **shortcuts: Any) -> Door:
    return Door(answer, shortcuts=("issue.from_message",), **shortcuts)


def data(form: Form = FORM, seed: str = "one", **typed: str) -> dict[str, Any]:
    """What a client sends of a form that was drawn and filled in."""
    return buttons(message(form, seed))[0]["data"] | typed


def invoke(name: str, value: Any, **changes: Any) -> dict[str, Any]:
    return press(name=name, value=value, **changes)


def fetch(value: Any, **changes: Any) -> dict[str, Any]:
    return invoke("task/fetch", value, **changes)


def submit(value: Any, **changes: Any) -> dict[str, Any]:
    return invoke("task/submit", {"data": value, "context": {"theme": "dark"}}, **changes)


def execute(value: Any, **changes: Any) -> dict[str, Any]:
    action = {"type": "Action.Execute", "verb": "issue.submit", "data": value}
    return press(value={"action": action, "trigger": "manual"}, **changes)


def payload(**changes: Any) -> dict[str, Any]:
    told = {
        "id": "1700000000000",
        "linkToMessage": "https://teams.microsoft.com/l/message/19%3Ax/1700000000000",
        "body": {"contentType": "html", "content": '<p>Late, says <at id="0">Marcus Webb</at></p>'},
        "mentions": [
            {
                "id": 0,
                "mentionText": "Marcus Webb",
                "mentioned": {"user": {"id": "m-1", "displayName": "Marcus Webb"}},
            }
        ],
    }
    return told | changes


def pointed(command: Any = "issue.from_message", told: Any = None, **changes: Any) -> dict[str, Any]:
    value = {"commandId": command, "commandContext": "message", "messagePayload": told or payload()}
    return invoke("composeExtension/fetchTask", value, **changes)


async def heard(said: dict[str, Any], answer: Answer = Answer(None)) -> Intent:  # noqa: B008  # frozen, so it is shared safely
    at = door(answer)
    assert (await at.post(said)).status_code == 200
    return at.front.asked[0]


def opened(answer: Any) -> dict[str, Any]:
    """The card that an answer opens a dialog with."""
    told = answer.json()["task"]
    assert (answer.status_code, told["type"]) == (200, "continue")
    value = told["value"]
    assert (value["card"]["contentType"], value["width"]) == (ADAPTIVE, "medium")
    judge(value["card"]["content"])
    return value["card"]["content"]


async def test_a_button_that_opens_a_form_is_answered_with_the_form_in_a_dialog():
    at = door(Answer(FORM))
    button = buttons(message(Card("Ready", (Buttons((OPEN,)),)), "one"))[0]
    assert button["type"] == "Action.Submit"
    assert button["data"]["msteams"] == {"type": "task/fetch"}
    answer = await at.post(fetch({"data": button["data"], "context": {"theme": "default"}}))
    assert list(inputs(opened(answer))) == ["title"]
    assert answer.json()["task"]["value"]["title"] == "Log an issue"
    asked = at.front.asked[0]
    assert (asked.verb, asked.fields, asked.reply) == ("issue.form", {"draft": "d1"}, Reply.HERE)


async def test_a_button_opens_its_form_anew_each_time_and_each_form_has_a_nonce_of_its_own():
    at = door(Answer(FORM))
    pressed = [{"data": {"verb": "issue.form", "fields": {}, "nonce": "n"}}]
    cards = [opened(await at.post(fetch(one, id=str(n)))) for n, one in enumerate(pressed * 2)]
    assert len({one.key for one in at.front.asked}) == 2
    assert len({buttons(card)[0]["data"]["nonce"] for card in cards}) == 2


async def test_where_no_form_can_be_shown_the_dialog_says_why():
    refused = Card("It is logged", (Notice("You answered that before."),), "You answered that before.")
    at = door(Answer(refused, refused=True))
    card = opened(await at.post(fetch({"data": {"verb": "issue.form", "fields": {}}})))
    assert words(card) == ["It is logged", "You answered that before."]


async def test_a_dialog_with_nothing_to_show_is_a_sentence():
    answer = await door(Answer(None)).post(fetch({"data": {"verb": "issue.form", "fields": {}}}))
    assert answer.json() == {"task": {"type": "message", "value": NOTHING}}


@pytest.mark.parametrize("name", ["task/submit", "composeExtension/submitAction"])
async def test_a_sent_dialog_that_is_done_closes(name):
    at = door(Answer(None))
    value = {"data": data(**TYPED), "commandId": "issue.from_message", "messagePayload": payload()}
    answer = await at.post(invoke(name, value))
    assert (answer.status_code, answer.content) == (200, b"")
    asked = at.front.asked[0]
    assert (asked.verb, asked.reply) == ("issue.submit", Reply.FORM)
    assert asked.fields == {"draft": "d1", "title": "Late files at site 104"}


async def test_a_sent_dialog_with_a_mistake_stays_open_and_says_what_is_wrong():
    card = opened(await door(Answer(FORM)).post(submit(data())))
    assert words(card) == ["Title", "An issue needs a title.", "Log issue"]


async def test_what_could_not_be_saved_stays_in_the_dialog_and_is_sent_again_by_one_button():
    at = door(BUSY)
    card = opened(await at.post(submit(data(**TYPED))))
    assert words(card) == ["Nothing was saved", "Say it again.", "Title", TYPED["title"], "Try again"]
    await at.post(submit(buttons(card)[0]["data"], id="later"))
    first, again = at.front.asked
    assert (first.key, first.fields) == (again.key, again.fields)


async def test_the_same_form_sent_three_times_is_one_request_and_a_corrected_one_another():
    at = door(Answer(FORM))
    for said in ("1", "2", "3"):
        again = opened(await at.post(submit(data(**TYPED), id=said)))
    await at.post(submit(data(title="Late files at site 105")))
    await at.post(submit(buttons(again)[0]["data"] | TYPED))
    keys = [one.key for one in at.front.asked]
    assert len(set(keys[:3])) == 1
    assert len(set(keys)) == 3


async def test_the_same_form_in_another_persons_hands_is_another_request():
    at = door(Answer(None))
    other = {"id": "29:m", "name": "Marcus", "aadObjectId": "m-1"}
    await at.post(submit(data(**TYPED)))
    await at.post(submit(data(**TYPED), **{"from": other}))
    assert len({one.key for one in at.front.asked}) == 2


async def test_an_input_card_is_answered_in_its_own_place():
    at = door(Answer(FORM))
    answer = (await at.post(execute(data(**TYPED)))).json()
    assert (answer["statusCode"], answer["type"]) == (200, ADAPTIVE)
    judge(answer["value"])
    assert buttons(answer["value"])[0]["type"] == "Action.Execute"
    assert at.front.asked[0].fields["title"] == TYPED["title"]
    assert at.front.asked[0].reply is Reply.HERE


async def test_an_input_card_that_could_not_be_saved_stays_as_it_was_typed():
    answer = await door(BUSY).post(execute(data(**TYPED)))
    assert answer.json() == {"statusCode": 200, "type": MESSAGE, "value": "Nothing was saved"}


async def test_an_input_card_of_an_old_client_comes_as_a_message_and_is_the_same_request():
    old = await heard(activity(text=None, value=data(**TYPED)))
    new = await heard(execute(data(**TYPED)))
    assert (old.verb, old.fields, old.key) == (new.verb, new.fields, new.key)
    assert old.reply is Reply.LATER


async def test_a_form_that_was_asked_for_in_a_channel_is_answered_for_that_channel():
    elsewhere = Place("teams", TENANT, CHANNEL, thread="17", service=SERVICE)
    sent = buttons(message(FORM, "one", place=elsewhere))[0]["data"]
    assert (await heard(execute(sent | TYPED))).place == elsewhere
    assert (await heard(execute(data(**TYPED)))).place.conversation == "a:1"


async def test_a_dialog_opened_in_a_thread_belongs_to_that_thread():
    at = door(Answer(FORM))
    said = fetch({"data": {"verb": "issue.form", "fields": {}}}, conversation=THREAD)
    sent = buttons(opened(await at.post(said)))[0]["data"]
    await at.post(submit(sent | TYPED, conversation={"id": CHANNEL, "conversationType": "channel"}))
    assert [(one.place.conversation, one.place.thread) for one in at.front.asked] == [(CHANNEL, "17")] * 2


async def test_a_command_on_a_message_asks_with_its_words_its_address_and_who_is_named():
    at = door(Answer(FORM))
    opened(await at.post(pointed()))
    asked = at.front.asked[0]
    assert (asked.verb, asked.reply) == ("issue.from_message", Reply.HERE)
    told = {"words": "Late, says @Marcus Webb", "link": payload()["linkToMessage"]}
    assert asked.fields == told | {"message": "1700000000000"}
    assert asked.mentions == (Mention("@Marcus Webb", "m-1", "Marcus Webb"),)


PICKED = Form("Owner", "setup.person", (AccountField("who", "Who"),))


async def asked_about(*answers: Any) -> Intent:
    at = door(Answer(None))
    at.wire.answers[MEMBER] = list(answers)
    await at.post(submit(data(PICKED, who="aad-9")))
    return at.front.asked[0]


async def test_who_was_picked_is_asked_of_teams():
    told = {
        "id": "29:p",
        "aadObjectId": "aad-9",
        "name": "Priya Nair",
        "tenantId": TENANT,
        "email": "p@x.example",
    }
    intent = await asked_about(ok(told))
    assert intent.fields == {"who": "aad-9"}
    account = intent.accounts[0]
    assert (account.handle.user, account.handle.name, account.kind) == ("aad-9", "Priya Nair", Kind.MEMBER)


@pytest.mark.parametrize(
    "answer", [no(404), no(500), no(429), asyncio.Event().wait], ids=["404", "500", "429", "silent"]
)
async def test_where_teams_does_not_tell_of_who_was_picked_the_form_is_taken_all_the_same(answer):
    intent = await asked_about(answer)
    assert (intent.fields, intent.accounts) == ({"who": "aad-9"}, ())


async def test_a_form_is_sent_privately_with_the_channel_it_was_asked_for_in():
    at = door(Answer(FORM))
    at.wire.answers["POST /emea/v3/conversations"] = [ok({"id": "a:m-1"})]
    await at.post(activity(conversation=THREAD, text="issue"))
    shown = at.wire.sent(POST_CHAT)[0]["attachments"][0]["content"]
    assert buttons(shown)[0]["data"]["form"]["at"] == [CHANNEL, "17"]
    assert SAY not in at.wire.lines


async def test_choices_that_were_made_are_read_as_the_core_wrote_them():
    many = Choice("readers", "Readers", (("P,1", "Ada"), ("P 2", "Ben")), many=True)
    sent = data(Form("F", "x.y", (many,)), readers="P%2C1,P 2")
    assert (await heard(submit(sent))).fields == {"readers": "P,1\nP 2"}
