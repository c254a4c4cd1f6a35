"""The configuration doctor: one line and one remedy for everything that is wrong."""

import asyncio
from collections.abc import Awaitable, Iterable, Iterator
from typing import TypeVar
from urllib.parse import urlsplit

from adapters.platform import Line, Platform
from adapters.settings import LOOPBACK, Settings

T = TypeVar("T")
NEW_KEY = "make one with `openssl rand -base64 32`"
KEY_LENGTH, KEY_SIGNS = 32, 10  # characters a key must have, and how many different ones
PLACEHOLDERS = ("change", "secret", "example", "password", "your", "placeholder", "xxxx")
SIGNING_SECRET = 32  # characters of Slack's signing secret


def look(settings: Settings, platforms: Iterable[Platform]) -> tuple[Line, ...]:
    """Every line but those about the record, in the order in which somebody would mend them."""
    found = tuple(platforms)
    lines = [*_key(settings), *_address(settings), *_slack(settings), *_teams(settings)]
    if not found:
        lines.append((False, "no platform is set up: set SLACK_SIGNING_SECRET or TEAMS_APP_ID"))
    return (*lines, *asyncio.run(_platforms(found)))


def _key(settings: Settings) -> Iterator[Line]:
    keys = [part.strip() for part in settings.parley_secret_key.get_secret_value().split(",")]
    if not keys[0]:
        yield False, f"PARLEY_SECRET_KEY is not set: {NEW_KEY}"
    elif _is_weak(keys[0]):
        yield False, f"PARLEY_SECRET_KEY is short or easily guessed: {NEW_KEY}, and run ./parley rotate"
    else:
        yield True, "PARLEY_SECRET_KEY is set"
    if len(keys) > 1:
        yield True, "PARLEY_SECRET_KEY holds an old key too: run ./parley rotate, then take the old one out"


def _is_weak(key: str) -> bool:
    words = key.lower()
    return len(key) < KEY_LENGTH or len(set(key)) < KEY_SIGNS or any(word in words for word in PLACEHOLDERS)


def _address(settings: Settings) -> Iterator[Line]:
    url = settings.public_url
    if url and (not url.startswith("https://") or urlsplit(url).path):
        yield (
            False,
            "PARLEY_URL must be https:// and a host, without a path: write it like https://parley.example",
        )


def _slack(settings: Settings) -> Iterator[Line]:
    """What was begun but would stay silent."""
    token, secret = settings.slack_bot_token, settings.slack_signing_secret.get_secret_value()
    client = settings.slack_client_id, settings.slack_client_secret.get_secret_value()
    if token.get_secret_value() and not settings.speaks_slack:
        yield False, "SLACK_BOT_TOKEN is set but SLACK_SIGNING_SECRET is not: set both"
    if secret and len(secret) != SIGNING_SECRET:
        told = f"SLACK_SIGNING_SECRET has {len(secret)} characters and Slack’s have {SIGNING_SECRET}"
        yield False, f"{told}: copy it from Basic Information, App Credentials"
    if any(client) and not all(client):
        missing = "SLACK_CLIENT_SECRET" if client[0] else "SLACK_CLIENT_ID"
        yield False, f"nobody can install Parley from a browser: set {missing} too"
    if all(client) and not settings.public_url:
        yield False, "nobody can install Parley from a browser: set PARLEY_URL to where the world reaches it"
    if settings.speaks_slack and not (token.get_secret_value() or settings.installs_slack):
        remedy = "set SLACK_BOT_TOKEN, or SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and PARLEY_URL"
        yield False, f"Parley hears Slack but cannot answer: {remedy}"


def _teams(settings: Settings) -> Iterator[Line]:
    password, anonymous = settings.teams_app_password, settings.parley_dangerously_allow_anonymous_teams
    if anonymous:
        yield (
            False,
            "unsigned Teams activities are let in: unset PARLEY_DANGEROUSLY_ALLOW_ANONYMOUS_TEAMS",
        )
    if password.get_secret_value() and not settings.speaks_teams:
        yield False, "TEAMS_APP_PASSWORD is set but TEAMS_APP_ID is not: set both"
    if settings.speaks_teams and not (password.get_secret_value() or anonymous):
        yield False, "Teams takes no message from us without a password: set TEAMS_APP_PASSWORD"
    if settings.speaks_teams and not settings.tenants:
        yield False, "no Teams tenant may speak to Parley: set TEAMS_APP_TENANT_ID or TEAMS_TENANTS"
    named = {"TEAMS_LOGIN_URL": settings.teams_login_url}
    named["TEAMS_OPENID_METADATA_URL"] = settings.teams_openid_metadata_url
    for name, url in [*named.items(), *(("TEAMS_SERVICE_URLS", one) for one in settings.service_urls)]:
        if url.startswith("http://") and (urlsplit(url).hostname or "") not in LOOPBACK:
            yield False, f"{name} holds {url}, which is not encrypted and never used: write it with https://"


async def _platforms(platforms: tuple[Platform, ...]) -> list[Line]:
    lines: list[Line] = []
    for platform in platforms:
        lines += await platform.probe()
        await platform.stop()
    return lines


async def afterwards(work: Awaitable[T], platforms: Iterable[Platform]) -> T:
    """What the work gives; the platforms are put away then."""
    try:
        return await work
    finally:
        for platform in platforms:
            await platform.stop()
