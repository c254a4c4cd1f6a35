"""Sends and edits messages over the Bot Connector, and says of each failure whether to try again."""

import asyncio
import math
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final, NoReturn, TypeAlias
from urllib.parse import quote

import httpx

from adapters.teams import form
from adapters.teams.form import ADAPTIVE
from adapters.teams.services import Services
from adapters.teams.token import Tokens
from bot.errors import Absent, Again, Ambiguous, Permanent
from bot.intents import Place
from bot.outbox import Address, Parcel, Receipt
from bot.views import Card, Text, View

Json: TypeAlias = dict[str, Any]

POINTER: Final = Card(
    "Open Parley", (Text("The answer is for you alone. Open Parley's personal chat and ask there."),)
)
BREATH: Final = 5.0  # seconds to wait where the channel says "too much" but not for how long
LONGEST_WAIT: Final = 3_600.0  # seconds; whatever the channel says, the post looks again within the hour

# Nothing of the request had left when these were raised.
_UNSENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


class NotThere(Absent):
    """The app is not, or no longer, installed where the message should go, or the conversation is gone."""


class Carrier:
    """The way out to Teams. `app_id` is the bot's registration; `patience` is seconds for one request."""

    def __init__(
        self,
        *,
        app_id: str,
        tokens: Tokens,
        services: Services,
        http: httpx.AsyncClient,
        wall: Callable[[], datetime],
        patience: float = 8.0,
    ) -> None:
        self._bot = f"28:{app_id}"
        self._tokens = tokens
        self._services = services
        self._http = http
        self._wall = wall
        self._patience = patience
        self._chats: dict[tuple[str, str, str], str] = {}

    async def send(self, parcel: Parcel) -> Receipt:
        """Posts the parcel, or edits where it has an existing receipt; Permanent, Again or Ambiguous."""
        address = parcel.address
        self._can_reach(address)
        if address.private or not address.conversation:
            return await self._privately(parcel)
        return await self._write(address, _message(parcel), _threaded(address), parcel.existing)

    async def find(self, parcel: Parcel) -> Receipt | None:
        """Teams cannot be asked what was sent under a key."""
        raise Ambiguous("Teams has no look-up")

    async def fetch(self, address: Address, path: str) -> Json:
        """What is at that path of the conversation's service; Permanent or Again."""
        self._can_reach(address)
        return await self._call("GET", address, path, None, repeatable=True)

    def _can_reach(self, address: Address) -> None:
        if not address.service:
            raise NotThere("Parley is not installed there yet")
        if address.service not in self._services:
            raise Permanent("its service address is not on the list")

    async def _privately(self, parcel: Parcel) -> Receipt:
        """Into the reader's personal chat; the channel it belongs to is at most told to look there."""
        address, existing = parcel.address, parcel.existing
        if not address.user:
            raise Permanent("nobody is named to send it to")
        try:
            chat = await self._chat(address)
            # A pointer left in the channel must never be edited into what it points to.
            mine = existing if existing and existing.conversation == chat else None
            return await self._write(address, _message(parcel), chat, mine)
        except NotThere:
            self._chats.pop(_whose(address), None)
            if existing or not address.conversation:
                raise
        return await self._write(address, _shown(POINTER, parcel.key), _threaded(address), None)

    async def _chat(self, address: Address) -> str:
        """The personal conversation with the user. Asking for it again gives the same one."""
        whose = _whose(address)
        if whose not in self._chats:
            wanted = {
                "bot": {"id": self._bot},
                "members": [{"id": address.user}],
                "tenantId": address.tenant,
                "channelData": {"tenant": {"id": address.tenant}},
                "isGroup": False,
            }
            made = await self._call("POST", address, "v3/conversations", wanted, repeatable=True)
            self._chats[whose] = _id(made)
        return self._chats[whose]

    async def _write(
        self, address: Address, message: Json, conversation: str, existing: Receipt | None
    ) -> Receipt:
        if existing is not None:
            path = f"{_activities(existing.conversation)}/{quote(existing.message, safe='')}"
            await self._call("PUT", address, path, message, repeatable=True)
            return existing
        made = await self._call("POST", address, _activities(conversation), message, repeatable=False)
        return Receipt(conversation, _id(made))

    async def _call(
        self, method: str, address: Address, path: str, body: Json | None, *, repeatable: bool
    ) -> Json:
        """One request, and a second one with a fresh token where the first token was not taken."""
        url = f"{address.service.rstrip('/')}/{path}"
        for _ in range(2):
            token = await self._tokens.get()
            answer = await self._ask(method, url, body, token, repeatable)
            if answer.status_code != httpx.codes.UNAUTHORIZED:
                return _sorted(answer, repeatable, self._wall())
            self._tokens.refused(token)
        raise Permanent("the channel does not take our token")

    async def _ask(
        self, method: str, url: str, body: Json | None, token: str, repeatable: bool
    ) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            # httpx counts its seconds from byte to byte; the post's are counted in all, and a message that
            # was never begun must not look as if it might have arrived: what may be repeated is cut short.
            async with asyncio.timeout(self._patience / 2 if repeatable else self._patience):
                return await self._http.request(
                    method, url, json=body, headers=headers, follow_redirects=False
                )
        except _UNSENT as fault:
            raise Again(f"not connected: {type(fault).__name__}") from None
        except (httpx.RequestError, TimeoutError) as fault:
            _unclear(f"no answer: {type(fault).__name__}", repeatable)


