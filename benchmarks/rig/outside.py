"""The world outside as a process of its own: takes what bots send at once, and publishes signing keys."""

import itertools
import json
import re
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import Receive, Scope, Send

from benchmarks.rig.world import HOST, ISSUER

US = "U0"
USER = re.compile(rb"U\d\d|aad-\d\d")
TOKEN = {"token_type": "Bearer", "expires_in": 86_400, "access_token": "taken.on.trust"}
Json = Mapping[str, Any]


class Outside:
    """A bare ASGI application without any check, so that it takes as little as possible of the machine."""

    def __init__(self, own_url: str, keys: Json) -> None:
        self._fixed: dict[str, Json] = {
            "/teams/openid": {"issuer": ISSUER, "jwks_uri": f"{own_url}/teams/keys"},
            "/teams/keys": keys,
            "/slack/api/conversations.history": {"ok": True, "messages": [], "has_more": False},
            "/slack/api/conversations.members": {"ok": True, "members": [US]},
            "/slack/api/auth.test": {"ok": True, "user_id": US},
        }
        self._taken: Counter[str] = Counter()
        self._ids = itertools.count(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = b""
        while (part := await receive())["type"] == "http.request":
            body += part.get("body", b"")
            if not part.get("more_body"):
                break
        answer = json.dumps(self._answer(scope["path"], body)).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    def _answer(self, path: str, body: bytes) -> Json:
        if path == "/taken":
            return self._taken
        if path in self._fixed:
            return self._fixed[path]
        if path.endswith("/pagedmembers"):
            return {"members": []}
        if path.startswith("/teams/login/"):
            return TOKEN
        found = USER.search(body)
        user = found[0].decode() if found else ""
        if path.endswith("/conversations.open"):
            return {"ok": True, "channel": {"id": f"D{user}"}}
        if path.endswith("/v3/conversations"):
            return {"id": f"a:{user}"}
        self._taken[path.split("/")[1]] += 1
        number = next(self._ids)
        return {"ok": True, "ts": f"1700000000.{number:06}", "id": str(number), "user": "B", "user_id": US}


def main() -> None:
    """Arguments: port, file of the key set."""
    port, keys = int(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text())
    app = Outside(f"http://{HOST}:{port}", keys)
    uvicorn.run(app, host=HOST, port=port, log_level="warning", access_log=False, lifespan="off")


if __name__ == "__main__":
    main()
