"""The configuration doctor: every mistake has one line with its remedy; what is right has none."""

import httpx
import pytest
from pydantic import SecretStr, ValidationError

from adapters.cli import doctor
from adapters.settings import Settings
from adapters.teams import probe
from adapters.teams.token import Tokens
from bot.errors import Again, LockedOut
from tests.contracts.slack_wire import NOW

PASSWORD = "a password"
KEY = "kX3vQ9bT7mZ1rL5wN8pY2cF6hJ4sD0gA"
RIGHT = {
    "parley_url": "https://parley.example",
    "parley_secret_key": KEY,
    "slack_signing_secret": "0123456789abcdef0123456789abcdef",
    "slack_bot_token": "xoxb-1",
    "teams_app_id": "00000000-0000-4000-8000-00000000b07a",
    "teams_app_password": "a password",
    "teams_app_tenant_id": "11111111-aaaa-4aaa-8aaa-000000000001",
}
SECRETS = {name for name, field in Settings.model_fields.items() if field.annotation is SecretStr}


class Fine:
    """A platform that has nothing to say."""

    name = "fine"

    async def probe(self):
        return ()

    async def stop(self):
        pass


def lines(**more):
    """What is wrong with the right settings after these changes."""
    told = {name: SecretStr(value) if name in SECRETS else value for name, value in {**RIGHT, **more}.items()}
    settings = Settings(_env_file=None, **told)
    return [line for fine, line in doctor.look(settings, (Fine(),)) if not fine]


def test_a_right_configuration_has_nothing_to_mend():
    assert lines() == []
    assert lines(slack_bot_token="", slack_client_id="1.2", slack_client_secret="x") == []
    assert lines(parley_secret_key=f"{KEY},an old one") == []


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ({"parley_secret_key": ""}, "PARLEY_SECRET_KEY is not set: make one with `openssl rand -base64 32`"),
        ({"parley_secret_key": "short"}, "PARLEY_SECRET_KEY is short or easily guessed: make one with"),
        ({"parley_secret_key": "a" * 64}, "PARLEY_SECRET_KEY is short or easily guessed"),
        ({"parley_secret_key": f"change-me-{KEY}"}, "PARLEY_SECRET_KEY is short or easily guessed"),
        ({"parley_url": "http://parley.example"}, "PARLEY_URL must be https:// and a host, without a path"),
        ({"parley_url": "https://parley.example/parley"}, "PARLEY_URL must be https:// and a host"),
        (
            {"slack_signing_secret": "short"},
            "SLACK_SIGNING_SECRET has 5 characters and Slack’s have 32: copy it from Basic Information",
        ),
        ({"slack_signing_secret": ""}, "SLACK_BOT_TOKEN is set but SLACK_SIGNING_SECRET is not: set both"),
        ({"slack_bot_token": ""}, "Parley hears Slack but cannot answer: set SLACK_BOT_TOKEN, or"),
        ({"slack_client_id": "1.2"}, "nobody can install Parley from a browser: set SLACK_CLIENT_SECRET too"),
        ({"slack_client_secret": "x"}, "nobody can install Parley from a browser: set SLACK_CLIENT_ID too"),
        (
            {"slack_client_id": "1.2", "slack_client_secret": "x", "parley_url": ""},
            "nobody can install Parley from a browser: set PARLEY_URL to where the world reaches it",
        ),
        ({"teams_app_id": ""}, "TEAMS_APP_PASSWORD is set but TEAMS_APP_ID is not: set both"),
        ({"teams_app_password": ""}, "Teams takes no message from us without a password"),
        ({"teams_app_tenant_id": ""}, "no Teams tenant may speak to Parley: set TEAMS_APP_TENANT_ID or"),
        (
            {"teams_service_urls": "https://smba.example/,http://elsewhere.example/"},
            "TEAMS_SERVICE_URLS holds http://elsewhere.example/, which is not encrypted and never used",
        ),
        ({"teams_login_url": "http://login.example/"}, "TEAMS_LOGIN_URL holds http://login.example/"),
        (
            {"parley_dangerously_allow_anonymous_teams": True, "teams_app_password": ""},
            "unsigned Teams activities are let in: unset PARLEY_DANGEROUSLY_ALLOW_ANONYMOUS_TEAMS",
        ),
    ],
)
def test_a_mistake_has_one_line_with_its_remedy(wrong, line):
    (found,) = lines(**wrong)
    assert found.startswith(line)


def test_an_address_on_this_machine_may_be_plain():
    assert lines(teams_service_urls="http://127.0.0.1:9/teams/,http://localhost:1/") == []


@pytest.mark.parametrize("wrong", ["https//smba.example", "ftp://x", "smba example", "https://a/../b c"])
def test_a_service_address_that_is_none_is_refused_at_the_start(wrong):
    with pytest.raises(ValidationError, match="is no host name or address; write https://host/path"):
        lines(teams_service_urls=wrong)


async def asked(answer, secret=PASSWORD):
    """The line about Teams where Microsoft answers like that, and the error it goes by."""
    http = httpx.AsyncClient(transport=httpx.MockTransport(lambda request: answer))
    tokens = Tokens(
        app_id="a",
        password=secret,
        tenant="t",
        login_url="https://login.example",
        wall=lambda: NOW,
        http=http,
    )
    fault = None
    try:
        await tokens.get()
    except Again as outcome:
        fault = outcome
    return await probe.look(tokens), fault


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (401, {"error": "invalid_client", "error_codes": [7000222]}, "the password has expired; make a new"),
        (401, {"error": "invalid_client", "error_codes": [7000215]}, "set it to the client secret's value"),
        (401, {"error": "invalid_client"}, "the password is wrong or has expired"),
        (400, {"error": "invalid_request", "error_codes": [90002]}, "there is no such tenant"),
        (400, {"error": "unauthorized_client", "error_codes": [700016]}, "the tenant has no such app"),
    ],
)
async def test_a_wrong_registration_is_named_and_holds_messages_back(status, body, words):
    (fine, line), fault = await asked(httpx.Response(status, json=body | {"error_description": "secret"}))
    assert not fine
    assert words in line
    assert "secret" not in line.replace("client secret", "")
    assert isinstance(fault, LockedOut)


async def test_a_login_that_is_down_is_only_tried_again():
    (fine, line), fault = await asked(httpx.Response(503))
    assert not fine
    assert "look at the network and TEAMS_LOGIN_URL" in line
    assert not isinstance(fault, LockedOut)


async def test_a_token_or_no_need_of_one_is_fine():
    given = httpx.Response(200, json={"access_token": "x", "expires_in": 3600})
    assert (await asked(given))[0] == (True, "Teams issued a token")
    assert (await asked(given, secret=""))[0] == (True, "Teams is set up without a password")
