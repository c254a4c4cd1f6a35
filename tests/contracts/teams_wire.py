"""The channel's end of the wire for what the bot sends: scripted answers, and everything it got."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import httpx

from adapters.teams.deliver import Carrier
from adapters.teams.services import Services
from adapters.teams.token import Tokens
from bot.outbox import Address, Parcel, Receipt
from bot.views import Card, Text
from tests.contracts.signing import APP_ID, SERVICE, TENANT, Watch

LOGIN = "https://login.example/"
CHANNEL = "19:oversight@thread.tacv2"
SECRET = "the secret"
CARD = Card("ISS-7 TMF backlog", (Text("Only for you."),), summary="ISS-7 climbed")
ROOM = Address("teams", TENANT, CHANNEL, service=SERVICE)
PRIVATE = replace(ROOM, user="m-1", thread="17", private=True)
PERSON = Address("teams", TENANT, "", user="m-1", service=SERVICE)
POST = f"POST /emea/v3/conversations/{CHANNEL}/activities"
CHAT = "POST /emea/v3/conversations"
POST_CHAT = "POST /emea/v3/conversations/a:m-1/activities"
TOKEN = f"POST /{TENANT}/oauth2/v2.0/token"

Answer = httpx.Response | Exception | Callable[[], Any]


def ok(body: Any) -> httpx.Response:
    return httpx.Response(200, json=body)


def no(status: int, code: str = "", **headers: str) -> httpx.Response:
    return httpx.Response(status, json={"error": {"code": code, "message": "Only for you."}}, headers=headers)


@dataclass
class Wire(httpx.AsyncBaseTransport):
    """Answers each request line from its list, the last one for ever, and keeps what it got."""

    answers: dict[str, list[Answer]] = field(default_factory=dict)
    got: list[tuple[str, Any, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        token = {"token_type": "Bearer", "expires_in": 3600, "access_token": "t-1"}
        usual = {
            TOKEN: [ok(token)],
            CHAT: [ok({"id": "a:m-1"})],
            POST: [ok({"id": "1"})],
            POST_CHAT: [ok({"id": "2"})],
        }
        self.answers = usual | self.answers

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        line, content = f"{request.method} {request.url.path}", await request.aread()
        said = json.loads(content) if content.startswith(b"{") else content.decode()
        self.got.append((line, said, request.headers.get("Authorization", "")))
        waiting = self.answers[line]
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if isinstance(answer, Exception):
            raise answer
        if callable(answer):
            await answer()
        assert isinstance(answer, httpx.Response)
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    @property
    def lines(self) -> list[str]:
        return [line for line, _, _ in self.got]

    def sent(self, line: str) -> list[Any]:
        return [said for got, said, _ in self.got if got == line]


@dataclass
class Out:
    wire: Wire
    watch: Watch
    carrier: Carrier
    tokens: Tokens


def out(
    answers: dict[str, list[Answer]] | None = None, password: str = SECRET, patience: float = 10.0
) -> Out:
    wire, watch = Wire(answers or {}), Watch()
    http = httpx.AsyncClient(transport=wire)
    tokens = Tokens(
        app_id=APP_ID, password=password, tenant=TENANT, login_url=LOGIN, wall=watch.wall, http=http
    )
    services = Services(("smba.trafficmanager.net",))
    carrier = Carrier(
        app_id=APP_ID, tokens=tokens, services=services, http=http, wall=watch.wall, patience=patience
    )
    return Out(wire, watch, carrier, tokens)


def parcel(address: Address, existing: Receipt | None = None, repeat: bool = False) -> Parcel:
    return Parcel("issue.card:7:1", address, CARD, existing, repeat)
