"""Slack's listeners: each reads an intent, asks the office, and only then acknowledges."""

import asyncio
import logging
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from adapters.platform import Office, in_background
from adapters.slack import form, home, read, render
from adapters.slack.deliver import Deliveries
from adapters.slack.home import Homes
from adapters.slack.modals import Modals, Trigger
from bot.desk import Answer
from bot.errors import Busy, Undelivered
from bot.intents import Handle, Intent, Reply
from bot.outbox import Address, Parcel
from bot.views import Form, View

Tasks = set[asyncio.Task[None]]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Offers:
    """What Slack lists as ours: commands, the first the whole menu, and verbs of message shortcuts."""

    commands: tuple[str, ...] = ("/parley", "/issue")
    shortcuts: tuple[str, ...] = ()


class Ears:
    """In that order, so that Slack sends again what we lost before it was saved."""

    def __init__(
        self, office: Office, deliveries: Deliveries, modals: Modals, homes: Homes, tasks: Tasks
    ) -> None:
        self._office = office
        self._deliveries = deliveries
        self._modals = modals
        self._homes = homes
        self._tasks = tasks
        self._whole_menu = ""

    def bolt(self, offers: Offers) -> AsyncApp:
        """Bolt, with our own guard in its signature check's place (see Guard) and no calls on the way in."""
        bolt = AsyncApp(
            name="slack_bolt.parley",  # also the name of a logger, whose level Bolt sets: never one of ours
            logger=_quiet(),
            authorize=_authorised,
            signing_secret="",
            process_before_response=True,
            request_verification_enabled=False,
            ssl_check_enabled=False,
            ignoring_self_events_enabled=False,  # read.said does, without asking Slack who we are
            attaching_function_token_enabled=False,
            attaching_conversation_kwargs_enabled=False,
        )
        self._whole_menu = offers.commands[0]
        for command in offers.commands:
            bolt.command(command)(self.commanded)
        for verb in offers.shortcuts:
            bolt.message_shortcut(verb)(self.used)
        bolt.view_submission(form.CALLBACK)(self.submitted)
        bolt.event("app_home_opened")(self._homes.opened)
        bolt.event("app_mention")(self.said)
        bolt.event("message")(self.said)
        bolt.action(render.ACTION)(self.pressed)
        return bolt

    async def commanded(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The answer rides on the acknowledgement, and only the speaker sees it; a form opens before it."""
        trigger, intent = Trigger.of(body), read.slash(body, self._whole_menu)
        answer = await self._office.ask(intent)
        self._learn(intent.speaker, answer)
        self._homes.changed(intent.speaker)
        view = None if answer.repeated else answer.view
        if view is None or (isinstance(view, Form) and await self._modals.open(view, intent, trigger)):
            await ack()
            return
        await ack(response_type="ephemeral", text=render.line(view), blocks=render.blocks(view))

    async def said(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A mention, or a line in our direct messages."""
        await self._noted(read.said(body), Trigger.of(body))
        await ack()

    async def pressed(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """One of our buttons."""
        await self._noted(read.pressed(body), Trigger.of(body), home.inside(body))
        await ack()

    async def submitted(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """One of our forms."""
        await self._modals.submitted(ack, body)
        self._homes.changed(read.speaker(body))

    async def used(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """One of our shortcuts, on anybody's message."""
        await self._noted(read.shortcut(body), Trigger.of(body))
        await ack()

    async def _noted(self, intent: Intent | None, trigger: Trigger, inside: str = "") -> None:
        """The desk promises its answer. A form is opened; a card says that nothing could be promised.

        What was pressed in a home or a modal is answered in a modal, `inside` the one that stands open.
        """
        answer = await self._office.ask(intent) if intent else Answer(None)
        if intent and answer.view and not answer.repeated:
            shown = self._show(intent, answer.view, trigger, inside)
            in_background(self._tasks, asyncio.create_task(shown))
        if intent:
            self._learn(intent.speaker, answer)
            self._homes.changed(intent.speaker)

    async def _show(self, intent: Intent, view: View, trigger: Trigger, inside: str) -> None:
        """What stands for a form is told where it cannot be opened."""
        fits = isinstance(view, Form) or intent.reply is Reply.HERE
        if not (fits and await self._modals.open(view, intent, trigger, inside)):
            await self._tell(intent, view)

    def _learn(self, speaker: Handle, answer: Answer) -> None:
        """An administrator is asked about somebody whose name Slack did not say."""
        if answer.unnamed:
            in_background(self._tasks, asyncio.create_task(self._introduce(speaker)))

    async def _introduce(self, speaker: Handle) -> None:
        """Slack is asked for the name afterwards, for the administrator's card."""
        try:
            name = await self._deliveries.name(speaker.tenant, speaker.user)
            await self._office.introduce(replace(speaker, name=name))
        except (Undelivered, Busy, TimeoutError) as fault:
            log.warning("a name was not learnt: %s", type(fault).__name__)

    async def _tell(self, intent: Intent, view: View) -> None:
        """Once, as well as it goes."""
        place, user = intent.place, intent.speaker.user
        address = Address("slack", place.tenant, place.conversation, user, place.thread, private=True)
        try:
            await self._deliveries.send(Parcel(intent.key, address, view))
        except Undelivered as fault:
            log.warning("an answer did not arrive: %s", fault)


async def _authorised() -> AuthorizeResult:
    """Bolt wants to know on whose behalf it listens; our directory decides that for every speaker."""
    return AuthorizeResult(enterprise_id=None, team_id=None)


def _quiet() -> logging.Logger:
    """Bolt warns of every event we have no listener for."""
    logger = logging.getLogger("slack_bolt.parley")
    logger.setLevel(logging.ERROR)
    return logger
