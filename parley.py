"""The composition root: store, platforms, workers and command line are put together here and nowhere else."""

import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from fastapi import FastAPI

from adapters import web
from adapters.cli import commands, doctor, serving
from adapters.cli import demo as playground
from adapters.cli.failed import Failed
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
from storage.engines import WrongAddress
from storage.load.file import WrongFile, as_of, load
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
    clockwork = Clockwork(
        post,
        Alarms(ledger, store, desk.ring, clock),
        lambda: store.write(lambda: store.purge_once(clock.wall() - REMEMBERED)),
    )
    app = web.door(platforms, Office(desk, store, clockwork.wake_post), clockwork, store.ready)
    push = Push(clockwork, store, clock, lambda offset: store.write(lambda: store.set_clock(offset)))
    return Bot(store, clock, platforms, clockwork, app, push)


def _platforms(settings: Settings, clock: Clock) -> tuple[Platform, ...]:
    found: list[Platform] = []
    if settings.speaks_slack:
        secret = settings.slack_signing_secret.get_secret_value()
        token = settings.slack_bot_token.get_secret_value()
        found.append(Slack(secret, token, settings.slack_api_url, clock.wall, menu.SLASHES))
    if settings.speaks_teams:
        found.append(Teams(settings, clock.wall))
    return tuple(found)


class House:
    """What the commands do; adapters.cli.commands.House."""

    def serve(self) -> None:
        """Run until stopped."""
        settings = Settings()
        if settings.hindrance:
            raise Failed(settings.hindrance)
        bot = self._bot(settings)
        if bot.clock.offset:
            raise Failed("this database belongs to a playground (its clock was moved); use another one")
        bound = serving.take(settings.parley_host, settings.parley_port, "set PARLEY_HOST and PARLEY_PORT")
        serving.log()
        serving.serve(bot.app, bound)

    def demo(self, port: int, bot_port: int) -> None:
        """The playground on a fresh example world."""
        playground.run(ROOT, port, bot_port, self._example)

    def load(self, name: str, text: str) -> str:
        """What was taken, and what is not known yet."""
        bot = self._bot(Settings())
        try:
            return load(bot.store, text, bot.clock.now()).words
        except WrongFile as wrong:
            raise Failed(f"{name}, {wrong}; nothing was loaded") from None

    def migrate(self) -> str:
        """The schema's revision, now."""
        settings = Settings()
        migrate.upgrade(settings.database_owner_url or settings.database_url, settings.database_role)
        return f"The database is at revision {migrate.head()}."

    def check(self) -> tuple[doctor.Line, ...]:
        """One line for each thing that was looked at."""
        settings, clock = Settings(), Clock()
        return (*self._record(settings, clock), *doctor.look(settings, _platforms(settings, clock)))

    def _record(self, settings: Settings, clock: Clock) -> tuple[doctor.Line, ...]:
        try:
            if migrate.current(settings.database_url) != migrate.head():
                return (doctor.NO_SCHEMA,)
            store = SqlStore(settings.database_url, clock)
            store.ready()
            store.load_clock()
            troubles = ((False, one.line) for one in SqlLedger(store).troubles().rows)
            return (doctor.RECORD, doctor.time(clock), *troubles)
        except (Busy, WrongAddress):
            return (doctor.NO_RECORD,)

    def _bot(self, settings: Settings) -> Bot:
        if migrate.current(settings.database_url) != migrate.head():
            raise Failed("the database is not at this version's schema; run ./parley migrate")
        bot = assemble(settings, Clock())
        bot.store.load_clock()
        return bot

    def _example(self, settings: Settings) -> tuple[FastAPI, dict[str, object]]:
        """The example world in a new database, its clock at the file's own time, and who is in it."""
        migrate.upgrade(settings.database_url)
        bot = assemble(settings, Clock())
        text = EXAMPLE.read_text(encoding="utf-8")
        bot.store.set_clock((as_of(text) or bot.clock.wall()) - bot.clock.wall())
        load(bot.store, text, bot.clock.now())
        web.mount_clock(bot.app, lambda: bot.clock.now().isoformat(), bot.push.by)
        with bot.store.reading() as archive:
            return bot.app, cast.everyone(archive)


if __name__ == "__main__":
    sys.exit(commands.run(House(), plain=(WrongAddress, migrate.NotMigrated)))
