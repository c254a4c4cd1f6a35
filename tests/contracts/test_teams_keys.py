"""How the guard comes by the channel's keys: once, early, never in a flood; and what if it cannot."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from adapters.teams.guard import Guard, Turned
from tests.contracts import signing
from tests.contracts.signing import APP_ID, OPENID, TENANT, bearer, body, claims

NEW = {"sign": lambda signed: signing.rs256(signed, "two"), "kid": "two"}
Knock = Callable[..., Any]


@pytest.fixture
def server() -> signing.KeyServer:
    return signing.KeyServer()


@pytest.fixture
def watch() -> signing.Watch:
    return signing.Watch()


@pytest.fixture
def patience() -> float:
    return 5.0


@pytest.fixture
async def knock(server, watch, patience) -> AsyncIterator[Knock]:
    """Posts one signed message and gives 200 or the status of the refusal."""
    async with server.http() as http:
        known = {"app_id": APP_ID, "openid_url": OPENID, "tenants": frozenset({TENANT})}
        door = Guard(**known, wall=watch.wall, http=http, patience=patience)

        async def one(**head: Any) -> int:
            fresh = claims(nbf=watch.at.timestamp() - 60, exp=watch.at.timestamp() + 3600)
            try:
                await door.admit(bearer(fresh, **head), body())
            except Turned as turned:
                return turned.status
            return 200

        yield one


def rotate(server: signing.KeyServer) -> None:
    server.entries = [signing.jwk("two", ["msteams"])]


async def test_fifty_first_requests_at_once_fetch_the_keys_once(server, knock):
    assert set(await asyncio.gather(*(knock() for _ in range(50)))) == {200}
    assert server.asked == 1


async def test_keys_are_kept_between_requests(server, watch, knock):
    await knock()
    watch.forward(hours=11, minutes=59)
    assert (await knock(), server.asked) == (200, 1)


async def test_an_unknown_kid_has_the_keys_fetched_again_once(server, watch, knock):
    await knock()
    watch.forward(minutes=6)
    rotate(server)
    assert (await knock(**NEW), server.asked) == (200, 2)
    assert (await knock(kid="nobody"), server.asked) == (401, 2)


async def test_a_flood_of_unknown_kids_asks_the_key_server_once_per_five_minutes(server, watch, knock):
    await knock()
    for minute in range(15):
        watch.forward(minutes=1)
        flood = [knock(kid=f"forged-{minute}-{n}") for n in range(20)]
        assert set(await asyncio.gather(*flood)) == {401}
    assert server.asked == 1 + 3
    assert await knock() == 200


async def test_the_very_first_request_with_a_forged_kid_costs_one_fetch(server, knock):
    assert (await knock(kid="forged"), server.asked) == (401, 1)


async def test_a_key_that_was_withdrawn_is_refused_after_the_renewal(server, watch, knock):
    await knock()
    rotate(server)
    watch.forward(minutes=6)
    assert (await knock(**NEW), await knock()) == (200, 401)


async def test_keys_older_than_twelve_hours_are_renewed_behind_the_request(server, watch, knock):
    await knock()
    watch.forward(hours=12)
    server.trouble = gate = signing.Gate()
    assert await knock() == 200  # while the key server has not answered yet
    await gate.arrived.wait()
    rotate(server)
    gate.opened.set()
    assert (await knock(**NEW), server.asked) == (200, 2)


async def test_keys_older_than_a_day_are_renewed_before_the_request(server, watch, knock):
    await knock()
    rotate(server)
    watch.forward(hours=24)
    assert (await knock(), server.asked) == (401, 2)


async def test_a_clock_set_back_does_not_stop_renewals(server, watch, knock):
    await knock()
    rotate(server)
    watch.forward(minutes=-6)
    assert (await knock(**NEW), server.asked) == (200, 2)


@pytest.mark.parametrize(
    ("trouble", "patience"),
    [
        pytest.param(signing.refusing, 5.0, id="refuses"),
        pytest.param(signing.silent, 0.3, id="is silent"),
        pytest.param(signing.failing, 5.0, id="fails"),
        pytest.param(signing.talking, 5.0, id="talks of something else"),
        pytest.param(signing.empty, 5.0, id="has no keys"),
        pytest.param(signing.odd, 5.0, id="has no usable keys"),
    ],
)
class TestWhereTheKeyServer:
    async def test_503_while_no_key_was_ever_fetched(self, server, knock, trouble):
        server.trouble = trouble
        assert await asyncio.gather(*(knock() for _ in range(20))) == [503] * 20
        assert server.asked == 1

    async def test_the_keys_at_hand_serve_on(self, server, watch, knock, trouble):
        await knock()
        server.trouble = trouble
        watch.forward(minutes=6)
        assert (await knock(kid="nobody"), await knock(), server.asked) == (401, 200, 2)

    async def test_all_is_well_ten_seconds_after_it_is_back(self, server, watch, knock, trouble):
        server.trouble = trouble
        await knock()
        server.trouble = None
        assert (await knock(), server.asked) == (503, 1)
        watch.forward(seconds=10)
        assert (await knock(), server.asked) == (200, 2)


async def test_keys_of_an_encrypted_document_do_not_come_in_clear(server, knock):
    server.keys_url = "http://login.example/keys"
    assert (await knock(), server.asked) == (503, 0)


async def test_a_caller_who_hangs_up_does_not_end_the_fetch_for_the_others(server, knock):
    server.trouble = gate = signing.Gate()
    first, second = asyncio.create_task(knock()), asyncio.create_task(knock())
    await gate.arrived.wait()
    first.cancel()
    gate.opened.set()
    assert (await second, server.asked) == (200, 1)
    assert first.cancelled()
