"""What Teams hears from our door: who is asked what, and how it is answered."""

import json
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from adapters.platform import Office
from adapters.settings import Settings
from adapters.teams.app import Teams
from bot.desk import Answer
from bot.intents import Handle, Intent, Place, Reply
from bot.views import Button, Buttons, Card
from tests.contracts.signing import APP_ID, SERVICE, TENANT, Watch, activity, bearer, jwk, press
from tests.contracts.teams_referee import buttons, judge, words
from tests.contracts.teams_wire import CHANNEL, CHAT, LOGIN, POST_CHAT, SECRET, TOKEN, Wire, ok

CARD = Card("ISS-7", (Buttons((Button("Acknowledge", "issue.ack", {"issue": "ISS-7"}),)),), "ISS-7 logged")
SAY = "POST /emea/v3/conversations/a:1/activities"
IN_THREAD = {"id": f"{CHANNEL};messageid=17", "conversationType": "channel"}
BOT = {"id": f"28:{APP_ID}", "name": "Parley"}


class Front(Office):
    """An office that writes down what it is asked and whom it meets, and answers as told."""

    def __init__(self, answer: Answer | Exception) -> None:
        self.answer = answer
        self.asked: list[Intent] = []
        self.met: list[tuple[Handle | None, Place]] = []
        self.looked: list[Place] = []

    async def ask(self, intent: Intent) -> Answer:
        self.asked.append(intent)
        return self._answer()

    async def meet(self, handle: Handle | None, place: Place) -> None:
        self.met.append((handle, place))
        self._answer()

    async def gathered(self, place: Place, key: str) -> None:
        self.looked.append(place)

    async def channels(self, place: Place) -> tuple[Place, ...]:
        return ()

    def _answer(self) -> Answer:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class Door:
    """Teams' own calls of our route, and what the bot sends back over the wire."""

    def __init__(
        self,
        answer: Answer | Exception = Answer(None),  # noqa: B008  # frozen, so it is shared safely
        anonymous: bool = False,
        shortcuts: tuple[str, ...] = (),
    ) -> None:
        document = {"jwks_uri": "https://login.example/keys"}
        keys = {"keys": [jwk("one", ["msteams"])]}
        self.wire = Wire({"GET /openid": [ok(document)], "GET /keys": [ok(keys)], SAY: [ok({"id": "8"})]})
        self.front, self.app = Front(answer), FastAPI()
        settings = Settings(
            teams_app_id=APP_ID,
            teams_app_password=SecretStr(SECRET),
            teams_app_tenant_id=TENANT,
            teams_openid_metadata_url="https://login.example/openid",
            teams_login_url=LOGIN,
            parley_dangerously_allow_anonymous_teams=anonymous,
        )
        self.teams = Teams(settings, Watch().wall, httpx.AsyncClient(transport=self.wire), shortcuts)
        self.teams.mount(self.app, self.front)

    async def post(self, said: Any, **headers: str) -> httpx.Response:
        """Teams' own call; what is said in the background has been said when it returns."""
        content = said if isinstance(said, bytes) else json.dumps(said).encode()
        proof = headers or {"Authorization": bearer()}
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://parley") as http:
            answer = await http.post("/api/messages", content=content, headers=proof)
        await self.teams.stop()
        return answer


def update(**changes: Any) -> dict[str, Any]:
    return activity(type="conversationUpdate", text=None, conversation=IN_THREAD, **changes)


async def test_a_message_is_asked_once_and_answered_200_with_nothing():
    door = Door()
    answer = await door.post(activity())
    assert (answer.status_code, answer.content) == (200, b"")
    assert [intent.text for intent in door.front.asked] == ["issue list"]
    assert door.front.met == []
    assert TOKEN not in door.wire.lines


async def test_an_unproven_message_gets_401_and_nobody_is_asked():
    door = Door()
    assert (await door.post(activity(), Authorization="Bearer x")).status_code == 401
    assert door.front.asked == []


async def test_a_proven_call_that_is_not_json_gets_400():
    assert (await Door().post(b"{")).status_code == 400


async def test_the_anonymous_door_is_shut_to_what_a_proxy_forwarded():
    assert (await Door(anonymous=True).post(activity(), Accept="*/*")).status_code == 200
    assert (await Door(anonymous=True).post(activity(), Forwarded="for=1.2.3.4")).status_code == 401


async def test_a_pressed_button_is_answered_with_the_card_in_its_place():
    door = Door(Answer(CARD))
    data = {"verb": "issue.ack", "fields": {"issue": "ISS-7"}, "nonce": "n"}
    answer = await door.post(press(value={"action": {"type": "Action.Execute", "data": data}}))
    shown = answer.json()
    assert (shown["statusCode"], shown["type"]) == (200, "application/vnd.microsoft.card.adaptive")
    judge(shown["value"])
    assert buttons(shown["value"])[0]["data"]["nonce"]
    assert door.front.asked[0].reply is Reply.HERE


