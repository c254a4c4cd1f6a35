"""Microsoft Teams as a platform: one route, a thin botbuilder handler, and the way out."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import httpx
from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.core.teams import TeamsActivityHandler
from botbuilder.schema import Activity
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from adapters.platform import Office, in_background
from adapters.settings import Settings
from adapters.teams import read, turn
from adapters.teams.deliver import ADAPTIVE, Carrier
from adapters.teams.guard import SERVICES, Guard, Turned
from adapters.teams.render import adaptive
from adapters.teams.services import Services
from adapters.teams.token import Tokens
from bot import faults
from bot.desk import Answer
from bot.errors import Undelivered
from bot.intents import Intent, Place
from bot.outbox import Address, Parcel, Receipt
from bot.views import Card

ROUTE: Final = "/api/messages"
PRESSED: Final = "adaptiveCard/action"
MESSAGE: Final = "application/vnd.microsoft.activity.message"
UNNAMED: Final = "Parley cannot tell who you are or what this button was. Nothing was saved."
FAULT: Final = "Something went wrong on our side; nothing was saved. Reference {}."
PARTING: Final = 5.0  # seconds for what is still being said when the process is told to stop
PROXIES: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")

logger = logging.getLogger(__name__)


class Teams:
    """Implements adapters.platform.Platform. `wall` is the machine's time; `http` is closed by `stop`."""

    name = "teams"
    # Teams: 7 in a second and 60 in 30 seconds for one conversation; 7 + 30 x 1.75 stays below both.
    rate = (1.75, 7)

    def __init__(
        self, settings: Settings, wall: Callable[[], datetime], http: httpx.AsyncClient | None = None
    ) -> None:
        services = (*SERVICES, *settings.service_urls)
        self._http = http or _pool()
        self._guard = Guard(
            app_id=settings.teams_app_id,
            tenants=settings.tenants,
            wall=wall,
            http=self._http,
            openid_url=settings.teams_openid_metadata_url,
            services=services,
            anonymous=settings.parley_dangerously_allow_anonymous_teams,
        )
        self._tokens = Tokens(
            app_id=settings.teams_app_id,
            password=settings.teams_app_password.get_secret_value(),
            tenant=settings.teams_app_tenant_id,
            login_url=settings.teams_login_url,
            wall=wall,
            http=self._http,
        )
        self._carrier = Carrier(
            app_id=settings.teams_app_id,
            tokens=self._tokens,
            services=Services(services),
            http=self._http,
            wall=wall,
        )
        self._tasks: set[asyncio.Task[None]] = set()

    def mount(self, app: FastAPI, office: Office) -> None:
        """POST /api/messages."""
        ear = _Ear(self, office)

        async def arrive(request: Request) -> Response:
            return await self._arrive(ear, request)

        app.router.add_route(ROUTE, arrive, methods=["POST"])

    async def start(self) -> None:
        """Nothing to begin: Teams calls us."""

    async def stop(self) -> None:
        """Says what is still being said, and hangs up."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=PARTING)
        await self._http.aclose()

    async def send(self, parcel: Parcel) -> Receipt:
        """As bot.ports.Courier."""
        return await self._carrier.send(parcel)

    async def find(self, parcel: Parcel) -> Receipt | None:
        """As bot.ports.Courier."""
        return await self._carrier.find(parcel)

    async def probe(self) -> str:
        """One line for ./parley check; Again, with the reason, where no token can be had."""
        return "Teams issued a token" if await self._tokens.get() else "Teams is set up without a password"

    def say(self, card: Card, address: Address, key: str) -> None:
        """Best effort, outside the outbox: for what is said when nothing could be promised."""
        in_background(self._tasks, asyncio.create_task(self._try(Parcel(key, address, card))))

    async def _try(self, parcel: Parcel) -> None:
        try:
            await self._carrier.send(parcel)
        except Undelivered as outcome:
            logger.warning("an answer was not delivered: %s", outcome)

    async def _arrive(self, ear: "_Ear", request: Request) -> Response:
        forwarded = any(header in request.headers for header in PROXIES)
        try:
            header, body = request.headers.get("Authorization"), await request.body()
            admitted = await self._guard.admit(header, body, forwarded)
            activity = turn.read(admitted.activity)
        except Turned as turned:
            logger.info("turned away: %s", turned)
            return Response(status_code=turned.status)
        try:
            answer = await turn.run(ear, activity, admitted.identity)
        except Exception as fault:  # the office answers for its own: this is what it could not keep
            faults.note(f"Teams {activity.type}", fault)
            return Response(status_code=500)
        return Response() if answer is None else JSONResponse(answer.body, answer.status)


class _Ear(TeamsActivityHandler):  # type: ignore[misc]  # the SDK ships no types
    """What Teams says, handed to the office. Nothing here speaks over the SDK's own network."""

    def __init__(self, teams: Teams, office: Office) -> None:
        super().__init__()
        self._teams = teams
        self._office = office

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        intent = read.said(turn_context.activity)
        if intent is None:
            return await self._meet(turn_context.activity)
        answer = await self._office.ask(intent)
        if answer.card is not None:
            self._teams.say(answer.card, _back(intent), intent.key)
        return None

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        if turn_context.activity.name != PRESSED:
            return await super().on_invoke_activity(turn_context)
        intent = read.pressed(turn_context.activity)
        if intent is None:
            return InvokeResponse(status=200, body=_toast(UNNAMED))
        return InvokeResponse(status=200, body=_shown(await self._office.ask(intent), intent))

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        # The SDK's own would ask Teams who everybody is.
        if not read.leaves(turn_context.activity):
            await self._meet(turn_context.activity)

    async def on_installation_update_add(self, turn_context: TurnContext) -> None:
        await self._meet(turn_context.activity)

    async def _meet(self, activity: Activity) -> None:
        await self._office.meet(read.speaker(activity), read.place(activity))


def _pool() -> httpx.AsyncClient:
    """One for every call out. A company's proxy knows nothing of this machine's own addresses."""
    own = {"all://127.0.0.1": None, "all://localhost": None}
    return httpx.AsyncClient(timeout=httpx.Timeout(10.0, connect=3.0), mounts=own)


def _shown(answer: Answer, intent: Intent) -> dict[str, Any]:
    if answer.card is None:
        return _toast("Done.")
    return {"statusCode": 200, "type": ADAPTIVE, "value": adaptive(answer.card, intent.key)}


def _toast(line: str) -> dict[str, Any]:
    return {"statusCode": 200, "type": MESSAGE, "value": line}


def _back(intent: Intent) -> Address:
    """To the speaker alone."""
    place = intent.place
    return _address(place) if place.private else _address(place, intent.speaker.user)


def _address(place: Place, user: str = "") -> Address:
    return Address(
        place.platform,
        place.tenant,
        place.conversation,
        user=user,
        thread=place.thread,
        service=place.service,
        private=bool(user),
    )
