"""An administrator's browser on its way through an install, for tests."""

from urllib.parse import parse_qs, urlsplit

import httpx

from playground.slack_oauth import Approval

COOKIE = "slack-app-oauth-state"


def begin(url):
    """The one-time state that Slack is sent, and the cookie that stays in the browser."""
    answer = httpx.get(f"{url}/slack/install")
    assert answer.status_code == 302
    where = urlsplit(answer.headers["location"])
    assert (where.netloc, where.path) == ("slack.com", "/oauth/v2/authorize")
    asked = {name: values[0] for name, values in parse_qs(where.query).items()}
    assert f"{COOKIE}={asked['state']}" in answer.headers["set-cookie"]
    return asked


def finish(url, state, code, cookie=None):
    """The way back from Slack."""
    headers = {"cookie": f"{COOKIE}={state if cookie is None else cookie}"}
    return httpx.get(f"{url}/slack/oauth_redirect", params={"code": code, "state": state}, headers=headers)


def install(world, home, **approval):
    """An administrator there approves; the page they see at the end."""
    code = world.playground.slack.oauth.code(Approval((home,), **approval))
    return finish(world.url, begin(world.url)["state"], code)
