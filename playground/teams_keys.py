"""The keys and tokens of the small Teams: what signs calls to the bot, and what the bot must bring."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

from playground.cast import Json

ISSUER = "https://api.botframework.com"
CHANNEL = "msteams"
LIFE = 3600


@dataclass(frozen=True, slots=True)
class Key:
    """One published signing key."""

    kid: str
    private: RSAPrivateKey
    endorsements: tuple[str, ...] = (CHANNEL,)


def new_key() -> RSAPrivateKey:
    """A fresh RSA key of 2048 bits."""
    return generate_private_key(public_exponent=65537, key_size=2048)


@cache
def _first() -> RSAPrivateKey:
    # Made once for the process, because a key takes a tenth of a second.
    return new_key()


class Keys:
    """The published key set; the last key signs."""

    def __init__(self) -> None:
        self.published = [Key("playground-1", _first())]
        self.asked = 0

    def rotate(self) -> Key:
        """Publish one more key, which signs from now on."""
        return self.publish(Key(f"playground-{len(self.published) + 1}", new_key()))

    def publish(self, key: Key) -> Key:
        self.published.append(key)
        return key

    def jwks(self) -> Json:
        """The key set document; `asked` counts how often it was fetched."""
        self.asked += 1
        return {"keys": [_public(key) for key in self.published]}


class Tokens:
    """Signs as the Bot Connector does, and issues what the bot shows when it calls."""

    def __init__(self, keys: Keys, app_id: str, service_url: str, wall: Callable[[], float]) -> None:
        self._keys = keys
        self._app_id = app_id
        self._service_url = service_url
        self._wall = wall
        self._issued: dict[str, float] = {}

    def token(
        self,
        claims: Mapping[str, Any] | None = None,
        key: Any = None,
        headers: Mapping[str, Any] | None = None,
        algorithm: str = "RS256",
    ) -> str:
        """A token for a call to the bot; an override of None takes the claim or header away.

        `key` is an RSA private key, or bytes for HS256, and is not used for algorithm "none".
        """
        now = int(self._wall())
        right: Json = {"iss": ISSUER, "aud": self._app_id, "serviceurl": self._service_url}
        right |= {"nbf": now - 300, "iat": now, "exp": now + LIFE}
        signer = self._keys.published[-1]
        told = _without_none({"kid": signer.kid, "x5t": signer.kid} | dict(headers or {}))
        said = _without_none(right | dict(claims or {}))
        secret: Any = None if algorithm == "none" else key or signer.private
        return jwt.encode(said, secret, algorithm=algorithm, headers=told)

    def issue(self) -> Json:
        """The answer of the token endpoint to right credentials."""
        token = f"playground.{secrets.token_urlsafe(32)}"
        self._issued[token] = self._wall() + LIFE
        return {"token_type": "Bearer", "expires_in": LIFE, "ext_expires_in": LIFE, "access_token": token}

    def revoke(self) -> None:
        """From now on every token issued so far gets 401."""
        self._issued.clear()

    def accepts(self, authorization: str) -> bool:
        """Whether this Authorization header carries a token issued here that still lives."""
        token = authorization.removeprefix("Bearer ")
        return self._issued.get(token, 0.0) > self._wall()


def _public(key: Key) -> Json:
    shape: Json = json.loads(RSAAlgorithm.to_jwk(key.private.public_key()))
    named = {"kid": key.kid, "x5t": key.kid, "use": "sig", "endorsements": list(key.endorsements)}
    return {"kty": "RSA", "n": shape["n"], "e": shape["e"]} | named


def _without_none(claims: Mapping[str, Any]) -> Json:
    return {name: value for name, value in claims.items() if value is not None}
