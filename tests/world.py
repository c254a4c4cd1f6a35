"""A whole world for a test: a real bot on a real database, both emulators, and people who talk to it."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from pydantic import SecretStr
from sqlalchemy import create_engine

import parley
from adapters import web
from adapters.settings import Settings
from bot.actors import CLOCK
from bot.clock import Clock
from playground.cast import Cast
from playground.playground import Playground
from playground.server import listen, listening, playing, url
from storage import cast
from storage.engines import address
from storage.load.file import load
from tests import postgres
from tests.faces import SlackFace, TeamsFace
from tests.voice import Voice

EXAMPLE = Path(parley.EXAMPLE)
AS_OF = datetime(2026, 11, 10, 9, tzinfo=UTC)
TENANTS = "11111111-aaaa-4aaa-8aaa-000000000001,22222222-bbbb-4bbb-8bbb-000000000002,3333-nor"
SECRET = "a signing secret"
APP_ID = "00000000-0000-4000-8000-00000000b07a"
PATIENCE = 30


def example(swapped: bool = False) -> str:
    """The example world; swapped, the sponsor is on Slack and Northmere on Teams."""
    text = EXAMPLE.read_text(encoding="utf-8")
    return _swapped(text) if swapped else text


def _swapped(text: str) -> str:
    told = yaml.safe_load(text)
    homes = {"ORG-HAL": ("slack", "workspace", "T0HALCYRA"), "ORG-NOR": ("teams", "tenant", "3333-nor")}
    for company in told["organisations"]:
        if company["id"] in homes:
            platform, key, name = homes[company["id"]]
            company.pop("tenant", None)
            company.pop("workspace", None)
            company.update({"chat_platform": platform, key: name})
    for person in told["people"]:
        if person["org"] in homes:
            platform = homes[person["org"]][0]
            user = f"U{person['id'][-2:]}" if platform == "slack" else f"aad-{person['id'][-2:]}"
            person["chat"] = {"platform": platform, "user_id": user}
    for number, room in enumerate(told["rooms"]):
        if room["organisation"] in homes:
            platform = homes[room["organisation"]][0]
            name = f"C0ROOM{number}" if platform == "slack" else f"19:room{number}@thread.tacv2"
            room.update({"platform": platform, "conversation": name})
    return yaml.safe_dump(told, sort_keys=False, allow_unicode=True)


class World:
    """Runs on an event loop of its own thread; `people` are by first name, folded."""

    def __init__(self, database: str, working: bool = False, filters: bool = True, **more: Any) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.clock = Clock()
        self.working = working
        self.filters = filters
        self.more = more
        self.is_locked = False
        self.stack = AsyncExitStack()
        self.run(self._open(database))

    async def _open(self, database: str) -> None:
        ours, theirs = listen(), listen()
        self.settings = _settings(database, url(theirs), **self.more)
        self.bot = _hasty(parley.assemble(self.settings, self.clock, self.filters))
        self.bot.store.set_clock(AS_OF - self.clock.wall())
        with self.bot.store.reading() as archive:
            told = self.everyone(archive)
        self.playground = Playground(Cast.from_json(told), url(ours), url(theirs), SECRET, APP_ID)
        self.playground.slack.retry_delays = (0.05, 0.1)
        await self.stack.enter_async_context(playing(self.playground, theirs))
        self.url = url(ours)
        self.people = dict(_faces(self.playground))
        await self._serve(ours)
        await self._settle_in()

    async def _settle_in(self) -> None:
        """Into every conversation of Teams; a record that knows them already is told the new address only."""
        if not self.rows("SELECT key FROM reach WHERE service <> '' LIMIT 1"):
            await self.playground.install_everywhere()
            await self.bot.clockwork.settle()
            return
        for there in self.playground.teams.record.conversations():
            there.installed = True
        where = self.playground.teams.service_url
        self.rows_gone(f"UPDATE reach SET service = '{where}' WHERE service <> ''")  # noqa: S608 our own address only

    def everyone(self, archive: Any) -> dict[str, Any]:
        """Whom the emulators show."""
        return cast.everyone(archive)

    def run(self, work: Any) -> Any:
        """A coroutine on the world's loop, to its end."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE)

    def restart(self) -> None:
        """End the bot as it stands and start another one on the same record, at the same address."""
        self.run(self._restart())

    async def _restart(self) -> None:
        if self.working:
            await self.bot.clockwork.stop()
        await self.bot_stack.aclose()
        for platform in self.bot.platforms:
            await platform.stop()
        self.bot.store.close()
        offset = self.clock.offset
        self.bot = _hasty(parley.assemble(self.settings, self.clock, self.filters))
        self.clock.offset = offset
        await self._serve(listen(port=int(self.url.rpartition(":")[2])))

    async def _serve(self, bound: Any) -> None:
        self.bot_stack = AsyncExitStack()
        web.mount_clock(self.bot.app, lambda: self.now().isoformat(), self.bot.push.by)
        await self.bot_stack.enter_async_context(listening(self.bot.app, bound))
        for platform in self.bot.platforms:
            await platform.start()
        if self.working:
            self.bot.clockwork.start()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Somebody else holds the record for as long as the block runs."""
        engine = create_engine(address(self.settings.database_url))
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.exec_driver_sql("LOCK TABLE once, issue IN ACCESS EXCLUSIVE MODE")
            self.is_locked = True
            yield
            self.is_locked = False
            connection.rollback()
        engine.dispose()

    def settle(self, patience: float = 10.0) -> None:
        """Until nothing is left to say, to ring or to send; with the record locked, only the first."""
        self.run(self._last_words())
        if not self.is_locked:
            self.run(self.bot.clockwork.settle(patience))

    async def _last_words(self) -> None:
        await asyncio.gather(*(task for one in self.bot.platforms for task in one._tasks))

    def close(self) -> None:
        """End everything."""
        self.run(self._close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()

    async def _close(self) -> None:
        if self.working:
            await self.bot.clockwork.stop()
        # Each server takes a tenth of a second to end: both at once.
        await asyncio.gather(self.bot_stack.aclose(), self.stack.aclose())
        for platform in self.bot.platforms:
            await platform.stop()
        self.bot.store.close()

    def now(self) -> datetime:
        """Business time."""
        return self.clock.now()

    def pass_to(self, at: datetime) -> None:
        """Live until then, from due to due."""
        self.run(self.bot.push.to(at))
        self.settle()

    def pass_hours(self, hours: float) -> None:
        """Live that long."""
        self.pass_to(self.now() + timedelta(hours=hours))

    def pass_business_days(self, days: int) -> None:
        """Live until just after the close of the n-th business day from today."""
        day = self.now().astimezone(UTC).date()
        with self.bot.store.reading() as archive:
            calendar = archive.calendar(CLOCK, archive.partnerships(CLOCK)[0].id)
        self.pass_to(datetime.combine(calendar.business_day_after(day, days), time(17, 1), tzinfo=UTC))

    def as_(self, name: str) -> Voice:
        """The person with that first name (or "stranger" of the sponsor, "newcomer" of Northmere)."""
        return Voice(self, self.people[name])

    def rows_gone(self, statement: str) -> None:
        """Somebody takes rows away behind the bot's back."""
        with postgres.beside(self.bot.store) as connection:
            connection.exec_driver_sql(statement)

    def quiet(self) -> None:
        """The clocks of what was loaded ring no more, so that long times pass quickly."""
        self.rows_gone("UPDATE due SET state = 'cancelled' WHERE state = 'open'")

    def rows(self, statement: str) -> list[Any]:
        """What SQL has to say."""
        with postgres.beside(self.bot.store, writes=False) as connection:
            return list(connection.exec_driver_sql(statement))


