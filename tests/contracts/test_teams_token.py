"""The bot's own token, and the list of addresses that it may be shown to."""

import asyncio

import httpx
import pytest

from adapters.teams.services import Services
from bot.errors import Again, Permanent
from bot.outbox import Receipt
from tests.contracts.signing import APP_ID
from tests.contracts.teams_wire import CHANNEL, POST, ROOM, SECRET, TOKEN, no, ok, out, parcel


async def test_one_token_serves_all_until_five_minutes_before_it_expires():
    o = out()
    await asyncio.gather(*(o.carrier.send(parcel(ROOM)) for _ in range(10)))
    o.watch.forward(seconds=3299)
    await o.carrier.send(parcel(ROOM))
    assert o.wire.lines.count(TOKEN) == 1
    o.watch.forward(seconds=1)
    await o.carrier.send(parcel(ROOM))
    assert o.wire.lines.count(TOKEN) == 2


async def test_the_token_is_asked_for_with_the_bots_own_credentials():
    o = out()
    await o.carrier.send(parcel(ROOM))
    asked = httpx.QueryParams(o.wire.sent(TOKEN)[0])
    assert dict(asked) == {
        "grant_type": "client_credentials",
        "client_id": APP_ID,
        "client_secret": SECRET,
        "scope": "https://api.botframework.com/.default",
    }
    assert o.wire.got[-1][2] == "Bearer t-1"


async def test_a_token_that_is_not_taken_is_renewed_once():
    fresh = ok({"access_token": "t-2", "expires_in": 3600})
    o = out(
        {POST: [no(401), ok({"id": "1"})], TOKEN: [ok({"access_token": "t-1", "expires_in": 3600}), fresh]}
    )
    assert await o.carrier.send(parcel(ROOM)) == Receipt(CHANNEL, "1")
    assert [bearer for line, _, bearer in o.wire.got if line == POST] == ["Bearer t-1", "Bearer t-2"]


async def test_a_second_token_that_is_not_taken_ends_it():
    o = out({POST: [no(401)]})
    with pytest.raises(Permanent):
        await o.carrier.send(parcel(ROOM))
    assert o.wire.lines == [TOKEN, POST, TOKEN, POST]


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(401, json={"error": "invalid_client", "error_description": SECRET}),
        httpx.Response(200, json={"access_token": "t", "expires_in": "soon"}),
        httpx.Response(200, content=b"<h1>Sign in</h1>"),
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("slow"),
    ],
    ids=["wrong secret", "no expiry", "not JSON", "refused", "slow"],
)
async def test_without_a_token_nothing_is_sent_and_nothing_is_given_up(answer):
    o = out({TOKEN: [answer]})
    with pytest.raises(Again) as caught:
        await o.carrier.send(parcel(ROOM))
    assert o.wire.lines == [TOKEN]
    assert SECRET not in str(caught.value)


async def test_without_a_password_no_token_is_asked_for_or_sent():
    o = out(password="")
    await o.carrier.send(parcel(ROOM))
    assert [(line, bearer) for line, _, bearer in o.wire.got] == [(POST, "")]


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://smba.trafficmanager.net/emea/", True),
        ("https://a.botframework.com/", True),
        ("https://botframework.com.evil.example/", False),
        ("http://127.0.0.1:8020/teams", True),
        ("http://127.0.0.1:8021/teams", False),
        ("http://127.0.0.1:8020/other", False),
        ("http://127.0.0.1:8020/teams/../other", False),
        ("http://emulator:8020/", False),
        ("https://smba.trafficmanager.net:8443/", False),
    ],
)
def test_an_address_is_on_the_list_only_as_it_is_written_there(url, known):
    entries = (
        "smba.trafficmanager.net",
        "*.botframework.com",
        "http://127.0.0.1:8020/teams",
        "http://emulator:8020/",
    )
    assert (url in Services(entries)) is known
