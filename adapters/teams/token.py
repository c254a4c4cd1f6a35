"""The bot's own token for the channel: fetched once, kept until shortly before it expires."""

import asyncio
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import httpx

from bot.errors import Again, LockedOut

CHANNEL: Final = "https://api.botframework.com"  # sovereign clouds have another one
ANY_TENANT: Final = "botframework.com"  # where multi-tenant registrations of before July 2025 sign in
EARLY: Final = timedelta(minutes=5)
REFUSED: Final = frozenset(
    {"invalid_client", "unauthorized_client", "invalid_request", "invalid_tenant", "invalid_grant"}
)
LATER: Final = 60.0  # seconds; a wrong secret is put right by a person, and no message may be lost till then


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    until: datetime


class Tokens:
    """Client credentials over httpx: the SDK's own credentials block the loop and look up Microsoft's clouds.

    Without a password there is no token and none is sent: an emulator on the developer's machine asks for
    none. `tenant` is the registration's; `patience` is in seconds.
    """

    def __init__(
        self,
        *,
        app_id: str,
        password: str,
        tenant: str,
        login_url: str,
        wall: Callable[[], datetime],
        http: httpx.AsyncClient,
        channel: str = CHANNEL,
        patience: float = 3.0,
    ) -> None:
        self._form = {
            "grant_type": "client_credentials",
            "client_id": app_id,
            "client_secret": password,
            "scope": f"{channel}/.default",
        }
        self._url = f"{login_url.rstrip('/')}/{tenant or ANY_TENANT}/oauth2/v2.0/token"
        self._needed = bool(password)
        self._wall = wall
        self._http = http
        self._patience = patience
        self._token: _Token | None = None
        self._turnstile = asyncio.Lock()

    async def get(self) -> str:
        """A token that is good for minutes, "" where none is needed; Again where none can be had."""
        if not self._needed:
            return ""
        async with self._turnstile:
            if self._token is None or self._wall() >= self._token.until:
                self._token = await self._fetch()
            return self._token.text

    def refused(self, token: str) -> None:
        """The channel did not take it: the next `get` fetches another, unless that was done already."""
        if self._token is not None and self._token.text == token:
            self._token = None

    async def _fetch(self) -> _Token:
        asked = self._wall()
        try:
            answer = await self._http.post(self._url, data=self._form, timeout=self._patience)
        except httpx.RequestError as fault:
            raise Again(f"no token: {type(fault).__name__}") from None
        token = _issued(_json(answer), asked) if answer.is_success else None
        if token is None:
            reason = f"no token: HTTP {answer.status_code}{_why(answer)}"
            raise LockedOut(reason, LATER) if _is_refused(answer) else Again(reason, LATER)
        return token


def _issued(body: Any, asked: datetime) -> _Token | None:
    match body:
        case {"access_token": str(text), "expires_in": int() | float() as seconds} if math.isfinite(seconds):
            return _Token(text, asked + timedelta(seconds=min(seconds, 86_400)) - EARLY)
    return None


def _why(answer: httpx.Response) -> str:
    """The code of an OAuth error and Microsoft's number for it, which name no secret; its description may."""
    match _json(answer):
        case {"error": str(code), "error_codes": [int(number), *_]} if code.isidentifier():
            return f" {code} {number}"
        case {"error": str(code)} if code.isidentifier():
            return f" {code}"
    return ""


def _is_refused(answer: httpx.Response) -> bool:
    """Whether only a person can put it right: the registration, its password or its tenant is wrong."""
    match _json(answer):
        case {"error": str(code)}:
            return answer.status_code in (400, 401) and code in REFUSED
    return False


def _json(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except (ValueError, RecursionError):
        return None
