"""A whole Slack platform on a record of its own, in front of a Slack that grants and revokes, for tests."""

from contextlib import asynccontextmanager
from urllib.parse import parse_qs, urlsplit

import httpx
from aiohttp import web as wire
from aiohttp.test_utils import TestServer
from fastapi import FastAPI
from pydantic import SecretStr

from adapters.platform import Office
from adapters.settings import Settings
from adapters.slack.app import Slack
from bot.clock import Clock
from bot.desk import Desk
from bot.outbox import Address, Parcel
from bot.views import Card
from storage import migrate
from storage.keyring import at
from storage.store import SqlStore
from tests.contracts.slack_wire import SECRET, Watch

KEY = "a key for these tests and for nothing else"
COOKIE = "slack-app-oauth-state"
GRANTED = {
    "ok": True,
    "access_token": "xoxb-new",
    "scope": "chat:write,commands",
    "bot_user_id": "U0PARLEY",
    "team": {"id": "T1", "name": "Northmere"},
    "enterprise": None,
    "is_enterprise_install": False,
    "authed_user": {"id": "U09"},
}
WIDE = GRANTED | {
    "team": None,
    "enterprise": {"id": "E1", "name": "Halcyra <b>Group</b>"},
    "is_enterprise_install": True,
    "access_token": "xoxb-wide",
}
WHO = {"ok": True, "team": "Northmere", "team_id": "T1", "user": "parley", "bot_id": "B1"}


class Api:
    """Slack's end: it exchanges codes, and takes the tokens that it is told to take."""

    def __init__(self):
        self.granted = GRANTED
        self.good = {"xoxb-new", "xoxb-wide", "xoxb-own"}
        self.teams = {}
        self.scopes = ""
        self.calls = []

    def app(self):
        app = wire.Application()
        app.router.add_route("*", "/api/{method}", self.answer)
        return app

    async def answer(self, request):
        method = request.match_info["method"]
        asked = {**request.query, **await request.post()}
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.calls.append((method, token, asked))
        if method == "oauth.v2.access":
            used = [code for name, _, told in self.calls[:-1] if name == method for code in [told["code"]]]
            good = asked["code"] not in used and asked["code"] != "wrong"
            return wire.json_response(self.granted if good else {"ok": False, "error": "invalid_code"})
        if token not in self.good:
            return wire.json_response({"ok": False, "error": "token_revoked"})
        if method == "auth.test":
            who = WHO | {"team_id": self.teams.get(token, "T1")}
            return wire.json_response(who, headers={"x-oauth-scopes": self.scopes})
        return wire.json_response({"ok": True, "channel": asked.get("channel"), "ts": "7.1"})


class House:
    """A Slack platform on a record of its own, with its door."""

    def __init__(self, url, api, **more):
        self.watch, self.api = Watch(), api
        clock = Clock(self.watch.wall)
        self.store = SqlStore(f"sqlite:///{url}", clock)
        told = {
            "slack_signing_secret": SecretStr(SECRET),
            "slack_client_id": "1.2",
            "slack_client_secret": SecretStr("a client secret"),
            "parley_url": "https://parley.example/",
            "parley_secret_key": SecretStr(KEY),
        }
        settings = Settings(_env_file=None, **(told | more))
        self.vault = at(self.store, settings.keys)
        self.slack = Slack(settings, self.watch.wall, vault=self.vault)
        self.office = Office(Desk(self.store, clock), self.store)
        self.app = FastAPI()
        self.slack.mount(self.app, self.office)
        transport = httpx.ASGITransport(self.app)
        self.http = httpx.AsyncClient(transport=transport, base_url="https://parley.example")

    async def begin(self):
        """The state Slack is sent; its cookie stays out of the jar."""
        answer = await self.http.get("/slack/install")
        self.http.cookies.clear()
        assert answer.status_code == 302
        return parse_qs(urlsplit(answer.headers["location"]).query)

    async def finish(self, state, cookie=None, **query):
        headers = {"cookie": f"{COOKIE}={state if cookie is None else cookie}"}
        asked = {"state": state, "code": "a code"} | query
        return await self.http.get("/slack/oauth_redirect", params=asked, headers=headers)

    async def install(self, **granted):
        self.api.granted = self.api.granted | granted
        state = (await self.begin())["state"][0]
        return await self.finish(state, code=f"code {len(self.api.calls)}")

    async def send(self, tenant):
        return await self.slack.send(Parcel("key", Address("slack", tenant, "C7"), Card("A card")))

    def rows(self, statement="SELECT * FROM installation"):
        with self.store.reading() as opened:
            return opened.connection.exec_driver_sql(statement).mappings().all()

    async def close(self):
        await self.slack.stop()
        await self.http.aclose()
        self.store.close()


@asynccontextmanager
async def houses(api, folder):
    """Makes houses on one record, and closes them."""
    migrate.upgrade(f"sqlite:///{folder}/parley.db")
    standing = []
    async with TestServer(api.app(), host="127.0.0.1") as server:

        def make(**more):
            more.setdefault("slack_api_url", str(server.make_url("/api")) + "/")
            standing.append(House(folder / "parley.db", api, **more))
            return standing[-1]

        yield make
        for house in standing:
            await house.close()