async def test_a_press_without_a_card_to_show_says_done():
    data = {"verb": "issue.ack", "fields": {}, "nonce": "n"}
    answer = await Door().post(press(value={"action": {"type": "Action.Execute", "data": data}}))
    assert answer.json() == {
        "statusCode": 200,
        "type": "application/vnd.microsoft.activity.message",
        "value": "Done.",
    }


async def test_a_press_that_could_not_be_served_leaves_the_card_to_be_pressed_again():
    data = {"verb": "issue.ack", "fields": {"issue": "ISS-7"}, "nonce": "n"}
    busy = Answer(Card("Nothing was saved"), refused=True, unserved=True)
    answer = await Door(busy).post(press(value={"action": {"type": "Action.Execute", "data": data}}))
    assert (answer.json()["type"], answer.json()["value"]) == (
        "application/vnd.microsoft.activity.message",
        "Nothing was saved",
    )


async def test_a_button_that_is_none_of_ours_is_told_so_and_nobody_is_asked():
    door = Door()
    answer = await door.post(press())
    assert "Nothing was saved" in answer.json()["value"]
    assert door.front.asked == []


async def test_another_kind_of_invoke_is_not_implemented():
    assert (await Door().post(press(name="composeExtension/query", value={}))).status_code == 501


async def test_what_could_not_be_promised_is_said_at_once_in_the_personal_chat():
    door = Door(Answer(Card("Nothing was saved")))
    assert (await door.post(activity())).status_code == 200
    assert words(door.wire.sent(SAY)[0]["attachments"][0]["content"]) == ["Nothing was saved"]


async def test_what_could_not_be_promised_to_a_channel_is_said_to_its_speaker_alone():
    door = Door(Answer(Card("Nothing was saved")))
    door.wire.answers[CHAT] = [ok({"id": "a:m-1"})]
    await door.post(activity(conversation=IN_THREAD))
    assert door.wire.sent(CHAT)[0]["members"] == [{"id": "a-1"}]
    assert len(door.wire.sent(POST_CHAT)) == 1


@pytest.mark.parametrize(
    "said",
    [
        update(membersAdded=[BOT]),
        update(membersAdded=[{"id": "29:m", "aadObjectId": "m-1"}]),
        activity(type="installationUpdate", action="add", text=None, conversation=IN_THREAD),
    ],
    ids=["bot added", "person added", "installed"],
)
async def test_a_place_is_remembered_as_soon_as_the_bot_is_there(said):
    door = Door()
    assert (await door.post(said)).status_code == 200
    place = Place("teams", TENANT, CHANNEL, thread="17", service=SERVICE)
    assert door.front.met == [(Handle("teams", TENANT, "a-1", "Annika"), place)]
    assert door.front.asked == []


@pytest.mark.parametrize(
    "said",
    [
        update(membersRemoved=[BOT]),
        activity(type="installationUpdate", action="remove", text=None),
        activity(type="messageReaction", text=None, reactionsAdded=[{"type": "like"}]),
        activity(type="typing", text=None),
        activity(type="messageUpdate"),
    ],
    ids=["bot removed", "uninstalled", "reaction", "typing", "edited"],
)
async def test_what_asks_for_nothing_changes_nothing(said):
    door = Door()
    assert (await door.post(said)).status_code == 200
    assert door.front.met == door.front.asked == []


async def test_a_message_from_nobody_we_could_know_only_shows_the_place():
    door = Door()
    assert (await door.post(activity(**{"from": {"id": "29:guest"}}))).status_code == 200
    assert door.front.met == [(None, Place("teams", TENANT, "a:1", private=True, service=SERVICE))]


async def test_a_place_that_could_not_be_remembered_is_not_called_a_success():
    assert (await Door(TimeoutError()).post(update(membersAdded=[BOT]))).status_code == 500


async def test_the_check_says_in_one_line_whether_a_token_can_be_had():
    assert await Door().teams.probe() == ((True, "Teams issued a token"),)


@pytest.mark.parametrize(
    "said",
    [
        update(membersAdded=[{"id": "29:m", "aadObjectId": "m-1"}]),
        update(membersRemoved=[{"id": "29:m", "aadObjectId": "m-1"}]),
        update(membersRemoved=[BOT]),
        activity(type="installationUpdate", action="remove", text=None, conversation=IN_THREAD),
    ],
    ids=["somebody came", "somebody went", "bot removed", "uninstalled"],
)
async def test_who_comes_and_goes_makes_us_look_into_every_channel_of_the_tenant(said):
    door = Door()
    await door.post(said)
    assert [(place.tenant, place.conversation) for place in door.front.looked] == [(TENANT, "")]
