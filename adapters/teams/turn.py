"""Our own turn: one proven activity through a botbuilder bot, without the SDK's network and its faults."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from botbuilder.core import ActivityHandler, BotAdapter, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes, ConversationReference, ResourceResponse
from botframework.connector.auth import ClaimsIdentity
from msrest.serialization import Model

from adapters.teams.guard import Turned

ANSWER = TurnContext._INVOKE_RESPONSE_KEY  # the SDK has no public name
Forward = Callable[[Activity], Awaitable[ResourceResponse]]


def read(activity: dict[str, Any]) -> Activity:
    """The SDK's own object of an admitted activity; Turned 400 where a field the SDK knows is malformed."""
    try:
        return Activity.deserialize(activity)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        raise Turned(400, "a field is malformed") from None


async def run(
    bot: ActivityHandler, activity: Activity, identity: ClaimsIdentity, forward: Forward | None = None
) -> InvokeResponse | None:
    """One turn. What the bot raises, this raises.

    An invoke gives its answer: status, and a body of plain JSON values that the door writes out once (501
    where the bot has none). Everything else gives None. `forward` takes what the bot says with
    `send_activity`; without it a bot that tries is at fault, because messages go through the outbox.
    """
    activity.delivery_mode = None  # replies are never collected into the HTTP answer
    context = TurnContext(_Adapter(forward or _refuse), activity)
    context.turn_state[BotAdapter.BOT_IDENTITY_KEY] = identity
    await bot.on_turn(context)
    if activity.type != ActivityTypes.invoke:
        return None
    said = context.turn_state.get(ANSWER)
    answer = said.value if said else InvokeResponse(status=HTTPStatus.NOT_IMPLEMENTED)
    return InvokeResponse(status=int(answer.status), body=_plain(answer.body))


class _Adapter(BotAdapter):  # type: ignore[misc]  # the SDK ships no types
    """What a turn stands on: it keeps the answer to an invoke and hands everything else on."""

    def __init__(self, forward: Forward) -> None:
        super().__init__()
        self._forward = forward

    async def send_activities(
        self, context: TurnContext, activities: list[Activity]
    ) -> list[ResourceResponse]:
        return [await self._send(context, activity) for activity in activities]

    async def _send(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        if activity.type != ActivityTypes.invoke_response:
            return await self._forward(activity)
        context.turn_state[ANSWER] = activity
        return ResourceResponse(id="")

    async def update_activity(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        raise NotImplementedError("edits go through the outbox")

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:
        raise NotImplementedError("nothing said is taken back")


async def _refuse(activity: Activity) -> ResourceResponse:
    raise NotImplementedError(f"a {activity.type} goes through the outbox")


def _plain(body: Any) -> Any:
    """The SDK's own error answers hold objects, one of them an exception, that no serialiser takes."""
    match body:
        case Model():
            named = ((wire["key"], getattr(body, name)) for name, wire in body._attribute_map.items())
            return {key: _plain(value) for key, value in named if value is not None}
        case Exception():
            code, message = (*body.args, "", "")[:2]
            return {"code": str(code), "message": str(message)}
    return body
