"""One playground and one empty-headed bot, both on real sockets."""

import json

import httpx
import pytest
from a_bot import ABot
from a_cast import APP_ID, CAST, SECRET
from slack_sdk.web.async_client import AsyncWebClient

from playground.playground import Playground
from playground.server import listen, listening, playing, url


@pytest.fixture
async def bot():
    return ABot()


@pytest.fixture
async def playground(bot):
    bound = listen()
    async with listening(bot.app, listen()) as bot_url:
        stage = Playground(CAST, bot_url, url(bound), SECRET, APP_ID)
        stage.slack.ack_seconds = 0.3
        stage.slack.retry_delays = (0.0, 0.0, 0.0)
        async with playing(stage, bound):
            yield stage
            bot.end.set()


@pytest.fixture
async def web(playground):
    """slack_sdk's own client as the bot of Northmere; its answers that are not ok raise SlackApiError."""
    return AsyncWebClient("xoxb-north", base_url=f"{playground.own_url}/slack/api/", timeout=2)


@pytest.fixture
async def page(playground):
    """The browser page's side: the control routes."""
    async with httpx.AsyncClient(base_url=playground.own_url, trust_env=False) as client:
        yield client


@pytest.fixture
async def connector(playground):
    """A bot that calls the Connector with a token it was given."""
    login = {"grant_type": "client_credentials", "client_id": APP_ID, "client_secret": "s"}
    async with httpx.AsyncClient(
        base_url=f"{playground.own_url}/teams", trust_env=False, timeout=2
    ) as client:
        path = "/login/tenant-hal/oauth2/v2.0/token"
        token = await client.post(path, data=login | {"scope": "https://api.botframework.com/.default"})
        client.headers["Authorization"] = f"Bearer {token.json()['access_token']}"
        yield client


@pytest.fixture
def sent(bot):
    """The activities the bot was sent."""
    return lambda: [json.loads(heard.body) for heard in bot.heard if heard.path == "/api/messages"]
