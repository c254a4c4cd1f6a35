"""What the doctor says of Slack: workspaces, tokens, scopes and the socket, each with its remedy."""

import pytest
from pydantic import SecretStr

from adapters.slack.scopes import REQUIRED, SCOPES


async def test_the_doctor_names_workspaces_scopes_and_tokens(house):
    await house.install()
    lines = await house.slack.probe()
    assert (True, "Slack: Northmere (T1) as parley") in lines
    house.api.good = set()
    (line,) = [line for fine, line in await house.slack.probe() if not fine]
    assert line == (
        "Slack, Northmere (T1): the token is not accepted any more (token_revoked):"
        " install Parley there again at https://parley.example/slack/install"
    )


async def test_the_doctor_says_that_nobody_installed_it_yet(house):
    assert await house.slack.probe() == (
        (False, "Slack: Parley is installed in no workspace; begin at https://parley.example/slack/install"),
    )


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("xoxp-1", "SLACK_BOT_TOKEN is a person’s token: set it to the Bot User OAuth Token"),
        ("xapp-1", "SLACK_BOT_TOKEN is an app-level token, for Socket Mode"),
        ("xoxe.xoxb-1", "SLACK_BOT_TOKEN is a token that expires"),
        ("nonsense", "SLACK_BOT_TOKEN is no bot token"),
    ],
)
async def test_the_doctor_knows_tokens_of_the_wrong_kind(made, token, words):
    house = made(slack_bot_token=SecretStr(token), slack_client_id="")
    ((fine, line),) = await house.slack.probe()
    assert not fine
    assert line.startswith(words)


async def test_the_doctor_names_scopes_that_are_missing_unused_or_left_out(made):
    house = made(slack_bot_token=SecretStr("xoxb-own"), slack_client_id="")
    house.api.scopes = ",".join((REQUIRED - {"im:write"}) | {"files:write", "channels:history"})
    assert await house.slack.probe() == (
        (True, "Slack: Northmere (T1) as parley"),
        (
            False,
            "Slack: Northmere (T1): scopes are missing: im:write;"
            " add them to the Slack app and install it again",
        ),
        (
            False,
            "Slack: Northmere (T1): scopes that Parley never uses: files:write;"
            " take them out of the Slack app",
        ),
        *(
            (True, f"Slack: Northmere (T1): without {scope.name}, as you chose: {scope.without}")
            for scope in SCOPES
            if scope.optional and scope.name != "channels:history"
        ),
    )


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("xoxb-1", "SLACK_APP_TOKEN is no app-level token"),
        ("xapp-1", "Socket Mode: the app-level token is not accepted (token_revoked)"),
    ],
)
async def test_the_doctor_asks_whether_a_socket_may_be_opened(made, token, words):
    house = made(slack_bot_token=SecretStr("xoxb-own"), slack_app_token=SecretStr(token))
    fine, line = (await house.slack.probe())[-1]
    assert not fine
    assert line.startswith(words)
