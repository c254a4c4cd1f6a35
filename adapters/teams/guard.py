"""The guard at the Teams door: only what the channel signed for this bot, and what we expect, passes."""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn, TypeAlias

import httpx
from botframework.connector.auth import ClaimsIdentity
from jwt import PyJWS, PyJWTError

from adapters.teams.keys import Key, KeyRing, NoKeys
from adapters.teams.services import Services

CHANNEL = "msteams"
ISSUER = "https://api.botframework.com"
OPENID = "https://login.botframework.com/v1/.well-known/openidconfiguration"
# Where Microsoft's commercial cloud and GCC take answers; other clouds have another issuer too.
SERVICES = ("smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com", "*.botframework.com")
LEEWAY = 300  # seconds that two honest clocks may be apart

# A field with an exclamation mark must be there and not be empty; the SDK checks what we do not read.
Shape: TypeAlias = "type | list[Shape] | dict[str, Shape]"
_NAMED: Shape = {"id": str, "name": str}
_ACCOUNT: Shape = {"id!": str, "name": str, "aadObjectId": str}
_ACTIVITY: Shape = {
    "type!": str,
    "channelId!": str,
    "serviceUrl!": str,
    "conversation!": {"id!": str, "name": str, "tenantId": str, "conversationType": str, "isGroup": bool},
    "id": str,
    "from": _ACCOUNT,
    "recipient": _ACCOUNT,
    "channelData": {"tenant": _NAMED, "team": _NAMED, "channel": _NAMED, "eventType": str},
    "name": str,
    "text": str,
    "locale": str,
    "replyToId": str,
    "action": str,
    "value": dict,
    "entities": [{"type!": str, "text": str, "mentioned": _NAMED}],
    "attachments": [dict],
    "membersAdded": [_ACCOUNT],
    "membersRemoved": [_ACCOUNT],
}
_SPOKEN: Shape = {"id!": str, "from!": _ACCOUNT, "recipient!": _ACCOUNT}
_PRESSED: Shape = {"value!": {"action!": {"type!": str, "verb": str}}}


_jws = PyJWS(algorithms=["RS256"])


