"""Slack as a platform: bolt's listeners behind our guard or on a socket, and the deliveries going out."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from fastapi import FastAPI, Request, Response
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.internals import parse_body

from adapters.platform import Line, Office
from adapters.settings import Settings
from adapters.slack import manifest, probe, shape
from adapters.slack.calls import Calls
from adapters.slack.deliver import Deliveries
from adapters.slack.ears import Ears, Offers
from adapters.slack.guard import Guard, Verdict
from adapters.slack.home import Homes
from adapters.slack.install import Installing, Registration
from adapters.slack.modals import Modals
from adapters.slack.people import People
from adapters.slack.roster import Roster
from adapters.slack.socket import UNREADABLE, Socket
from bot.intents import Account, Handle
from bot.outbox import Address, Parcel, Receipt
from bot.ports import Vault

LOG = logging.getLogger(__name__)
OFFERS = Offers()


class Slack:
    """Over HTTP, on a socket that we open (with an app token), or both. `wall` is the machine's time."""

    name = "slack"
    manifest = staticmethod(manifest.write)
    rate = (1.0, 3)  # Slack takes one message a second in a channel, and a short burst above it

    def __init__(
        self,
        settings: Settings,
        wall: Callable[[], datetime],
        offers: Offers = OFFERS,
        vault: Vault | None = None,
    ) -> None:
        """ValueError where anybody could speak as Slack: neither a signing secret nor an app token."""
        secret = settings.slack_signing_secret.get_secret_value()
        self._app_token = settings.slack_app_token.get_secret_value()
        self._guard = None if self._app_token and not secret else Guard(secret, wall)
        self._api_url = settings.slack_api_url
        self._installing = Installing(vault, Registration.of(settings), wall)
        tokens = self._installing.tokens(settings.slack_bot_token.get_secret_value())
        self._calls = Calls(tokens, self._api_url)
        self._deliveries = Deliveries(self._calls)
        self._roster = Roster(self._calls)
        self._offers = offers
        self._socket: Socket | None = None
        self._tasks = self._calls.tasks

    def mount(self, app: FastAPI, office: Office) -> None:
        """Everything Slack sends comes to one address, to one socket, or to either: to the same listeners."""
        modals = Modals(office, self._calls, self._roster)
        homes = Homes(office, self._calls, self._tasks)
        bolt = Ears(office, self._deliveries, modals, homes, self._tasks).bolt(self._offers)
        People(office, self._roster).listen(bolt)
        self._installing.listen(bolt, office, self._calls)
        self._installing.mount(app, office, self._calls)
        if self._guard:
            app.router.add_route("/slack/events", _events(bolt, self._guard), methods=["POST"])
        if self._app_token:
            self._socket = Socket(bolt, self._app_token, self._api_url)

    async def start(self) -> None:
        """Opens the socket, if there is to be one. The first delivery opens the session."""
        if self._socket:
            await self._socket.open()

    async def stop(self) -> None:
        """Lets the last words out and closes socket and session."""
        if self._socket:
            await self._socket.close()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._calls.close()

    async def send(self, parcel: Parcel) -> Receipt:
        """As Courier says."""
        return await self._deliveries.send(parcel)

    async def find(self, parcel: Parcel) -> Receipt | None:
        """As Courier says."""
        return await self._deliveries.find(parcel)

    async def members(self, address: Address) -> tuple[Account, ...]:
        """As Courier says."""
        return await self._roster.members(address)

    async def account(self, handle: Handle, address: Address | None = None) -> Account:
        """As Courier says."""
        return await self._roster.account(handle, address)

    async def leave(self, address: Address) -> None:
        """As Courier says."""
        await self._roster.leave(address)

    async def probe(self) -> tuple[Line, ...]:
        """As Platform says."""
        return await probe.look(self._calls, self._app_token, self._installing.install_url)


def _events(bolt: AsyncApp, guard: Guard) -> Callable[[Request], Awaitable[Response]]:
    """The address that Slack posts to."""
    handler = AsyncSlackRequestHandler(bolt)

    async def events(request: Request) -> Response:
        match guard.judge(await request.body(), request.headers):
            case Verdict.REFUSED:
                LOG.info("turned away: 401 not signed by Slack with our secret, or not within five minutes")
                return Response(status_code=401)
            case Verdict.REPLAYED:
                return Response()
            case Verdict.ADMITTED:
                return await _heard(handler, request)

    return events


async def _heard(handler: AsyncSlackRequestHandler, request: Request) -> Response:
    """Bolt's answer. What no listener wants is acknowledged; what nobody can read is a bad request."""
    try:
        body = (await request.body()).decode()
        if not shape.fits(parse_body(body, request.headers.get("content-type"))):
            return Response(status_code=400)
        response = await handler.handle(request)
    except UNREADABLE:
        return Response(status_code=400)
    return Response() if response.status_code == 404 else response
