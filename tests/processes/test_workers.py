"""Several workers on one port: they share the work, one that dies is replaced, and all end together."""

import asyncio
import os
import signal

import httpx
import psutil
import pytest

from playground.server import listen
from tests.processes.running import SERVE, Running, command
from tests.processes.town import settings

LOGGED = "issue TMF backlog at site 104, major, owner @rafael, due next Friday"
MANY = (*SERVE, "--workers", "2")


def workers(bot: Running) -> set[int]:
    """The processes that serve, by id."""
    return {one.pid for one in psutil.Process(bot.process.pid).children() if serves(one)}


def serves(process: psutil.Process) -> bool:
    """Whether it is one of those, and alive."""
    try:
        return "spawn_main" in " ".join(process.cmdline())
    except (psutil.ZombieProcess, psutil.NoSuchProcess):
        return False


async def gone(*pids: int) -> None:
    """Until none of them does anything any more."""
    for pid in pids:
        while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
            await asyncio.to_thread(os.sched_yield)


@pytest.mark.slow
@pytest.mark.parametrize("words", [("--workers", "2"), ("--workers", "9")])
def test_sqlite_is_served_by_one_process_and_says_what_to_do(tmp_path, words):
    told = command(tmp_path, "serve", *words, **settings("sqlite:///parley.db", 0, "http://127.0.0.1:9"))
    assert (told.returncode, told.stdout) == (1, "")
    assert "SQLite has one writer" in told.stderr
    assert "set DATABASE_URL to a PostgreSQL database" in told.stderr
    assert told.stderr.count("\n") == 1


@pytest.mark.slow
def test_no_workers_at_all_is_not_understood(tmp_path):
    assert command(tmp_path, "serve", "--workers", "0").returncode == 2


@pytest.mark.slow
@pytest.mark.thorough
@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
async def test_a_worker_that_dies_is_replaced_and_what_it_counted_is_kept(town):
    with listen() as bound:
        metrics = bound.getsockname()[1]
    bot = await town.open(MANY, PARLEY_METRICS_PORT=str(metrics))
    first = workers(bot)
    await town.type("annika", LOGGED)
    await town.until(town.is_quiet)
    counted = await told(metrics)
    assert 'parley_requests_total{outcome="answered",platform="slack"} 1.0' in counted
    assert 'parley_deliveries_total{outcome="delivered",platform="slack"}' in counted
    os.kill(min(first), signal.SIGKILL)
    await town.until(lambda: len(workers(bot) - {min(first)}) == 2)
    await town.type("annika", LOGGED)
    await town.until(town.is_quiet)
    assert 'parley_requests_total{outcome="answered",platform="slack"} 2.0' in await told(metrics)
    last = workers(bot)
    assert await bot.stop() == 0
    await gone(*first, *last)
    assert "Traceback" not in bot.said


@pytest.mark.slow
@pytest.mark.thorough
@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
async def test_workers_do_not_outlive_the_process_that_started_them(town):
    bot = await town.start(MANY)
    pids = workers(bot)
    assert len(pids) == 2
    bot.process.kill()
    await gone(*pids)


async def told(port: int) -> str:
    """What /metrics says."""
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.get(f"http://127.0.0.1:{port}/metrics")).text
