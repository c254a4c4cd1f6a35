"""The small Teams keeps the Bot Connector's promises."""

import httpx
import jwt
import pytest
from a_cast import APP_ID, MARCUS, ROOM, RUTH
from starlette.responses import JSONResponse

from playground.teams_keys import ISSUER

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
