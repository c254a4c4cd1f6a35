"""Tenants on the list, and clouds of their own: whose activities are taken, and who gives us tokens."""

import httpx
import pytest

from adapters.settings import Settings
from adapters.teams.guard import Guard, Turned
from adapters.teams.token import Tokens
from tests.contracts import signing
from tests.contracts.signing import APP_ID, NOW, OPENID, SERVICE, TENANT, bearer, body, claims

GOVERNMENT = "https://api.botframework.us"
OTHER = "22222222-bbbb-4bbb-8bbb-000000000002"
SIGNED = {"app_id": APP_ID, "openid_url": OPENID, "services": (SERVICE,)}


async def knock(header, raw, **changes):
    """200, or the status of the refusal."""
    async with signing.KeyServer().http() as http:
        told = SIGNED | {"tenants": frozenset({TENANT}), "wall": signing.Watch().wall, "http": http}
        try:
            await Guard(**told | changes).admit(header, raw)
        except Turned as turned:
            return turned.status
    return 200


@pytest.mark.parametrize(
    ("listed", "status"), [("", 403), (TENANT, 200), (f"{OTHER}, {TENANT}", 200), (OTHER, 403)]
)
async def test_only_the_tenants_on_the_list_may_speak(listed, status):
    settings = Settings(_env_file=None, teams_app_tenant_id="registration", teams_tenants=listed)
    assert await knock(bearer(), body(), tenants=settings.tenants) == status


def test_without_a_list_the_registrations_own_tenant_may_speak():
    assert Settings(_env_file=None, teams_app_tenant_id=TENANT).tenants == {TENANT}


async def test_a_cloud_of_its_own_has_another_issuer():
    theirs = bearer(claims(iss=GOVERNMENT))
    assert await knock(theirs, body()) == 401
    assert await knock(theirs, body(), issuer=GOVERNMENT) == 200
    assert await knock(bearer(), body(), issuer=GOVERNMENT) == 401


async def test_a_cloud_of_its_own_gives_tokens_for_its_own_channel():
    asked = []

    def answer(request):
        asked.append((str(request.url), dict(httpx.QueryParams(request.content.decode()))))
        return httpx.Response(200, json={"access_token": "t", "expires_in": 3600})

    tokens = Tokens(
        app_id=APP_ID,
        password="a password",
        tenant=TENANT,
        login_url="https://login.microsoftonline.us/",
        wall=lambda: NOW,
        http=httpx.AsyncClient(transport=httpx.MockTransport(answer)),
        channel=GOVERNMENT,
    )
    assert await tokens.get() == "t"
    ((url, form),) = asked
    assert url == f"https://login.microsoftonline.us/{TENANT}/oauth2/v2.0/token"
    assert form["scope"] == f"{GOVERNMENT}/.default"
