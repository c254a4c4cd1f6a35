"""The configuration doctor: one line and one remedy for everything that is wrong."""

import asyncio
from collections.abc import Callable, Iterable

from adapters.platform import Platform
from adapters.settings import Settings
from bot.clock import Clock
from bot.errors import Busy, Undelivered

Line = tuple[bool, str]


def look(
    settings: Settings, platforms: Iterable[Platform], ready: Callable[[], None], clock: Clock
) -> tuple[Line, ...]:
    """Every line, in the order in which somebody would mend them."""
    found = tuple(platforms)
    lines = [_record(ready), _clock(clock), _secret(settings), _loopback(settings)]
    if not found:
        lines.append((False, "no platform is set up: set SLACK_SIGNING_SECRET or TEAMS_APP_ID"))
    return (*(line for line in lines if line), *asyncio.run(_platforms(found)))


def _record(ready: Callable[[], None]) -> Line:
    try:
        ready()
    except Busy:
        return False, "the database does not answer: look at DATABASE_URL and at the database itself"
    return True, "the database answers and stands at this version's schema"


def _clock(clock: Clock) -> Line:
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


async def _platforms(platforms: tuple[Platform, ...]) -> list[Line]:
    lines: list[Line] = []
    for platform in platforms:
        try:
            lines.append((True, await platform.probe()))
        except Undelivered as fault:
            lines.append((False, f"{platform.name.capitalize()} refuses us: {fault}"))
        await platform.stop()
    return lines
