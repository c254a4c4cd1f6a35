"""What the wall costs: the same questions without it, behind the filters, and behind PostgreSQL's own."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from benchmarks.rig.lines import WRITER, Filled, Json
from bot.actors import CLOCK, Actor
from bot.records import IssueFilter
from storage.archive import SqlArchive
from storage.store import SqlStore

ROUNDS, EACH = 11, 25
PAGE = IssueFilter("P-NOR")
Question = Callable[[SqlArchive, Actor], object]
QUESTIONS: Mapping[str, Question] = {
    "a page of ten issues": lambda archive, actor: archive.issues(actor, PAGE),
    "how many there are": lambda archive, actor: archive.count_issues(actor, PAGE),
    "one issue": lambda archive, actor: archive.issue(actor, "BEN-ISS-00007"),
    "the history of one": lambda archive, actor: archive.history(actor, "BEN-ISS-00007"),
}


@contextmanager
def stores(filled: Filled) -> Iterator[dict[str, tuple[SqlStore, bool]]]:
    """By what stands in the way: a store, and whether somebody asks (else the clock, who passes the filters).

    The owner of the tables passes PostgreSQL's wall; the store without filters meets nothing else.
    """
    if filled.url == filled.owner:
        yield {"none": (filled.store, False), "first": (filled.store, True)}
        return
    owner = SqlStore(filled.owner, filled.clock)
    bare = SqlStore(filled.url, filled.clock, filters=False)
    yield {
        "none": (owner, False),
        "first": (owner, True),
        "second": (bare, True),
        "both": (filled.store, True),
    }
    owner.close()
    bare.close()


def cost(filled: Filled) -> Json:
    """For each question the time without any wall, and how many times that it takes behind each."""
    with filled.store.reading() as archive:
        reader = archive.person_actor(WRITER)
    assert reader is not None  # noqa: S101 the example has them
    with stores(filled) as walls:
        return {name: _compared(walls, question, reader) for name, question in QUESTIONS.items()}


def _compared(walls: Mapping[str, tuple[SqlStore, bool]], question: Question, reader: Actor) -> Json:
    times: dict[str, list[float]] = {name: [] for name in walls}
    for _ in range(ROUNDS):
        for name, (store, asks) in walls.items():
            times[name].append(_each(store, question, reader if asks else CLOCK))
    none = times["none"]
    found: dict[str, Any] = {"without_ms": round(_middle(none) * 1000, 3)}
    for name, taken in times.items():
        if name != "none":
            ratios = [one / bare for one, bare in zip(taken, none, strict=True)]
            found[f"{name}_wall"] = round(_middle(ratios), 2)
    return found


def _each(store: SqlStore, question: Question, actor: Actor) -> float:
    """Seconds of one question, each in a transaction of its own."""
    began = time.perf_counter()
    for _ in range(EACH):
        with store.reading() as archive:
            question(archive, actor)
    return (time.perf_counter() - began) / EACH


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
