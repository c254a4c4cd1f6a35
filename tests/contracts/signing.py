"""The channel's end of the wire for the guard's tests: real keys, real tokens, a key server over ASGI."""

import asyncio
import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from jwt.algorithms import RSAAlgorithm
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

APP_ID = "5c3f1c3a-0000-4000-8000-00000000b07a"
TENANT = "7b1d3e00-0000-4000-8000-0000000000aa"
SERVICE = "https://smba.trafficmanager.net/emea/"
OPENID = "https://login.example/openid"
NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)

PRIVATE = {name: rsa.generate_private_key(65537, 2048) for name in ("one", "two")}
TOO_SHORT = rsa.generate_private_key(65537, 1024)  # noqa: S505  # weak so that it is refused


class Watch:
    """A clock that moves only when told to."""

    def __init__(self) -> None:
        self.at = NOW

    def wall(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


class Gate:
    """Holds a key server's answer back until it is opened."""

    def __init__(self) -> None:
        self.arrived = asyncio.Event()
        self.opened = asyncio.Event()

    async def __call__(self) -> None:
        self.arrived.set()
        await self.opened.wait()


class KeyServer:
    """Serves an OpenID document and a JWKS; `trouble` may hold its answer back or replace it."""

    def __init__(self) -> None:
        self.entries = [jwk("one", ["msteams", "webchat"])]
        self.asked = 0
        self.keys_url = "https://login.example/keys"
        self.trouble: Callable[[], Any] | None = None

    def http(self) -> httpx.AsyncClient:
        app = Starlette(routes=[Route("/openid", self._document), Route("/keys", self._keys)])
        return httpx.AsyncClient(transport=httpx.ASGITransport(app))

    async def _document(self, request: Request) -> Response:
        return JSONResponse({"issuer": "https://api.botframework.com", "jwks_uri": self.keys_url})

    async def _keys(self, request: Request) -> Response:
        self.asked += 1
        answer: Response | None = await self.trouble() if self.trouble else None
        return answer or JSONResponse({"keys": self.entries})


async def refusing() -> Response:
    raise httpx.ConnectError("connection refused")


async def silent() -> None:
    await asyncio.Event().wait()


async def failing() -> Response:
    return Response("<h1>Bad gateway</h1>", 502)


async def talking() -> Response:
    return Response("<h1>Welcome</h1>")


async def empty() -> Response:
    return JSONResponse({"keys": []})


async def odd() -> Response:
    return JSONResponse({"keys": [7, {"kid": ["one"]}, {"kid": "one", "kty": "EC"}]})


def jwk(kid: str, endorsements: list[str] | None, private: rsa.RSAPrivateKey | None = None) -> dict[str, Any]:
    public = (private or PRIVATE[kid]).public_key()
    entry = json.loads(RSAAlgorithm.to_jwk(public)) | {"kid": kid, "use": "sig"}
    entry.pop("key_ops", None)
    return entry if endorsements is None else entry | {"endorsements": endorsements}


def claims(**changes: Any) -> dict[str, Any]:
    """What Teams says of a message to this bot; None takes a claim away."""
    now = NOW.timestamp()
    usual = {"iss": "https://api.botframework.com", "aud": APP_ID, "serviceurl": SERVICE}
    told = usual | {"nbf": now - 60, "exp": now + 3600} | changes
    return {name: value for name, value in told.items() if value is not None}


def rs256(signed: bytes, key: str = "one") -> bytes:
    return PRIVATE[key].sign(signed, padding.PKCS1v15(), hashes.SHA256())


def bearer(
    said: Any = None, *, sign: Callable[[bytes], bytes] = rs256, alg: str = "RS256", **head: Any
) -> str:
    """A whole Authorization header, put together by hand so that it can be wrong in any way."""
    head = {name: value for name, value in ({"kid": "one"} | head).items() if value is not None}
    parts = [{"typ": "JWT", "alg": alg} | head, claims() if said is None else said]
    signed = b".".join(_base64(json.dumps(part).encode()) for part in parts)
    return f"Bearer {(signed + b'.' + _base64(sign(signed))).decode()}"


def _base64(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def activity(**changes: Any) -> dict[str, Any]:
    """A message as Teams posts it; None takes a field away."""
    usual: dict[str, Any] = {
        "type": "message",
        "id": "1700000000000",
        "timestamp": "2026-11-02T09:59:59.5Z",
        "localTimestamp": "2026-11-02T10:59:59.5+01:00",
        "channelId": "msteams",
        "serviceUrl": SERVICE,
        "from": {"id": "29:annika", "name": "Annika", "aadObjectId": "a-1"},
        "recipient": {"id": f"28:{APP_ID}", "name": "Parley"},
        "conversation": {"id": "a:1", "conversationType": "personal", "tenantId": TENANT},
        "channelData": {"tenant": {"id": TENANT}},
        "entities": [{"type": "clientInfo", "locale": "en-GB"}],
        "text": "issue list",
    }
    return {name: value for name, value in (usual | changes).items() if value is not None}


def press(**changes: Any) -> dict[str, Any]:
    """A pressed Action.Execute as Teams posts it."""
    action = {"type": "Action.Execute", "verb": "issue.ack", "data": {"issue": "ISS-1"}}
    told = {"type": "invoke", "name": "adaptiveCard/action", "text": None, "value": {"action": action}}
    return activity(**told | changes)


def body(**changes: Any) -> bytes:
    return json.dumps(activity(**changes)).encode()
