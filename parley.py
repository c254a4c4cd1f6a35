"""The composition root: store, platforms, workers and command line are put together here and nowhere else."""

import logging
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from adapters import web
from adapters.cli import commands, doctor, suite
from adapters.cli import demo as playground
from adapters.cli.commands import Failed
from adapters.platform import Office, Platform
from adapters.settings import Settings
from adapters.slack.app import Slack
from adapters.teams.app import Teams
from bot import menu
from bot.clock import Clock
from bot.desk import Desk
from bot.errors import Busy
from schedules.alarms import Alarms
from schedules.clockwork import Clockwork
from schedules.post import Post
from schedules.pushing import Push
from storage import cast, migrate
from storage.load import file as files
from storage.outbox import SqlLedger
from storage.store import SqlStore

ROOT = Path(__file__).resolve().parent
EXAMPLE = ROOT / "docs" / "domain" / "example-partnership.yaml"
REMEMBERED = timedelta(days=30)  # for how long a request that was served is known again


@dataclass(frozen=True, slots=True)
class Bot:
    """A whole bot: everything that runs, and the one ASGI application in front of it."""

    store: SqlStore
    clock: Clock
    platforms: tuple[Platform, ...]
    clockwork: Clockwork
    app: FastAPI
    push: Push


def assemble(settings: Settings, clock: Clock) -> Bot:
    """A bot over a database that stands at its newest schema."""
    store = SqlStore(settings.database_url, clock)
    desk, ledger = Desk(store, clock), SqlLedger(store)
    platforms = _platforms(settings, clock)
    post = Post(ledger, store, desk.compose, {one.name: one for one in platforms}, clock)
    clockwork = Clockwork(post, Alarms(ledger, store, desk.ring, clock), _sweep(store, clock))
    office = Office(desk, store, clockwork.wake_post)

    async def keep(offset: timedelta) -> None:
        await store.write(lambda: store.set_clock(offset))

    app = web.door(platforms, office, clockwork, store.ready)
    return Bot(store, clock, platforms, clockwork, app, Push(clockwork, store, clock, keep))


def _platforms(settings: Settings, clock: Clock) -> tuple[Platform, ...]:
    found: list[Platform] = []
    if settings.speaks_slack:
        secret = settings.slack_signing_secret.get_secret_value()
        token = settings.slack_bot_token.get_secret_value()
        found.append(Slack(secret, token, settings.slack_api_url, clock.wall, menu.SLASHES))
    if settings.speaks_teams:
        found.append(Teams(settings, clock.wall))
    return tuple(found)


def _sweep(store: SqlStore, clock: Clock) -> Callable[[], Awaitable[int]]:
    async def sweep() -> int:
        return await store.write(lambda: store.purge_once(clock.wall() - REMEMBERED))

    return sweep


def load(store: SqlStore, text: str, now: datetime) -> files.Taken:
    """Take a file in, in one transaction."""
    with store.writing() as archive:
        return files.take(archive, text, now)


class House:
    """What the commands do; adapters.cli.commands.House."""

    def serve(self) -> None:
        """Run until stopped."""
        settings = Settings()
        bot = self._bot(settings)
        if not bot.platforms:
            raise Failed(
                "neither Slack nor Teams is set up; set SLACK_SIGNING_SECRET or TEAMS_APP_ID (see README)"
            )
        if bot.clock.offset:
            raise Failed(
                "this database belongs to a playground (its clock was moved); use another DATABASE_URL"
            )
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
        uvicorn.run(bot.app, host=settings.parley_host, port=settings.parley_port, log_level="warning")

    def demo(self, port: int) -> None:
        """The playground on a fresh example world."""
        playground.run(ROOT, port, self._example)

    def load(self, file: Path) -> str:
        """What was taken, and what is not known yet."""
        if not file.is_file():
            raise Failed(f"there is no file {file}")
        bot = self._bot(Settings())
        try:
            taken = load(bot.store, file.read_text(encoding="utf-8"), bot.clock.now())
        except (files.WrongFile, UnicodeDecodeError) as wrong:
            raise Failed(f"{file}, {wrong}; nothing was loaded") from None
        return taken.words

    def migrate(self) -> str:
        """The schema's revision, now."""
        settings = Settings()
        migrate.upgrade(settings.database_owner_url or settings.database_url, settings.database_role)
        return f"The database is at revision {migrate.head()}."

    def check(self) -> tuple[tuple[bool, str], ...]:
        """One line for each thing that was looked at."""
        settings = Settings()
        if migrate.current(settings.database_url) != migrate.head():
            return ((False, "the database is not at this version's schema: run ./parley migrate"),)
        bot = self._bot(settings)
        troubles = ((False, one.line) for one in SqlLedger(bot.store).troubles().rows)
        return (*doctor.look(settings, bot.platforms, bot.store.ready, bot.clock), *troubles)

    def test(self, quick: bool, args: list[str]) -> int:
        """Every check and test."""
        return suite.test(quick, args)

    def bench(self, name: str) -> int:
        """One question, measured."""
        return suite.bench(name)

    def _bot(self, settings: Settings) -> Bot:
        if migrate.current(settings.database_url) != migrate.head():
            raise Failed("the database is not at this version's schema; run ./parley migrate")
        bot = assemble(settings, Clock())
        try:
            bot.store.load_clock()
        except Busy:
            raise Failed("the database cannot be reached; look at DATABASE_URL") from None
        return bot

    def _example(self, settings: Settings) -> tuple[FastAPI, dict[str, object]]:
        """The example world in a new database, its clock at the file's own time, and who is in it."""
        migrate.upgrade(settings.database_url)
        bot = assemble(settings, Clock())
        text = EXAMPLE.read_text(encoding="utf-8")
        stands = files.as_of(text)
        bot.store.set_clock(stands - bot.clock.wall() if stands else timedelta())
        load(bot.store, text, bot.clock.now())
        web.mount_clock(bot.app, lambda: bot.clock.now().isoformat(), bot.push.by)
        with bot.store.reading() as archive:
            return bot.app, cast.everyone(archive)


if __name__ == "__main__":
    sys.exit(commands.run(House()))
