"""The channel's public signing keys: fetched without blocking, renewed early, never asked for in a flood."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWTError
from jwt.algorithms import RSAAlgorithm

AGING = timedelta(hours=12)  # renewed in the background from here on
STALE = timedelta(hours=24)  # renewed before the next look from here on
AGAIN = timedelta(minutes=5)  # at most one fetch in this time while there are keys
SOON = timedelta(seconds=10)  # the same while there are none
SMALLEST = 2048  # bits of a key

logger = logging.getLogger(__name__)


class NoKeys(Exception):
    """No signing key was ever fetched and the key server does not answer."""


@dataclass(frozen=True, slots=True)
class Key:
    """One public key and the channels it may speak for."""

    public: RSAPublicKey
    endorsements: frozenset[str]


class KeyRing:
    """The keys named by an OpenID document; one fetch at a time, whoever asks. `patience` is in seconds."""

    def __init__(
        self, url: str, *, wall: Callable[[], datetime], http: httpx.AsyncClient, patience: float = 3.0
    ) -> None:
        self._url = url
        self._wall = wall
        self._http = http
        self._patience = patience
        self._keys: dict[str, Key] = {}
        self._fetched: datetime | None = None
        self._tried: datetime | None = None
        self._flight: asyncio.Task[None] | None = None

    async def find(self, kid: str) -> Key | None:
        """The key of that name, None where the channel has no such key; NoKeys where nobody can tell."""
        age = self._since(self._fetched)
        if age >= STALE:
            await self._renew()
        elif age >= AGING:
            self._begin()
        if kid not in self._keys:
            await self._renew()
        if not self._keys:
            raise NoKeys
        return self._keys.get(kid)

    async def _renew(self) -> None:
        flight = self._begin()
        if flight is not None:
            # A caller who hangs up must not end the fetch that the others wait for.
            await asyncio.shield(flight)

    def _begin(self) -> asyncio.Task[None] | None:
        if self._flight is not None and not self._flight.done():
            return self._flight
        if self._since(self._tried) < (AGAIN if self._keys else SOON):
            return None
        self._tried = self._wall()
        self._flight = asyncio.create_task(self._fetch())
        return self._flight

    def _since(self, then: datetime | None) -> timedelta:
        # A clock set back counts as time passed: it must not stop the renewals.
        return timedelta.max if then is None else abs(self._wall() - then)

    async def _fetch(self) -> None:
        try:
            async with asyncio.timeout(self._patience):
                document = await self._get(self._url)
                keys = _readable(await self._get(self._same_scheme(document["jwks_uri"])))
            if not keys:
                raise ValueError("no usable key")
        except Exception as fault:
            # Whatever the key server does, the keys at hand go on serving and nobody sees a 500.
            logger.warning("signing keys were not renewed: %s: %s", type(fault).__name__, fault)
        else:
            self._keys, self._fetched = keys, self._wall()

    async def _get(self, url: str) -> Any:
        answer = await self._http.get(url)
        return answer.raise_for_status().json()

    def _same_scheme(self, url: str) -> str:
        if httpx.URL(url).scheme != httpx.URL(self._url).scheme:
            raise ValueError("the keys must come over the same scheme as the document")
        return url


def _readable(jwks: Any) -> dict[str, Key]:
    named = [entry for entry in jwks["keys"] if isinstance(entry, dict) and isinstance(entry.get("kid"), str)]
    found = {entry["kid"]: _key(entry) for entry in named}
    return {kid: key for kid, key in found.items() if key is not None}


def _key(entry: dict[str, Any]) -> Key | None:
    """None for a key that is not an RSA signing key of ours: one odd entry must not cost the others."""
    if entry.get("use", "sig") != "sig" or entry.get("alg", "RS256") != "RS256":
        return None
    try:
        public = RSAAlgorithm.from_jwk(entry)
        endorsements = frozenset(entry.get("endorsements", ()))
    except (PyJWTError, ValueError, TypeError, KeyError, AttributeError):
        return None
    if not isinstance(public, RSAPublicKey) or public.key_size < SMALLEST:
        return None
    return Key(public, endorsements)