def _message(parcel: Parcel) -> Json:
    return _shown(parcel.view, parcel.key, parcel.repeat, parcel.address)


def _shown(view: View, key: str, repeat: bool = False, address: Address | None = None) -> Json:
    """A message activity that is one card; the summary is what a notification shows."""
    drawn = form.message(view, key, repeat, _asked_in(address) if address else None)
    attachment = {"contentType": ADAPTIVE, "content": drawn}
    return {"type": "message", "summary": drawn["fallbackText"], "attachments": [attachment]}


def _asked_in(address: Address) -> Place | None:
    """The channel in which somebody asked for what is sent to them privately."""
    if not address.private or not address.conversation:
        return None
    return Place(address.platform, address.tenant, address.conversation, thread=address.thread)


def _threaded(address: Address) -> str:
    thread = f";messageid={address.thread}" if address.thread else ""
    return f"{address.conversation}{thread}"


def _activities(conversation: str) -> str:
    return f"v3/conversations/{quote(conversation, safe='')}/activities"


def _whose(address: Address) -> tuple[str, str, str]:
    return address.service, address.tenant, address.user


def _sorted(answer: httpx.Response, repeatable: bool, now: datetime) -> Json:
    """The answer's body, or the outcome that its status stands for."""
    reason = f"HTTP {answer.status_code}{_code(answer)}"
    match answer.status_code:
        case status if 200 <= status < 300:
            return _json(answer)
        case 412 | 429:
            raise Again(reason, _wait(answer.headers.get("Retry-After", ""), now))
        case 403 | 404:
            raise NotThere(reason)
        case status if status == 408 or status >= 500:
            _unclear(reason, repeatable)
    raise Permanent(reason)


def _unclear(reason: str, repeatable: bool) -> NoReturn:
    """An edit, or a look for a personal chat, may be repeated; a message may have been posted."""
    raise Again(reason) if repeatable else Ambiguous(reason)


def _wait(said: str, now: datetime) -> float:
    """Seconds, from Retry-After's number or date."""
    try:
        seconds = float(said)
    except ValueError:
        seconds = _until(said, now)
    return BREATH if math.isnan(seconds) else min(max(seconds, 0.0), LONGEST_WAIT)


def _until(date: str, now: datetime) -> float:
    try:
        at = parsedate_to_datetime(date)
    except ValueError:
        return BREATH
    return ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds()


def _id(made: Json) -> str:
    """Where an app was taken out, Teams may say 200 to what it throws away."""
    match made.get("id"):
        case str(given) if given:
            return given
    raise NotThere("taken without an id: the app may not be installed there any more")


def _code(answer: httpx.Response) -> str:
    """The error's code, never its words: they may quote the message."""
    match _json(answer):
        case {"error": {"code": str(code)}} if re.fullmatch(r"\w{1,60}", code):
            return f" {code}"
    return ""


def _json(answer: httpx.Response) -> Json:
    try:
        body = answer.json()
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}
