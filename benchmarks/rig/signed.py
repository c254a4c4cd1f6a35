"""Whole HTTP requests as Slack and Teams send them: signed, and no two alike."""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from benchmarks.rig import world


class Slack:
    """Slash commands, each with a trigger id of its own."""

    def __init__(self) -> None:
        self._number = 0

    def commands(self, text: str, count: int) -> Iterator[bytes]:
        """So many, signed now; "{n}" in the text becomes a number."""
        stamp = str(int(time.time()))
        return iter([self._command(text, stamp) for _ in range(count)])

    def _command(self, text: str, stamp: str) -> bytes:
        self._number += 1
        user = world.SLACK_PEOPLE[self._number % len(world.SLACK_PEOPLE)]
        body = urlencode(
            {
                "token": "unused",
                "team_id": world.WORKSPACE,
                "team_domain": "northmere",
                "channel_id": world.CHANNEL,
                "channel_name": "halcyra-partnership",
                "user_id": user,
                "user_name": user.lower(),
                "command": "/issue",
                "text": text.replace("{n}", str(self._number)),
                "api_app_id": "A0BENCH",
                "is_enterprise_install": "false",
                "response_url": f"http://127.0.0.1:9/commands/{self._number}",
                "trigger_id": f"{stamp}.{self._number}.0123456789abcdef0123456789abcdef",
            }
        ).encode()
        mark = hmac.new(
            world.SLACK_SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256
        ).hexdigest()
        headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mark}"}
        return _post("/slack/events", "application/x-www-form-urlencoded", headers, body)


class Teams:
    """Messages in personal chats, each with an id of its own, under one token as Teams reuses it."""

    def __init__(self, outside: str) -> None:
        self._key = rsa.generate_private_key(65537, 2048)
        self._service = world.service_url(outside)
        self._number = 0

    @property
    def keys(self) -> dict[str, Any]:
        """The key set to publish."""
        shape = json.loads(RSAAlgorithm.to_jwk(self._key.public_key()))
        named = {"kid": world.KEY_ID, "x5t": world.KEY_ID, "use": "sig", "endorsements": ["msteams"]}
        return {"keys": [{"kty": "RSA", "n": shape["n"], "e": shape["e"]} | named]}

    def messages(self, text: str, count: int) -> Iterator[bytes]:
        """So many, with a token made now."""
        now = int(time.time())
        said = {"iss": world.ISSUER, "aud": world.APP_ID, "serviceurl": self._service}
        claims = {**said, "nbf": now - 60, "exp": now + 3600}
        token = jwt.encode(claims, self._key, "RS256", {"kid": world.KEY_ID, "x5t": world.KEY_ID})
        headers = {"Authorization": f"Bearer {token}"}
        return iter([self._message(text, now, headers) for _ in range(count)])

    def _message(self, text: str, now: int, headers: dict[str, str]) -> bytes:
        self._number += 1
        body = json.dumps(self._activity(text, now)).encode()
        return _post("/api/messages", "application/json", headers, body)

    def _activity(self, text: str, now: int) -> dict[str, Any]:
        user = world.TEAMS_PEOPLE[self._number % len(world.TEAMS_PEOPLE)]
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now))
        return {
            "type": "message",
            "id": f"{now}{self._number:07}",
            "text": text,
            "textFormat": "plain",
            "timestamp": f"{at}.000Z",
            "localTimestamp": f"{at}.000+00:00",
            "localTimezone": "Europe/Zurich",
            "serviceUrl": self._service,
            "channelId": "msteams",
            "from": {"id": f"29:{user}", "name": user, "aadObjectId": user},
            "conversation": {"id": f"a:{user}", "conversationType": "personal", "tenantId": world.TENANT},
            "recipient": {"id": f"28:{world.APP_ID}", "name": "Parley"},
            "entities": [{"type": "clientInfo", "locale": "en-GB", "platform": "Web"}],
            "channelData": {"tenant": {"id": world.TENANT}},
            "locale": "en-GB",
        }


def _post(path: str, kind: str, headers: dict[str, str], body: bytes) -> bytes:
    usual = {"Host": world.HOST, "Content-Type": kind, "Content-Length": str(len(body)), **headers}
    lines = "".join(f"{name}: {value}\r\n" for name, value in usual.items())
    return f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode() + body
