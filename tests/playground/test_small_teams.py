"""The small Teams keeps the Bot Connector's promises."""

import httpx
import jwt
import pytest
from a_cast import APP_ID, MARCUS, ROOM, RUTH
from starlette.responses import JSONResponse

from playground.teams_keys import ISSUER
from playground.teams_record import TeamsError

PERSONAL = f"a:{MARCUS.id}"
CARD_TYPE = "application/vnd.microsoft.card.adaptive"
CARD = {"type": "AdaptiveCard", "version": "1.5", "body": []}


def card(**more):
    """A message activity with one Adaptive Card."""
    return {"type": "message", "attachments": [{"contentType": CARD_TYPE, "content": CARD | more}]}


@pytest.fixture
async def installed(playground, bot):
    await playground.install_everywhere()
    bot.heard.clear()


async def test_a_call_carries_a_token_that_the_published_keys_prove(bot, playground, page, installed):
    await playground.teams.say(MARCUS.id, PERSONAL, "issue list")
    token = bot.heard[-1].headers["authorization"].removeprefix("Bearer ")
    openid = (await page.get("/teams/openid")).json()
    assert openid["issuer"] == ISSUER
    keys = (await page.get(openid["jwks_uri"])).json()
    assert keys["keys"][0]["endorsements"] == ["msteams"]
    key = jwt.PyJWKSet.from_dict(keys)[jwt.get_unverified_header(token)["kid"]]
    claims = jwt.decode(token, key, algorithms=["RS256"], audience=APP_ID, issuer=ISSUER)
    assert claims["serviceurl"] == f"{playground.own_url}/teams/"


async def test_forged_tokens_can_be_made(playground):
    key = playground.teams.keys.published[0].private.public_key()
    no_exp = playground.teams.token({"exp": None})
    assert "exp" not in jwt.decode(no_exp, key, algorithms=["RS256"], audience=APP_ID)
    assert jwt.get_unverified_header(playground.teams.token(algorithm="none"))["alg"] == "none"
    assert "kid" not in jwt.get_unverified_header(playground.teams.token(headers={"kid": None}))
    secret = b"a-shared-secret-of-thirty-two-bytes!"
    assert jwt.get_unverified_header(playground.teams.token(None, secret, None, "HS256"))["alg"] == "HS256"
    assert playground.teams.keys.rotate().kid != "playground-1"


async def test_installing_tells_the_bot_every_conversation(playground, sent):
    await playground.install_everywhere()
    kinds = [one["type"] for one in sent()]
    assert kinds == ["installationUpdate", "conversationUpdate"] * 3
    where = {one["conversation"]["id"] for one in sent()}
    assert where == {ROOM, PERSONAL, f"a:{RUTH.id}"}
    assert sent()[1]["membersAdded"] == [{"id": f"28:{APP_ID}"}]


async def test_a_channel_calls_the_bot_only_when_it_is_mentioned(playground, installed, sent):
    await playground.teams.say(MARCUS.id, ROOM, "just talk")
    await playground.teams.say(MARCUS.id, ROOM, "@Parley issue A, owner @[Ruth Ames], cc @ruth")
    (activity,) = sent()
    assert activity["text"] == "<at>Parley</at> issue A, owner <at>Ruth Ames</at>, cc @ruth"
    mentions = [one for one in activity["entities"] if one["type"] == "mention"]
    assert [one["text"] for one in mentions] == ["<at>Parley</at>", "<at>Ruth Ames</at>"]
    assert mentions[0]["mentioned"]["id"] == activity["recipient"]["id"] == f"28:{APP_ID}"
    assert activity["conversation"]["tenantId"] == activity["channelData"]["tenant"]["id"] == "tenant-hal"


async def test_markup_that_a_person_types_mentions_nobody(playground, installed, sent):
    await playground.teams.say(MARCUS.id, PERSONAL, "<at>Parley</at> A & B")
    assert sent()[-1]["text"] == "&lt;at&gt;Parley&lt;/at&gt; A &amp; B"
    assert [one["type"] for one in sent()[-1]["entities"]] == ["clientInfo"]


async def test_a_reply_in_a_thread_names_its_root(playground, connector, installed, sent):
    await playground.teams.say(MARCUS.id, ROOM, "a root")
    root = playground.teams.messages(ROOM)[0].id
    await playground.teams.say(RUTH.id, ROOM, "@Parley issue list", thread=root)
    thread = sent()[-1]["conversation"]["id"]
    assert thread == f"{ROOM};messageid={root}"
    answered = await connector.post(f"/v3/conversations/{thread}/activities", json=card())
    assert answered.status_code == 201
    assert playground.teams.messages(ROOM)[-1].reply_to == root


