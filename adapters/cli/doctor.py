"""The configuration doctor: one line and one remedy for everything that is wrong."""

import asyncio
from collections.abc import Iterable

from adapters.platform import Platform
from adapters.settings import Settings
from bot.clock import Clock
from bot.errors import Undelivered

Line = tuple[bool, str]

RECORD: Line = (True, "the database answers and stands at this version's schema")
NO_RECORD: Line = (
    False,
    "the database does not answer: look at DATABASE_URL and at the database itself",
)
NO_SCHEMA: Line = (False, "the database is not at this version's schema: run ./parley migrate")


def look(settings: Settings, platforms: Iterable[Platform]) -> tuple[Line, ...]:
    """Every line but those about the record, in the order in which somebody would mend them."""
    found = tuple(platforms)
    lines = [_secret(settings), _loopback(settings), *_halves(settings)]
    if not found:
        lines.append((False, "no platform is set up: set SLACK_SIGNING_SECRET or TEAMS_APP_ID"))
    return (*(line for line in lines if line), *asyncio.run(_platforms(found)))


def time(clock: Clock) -> Line:
    """Whose record it is: a playground's clock was moved."""
    if clock.offset:
        return False, "this database belongs to a playground (its clock was moved): use another DATABASE_URL"
    return True, "business time is the machine's time"


def _secret(settings: Settings) -> Line:
    if not settings.parley_secret_key.get_secret_value():
        return False, "PARLEY_SECRET_KEY is not set: make one with `openssl rand -base64 32`"
    return True, "PARLEY_SECRET_KEY is set"


def _loopback(settings: Settings) -> Line | None:
    if not settings.parley_dangerously_allow_anonymous_teams:
        return None
    return False, "unsigned Teams activities are let in: unset PARLEY_DANGEROUSLY_ALLOW_ANONYMOUS_TEAMS"


def _halves(settings: Settings) -> Iterable[Line]:
    """What was begun but would stay silent."""
    if settings.slack_bot_token.get_secret_value() and not settings.speaks_slack:
        yield False, "SLACK_BOT_TOKEN is set but SLACK_SIGNING_SECRET is not: set both"
    if settings.teams_app_password.get_secret_value() and not settings.speaks_teams:
        yield False, "TEAMS_APP_PASSWORD is set but TEAMS_APP_ID is not: set both"
    if settings.speaks_teams and not settings.tenants:
        yield False, "no Teams tenant may speak to Parley: set TEAMS_APP_TENANT_ID or TEAMS_TENANTS"


async def _platforms(platforms: tuple[Platform, ...]) -> list[Line]:
    lines: list[Line] = []
    for platform in platforms:
        try:
            lines.append((True, await platform.probe()))
        except Undelivered as fault:
            lines.append((False, f"{platform.name.capitalize()} refuses us: {fault}"))
        await platform.stop()
    return lines
