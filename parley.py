"""The composition root: store, platforms, workers and command line are put together here and nowhere else."""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI

from adapters import metrics, web
from adapters.cli import commands, demo, doctor, measuring, serving
from adapters.documents import door, operator
from adapters.platform import Line, Office, Platform
from adapters.settings import Settings
from adapters.slack.app import Slack
from adapters.slack.ears import Offers
from adapters.teams.app import Teams
from bot import menu
from bot.clock import Clock
from bot.desk import Desk
from bot.ports import Vault
from schedules import trial
from schedules.alarms import Alarms
from schedules.clockwork import Clockwork, in_turn
from schedules.post import Post
from schedules.pushing import Push
from storage import checkup, daily, keyring, migrate, notary, proof, restored
from storage.engines import takes_many
from storage.inspector import Inspector
from storage.load.file import taken
from storage.load.staged import stage
from storage.opening import invite_company
from storage.outbox import SqlLedger
from storage.plain import PLAIN
from storage.signing import Signer
from storage.store import SqlStore
from storage.troubles import standing

EXAMPLE = (ROOT := Path(__file__).resolve().parent) / "docs" / "domain" / "example-partnership.yaml"


@dataclass(frozen=True, slots=True)
class Bot:
    """A whole bot: everything that runs, and the one ASGI application in front of it."""

    store: SqlStore
    clock: Clock
    platforms: tuple[Platform, ...]
    clockwork: Clockwork
    app: FastAPI
    push: Push
    meters: metrics.Meters


def assemble(settings: Settings, clock: Clock, filters: bool = True) -> Bot:
    """A bot over a database that stands at its newest schema."""
    store = SqlStore(settings.database_url, clock, settings.keys, filters=filters)
    desk, ledger = Desk(store, clock, settings.address), SqlLedger(store)
    platforms = _platforms(settings, clock, keyring.at(store, settings.keys))
    post = Post(ledger, store, desk, {one.name: one for one in platforms}, clock)
    alarms, meters = Alarms(ledger, store, desk.ring, clock), metrics.Meters(lambda: standing(store, clock))
    heads = notary.Notary(store, clock, settings.keys, settings.parley_heads_file)
    rounds = in_turn(daily.Daily(store, clock).run, heads.run)
    clockwork = Clockwork(post, alarms, rounds, proof.Auditor(store, clock, meters.proven).run)
    post.tally, office = meters.sent, Office(desk, store, clockwork.wake_post, meters.asked)
    app = web.door(platforms, office, clockwork, store.ready)
    door.Door(desk.counter, Signer(settings.keys), settings.address).mount(app, office.committed)
    push = Push(clockwork, store, clock, lambda offset: store.write(lambda: store.set_clock(offset)))
    return Bot(store, clock, platforms, clockwork, app, push, meters)


def _platforms(settings: Settings, clock: Clock, vault: Vault | None) -> tuple[Platform, ...]:
    verbs = tuple(one.verb for one in menu.SHORTCUTS)
    slack = Slack(settings, clock.wall, Offers(menu.SLASHES, verbs), vault) if settings.speaks_slack else None
    teams = Teams(settings, clock.wall, shortcuts=verbs) if settings.speaks_teams else None
    return tuple(one for one in (slack, teams) if one)


def worker() -> FastAPI:
    """The application of one of several processes; the first one has looked whether it may be served."""
    serving.join_in((settings := Settings()).parley_log)
    return assemble(settings, Clock()).app


class House:
    """What the commands do; adapters.cli.commands.House."""

    def serve(self, workers: int) -> None:
        """Run until stopped."""
        measuring.allow(settings := Settings(), workers, takes_many(settings.database_url))
        checkup.real((bot := self._bot(settings)).clock)
        measuring.run(settings, bot.app, bot.meters, workers)

    def demo(self, port: int, bot_port: int) -> None:
        """The playground on a fresh example world."""
        demo.run(ROOT, port, bot_port, self._example)

    def load(self, name: str, text: str) -> str:
        """What was taken, and what is not known yet."""
        return taken((bot := self._bot(Settings())).store, name, text, bot.clock.now())

    def invite(self) -> str:
        """A one-time code that makes a company, and what to do with it."""
        return invite_company(self._bot(Settings()).store)

    def migrate(self) -> str:
        """The schema's revision, now."""
        migrate.upgrade((own := Settings()).database_owner_url or own.database_url, own.database_role)
        return f"The database is at revision {migrate.head()}."

    def restored(self) -> str:
        """What may have been said since the backup was taken; what is late has rung."""
        bot = self._bot(Settings())
        return restored.resume(bot.store, lambda: asyncio.run(bot.clockwork.alarms.drain())).words

    def check(self, mend: bool = False) -> tuple[Line, ...]:
        """One line for each thing that was looked at."""
        settings, clock = Settings(), Clock()
        platforms = _platforms(settings, clock, keyring.found(settings.database_url, settings.keys, clock))
        record = checkup.look(settings.database_url, clock, mend, settings.keys, settings.parley_heads_file)
        return (*record, *doctor.look(settings, platforms))

    def say(self, person: str) -> Line:
        """A test message to somebody, and whether it arrived."""
        bot = self._bot(Settings())
        return asyncio.run(doctor.afterwards(trial.say(bot.clockwork.post, person), bot.platforms))

    def operator(self) -> operator.Operator:
        """Who looks and takes away as one person may see it."""
        return operator.Operator((bot := self._bot(own := Settings())).store, bot.clock, Signer(own.keys))

    def inspector(self) -> Inspector:
        """Who looks at the record, its keys and its chains."""
        return Inspector(self._bot(settings := Settings()).store, settings.keys, settings.parley_heads_file)

    def _bot(self, settings: Settings) -> Bot:
        checkup.fit(settings.database_url)
        (bot := assemble(settings, Clock())).store.load_clock()
        return bot

    def _example(self, settings: Settings) -> tuple[FastAPI, dict[str, object]]:
        """The example world in a new database, its clock at the file's own time, and who is in it."""
        migrate.upgrade(settings.database_url)
        bot = assemble(settings, Clock())
        web.mount_clock(bot.app, lambda: bot.clock.now().isoformat(), bot.push.by)
        return bot.app, stage(bot.store, bot.clock, EXAMPLE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(commands.run(House(), PLAIN, {one.name: one.manifest for one in (Slack, Teams)}))