async def test_an_executed_action_changes_the_card_for_one_person_until_the_next_edit(
    bot, playground, connector, installed, sent
):
    posted = (await connector.post(f"/v3/conversations/{ROOM}/activities", json=card())).json()
    mine = CARD | {"fallbackText": "yours"}
    bot.answers = [JSONResponse({"statusCode": 200, "type": CARD_TYPE, "value": mine})]
    action = {"type": "Action.Execute", "verb": "ack", "data": {"nonce": "n1"}}
    await playground.teams.press(MARCUS.id, ROOM, posted["id"], action)
    assert sent()[-1]["value"] == {"action": action, "trigger": "manual"}
    assert playground.teams.messages(ROOM)[0].cards_for == {MARCUS.id: mine}
    put = await connector.put(f"/v3/conversations/{ROOM}/activities/{posted['id']}", json=card())
    assert put.status_code == 200
    assert playground.teams.messages(ROOM)[0].cards_for == {}


async def test_a_submitted_action_is_a_message_with_a_value(playground, connector, installed, sent):
    posted = (await connector.post(f"/v3/conversations/{PERSONAL}/activities", json=card())).json()
    submit = {"type": "Action.Submit", "data": {"verb": "ack"}}
    await playground.teams.press(MARCUS.id, PERSONAL, posted["id"], submit)
    told = sent()[-1]
    assert (told["type"], told["value"], told["replyToId"]) == ("message", {"verb": "ack"}, posted["id"])
    assert "text" not in told


FETCH = {"type": "Action.Submit", "data": {"verb": "open", "msteams": {"type": "task/fetch"}}}
INPUT = {"type": "Input.Text", "id": "title", "value": "as it was"}


def dialog(**more):
    """An answer that opens a dialog, or goes on with one."""
    shown = {"contentType": CARD_TYPE, "content": CARD | more}
    return {"task": {"type": "continue", "value": {"title": "A form", "height": "medium", "card": shown}}}


@pytest.fixture
async def opened(bot, playground, connector, installed):
    """A dialog in front of Marcus."""
    posted = (await connector.post(f"/v3/conversations/{PERSONAL}/activities", json=card())).json()
    bot.answers = [JSONResponse(dialog())]
    await playground.teams.press(MARCUS.id, PERSONAL, posted["id"], FETCH)
    return playground.teams.dialogs(MARCUS.id)[0]


async def test_a_button_that_fetches_a_task_opens_a_dialog_for_one_person(playground, opened, sent):
    told = sent()[-1]
    assert (told["type"], told["name"]) == ("invoke", "task/fetch")
    assert told["value"] == {"data": FETCH["data"], "context": {"theme": "default"}}
    assert (opened["title"], opened["card"], opened["for"]) == ("A form", CARD, MARCUS.id)
    assert playground.teams.dialogs(RUTH.id) == []


async def test_a_sent_dialog_goes_on_says_something_or_closes_as_the_bot_answers(
    bot, playground, opened, sent
):
    message = {"task": {"type": "message", "value": "Not today."}}
    bot.answers = [JSONResponse(dialog(fallbackText="again")), JSONResponse(message), JSONResponse({})]
    for shown in ("again", None):
        await playground.teams.submit(MARCUS.id, opened["id"], {"title": "x"})
        (one,) = playground.teams.dialogs(MARCUS.id)
        assert (one["id"], one["card"].get("fallbackText")) == (opened["id"], shown)
    assert one["card"]["body"][0]["text"] == "Not today."
    assert (sent()[-1]["name"], sent()[-1]["value"]["data"]) == ("task/submit", {"title": "x"})
    await playground.teams.submit(MARCUS.id, opened["id"], {})
    assert playground.teams.dialogs(MARCUS.id) == []


@pytest.mark.parametrize(
    "answer",
    [
        dialog(version="1.6"),
        dialog(version="1.4"),
        dialog(fallbackText="x" * 28_672),
        {"task": {"type": "continue", "value": {"title": "A form"}}},
        {"task": {"type": "continue", "value": {"title": "", "card": dialog()["task"]["value"]["card"]}}},
        {"task": {"type": "continue", "value": {"title": "A form", "card": {"content": CARD}}}},
        {"task": {"type": "message", "value": ""}},
        {"statusCode": 200},
        "done",
    ],
    ids=["1.6", "1.4", "28 KB", "no card", "no title", "no content type", "no message", "no task", "a word"],
)
async def test_an_answer_that_teams_would_not_take_is_no_dialog(bot, playground, opened, answer):
    bot.answers = [JSONResponse(answer)]
    with pytest.raises(TeamsError):
        await playground.teams.submit(MARCUS.id, opened["id"], {})
    assert playground.teams.dialogs(MARCUS.id) == [opened]


