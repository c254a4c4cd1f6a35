"""What a turn through botbuilder gives back, and that it never speaks over the SDK's own network."""

import json
from typing import Any

import pytest
from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.core.teams import TeamsActivityHandler
from botbuilder.schema import Activity, AdaptiveCardInvokeResponse, ResourceResponse
from botframework.connector.auth import ClaimsIdentity

from adapters.teams import turn
from adapters.teams.guard import Turned
from tests.contracts.signing import activity, press

CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "Acknowledged"}]}
SHOWN = {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": CARD}
VOUCHED = ClaimsIdentity({"aud": "a bot"}, True)


class Bot(TeamsActivityHandler):
    """Answers a message with its own text and a press with a card."""

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        assert turn_context.turn_state["BotIdentity"] is VOUCHED
        if turn_context.activity.text != "quiet":
            await turn_context.send_activity(turn_context.activity.text)

    async def on_adaptive_card_invoke(self, turn_context: TurnContext, invoke_value: Any) -> Any:
        return AdaptiveCardInvokeResponse(status_code=200, type=SHOWN["type"], value=CARD)


class Quick(Bot):
    """Answers an invoke with plain JSON values, which spares the SDK's serialiser."""

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        return InvokeResponse(status=200, body=SHOWN)


class Broken(Bot):
    async def on_turn(self, turn_context: TurnContext) -> None:
        raise ZeroDivisionError("as it is")


async def given(said: dict[str, Any], bot: Bot | None = None, **more: Any) -> InvokeResponse | None:
    return await turn.run(bot or Bot(), turn.read(said), VOUCHED, **more)


@pytest.mark.parametrize("bot", [Bot(), Quick()], ids=["by the SDK's model", "by plain JSON values"])
async def test_a_pressed_button_is_answered_200_with_a_card_serialised_once(bot):
    answer = await given(press(), bot)
    assert answer is not None
    assert (answer.status, json.loads(json.dumps(answer.body))) == (200, SHOWN)


async def test_a_message_gives_nothing_for_the_http_answer():
    assert await given(activity(text="quiet")) is None


async def test_a_message_gives_nothing_even_where_replies_are_asked_for_in_the_answer():
    said: list[Activity] = []
    assert await given(activity(deliveryMode="expectReplies"), forward=into(said)) is None
    assert [one.text for one in said] == ["issue list"]


async def test_what_the_bot_says_goes_where_the_caller_sends_it():
    said: list[Activity] = []
    await given(activity(), forward=into(said))
    assert [(one.text, one.reply_to_id, one.conversation.id) for one in said] == [
        ("issue list", "1700000000000", "a:1")
    ]


async def test_a_bot_that_speaks_with_nowhere_to_speak_is_at_fault():
    with pytest.raises(NotImplementedError, match="outbox"):
        await given(activity())


@pytest.mark.parametrize("said", [activity(), press()], ids=["in a message", "in a press"])
async def test_what_the_bot_raises_reaches_the_caller_as_it_is(said):
    with pytest.raises(ZeroDivisionError, match="as it is"):
        await given(said, Broken())


@pytest.mark.parametrize("name", ["task/fetch", "composeExtension/query", "unheard/of", None])
async def test_an_invoke_nobody_answers_is_not_implemented(name):
    answer = await given(press(name=name, value={}))
    assert answer is not None
    assert (answer.status, answer.body) == (501, None)


async def test_the_sdks_own_complaint_about_a_press_can_be_written_as_json():
    answer = await given(press(value={"action": {"type": "Action.Submit"}}))
    assert answer is not None
    assert (answer.status, json.loads(json.dumps(answer.body))["value"]["code"]) == (400, "NotSupported")


@pytest.mark.parametrize(
    "field",
    [{"timestamp": "yesterday"}, {"expiration": 3}, {"suggestedActions": "x"}, {"relatesTo": [1]}],
    ids=["timestamp", "expiration", "suggestedActions", "relatesTo"],
)
def test_a_malformed_field_that_only_the_sdk_reads_is_a_400(field):
    with pytest.raises(Turned) as turned:
        turn.read(activity(**field))
    assert turned.value.status == 400


def into(said: list[Activity]) -> turn.Forward:
    async def forward(activity: Activity) -> ResourceResponse:
        said.append(activity)
        return ResourceResponse(id="1")

    return forward
