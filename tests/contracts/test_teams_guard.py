"""Who gets past the Teams door and who does not, case by case."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

from adapters.teams.guard import SERVICES, Guard, Turned
from tests.contracts import signing
from tests.contracts.signing import APP_ID, NOW, OPENID, SERVICE, TENANT, activity, bearer, body, claims

LOOPBACK = "http://127.0.0.1:8020/teams"
at = NOW.timestamp()


def named(cases: dict[str, Any]) -> Any:
    return pytest.mark.parametrize("case", list(cases.values()), ids=list(cases))


@pytest.fixture
def server() -> signing.KeyServer:
    return signing.KeyServer()


@pytest.fixture
def watch() -> signing.Watch:
    return signing.Watch()


@pytest.fixture
async def posted(server, watch) -> AsyncIterator[Any]:
    """Posts a header and a body; gives 200 or the status of the refusal."""
    async with server.http() as http:
        door = guard(http, watch)

        async def post(header: str | None = None, raw: bytes | None = None) -> int:
            return await knock(door, header or bearer(), body() if raw is None else raw)

        yield post


def guard(http, watch, **changes: Any) -> Guard:
    usual = {"app_id": APP_ID, "openid_url": OPENID, "tenants": frozenset({TENANT.upper()})}
    return Guard(**usual | {"services": (*SERVICES, LOOPBACK), "wall": watch.wall, "http": http} | changes)


async def knock(door: Guard, header: str | None, raw: bytes, forwarded: bool = False) -> int:
    try:
        await door.admit(header, raw, forwarded)
    except Turned as turned:
        return turned.status
    return 200


def public_pem() -> bytes:
    shape = serialization.PublicFormat.SubjectPublicKeyInfo
    return signing.PRIVATE["one"].public_key().public_bytes(serialization.Encoding.PEM, shape)


def with_public_key_as_secret(signed: bytes) -> bytes:
    return hmac.digest(public_pem(), signed, hashlib.sha256)


def pss(signed: bytes) -> bytes:
    scheme = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
    return signing.PRIVATE["one"].sign(signed, scheme, hashes.SHA256())


def sha512(signed: bytes) -> bytes:
    return signing.PRIVATE["one"].sign(signed, padding.PKCS1v15(), hashes.SHA512())


@named(
    {
        "a valid token": bearer(),
        "a token that expired less than five minutes ago": bearer(claims(exp=at - 299)),
        "a token that a slow clock sees a little early": bearer(claims(nbf=at + 300)),
        "a scheme in lower case": bearer().replace("Bearer", "bearer"),
    }
)
async def test_passes(posted, case):
    assert await posted(case) == 200


@named(
    {
        "for another bot": {"aud": "another"},
        "for a list of bots": {"aud": [APP_ID]},
        "for nobody": {"aud": None},
        "that expired five minutes ago": {"exp": at - 300},
        "without an expiry": {"exp": None},
        "with an expiry in words": {"exp": "2099-01-01"},
        "with an expiry that is not a number": {"exp": float("nan")},
        "with an infinite expiry": {"exp": float("inf")},
        "with an expiry that is only true": {"exp": True},
        "that is not yet valid": {"nbf": at + 301},
        "with a beginning in words": {"nbf": "yesterday"},
        "from another issuer": {"iss": "https://sts.windows.net/botframework.com/"},
        "from no issuer": {"iss": None},
        "for another serviceUrl": {"serviceurl": SERVICE + "x"},
        "for no serviceUrl": {"serviceurl": None},
    }
)
async def test_401_for_a_token(posted, case):
    assert await posted(bearer(claims(**case))) == 401


@named(
    {
        "of garbage": "garbage",
        "without a token": "Bearer ",
        "of another scheme": bearer().replace("Bearer", "Basic"),
        "with a token of two parts": bearer().rpartition(".")[0],
        "with a token of letters from elsewhere": "Bearer \u00e9.\u00e9.\u00e9",
        "with claims that were changed afterwards": bearer().replace(
            bearer().split(".")[1], bearer(claims(exp=at + 9)).split(".")[1]
        ),
        "signed with a stranger's key": bearer(sign=lambda signed: signing.rs256(signed, "two")),
        "with an unknown kid": bearer(kid="nobody"),
        "with no kid": bearer(kid=None),
        "with an empty kid": bearer(kid=""),
        "with a kid that is a number": bearer(kid=7),
        "with a critical extension we do not know": bearer(crit=["new"], new=1),
        "with claims kept apart from the token": bearer(crit=["b64"], b64=False),
        "with claims that are a list": bearer([claims()]),
        "signed by HS256 with the public key": bearer(sign=with_public_key_as_secret, alg="HS256"),
        "signed by nobody": bearer(sign=lambda signed: b"", alg="none"),
        "signed by nobody in other letters": bearer(sign=lambda signed: b"", alg="None"),
        "signed by RS512": bearer(sign=sha512, alg="RS512"),
        "signed by PS256": bearer(sign=pss, alg="PS256"),
        "that says RS256 over a PS256 signature": bearer(sign=pss),
    }
)
async def test_401_for_a_header(posted, case):
    assert await posted(case) == 401


async def test_401_for_no_header_at_all(server, watch):
    async with server.http() as http:
        assert [await knock(guard(http, watch), none, body()) for none in (None, "")] == [401, 401]


@named({"endorses others only": ["webchat"], "endorses nobody": [], "says nothing of endorsements": None})
async def test_401_for_a_key_that(posted, server, case):
    server.entries = [signing.jwk("one", case)]
    assert await posted() == 401


async def test_a_key_of_1024_bits_is_no_key(posted, server):
    server.entries = [signing.jwk("one", ["msteams"], signing.TOO_SHORT), signing.jwk("two", ["msteams"])]
    short = bearer(sign=lambda s: signing.TOO_SHORT.sign(s, padding.PKCS1v15(), hashes.SHA256()))
    assert await posted(short) == 401


async def test_one_odd_entry_does_not_cost_the_other_keys(posted, server):
    server.entries = [
        7,
        {"kid": ["x"]},
        {"kid": "e", "kty": "EC"},
        *server.entries,
        {"kid": "n", "kty": "RSA"},
    ]
    assert await posted() == 200


@named(
    {
        "that is empty": b"",
        "that is not JSON": b"{type: message}",
        "that is not UTF-8": b'{"text": "\xff"}',
        "with a number that is not one": body().replace(b'"issue list"', b'"x", "new": NaN'),
        "that is nested without end": b"[" * 200_000,
        "that is a list": b"[]",
        "that is only text": b'"hello"',
        "without a type": body(type=None),
        "without a channel": body(channelId=None),
        "without a serviceUrl": body(serviceUrl=None),
        "without a conversation": body(conversation=None),
        "with a nameless conversation": body(conversation={}),
        "with a conversation of text": body(conversation="a:1"),
        "without an id": body(id=None),
        "with an id that is a number": body(id=7),
        "from nobody": body(**{"from": None}),
        "from a list": body(**{"from": ["29:annika"]}),
        "to nobody": body(recipient=None),
        "with text that is an object": body(text={"a": 1}),
        "with entities that are text": body(entities="mention"),
        "with an entity without a type": body(entities=[{}]),
        "with a mention of a number": body(entities=[{"type": "mention", "mentioned": 7}]),
        "with a tenant of text": body(channelData={"tenant": TENANT}),
        "with channelData of text": body(channelData="x"),
        "with a value of text": body(value="x"),
        "with members of text": body(type="conversationUpdate", membersAdded="x"),
        "with a press of nothing": body(type="invoke", name="adaptiveCard/action"),
        "with a press of text": body(type="invoke", name="adaptiveCard/action", value={"action": "ack"}),
        "with a verb of numbers": body(
            type="invoke", name="adaptiveCard/action", value={"action": {"type": "Action.Execute", "verb": 7}}
        ),
    }
)
async def test_400_for_a_body(posted, case):
    assert await posted(raw=case) == 400


async def test_a_forger_is_not_told_whether_the_body_was_right(posted):
    assert await posted("Bearer forged", b"not JSON") == 401


async def test_fields_may_be_null_or_new(posted):
    assert (
        await posted(raw=json.dumps(activity(news=[1]) | {"replyToId": None, "entities": None}).encode())
        == 200
    )


@named(
    {
        "another tenant": {"channelData": {"tenant": {"id": "another"}}},
        "no tenant": {"channelData": {"tenant": {"id": ""}}},
        "no channelData": {"channelData": None},
        "another channel": {"channelId": "webchat"},
    }
)
async def test_403_for(posted, case):
    assert await posted(raw=body(**case)) == 403


@named(
    {
        "of a stranger": "https://evil.example/",
        "without encryption": "http://smba.trafficmanager.net/emea/",
        "that only begins like ours": "https://smba.trafficmanager.net.evil.example/",
        "that only ends like ours": "https://evilbotframework.com/",
        "with our name as a user": "https://smba.trafficmanager.net@evil.example/",
        "with our name before a backslash": "https://smba.trafficmanager.net\\@evil.example/",
        "with our name in the path": "https://evil.example/smba.trafficmanager.net",
        "on another port": "https://smba.trafficmanager.net:8443/",
        "with a star for a name": "https://*.botframework.com/",
        "with a question": "https://smba.trafficmanager.net/?to=evil",
        "with a new line": "https://smba.trafficmanager.net/\n",
        "beside the allowed path": LOOPBACK + "er/",
        "that climbs out of the allowed path": LOOPBACK + "/../x",
        "on another loopback port": "http://127.0.0.1:8021/teams/",
    }
)
async def test_403_for_a_service_url(posted, case):
    assert await posted(bearer(claims(serviceurl=case)), body(serviceUrl=case)) == 403


@named({url: url for url in (SERVICE, "https://a.botframework.com", LOOPBACK, LOOPBACK + "/v3/")})
async def test_passes_with_the_service_url(posted, case):
    assert await posted(bearer(claims(serviceurl=case)), body(serviceUrl=case)) == 200


@pytest.mark.parametrize("entry", ["", "not a host", "https://x/?y", "ftp://x/", "*"])
async def test_a_service_that_makes_no_sense_is_refused_at_the_start(server, watch, entry):
    async with server.http() as http:
        with pytest.raises(ValueError, match="not a host name"):
            guard(http, watch, services=(entry,))


async def test_the_token_binds_the_body_by_the_service_url_only(posted):
    """So a token is worth every body for its serviceUrl: it proves the channel, not the words."""
    token = bearer()
    assert await posted(token, body(text="something else", id="2")) == 200
    assert await posted(token, body(serviceUrl=LOOPBACK)) == 401


async def test_the_caller_gets_the_activity_and_the_claims(server, watch):
    async with server.http() as http:
        admitted = await guard(http, watch).admit(bearer(), body())
    assert admitted.activity == activity()
    assert (admitted.identity.is_authenticated, admitted.identity.claims) == (True, claims())


async def test_unsigned_activities_pass_only_where_allowed_and_never_through_a_proxy(server, watch):
    async with server.http() as http:
        lax, strict = guard(http, watch, anonymous=True), guard(http, watch)
        assert (await lax.admit(None, body())).identity.is_authenticated is False
        assert await knock(lax, None, body(), forwarded=True) == 401
        assert await knock(strict, None, body()) == 401
        assert await knock(lax, "Bearer forged", body()) == 401
        assert await knock(lax, None, b"[]") == 400
        assert await knock(lax, None, body(channelData={"tenant": {"id": "another"}})) == 403


async def test_a_bot_without_an_app_id_takes_no_token(server, watch):
    async with server.http() as http:
        assert await knock(guard(http, watch, app_id=""), bearer(claims(aud="")), body()) == 401


async def test_a_tenant_is_known_in_either_case(posted):
    for said in (TENANT.upper(), TENANT.lower()):
        assert await posted(raw=body(channelData={"tenant": {"id": said}})) == 200
