"""Two bots on one record behind a door that asks whoever is up, and the ways in which all of it dies."""

import asyncio
import contextlib
import os
import random
import signal

import psutil
import yaml
from sqlalchemy.exc import DBAPIError

from tests.processes.town import free_port
from tests.world import example

FRESH = 0.05  # seconds between two looks at what no window shows


def wide(rooms: int) -> str:
    """The example world, today, with so many more rooms of one partnership on each of its sides."""
    told = yaml.safe_load(example())
    ours = [room for room in told["rooms"] if room["partnership"] == "P-NOR"]
    for number in range(rooms):
        for room in ours:
            there = room["conversation"].replace("C0", f"C{number + 1}").replace("19:", f"19:{number + 1}-")
            more = {"id": f"{room['id']}-{number}", "name": f"{room['name']} {number}", "conversation": there}
            told["rooms"].append({**room, **more})
    return yaml.safe_dump(told, sort_keys=False, allow_unicode=True)


def crash(cluster, how: signal.Signals) -> None:
    """The database dies with everything it was doing, and comes back on what it had written."""
    first = psutil.Process(cluster.server.get_pid())
    everybody = [first, *first.children()]
    os.kill(first.pid, how)
    for one in everybody:
        wait_for(one)
    # A dead process that nobody has buried yet still counts as the owner of these.
    told = cluster.server.get_postmaster_info()
    for left in (cluster.server.pgdata / "postmaster.pid", *told.socket_dir.glob(".s.PGSQL.*")):
        left.unlink(missing_ok=True)
    cluster.server.ensure_postgres_running()


def wait_for(process: psutil.Process) -> None:
    """Until it does nothing any more, whether or not somebody has buried it."""
    with contextlib.suppress(psutil.NoSuchProcess):
        while process.status() != psutil.STATUS_ZOMBIE:
            with contextlib.suppress(psutil.TimeoutExpired):
                process.wait(FRESH)


class Replicas:
    """`kills` counts kill -9; `chance` decides who answers, who dies and when."""

    def __init__(self, town, seed: int) -> None:
        self.town = town
        self.chance = random.Random(seed)  # noqa: S311 - it keeps no secret
        self.up = {}
        self.ports = (town.port, free_port())
        self.starting = set()
        self.kills = 0

    async def start(self) -> None:
        """Both."""
        await asyncio.gather(*(self._start(port) for port in self.ports))

    async def _start(self, port: int) -> None:
        """As whoever watches over a service does: one that ends for want of a database is started again."""
        while port not in self.up:
            with contextlib.suppress(AssertionError):
                self.up[port] = await self.town.start(PARLEY_PORT=str(port))

    async def kill_one(self) -> None:
        """One that is up; another takes its place, and nobody waits for that."""
        await self.town.until(lambda: self.up)
        port = self.chance.choice(sorted(self.up))
        await self._kill(port)
        task = asyncio.create_task(self._start(port))
        self.starting.add(task)
        task.add_done_callback(self.starting.discard)

    async def kill_both(self) -> None:
        """At the same moment. Nobody is left who holds a lease, so the time they last may be passed over."""
        await asyncio.gather(*self.starting)
        await asyncio.gather(*(self._kill(port) for port in list(self.up)))
        self.town.pass_leases()
        await self.start()

    async def _kill(self, port: int) -> None:
        bot = self.up.pop(port)
        self.kills += 1
        await bot.kill()

    async def say(self, name: str, text: str, is_done) -> None:
        """The very same request, to whoever is up, until the record shows that it was served."""
        face = self.town.people[name]
        body, headers = face.request(text, face.channels[0])
        while not await self.shows(is_done):
            await self.town.until(lambda: self.up)
            self.town.playground.line.url = f"http://127.0.0.1:{self.chance.choice(sorted(self.up))}"
            await face.side.deliver(body, headers)

    async def shows(self, statement: str) -> list:
        """What that SQL finds, once the database is there to be asked."""
        found = []
        await self.town.until(lambda: self._asked(statement, found))
        return found

    def _asked(self, statement: str, found: list) -> bool:
        with contextlib.suppress(DBAPIError):
            found[:] = self.town.rows(statement)
            return True
        return False