class Turned(Exception):
    """Turned away. `status` is for the HTTP answer, `reason` for the log: a forger is told nothing."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status} {reason}")
        self.status = status
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Admitted:
    """What came in, as parsed JSON, and who vouched for it (not authenticated where nobody did)."""

    activity: dict[str, Any]
    identity: ClaimsIdentity


class Guard:
    """Proves an inbound activity.

    `tenants` are Entra tenant ids: an empty set admits nobody. `services` are host names (https; a leading
    `*.` takes every host below) or URL prefixes such as `http://127.0.0.1:8020/`. `anonymous` takes
    unsigned activities that no proxy forwarded: for a developer's own machine only.
    """

    def __init__(
        self,
        *,
        app_id: str,
        tenants: frozenset[str],
        wall: Callable[[], datetime],
        http: httpx.AsyncClient,
        openid_url: str = OPENID,
        issuer: str = ISSUER,
        services: tuple[str, ...] = SERVICES,
        anonymous: bool = False,
        patience: float = 3.0,
    ) -> None:
        self._app_id = app_id
        self._tenants = frozenset(tenant.lower() for tenant in tenants)
        self._services = Services(services)
        self._wall = wall
        self._anonymous = anonymous
        self._issuer = issuer
        self._keys = KeyRing(openid_url, wall=wall, http=http, patience=patience)

    async def admit(self, header: str | None, body: bytes, forwarded: bool = False) -> Admitted:
        """The proven activity. `header` is Authorization; raises Turned with 400, 401, 403 or 503.

        The token is proven first. The signature does not cover the body: claim `serviceurl` is all that
        binds the two, so what the body says is as trustworthy as the channel, not more.
        """
        if not header and self._anonymous and not forwarded:
            activity, identity = _read(body), ClaimsIdentity({}, False, "anonymous")
        else:
            key, claims = await self._proven(_bearer(header))
            activity, identity = _read(body), ClaimsIdentity(claims, True, "bearer")
            _bound(activity, key, claims)
        self._welcome(activity)
        return Admitted(activity, identity)

    async def _proven(self, token: str) -> tuple[Key, dict[str, Any]]:
        try:
            key = await self._keys.find(_kid(token))
        except NoKeys:
            raise Turned(503, "the channel's keys cannot be fetched") from None
        if key is None:
            _unproven("unknown key")
        claims = _signed(token, key)
        self._current(claims)
        return key, claims

    def _current(self, claims: Mapping[str, Any]) -> None:
        now = self._wall().timestamp()
        if claims.get("iss") != self._issuer:
            _unproven("wrong issuer")
        if not self._app_id or claims.get("aud") != self._app_id:
            _unproven("wrong audience")
        if not _moment(claims.get("exp")) or now >= claims["exp"] + LEEWAY:
            _unproven("expired, or no expiry")
        if "nbf" in claims and not (_moment(claims["nbf"]) and claims["nbf"] <= now + LEEWAY):
            _unproven("not yet valid")

    def _welcome(self, activity: Mapping[str, Any]) -> None:
        # Other channels let their callers choose the tenant and the person in the body.
        if activity["channelId"] != CHANNEL:
            raise Turned(403, "not Teams")
        if activity["serviceUrl"] not in self._services:
            raise Turned(403, "serviceUrl is not on the list")
        tenant = (activity.get("channelData") or {}).get("tenant") or {}
        if (tenant.get("id") or "").lower() not in self._tenants:
            raise Turned(403, "this tenant is not on the list")


def _unproven(reason: str) -> NoReturn:
    raise Turned(401, reason)


def _bearer(header: str | None) -> str:
    scheme, _, token = (header or "").partition(" ")
    if scheme.lower() != "bearer" or not token or not token.isascii():
        _unproven("no bearer token")
    return token


def _kid(token: str) -> str:
    try:
        head = _jws.get_unverified_header(token)
    except PyJWTError:
        raise Turned(401, "not a token") from None
    if head.get("alg") != "RS256" or not head.get("kid"):
        _unproven("wrong algorithm, or no key named")
    return str(head["kid"])


def _signed(token: str, key: Key) -> dict[str, Any]:
    try:
        claims = json.loads(_jws.decode(token, key.public, algorithms=["RS256"]))
    except (PyJWTError, ValueError, RecursionError):
        raise Turned(401, "bad signature") from None
    if not isinstance(claims, dict):
        _unproven("no claims")
    return claims


def _moment(value: object) -> bool:
    match value:
        case bool():
            return False
        case int():
            return True
        case float():
            return math.isfinite(value)
    return False


def _bound(activity: Mapping[str, Any], key: Key, claims: Mapping[str, Any]) -> None:
    if activity["channelId"] not in key.endorsements:
        _unproven("the key may not speak for this channel")
    if claims.get("serviceurl") != activity["serviceUrl"]:
        _unproven("the token is for another serviceUrl")


def _read(body: bytes) -> dict[str, Any]:
    try:
        activity = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise Turned(400, "not JSON") from None
    if not isinstance(activity, dict):
        raise Turned(400, "not an object")
    for shape in _shapes(activity):
        if wrong := _misfit(activity, shape):
            raise Turned(400, wrong)
    return activity


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _misfit(value: Any, shape: Shape, at: str = "") -> str | None:
    """Where the value first leaves the shape, None where it fits."""
    match shape:
        case dict() if isinstance(value, dict):
            return next(filter(None, _misfits(value, shape, at)), None)
        case list() if isinstance(value, list):
            return next(filter(None, (_misfit(item, shape[0], f"{at}[]") for item in value)), None)
        case type() if isinstance(value, shape):
            return None
    return f"wrong shape at {at}"


def _misfits(value: dict[str, Any], shape: dict[str, Shape], at: str) -> Iterator[str | None]:
    for field, part in shape.items():
        name = field.rstrip("!")
        inner = value.get(name)
        if not inner and field.endswith("!"):
            yield f"missing at {at}.{name}"
        elif inner is not None:
            yield _misfit(inner, part, f"{at}.{name}")


def _shapes(activity: Mapping[str, Any]) -> Iterator[Shape]:
    yield _ACTIVITY
    if activity["type"] in ("message", "invoke"):
        yield _SPOKEN
    if activity["type"] == "invoke" and activity.get("name") == "adaptiveCard/action":
        yield _PRESSED
