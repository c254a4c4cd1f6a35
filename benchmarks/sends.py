"""How long a promise waits between its commit and its arrival when nothing else is going on; prints JSON."""

import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import parley
from adapters.cli import demo
from bot.clock import Clock
from playground.cast import Cast
from playground.playground import Playground
from playground.server import listen, listening, playing, url
from storage import cast, migrate
from storage.load.file import load

ISSUES = 20
APART = 1.0  # seconds, so that no rate limit of a conversation is met
PERSON, CHANNEL, ROOM = "U09", "C0HALCYRA", "19:hal-northmere@thread.tacv2"
AIM = 200.0  # milliseconds from commit to send when idle
SECRET = "benchmark"  # noqa: S105 - a secret of this run only


async def measured(folder: Path) -> dict[str, Any]:
    """The bot with its workers and both emulators in one process; both sides of the wire are real HTTP."""
    ours, theirs = listen(), listen()
    settings = demo.settings(folder, ours.getsockname()[1], theirs.getsockname()[1], SECRET)
    migrate.upgrade(settings.database_url)
    bot = parley.assemble(settings, Clock())
    load(bot.store, parley.EXAMPLE.read_text(encoding="utf-8"), bot.clock.now())
    with bot.store.reading() as archive:
        told = Cast.from_json(cast.everyone(archive))
    stage = Playground(told, url(ours), url(theirs), SECRET, demo.APP_ID)
    async with playing(stage, theirs), listening(bot.app, ours):
        bot.clockwork.start()
        await stage.install_everywhere()
        times = [await _one(stage, number) for number in range(ISSUES + 1)]
        await bot.clockwork.stop()
        for platform in bot.platforms:
            await platform.stop()
    bot.store.close()
    return _figures(times[1:])


async def _one(stage: Playground, number: int) -> tuple[float, float]:
    """Milliseconds: the command's own round trip, and from its answer to the card in the other room."""
    await asyncio.sleep(APART)
    began = time.perf_counter()
    await stage.slack.say(PERSON, CHANNEL, f"/issue Measured {number}, minor, owner rafael")
    answered = time.perf_counter()

    def is_there() -> bool:
        return any(f"Measured {number}" in json.dumps(one.card) for one in stage.teams.messages(ROOM))

    await stage.changes.until(is_there, 10)
    return (answered - began) * 1000, max(0.0, time.perf_counter() - answered) * 1000


def _figures(times: list[tuple[float, float]]) -> dict[str, Any]:
    answers, arrivals = [one[0] for one in times], [one[1] for one in times]
    found = {
        "benchmark": "sends",
        "issues": len(times),
        "answer_ms": {"median": round(median(answers), 1)},
        "arrival_after_answer_ms": {
            "median": round(median(arrivals), 1),
            "p95": round(quantiles(arrivals, n=20)[-1], 1),
        },
        "ratio_to_the_answer": round(median(arrivals) / median(answers), 2),
    }
    return {**found, "aims": {"commit_to_send_under_200_ms": bool(median(arrivals) < AIM)}}


def main() -> int:
    """About half a minute."""
    with tempfile.TemporaryDirectory(prefix="parley-") as folder:
        sys.stdout.write(json.dumps(asyncio.run(measured(Path(folder))), indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
