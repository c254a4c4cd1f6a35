"""What was measured, as one JSON object: figures, ratios, aims, and on what machine."""

import os
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from statistics import median, quantiles
from typing import Any

from benchmarks.rig.load import CONNECTIONS, WARM_UP, Tally

Json = dict[str, Any]
Round = Mapping[str, Tally]

PACKAGES = ("slack-bolt", "botbuilder-core", "fastapi", "uvicorn", "sqlalchemy", "pyjwt", "cryptography")
RATIOS = {
    "issue_list": "slack_echo",
    "issue_log": "slack_echo",
    "teams_turn": "teams_echo",
}


@dataclass(frozen=True, slots=True)
class Run:
    """Everything a run brought home; `before` and `after` are counts of the record, `memory` megabytes."""

    asked: Mapping[str, Any]
    rounds: list[dict[str, Tally]]
    memory: float | None
    startups: tuple[float, ...]
    before: Mapping[str, int]
    after: Mapping[str, int]
    taken: Mapping[str, int]


def whole(run: Run) -> Json:
    """The object that is printed."""
    cases = {name: _case([one[name] for one in run.rounds]) for name in run.rounds[0]}
    ratios = {name: _ratio(run.rounds, name, base) for name, base in RATIOS.items()}
    memory = None if run.memory is None else round(run.memory, 1)
    return {
        "benchmark": "commands",
        "machine": _machine(),
        "setup": {**run.asked, "connections": CONNECTIONS, "warm_up_seconds": WARM_UP},
        "cases": cases,
        "ratios": ratios,
        "bot": {"memory_mb": memory, "startup_seconds": round(median(run.startups), 2)},
        "record": _kept(run),
        "aims": _aims(cases, ratios, memory),
        "sound": _wrong(run) == [],
        "wrong": _wrong(run)[:10],
    }


def _machine() -> Json:
    python = f"{platform.python_implementation()} {platform.python_version()}"
    versions = {name: metadata.version(name) for name in PACKAGES}
    return {"cpus": os.cpu_count(), "system": platform.platform(), "python": python, "versions": versions}


def _case(tallies: list[Tally]) -> Json:
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


def _ratio(rounds: Iterable[Round], name: str, base: str) -> Json:
    """The median of each round's own ratio, because a round's two sides had the same neighbours."""
    found = [one[name].rate / one[base].rate if one[base].times else 0.0 for one in rounds]
    return {"to": base, "median": round(median(found), 3), "rounds": [round(ratio, 3) for ratio in found]}


def _kept(run: Run) -> Json:
    """What the record holds of what was answered: as much, or something was lost."""
    gained = {name: run.after[name] - run.before[name] for name in run.after}
    return {**gained, "messages_taken_outside": dict(run.taken)}


def _wrong(run: Run) -> list[str]:
    """Every answer that was not the right one, and everything that was answered and is not kept."""
    found = [f"{name}: {words}" for one in run.rounds for name, tally in one.items() for words in tally.wrong]
    kept = {"issue_log": "issues", "teams_turn": "teams_answers_promised"}
    for name, column in kept.items():
        answered = sum(one[name].answered for one in run.rounds)
        gained = run.after[column] - run.before[column]
        if gained != answered:
            found.append(f"{name}: {answered} answered and {gained} kept")
    if failed := run.after["messages_failed"]:
        found.append(f"{failed} messages failed")
    return found


def _aims(cases: Mapping[str, Json], ratios: Mapping[str, Json], memory: float | None) -> list[Json]:
    p99 = cases["issue_log"]["p99_ms"]
    return [
        _least("issue log beside the bare Slack echo", 0.35, ratios["issue_log"]["median"]),
        _least("issue list beside the bare Slack echo", 0.6, ratios["issue_list"]["median"]),
        _least("Teams turn beside the stock botbuilder echo", 2.0, ratios["teams_turn"]["median"]),
        {"what": "p99 of issue log, ms", "below": 150, "measured": p99, "met": 0 < p99 < 150},
        {"what": "memory, MB", "below": 150, "measured": memory, "met": memory is not None and memory < 150},
    ]


def _least(what: str, least: float, measured: float) -> Json:
    return {"what": what, "at_least": least, "measured": measured, "met": measured >= least}