async def test_an_invoke_that_is_not_answered_in_time_is_tried_again_under_another_id(
    bot, playground, opened, sent
):
    playground.teams.invoke_seconds = 0.2
    bot.answers = [None, None, JSONResponse({})]
    await playground.teams.submit(MARCUS.id, opened["id"], {"nonce": "n"})
    tries = [one for one in sent() if one.get("name") == "task/submit"]
    assert len({one["id"] for one in tries}) == 3
    assert [one["value"]["data"] for one in tries] == [{"nonce": "n"}] * 3
    assert playground.teams.dialogs(MARCUS.id) == []


async def test_a_fault_of_the_bot_leaves_the_dialog_open(bot, playground, opened):
    bot.answers = [JSONResponse({}, 500)]
    assert (await playground.teams.submit(MARCUS.id, opened["id"], {})).status == 500
    assert playground.teams.dialogs(MARCUS.id) == [opened]


async def test_a_dialog_is_its_readers_own_and_closing_it_tells_the_bot_nothing(playground, opened, sent):
    before = len(sent())
    with pytest.raises(LookupError):
        await playground.teams.submit(RUTH.id, opened["id"], {})
    await playground.teams.dismiss(MARCUS.id, opened["id"])
    assert playground.teams.dialogs(MARCUS.id) == []
    assert len(sent()) == before


async def test_a_command_on_a_message_sends_the_message_and_keeps_it_for_the_dialog(
    bot, playground, installed, sent
):
    await playground.teams.say(RUTH.id, ROOM, "late & @[Marcus Webb]\nknows")
    said = playground.teams.messages(ROOM)[-1]
    bot.answers = [JSONResponse(dialog()), JSONResponse({})]
    await playground.teams.message_action(MARCUS.id, ROOM, said.id, "log")
    (one,) = playground.teams.dialogs(MARCUS.id)
    await playground.teams.submit(MARCUS.id, one["id"], {"title": "x"})
    fetched, submitted = sent()[-2:]
    told = fetched["value"]["messagePayload"]
    content = '<div><div>late &amp; <at id="0">Marcus Webb</at></div><div>knows</div></div>'
    assert told["body"] == {"contentType": "html", "content": content}
    assert told["mentions"][0]["mentioned"]["user"]["id"] == MARCUS.id
    assert told["linkToMessage"].startswith("https://teams.microsoft.com/l/message/")
    assert [one["name"] for one in (fetched, submitted)] == [
        "composeExtension/fetchTask",
        "composeExtension/submitAction",
    ]
    assert submitted["value"]["commandId"] == "log"
    assert submitted["value"]["data"] == {"title": "x"}
    assert fetched["conversation"]["id"] == f"{ROOM};messageid={said.id}"


async def test_an_input_card_that_is_answered_with_a_sentence_stays_as_it_was_typed(
    bot, playground, connector, installed
):
    posted = (
        await connector.post(f"/v3/conversations/{PERSONAL}/activities", json=card(body=[INPUT]))
    ).json()
    line = {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Not now."}
    bot.answers = [JSONResponse(line)]
    action = {"type": "Action.Execute", "verb": "send", "data": {"title": "as I typed it"}}
    await playground.teams.press(MARCUS.id, PERSONAL, posted["id"], action)
    message = playground.teams.messages(PERSONAL)[0]
    assert message.cards_for[MARCUS.id]["body"] == [INPUT | {"value": "as I typed it"}]
    assert message.notes_for == {MARCUS.id: "Not now."}
    assert message.card["body"] == [INPUT]


async def test_a_personal_chat_is_opened_by_its_member(connector, installed):
    asked = {"members": [{"id": MARCUS.id}], "tenantId": "tenant-hal", "bot": {"id": f"28:{APP_ID}"}}
    assert (await connector.post("/v3/conversations", json=asked)).json()["id"] == PERSONAL


async def test_the_members_of_a_channel_carry_both_ids(connector, installed):
    paged = (await connector.get(f"/v3/conversations/{ROOM}/pagedmembers")).json()["members"]
    assert [one["aadObjectId"] for one in paged] == [MARCUS.id, RUTH.id]
    one = await connector.get(f"/v3/conversations/{ROOM}/members/{paged[0]['id']}")
    assert one.json()["name"] == "Marcus Webb"


async def test_what_teams_refuses_is_refused(playground, connector, installed):
    posts = f"/v3/conversations/{ROOM}/activities"
    async with httpx.AsyncClient(base_url=str(connector.base_url), trust_env=False) as nobody:
        assert (await nobody.post(posts, json=card())).status_code == 401
    assert (await connector.post("/v3/conversations/19:no/activities", json=card())).status_code == 404
    assert (await connector.post(posts, json=card(fallbackText="x" * 51_200))).status_code == 413
    assert (await connector.post(posts, json=card(version="1.6"))).status_code == 400
    await playground.teams.uninstall(ROOM)
    gone = await connector.post(posts, json=card())
    assert (gone.status_code, gone.json()["error"]["code"]) == (403, "BotNotInConversationRoster")
