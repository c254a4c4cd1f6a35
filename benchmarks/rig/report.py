"""What was measured, as one JSON object: figures, ratios, aims, and on what machine."""

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from itertools import chain
from statistics import median, quantiles
from typing import Any

from benchmarks.rig.load import CONNECTIONS, WARM_UP, Tally

Json = dict[str, Any]

PACKAGES = ("slack-bolt", "botbuilder-core", "fastapi", "uvicorn", "sqlalchemy", "pyjwt", "cryptography")


@dataclass(frozen=True, slots=True)
class Compared:
    """Rounds of a base and the bot, each round one after the other."""

    base: str
    rounds: list[tuple[Tally, Tally]]

    @property
    def bot(self) -> list[Tally]:
        return [bot for _, bot in self.rounds]


@dataclass(frozen=True, slots=True)
class Run:
    """Everything a run brought home; `before` and `after` are counts of the record, `memory` megabytes."""

    asked: Mapping[str, Any]
    compared: Mapping[str, Compared]
    memory: float | None
    startups: tuple[float, ...]
    before: Mapping[str, int]
    after: Mapping[str, int]
    taken: Mapping[str, int]


def whole(run: Run) -> Json:
    """The object that is printed."""
    found = {name: _comparison(one) for name, one in run.compared.items()}
    memory = None if run.memory is None else round(run.memory, 1)
    return {
        "benchmark": "commands",
        "machine": _machine(),
        "setup": {**run.asked, "connections": CONNECTIONS, "warm_up_seconds": WARM_UP},
        "compared": found,
        "bot": {"memory_mb": memory, "startup_seconds": round(median(run.startups), 2)},
        "record": _kept(run),
        "aims": _aims(found, memory),
        "sound": _wrong(run) == [],
        "wrong": _wrong(run)[:10],
    }


def _machine() -> Json:
    python = f"{platform.python_implementation()} {platform.python_version()}"
    versions = {name: metadata.version(name) for name in PACKAGES}
    return {"cpus": os.cpu_count(), "system": platform.platform(), "python": python, "versions": versions}


def _comparison(compared: Compared) -> Json:
    """The ratio is the median of each round's own, because a round's two sides had the same neighbours."""
    ratios = [bot.rate / (echo.rate or 1) for echo, bot in compared.rounds]
    return {
        "parley": _side(compared.bot),
        compared.base: _side([echo for echo, _ in compared.rounds]),
        "ratio": {"median": round(median(ratios), 3), "rounds": [round(ratio, 3) for ratio in ratios]},
    }


def _side(tallies: list[Tally]) -> Json:
    times = [second * 1000 for tally in tallies for second in tally.times]
    cuts = quantiles(times, n=100) if len(times) > 1 else [0.0] * 99
    return {
        "requests_per_second": round(median(tally.rate for tally in tallies), 1),
        "p50_ms": round(cuts[49], 1),
        "p99_ms": round(cuts[98], 1),
        "cpu_ms_per_request": round(median(tally.cpu * 1000 / (tally.answered or 1) for tally in tallies), 2),
        "answered": sum(tally.answered for tally in tallies),
        "wrong": sum(len(tally.wrong) for tally in tallies),
        "rounds": [round(tally.rate, 1) for tally in tallies],
    }


def _kept(run: Run) -> Json:
    """What the record holds of what was answered: as much, or something was lost."""
    gained = {name: run.after[name] - run.before[name] for name in run.after}
    return {**gained, "messages_taken_outside": dict(run.taken)}


def _wrong(run: Run) -> list[str]:
    """Every answer that was not the right one, and everything that was answered and is not kept."""
    found = [
        f"{name}: {words}"
        for name, one in run.compared.items()
        for tally in chain.from_iterable(one.rounds)
        for words in tally.wrong
    ]
    for name, column in {"issue_log": "issues", "teams_turn": "teams_answers_promised"}.items():
        answered = sum(tally.answered for tally in run.compared[name].bot)
        gained = run.after[column] - run.before[column]
        if gained != answered:
            found.append(f"{name}: {answered} answered and {gained} kept")
    if failed := run.after["messages_failed"]:
        found.append(f"{failed} messages failed")
    return found


def _aims(found: Mapping[str, Json], memory: float | None) -> list[Json]:
    p99 = found["issue_log"]["parley"]["p99_ms"]
    return [
        _least("issue log beside the bare Slack echo", 0.35, found["issue_log"]),
        _least("issue list beside the bare Slack echo", 0.6, found["issue_list"]),
        _least("Teams turn beside the stock botbuilder echo", 2.0, found["teams_turn"]),
        {"what": "p99 of issue log, ms", "below": 150, "measured": p99, "met": 0 < p99 < 150},
        {"what": "memory, MB", "below": 150, "measured": memory, "met": memory is not None and memory < 150},
    ]


def _least(what: str, least: float, comparison: Json) -> Json:
    measured = comparison["ratio"]["median"]
    return {"what": what, "at_least": least, "measured": measured, "met": measured >= least}
