"""What `./parley check` says of Slack: each token, whose it is, what it may do, and what is wrong with it."""

from collections.abc import Iterator, Mapping

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.platform import Line
from adapters.slack.calls import Calls, tried
from adapters.slack.scopes import KNOWN, REQUIRED, SCOPES
from adapters.slack.tokens import Grant
from bot.errors import Busy, LockedOut, Undelivered

BOT, APP = "xoxb-", "xapp-"
KINDS = {
    "xoxp-": "a person’s token",
    "xapp-": "an app-level token, for Socket Mode",
    "xoxe.": "a token that expires (token rotation is on)",
    "xoxe-": "a token that renews others",
}
RIGHT = f"set it to the Bot User OAuth Token, which begins with {BOT}"


async def look(calls: Calls, app_token: str, install_url: str) -> tuple[Line, ...]:
    """One line for each thing that was looked at, in the order in which somebody would mend them."""
    try:
        grants = await calls.tokens.every()
    except (Busy, TimeoutError):
        return ((False, "Slack: nobody can look who installed Parley while the database does not answer"),)
    lines = [line for grant in grants for line in await _grant(calls, grant, install_url)]
    if not grants:
        begin = f"; begin at {install_url}" if install_url else ": set SLACK_BOT_TOKEN"
        lines.append((False, f"Slack: Parley is installed in no workspace{begin}"))
    return (*lines, *([await _socket(calls, app_token)] if app_token else []))


async def _grant(calls: Calls, grant: Grant, install_url: str) -> tuple[Line, ...]:
    home, own = grant.home, not grant.home.tenant
    name = "SLACK_BOT_TOKEN" if own else f"Slack, {home.name or home.tenant} ({home.tenant})"
    again = RIGHT if own else f"install Parley there again at {install_url}"
    if not grant.token:
        keys = "put the key it was kept under behind the new one in PARLEY_SECRET_KEY"
        return ((False, f"{name}: none of the keys opens its token: {keys}, or {again}"),)
    if not grant.token.startswith(BOT):
        return ((False, f"{name} is {KINDS.get(grant.token[:5], 'no bot token')}: {again}"),)
    try:
        answer = await tried(calls.client(grant.token).auth_test())
    except LockedOut as fault:
        return ((False, f"{name}: the token is not accepted any more ({fault}): {again}"),)
    except Undelivered as fault:
        return ((False, f"{name}: no clear answer ({fault}): look at the network and SLACK_API_URL"),)
    return tuple(_answered(answer))


def _answered(answer: AsyncSlackResponse) -> Iterator[Line]:
    where = f"Slack: {answer.get('team', '?')} ({answer.get('team_id', '?')})"
    yield True, f"{where} as {answer.get('user', '?')}"
    granted = scopes(answer.headers)
    if not granted:
        return
    if missing := ", ".join(sorted(REQUIRED - granted)):
        yield False, f"{where}: scopes are missing: {missing}; add them to the Slack app and install it again"
    if extra := ", ".join(sorted(granted - KNOWN)):
        yield False, f"{where}: scopes that Parley never uses: {extra}; take them out of the Slack app"
    for scope in SCOPES:
        if scope.optional and scope.name not in granted:
            yield True, f"{where}: without {scope.name}, as you chose: {scope.without}"


async def _socket(calls: Calls, app_token: str) -> Line:
    """Whether Slack would let us open a socket; none is opened."""
    if not app_token.startswith(APP):
        return False, f"SLACK_APP_TOKEN is no app-level token: set it to the one that begins with {APP}"
    try:
        await tried(calls.client().apps_connections_open(app_token=app_token))
    except LockedOut as fault:
        remedy = "make a new app-level token with connections:write and set SLACK_APP_TOKEN"
        return False, f"Socket Mode: the app-level token is not accepted ({fault}): {remedy}"
    except Undelivered as fault:
        remedy = "turn on Socket Mode in the Slack app, and give the app-level token connections:write"
        return False, f"Socket Mode: Slack opens no socket ({fault}): {remedy}"
    return True, "Slack opens a socket for us"


def scopes(headers: Mapping[str, str]) -> frozenset[str]:
    """What the token was granted, as Slack says beside every answer."""
    listed = {name.lower(): value for name, value in headers.items()}.get("x-oauth-scopes", "")
    return frozenset(scope.strip() for scope in listed.split(",") if scope.strip())
