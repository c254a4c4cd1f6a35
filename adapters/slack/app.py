"""Slack as a platform: bolt's listeners behind our guard, and the deliveries going out."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from fastapi import FastAPI, Request, Response
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult

from adapters.platform import Office, in_background
from adapters.slack import read, render
from adapters.slack.deliver import Deliveries
from adapters.slack.guard import Guard, Verdict, seal
from bot.desk import Answer
from bot.errors import Busy, Undelivered
from bot.intents import Handle, Intent
from bot.outbox import Address, Parcel, Receipt
from bot.views import Card

log = logging.getLogger(__name__)


class Slack:
    """One workspace over HTTP. `wall` is the machine's time; the first of `commands` is the whole menu."""

    name = "slack"
    rate = (1.0, 3)  # Slack takes one message a second in a channel, and a short burst above it

    def __init__(
        self,
        signing_secret: str,
        bot_token: str,
        api_url: str,
        wall: Callable[[], datetime],
        commands: tuple[str, ...] = ("/parley", "/issue"),
    ) -> None:
        self._guard = Guard(signing_secret, wall)
        self._deliveries = Deliveries(bot_token, api_url)
        self._commands = commands
        self._tasks: set[asyncio.Task[None]] = set()

    def mount(self, app: FastAPI, office: Office) -> None:
        """Everything Slack sends comes to one address."""
        ears = Ears(office, self._deliveries, self._tasks)
        handler = AsyncSlackRequestHandler(ears.bolt(self._commands))

        async def events(request: Request) -> Response:
            match self._guard.judge(await request.body(), request.headers):
                case Verdict.REFUSED:
                    return Response(status_code=401)
                case Verdict.REPLAYED:
                    return Response()
                case Verdict.ADMITTED:
                    return await _heard(handler, request)

        app.router.add_route("/slack/events", events, methods=["POST"])

    async def start(self) -> None:
        """Nothing to begin: the first delivery opens the session."""

    async def stop(self) -> None:
        """Lets the last words out and closes the session."""
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._deliveries.close()

    async def send(self, parcel: Parcel) -> Receipt:
        """As Courier says."""
        return await self._deliveries.send(parcel)

    async def find(self, parcel: Parcel) -> Receipt | None:
        """As Courier says."""
        return await self._deliveries.find(parcel)

    async def probe(self) -> str:
        """One line on the connection; Undelivered where Slack refuses us."""
        return await self._deliveries.probe()


class Ears:
    """Bolt's listeners: each reads an intent, asks the office, and only then acknowledges.

    In that order, so that Slack sends again what we lost before it was saved.
    """

    def __init__(self, office: Office, deliveries: Deliveries, tasks: set[asyncio.Task[None]]) -> None:
        self._office = office
        self._deliveries = deliveries
        self._tasks = tasks
        self._whole_menu = ""

    def bolt(self, commands: tuple[str, ...]) -> AsyncApp:
        """Bolt, with our own guard in its signature check's place (see Guard) and no calls on the way in."""
        bolt = AsyncApp(
            name="parley",
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
        self._whole_menu = commands[0]
        for command in commands:
            bolt.command(command)(self.commanded)
        bolt.event("app_mention")(self.said)
        bolt.event("message")(self.said)
        bolt.action(render.ACTION)(self.pressed)
        return bolt

    async def commanded(self, ack: AsyncAck, body: dict[str, Any], request: AsyncBoltRequest) -> None:
        """The answer rides on the acknowledgement, and only the speaker sees it."""
        intent = read.slash(body, seal(request.raw_body.encode()), self._whole_menu)
        answer = await self._office.ask(intent)
        self._learn(intent.speaker, answer)
        if answer.repeated or answer.card is None:
            await ack()
            return
        card = answer.card
        await ack(response_type="ephemeral", text=render.line(card), blocks=render.blocks(card))

    async def said(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A mention, or a line in our direct messages."""
        await self._noted(read.said(body))
        await ack()

    async def pressed(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """One of our buttons."""
        await self._noted(read.pressed(body))
        await ack()

    async def _noted(self, intent: Intent | None) -> None:
        """The desk promises its answer; a card here says that nothing could be promised: it is told now."""
        answer = await self._office.ask(intent) if intent else Answer(None)
        if intent and answer.card and not answer.repeated:
            in_background(self._tasks, asyncio.create_task(self._tell(intent, answer.card)))
        if intent:
            self._learn(intent.speaker, answer)

    def _learn(self, speaker: Handle, answer: Answer) -> None:
        """An administrator is asked about somebody whose name Slack did not say."""
        if answer.unnamed:
            in_background(self._tasks, asyncio.create_task(self._introduce(speaker)))

    async def _introduce(self, speaker: Handle) -> None:
        """Slack is asked for the name afterwards, for the administrator's card."""
        try:
            name = await self._deliveries.name(speaker.user)
            await self._office.introduce(replace(speaker, name=name))
        except (Undelivered, Busy, TimeoutError) as fault:
            log.warning("a name was not learnt: %s", type(fault).__name__)

    async def _tell(self, intent: Intent, card: Card) -> None:
        """Once, as well as it goes."""
        place, user = intent.place, intent.speaker.user
        address = Address("slack", place.tenant, place.conversation, user, place.thread, private=True)
        try:
            await self._deliveries.send(Parcel(intent.key, address, card))
        except Undelivered as fault:
            log.warning("an answer did not arrive: %s", fault)


async def _heard(handler: AsyncSlackRequestHandler, request: Request) -> Response:
    """Bolt's answer. What no listener wants is acknowledged; what nobody can read is a bad request."""
    try:
        response = await handler.handle(request)
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError):
        return Response(status_code=400)
    return Response() if response.status_code == 404 else response


async def _authorised() -> AuthorizeResult:
    """Bolt wants to know on whose behalf it listens; our directory decides that for every speaker."""
    return AuthorizeResult(enterprise_id=None, team_id=None)


def _quiet() -> logging.Logger:
    """Bolt warns of every event we have no listener for."""
    logger = logging.getLogger("slack_bolt.parley")
    logger.setLevel(logging.ERROR)
    return logger
