"""Listens on the wire between the bots and both emulators: what arrived where, and when."""

import json
from collections import defaultdict
from dataclasses import dataclass
from time import monotonic
from urllib.parse import parse_qsl, unquote

POSTS = ("chat.postMessage", "chat.postEphemeral")
EDITS = ("chat.update",)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message or edit that a platform took. `at` is in seconds of a clock that never jumps."""

    at: float
    conversation: str
    on_slack: bool
    is_new: bool
    words: str


class Tap:
    """An ASGI wrapper around the playground; it changes nothing."""

    def __init__(self, app):
        self.app = app
        self.arrivals: list[Arrival] = []

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or scope["method"] not in ("POST", "PUT"):
            await self.app(scope, receive, send)
            return
        body, status = bytearray(), []

        async def hearing():
            message = await receive()
            body.extend(message.get("body", b""))
            return message

        async def saying(message):
            if message["type"] == "http.response.start":
                status.append(message["status"])
            await send(message)

        await self.app(scope, hearing, saying)
        if status and status[0] in (200, 201):
            self.arrivals.extend(arrived(scope, bytes(body)))

    def by_conversation(self) -> dict[str, list[Arrival]]:
        """In the order in which they came."""
        found = defaultdict(list)
        for one in self.arrivals:
            found[one.conversation].append(one)
        return dict(found)


def arrived(scope, body):
    """The message in a request; nothing where it carried none."""
    path = unquote(scope["raw_path"].decode())
    if path.startswith("/slack/api/"):
        method = path.removeprefix("/slack/api/")
        if method in POSTS + EDITS:
            asked = asked_of_slack(body)
            words = json.dumps(asked, ensure_ascii=False)
            yield Arrival(monotonic(), asked["channel"], True, method in POSTS, words)
    elif path.startswith("/teams/v3/conversations/") and "/activities" in path:
        conversation = path.removeprefix("/teams/v3/conversations/").split("/")[0].partition(";")[0]
        is_new = scope["method"] == "POST"
        yield Arrival(
            monotonic(), conversation, False, is_new, json.dumps(json.loads(body), ensure_ascii=False)
        )


def asked_of_slack(body):
    """Arguments of a call, as JSON or as a form."""
    text = body.decode()
    return json.loads(text) if text.startswith("{") else dict(parse_qsl(text))
