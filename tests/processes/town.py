"""Both emulators in the test, the real bot outside it, and a look into its record from a third side."""

import asyncio
import contextlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import update

from bot.clock import Clock, system_time
from playground.cast import Cast
from playground.faults import Fault
from playground.playground import Playground
from playground.server import listen, url
from storage import cast, engines, queues
from storage.store import SqlStore
from tests.faces import Seen, SlackFace, TeamsFace
from tests.postgres import owners
from tests.processes.running import PATIENCE, ROOT, SERVE, Running, command
from tests.world import APP_ID, SECRET, TENANTS

MOVED = ("-m", "tests.processes.moved")
ASK_AGAIN = 0.05  # seconds; for what the record shows and no window does
MANY = 1000  # calls; more than any test makes


class Town:
    """A database with the example world, a port for the bot, and everybody's face."""

    def __init__(self, database: str, folder: Path, bound: Any) -> None:
        self.database = database
        self.folder = folder
        self.port = free_port()
        self.engine = engines.owner(owners(database))
        self.playground = Playground(
            self._cast(), f"http://127.0.0.1:{self.port}", url(bound), SECRET, APP_ID
        )
        self.faults = self.playground.faults
        self.people = dict(faces(self.playground))
        self.settings = settings(database, self.port, url(bound))
        self.bots: list[Running] = []

    def _cast(self) -> Cast:
        store = SqlStore(self.database, Clock())
        with store.reading() as archive:
            told = cast.everyone(archive)
        store.close()
        return Cast.from_json(told)

    async def start(self, words: tuple[str, ...] = SERVE, **settings: str) -> Running:
        """A bot that listens."""
        bot = await Running.start(words, self.folder, self.settings | settings)
        self.bots.append(bot)
        await bot.says("listening on")
        return bot

    async def open(self, words: tuple[str, ...] = SERVE, **settings: str) -> Running:
        """The first start: the bot is installed everywhere and has nothing left to say."""
        bot = await self.start(words, **settings)
        installed = await self.playground.install_everywhere()
        assert all(answer.ok for answer in installed), bot.said
        await self.until(self.is_quiet)
        return bot

    async def close(self) -> None:
        """End what still runs."""
        for bot in self.bots:
            await bot.kill()
        self.engine.dispose()

    async def type(self, name: str, text: str, at: str = "") -> None:
        """In their partnership's room, or directly; the request was answered when this returns."""
        face = self.people[name]
        answer = await face.type(text, at or face.channels[0], None)
        assert answer.ok, answer

    async def press(self, name: str, label: str) -> None:
        """The newest button of that name in their partnership's room."""
        face = self.people[name]
        seen = next(one for one in reversed(face.messages(face.channels[0])) if label in one.buttons)
        answer = await face.click(seen, seen.buttons[label])
        assert answer.ok, answer

    def fail(self, kind: str, *methods: str, retry_after: float | None = None) -> None:
        """From now on every call of these methods fails like that."""
        for method in methods:
            self.faults.add(Fault(method, kind, MANY, retry_after))

    def copies(self, words: str) -> dict[str, list[Seen]]:
        """What the bot said with these words, by conversation; private answers in a channel aside."""
        found: dict[str, dict[str, Seen]] = {}
        for face in self.people.values():
            for place in (*face.channels, face.direct):
                said = [one for one in face.messages(place) if one.by_bot and words in one]
                seen = {one.id: one for one in said if place == face.direct or not one.private}
                if seen:
                    found.setdefault(place, {}).update(seen)
        return {place: list(seen.values()) for place, seen in found.items()}

    async def until(self, true: Any) -> None:
        """Wait for it; asked at each change in the windows, and now and then for what only SQL shows."""
        patience = monotonic() + PATIENCE
        while not true():
            assert monotonic() < patience, self.bots[-1].said
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(ASK_AGAIN):
                    await self.playground.changes.after(self.playground.changes.count)

    def rows(self, statement: str) -> list[Any]:
        """What SQL has to say."""
        with self.engine.connect() as connection:
            return connection.exec_driver_sql(statement).all()

    def is_quiet(self) -> bool:
        """Nothing is left to send."""
        return not self.still_open()

    def still_open(self) -> list[Any]:
        """The promises that are still to be kept."""
        return self.rows("SELECT queue, reason, began FROM outbox WHERE state = 'open'")

    def pass_leases(self) -> None:
        """As if the time had passed that a worker may be silent before another does its work."""
        before = system_time() - timedelta(seconds=1)
        with self.engine.begin() as connection:
            for table in (queues.outbox, queues.due):
                late = update(table).where(table.c.lease_until.is_not(None)).values(lease_until=before)
                connection.execute(late)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Somebody else holds the record for as long as the block runs."""
        with self.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("LOCK TABLE once, issue, outbox, due IN ACCESS EXCLUSIVE MODE")
            yield

    def set_clock(self, ahead: timedelta) -> None:
        """Business time from the next start on; `moved` and not `serve` takes such a database."""
        store = SqlStore(self.database, Clock())
        store.set_clock(ahead)
        store.close()

    async def check(self) -> Any:
        """What `./parley check` says."""
        return await asyncio.to_thread(command, self.folder, "check", **self.settings)


def free_port() -> int:
    """A port that nobody listens on."""
    with listen() as bound:
        return bound.getsockname()[1]


def faces(playground: Playground) -> Any:
    """Everybody in the example's two companies, by first name."""
    for side, face in ((playground.cast.slack, SlackFace), (playground.cast.teams, TeamsFace)):
        for home in side:
            for person in home.people:
                yield person.name.split()[0].lower(), face(playground, home, person)


def settings(database: str, port: int, playground: str) -> dict[str, str]:
    """As an operator writes them."""
    return {
        "DATABASE_URL": database,
        "PARLEY_PORT": str(port),
        "PARLEY_SECRET_KEY": "a key",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_BOT_TOKEN": "xoxb-playground",
        "SLACK_API_URL": f"{playground}/slack/api/",
        "TEAMS_APP_ID": APP_ID,
        "TEAMS_APP_PASSWORD": "an app password",
        "TEAMS_APP_TENANT_ID": "playground",
        "TEAMS_TENANTS": TENANTS,
        "TEAMS_OPENID_METADATA_URL": f"{playground}/teams/openid",
        "TEAMS_LOGIN_URL": f"{playground}/teams/login/",
        "TEAMS_SERVICE_URLS": f"{playground}/teams/",
        "PYTHONPATH": str(ROOT),
    }
