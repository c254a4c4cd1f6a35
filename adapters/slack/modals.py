"""Modals: opened while Slack's trigger is good, heard when they are sent, open while anything is wrong."""

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.platform import Office
from adapters.slack import filled, form, home
from adapters.slack.calls import Calls
from adapters.slack.read import Body
from adapters.slack.render import Json
from adapters.slack.roster import Roster
from bot.desk import Answer
from bot.errors import Undelivered
from bot.intents import Account, Handle, Intent, Place
from bot.views import Form, View

GOOD = 2.7  # seconds for which a trigger is counted on and a command may be answered: Slack says three
PATIENCE = 0.8  # seconds that Slack has to tell of an account: the office needs the rest

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trigger:
    """What lets us open a modal, once; `until` is the loop's time."""

    id: str
    until: float

    @classmethod
    def of(cls, body: Body) -> "Trigger":
        """Of a request that has just come."""
        return cls(str(body.get("trigger_id", "")), asyncio.get_running_loop().time() + GOOD)


class Modals:
    """Opens them, and answers those that are sent."""

    def __init__(self, office: Office, calls: Calls, roster: Roster) -> None:
        self._office = office
        self._calls = calls
        self._roster = roster

    async def open(self, drawn: View, intent: Intent, trigger: Trigger, inside: str = "") -> bool:
        """Whether it stands open now: as a new modal, or in place of the one `inside` which was pressed.

        A card is shown in one where it was asked for in a home or a modal.
        """
        view = form.view(drawn, intent.place) if isinstance(drawn, Form) else home.sheet(drawn)

        def call(client: AsyncWebClient) -> Awaitable[AsyncSlackResponse]:
            if inside:
                return client.views_update(view_id=inside, view=view)
            return client.views_open(trigger_id=trigger.id, view=view)

        try:
            async with asyncio.timeout_at(trigger.until):
                await self._calls.ask(intent.place.tenant, call)
        except (Undelivered, TimeoutError) as fault:
            log.warning("a form did not open: %s", fault or "too late")
            return False
        return True

    async def submitted(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """One of our forms: shown again with its errors, or closed."""
        intent = filled.submitted(body)
        if intent is None:
            await ack()
            return
        view: Body = body["view"]
        answer = await self._office.ask(replace(intent, accounts=await self._accounts(intent, view)))
        said = _said(answer, intent.place, view)
        await (ack(said) if said else ack())

    async def _accounts(self, intent: Intent, view: Body) -> tuple[Account, ...]:
        """What Slack tells in time of the accounts that were picked."""
        tenant = intent.speaker.tenant
        asked = (self._account(Handle("slack", tenant, user)) for user in filled.accounts(view))
        return tuple(account for account in await asyncio.gather(*asked) if account)

    async def _account(self, handle: Handle) -> Account | None:
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._roster.account(handle)
        except (Undelivered, TimeoutError) as fault:
            log.warning("an account was not looked up: %s", type(fault).__name__)
            return None


def _said(answer: Answer, place: Place, view: Body) -> Json | None:
    """What the modal shows; None closes it."""
    if isinstance(answer.view, Form):
        return filled.answered(answer.view, place, view)
    return filled.refused(answer.view.line, view) if answer.view and answer.refused else None
