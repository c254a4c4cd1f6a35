"""Microsoft Teams as a platform: one route, a thin botbuilder handler, and the way out."""

import asyncio
import logging
import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Final

import httpx
from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.core.teams import TeamsActivityHandler
from botbuilder.schema import Activity
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from adapters.platform import Line, Office, in_background
from adapters.settings import Settings
from adapters.teams import invokes, manifest, probe, read, turn
from adapters.teams.carried import Carried
from adapters.teams.deliver import Carrier
from adapters.teams.guard import SERVICES, Guard, Turned
from adapters.teams.roster import Roster
from adapters.teams.services import Services
from adapters.teams.token import Tokens
from bot import faults
from bot.errors import Undelivered
from bot.intents import Account, Handle, Intent, Place
from bot.outbox import Address, Parcel, Receipt
from bot.views import View

ROUTE: Final = "/api/messages"
NOT_KNOWN: Final = InvokeResponse(status=501)
LOOK: Final = 1.0  # seconds to ask who was picked in a form
PARTING: Final = 5.0  # seconds for what is still being said when the process is told to stop
PROXIES: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")

logger = logging.getLogger(__name__)


class Teams:
    """Implements adapters.platform.Platform. `wall` is the machine's time; `http` is closed by `stop`.

    `shortcuts` are the verbs of the commands on a message.
    """

    name = "teams"
    manifest = staticmethod(manifest.write)
    # Teams: 7 in a second and 60 in 30 seconds for one conversation; 7 + 30 x 1.75 stays below both.
    rate = (1.75, 7)

    def __init__(
        self,
        settings: Settings,
        wall: Callable[[], datetime],
        http: httpx.AsyncClient | None = None,
        shortcuts: tuple[str, ...] = (),
    ) -> None:
        services = (*SERVICES, *settings.service_urls)
        self._http = http or _pool()
        self._guard = Guard(
            app_id=settings.teams_app_id,
            tenants=settings.tenants,
            wall=wall,
            http=self._http,
            openid_url=settings.teams_openid_metadata_url,
            issuer=settings.teams_channel_url.rstrip("/"),
            services=services,
            anonymous=settings.parley_dangerously_allow_anonymous_teams,
        )
        self._tokens = Tokens(
            app_id=settings.teams_app_id,
            password=settings.teams_app_password.get_secret_value(),
            tenant=settings.teams_app_tenant_id,
            login_url=settings.teams_login_url,
            channel=settings.teams_channel_url.rstrip("/"),
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
        self._roster = Roster(self._carrier, settings.teams_app_id)
        self._tasks: set[asyncio.Task[None]] = set()
        self.shortcuts = frozenset(shortcuts)

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

    async def members(self, address: Address) -> tuple[Account, ...]:
        """As bot.ports.Courier."""
        return await self._roster.members(address)

    async def account(self, handle: Handle, address: Address | None = None) -> Account:
        """As bot.ports.Courier."""
        return await self._roster.account(handle, address)

    async def leave(self, address: Address) -> None:
        """As bot.ports.Courier."""
        await self._roster.leave(address)

    async def probe(self) -> tuple[Line, ...]:
        """As Platform says."""
        return (await probe.look(self._tokens),)

    def say(self, view: View, address: Address, key: str) -> None:
        """Best effort, outside the outbox: for what is said when nothing could be promised."""
        in_background(self._tasks, asyncio.create_task(self._try(Parcel(key, address, view))))

    async def informed(self, intent: Intent, carried: Carried | None, office: Office) -> Intent:
        """With what Teams tells of whoever was picked in the form, where it tells in time."""
        picked = carried.accounts if carried else ()
        places = (intent.place, *await office.channels(intent.place)) if picked else ()
        told = await asyncio.gather(*(self._known(user, places) for user in picked))
        known = tuple(one for one in told if one is not None)
        return replace(intent, accounts=(*intent.accounts, *known))

    async def _known(self, user: str, places: tuple[Place, ...]) -> Account | None:
        """Teams tells of an account only where it takes part: there, or in a channel of the same tenant."""
        told = await asyncio.gather(*(self._told(user, place) for place in places))
        return next((one for one in told if one is not None), None)

    async def _told(self, user: str, place: Place) -> Account | None:
        try:
            async with asyncio.timeout(LOOK):
                return await self._roster.account(Handle(self.name, place.tenant, user), _address(place))
        except (Undelivered, TimeoutError) as outcome:
            logger.info("nothing is known of a picked account: %s", type(outcome).__name__)
        return None

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
        if answer is None or answer.body is None:
            return Response(status_code=answer.status if answer else 200)
        return JSONResponse(answer.body, answer.status)


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
        answer = await self._office.ask(await self._heard(intent, read.sent(turn_context.activity)))
        if answer.view is not None:
            self._teams.say(answer.view, _back(intent), intent.key)
        return None

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        activity = turn_context.activity
        heard = invokes.heard(activity, self._teams.shortcuts)
        if heard is None:
            return NOT_KNOWN
        intent, show = heard
        if intent is None:
            return InvokeResponse(status=200, body=invokes.unnamed(activity.name))
        carried = read.sent(activity)
        answer = await self._office.ask(await self._heard(intent, carried))
        return InvokeResponse(status=200, body=show(answer, intent, carried))

    async def _heard(self, intent: Intent, carried: Carried | None) -> Intent:
        return await self._teams.informed(intent, carried, self._office)

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        # The SDK's own would ask Teams who everybody is.
        if not read.leaves(turn_context.activity):
            await self._meet(turn_context.activity)
        await self._look_around(turn_context.activity)

    async def on_installation_update_add(self, turn_context: TurnContext) -> None:
        await self._meet(turn_context.activity)
        await self._look_around(turn_context.activity)

    async def on_installation_update_remove(self, turn_context: TurnContext) -> None:
        await self._look_around(turn_context.activity)

    async def _look_around(self, activity: Activity) -> None:
        """Who comes and goes is told of a whole team: any channel of the tenant may be meant."""
        place = read.place(activity)
        if not place.private:
            await self._office.gathered(replace(place, conversation=""), read.own_key(activity))

    async def _meet(self, activity: Activity) -> None:
        await self._office.meet(read.speaker(activity), read.place(activity))


def _pool() -> httpx.AsyncClient:
    """One for every call out. A company's proxy knows nothing of this machine's own addresses."""
    own = {"all://127.0.0.1": None, "all://localhost": None}
    limits = httpx.Timeout(10.0, connect=3.0)
    return httpx.AsyncClient(timeout=limits, mounts=own, verify=_authorities())


@cache
def _authorities() -> ssl.SSLContext:
    """Whom to believe; read once for a process, because that takes a while."""
    return httpx.create_ssl_context()


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
