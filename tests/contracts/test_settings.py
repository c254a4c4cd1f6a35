"""What the environment says, and what the bot refuses to start with."""

import pytest

from adapters.settings import Settings

TEAMS = {"teams_app_id": "app", "parley_secret_key": "a key"}
OPEN = {**TEAMS, "parley_dangerously_allow_anonymous_teams": True}
HINDRANCES = {
    "nothing": ({}, "neither Slack nor Teams is set up"),
    "no key": ({"slack_signing_secret": "s"}, "PARLEY_SECRET_KEY is not set"),
    "an app token alone": ({"slack_app_token": "xapp-1", "parley_secret_key": "k"}, "set SLACK_BOT_TOKEN"),
    "unsigned beside a password": ({**OPEN, "teams_app_password": "p"}, "unset PARLEY_DANGEROUSLY_ALLOW"),
    "unsigned off this machine": ({**OPEN, "parley_host": "0.0.0.0"}, "unset PARLEY_DANGEROUSLY_ALLOW"),  # noqa: S104 - the refused address itself
}


@pytest.mark.parametrize("case", HINDRANCES)
def test_what_must_not_start_says_why_and_what_to_set(case):
    given, words = HINDRANCES[case]
    assert words in Settings(_env_file=None, **given).hindrance


SIGNED = {"slack_signing_secret": "s", "parley_secret_key": "k"}
ON_A_SOCKET = {"slack_app_token": "xapp-1", "slack_bot_token": "xoxb-1", "parley_secret_key": "k"}


@pytest.mark.parametrize("given", [TEAMS, OPEN, SIGNED, ON_A_SOCKET])
def test_what_is_whole_may_start(given):
    assert Settings(_env_file=None, **given).hindrance == ""


def test_the_allowed_tenants_are_the_list_else_our_own():
    own = Settings(_env_file=None, teams_app_tenant_id="own")
    listed = Settings(_env_file=None, teams_app_tenant_id="own", teams_tenants=" a, b ,")
    assert (own.tenants, listed.tenants) == ({"own"}, {"a", "b"})