def _hasty(bot: Any) -> Any:
    """The same bot, which never waits its turn in a conversation: pacing has tests of its own."""
    for platform in bot.platforms:
        platform.rate = (1000.0, 1000)
    return bot


def _faces(playground: Playground) -> Any:
    for side, face in ((playground.cast.slack, SlackFace), (playground.cast.teams, TeamsFace)):
        for home in side:
            for person in home.people:
                name = person.name.split()[0].lower()
                key = f"newcomer at {home.name.split()[0]}" if name == "noor" else name
                yield key, face(playground, home, person)


def _settings(database: str, playground: str, **more: Any) -> Settings:
    told = {
        "database_url": database,
        "slack_signing_secret": SecretStr(SECRET),
        "slack_bot_token": SecretStr("xoxb-playground"),
        "slack_api_url": f"{playground}/slack/api/",
        "teams_app_id": APP_ID,
        "teams_app_password": SecretStr("an app password"),
        "teams_app_tenant_id": "playground",
        "teams_tenants": TENANTS,
        "teams_openid_metadata_url": f"{playground}/teams/openid",
        "teams_login_url": f"{playground}/teams/login/",
        "teams_service_urls": f"{playground}/teams/",
        "parley_dangerously_allow_anonymous_teams": False,
    }
    return Settings(_env_file=None, **{**told, **more})


def fill(database: str, text: str) -> None:
    """Load a world into a migrated database, and install the bot everywhere in it."""
    bot = parley.assemble(_settings(database, "http://127.0.0.1:9"), Clock())
    load(bot.store, text, AS_OF)
    with postgres.beside(bot.store) as connection:  # digests have tests of their own
        connection.exec_driver_sql("UPDATE due SET state = 'cancelled' WHERE kind = 'digest.due'")
    bot.store.close()
    World(database).close()
