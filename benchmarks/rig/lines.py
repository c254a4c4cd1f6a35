"""A record with many issues in all classes and many lines in one chain, and how fast lines come and hold."""

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import parley
from bot.actors import CLOCK
from bot.clock import Clock
from bot.governance.visibility import Scope, Visibility
from bot.records import Entry
from storage import migrate, notary
from storage.audit import AUDIT, Walk
from storage.load.file import load
from storage.store import SqlStore
from storage.told import Worker

Json = dict[str, Any]
AS_OF = datetime(2026, 11, 10, 9, tzinfo=UTC)
HOME = "P-NOR"
CHAIN = f"{HOME}:shared"
SHARED = Scope(HOME, Visibility.SHARED)
WRITER = "PER-09"  # of Northmere: reads what is shared, and what is its side's own
NAMED = frozenset({WRITER, "PER-05"})
ISSUES = 500  # shared ones, which the lines are about
CLASSES = (  # of the issues that a list has to choose from
    Visibility.SHARED,
    Visibility.SHARED,
    Visibility.SPONSOR_INTERNAL,
    Visibility.CRO_INTERNAL,
    Visibility.RESTRICTED,
)
WORDS = (
    "Two of the three monitors have started at site 104; the third visits on Thursday and files by Friday."
)


class Filled:
    """The example, so many issues more, and a chain that lines are added to."""

    def __init__(self, url: str, owner: str, role: str) -> None:
        migrate.upgrade(owner, role)
        self.url, self.owner = url, owner
        self.clock = Clock()
        self.clock.offset = AS_OF - self.clock.wall()
        self.store = SqlStore(url, self.clock)
        load(self.store, parley.EXAMPLE.read_text(encoding="utf-8"), AS_OF)
        self.written = 0
        self._issues(ISSUES, "BEN-ISS", (Visibility.SHARED,))

    def mix(self, count: int) -> None:
        """So many issues more, in all classes."""
        self._issues(count, "BEN-MIX", CLASSES)

    def _issues(self, count: int, name: str, classes: tuple[Visibility, ...]) -> None:
        with self.store.writing() as archive:
            like = archive.issue(CLOCK, "NOR-ISS-006")
            assert like is not None  # noqa: S101 the example has it
            for n in range(count):
                visibility = classes[n % len(classes)]
                readers = NAMED if visibility is Visibility.RESTRICTED else frozenset()
                number = f"{name}-{n:05}"
                issue = replace(like, id=number, number=number, visibility=visibility, readers=readers)
                archive.add_issue(CLOCK, issue)

    def entries(self, count: int) -> Iterator[Entry]:
        """The next updates of these issues, in turn."""
        for n in range(self.written, self.written + count):
            after = {"text": f"{WORDS} ({n})", "version": n // ISSUES + 2}
            record = f"BEN-ISS-{n % ISSUES:05}"
            yield Entry("issue.update", WRITER, self.clock.now(), SHARED, "", record, after=after)
        self.written += count

    def append(self, count: int, together: int) -> float:
        """Seconds to add so many lines, so many of them in each transaction."""
        entries = list(self.entries(count))
        began = time.perf_counter()
        for first in range(0, count, together):
            with self.store.writing() as archive:
                for entry in entries[first : first + together]:
                    archive.record(entry)
        return time.perf_counter() - began

    def insert(self, count: int, together: int, name: str) -> float:
        """The same in a bare loop: as many rows as long, each an INSERT, without head, chain or hash."""
        with self.store.reading() as archive:
            archive.works(Worker.VERIFIER)
            like = dict(archive.run(AUDIT.select().where(AUDIT.c.chain == CHAIN).limit(1)).mappings().one())
        rows = [
            like | {"chain": f"bare:{name}", "seq": n, "partnership": "", "visibility": ""}
            for n in range(count)
        ]
        began = time.perf_counter()
        for first in range(0, count, together):
            with self.store.writing() as archive:
                archive.works(Worker.DESK)
                for row in rows[first : first + together]:
                    archive.put(AUDIT, row)
        return time.perf_counter() - began


def appended(filled: Filled, count: int, together: int) -> Json:
    """Lines a second, and the ratio to bare inserts; the median of five turns of each."""
    part, name = count // 5, f"{together}"
    pairs = [
        (filled.append(part, together), filled.insert(part, together, f"{name}:{turn}")) for turn in range(5)
    ]
    return _rates(part, pairs) | {"lines": count, "in_each_transaction": together}


def verified(filled: Filled) -> Json:
    """The whole chain checked; beside it the same pages read, and one hash of each line."""
    pairs = [(_timed(lambda: _walk(filled)), _timed(lambda: _hash(filled))) for _ in range(3)]
    return _rates(filled.written, pairs) | {"lines": filled.written}


def _walk(filled: Filled) -> None:
    walk = Walk()
    faults = [fault for line in notary.lines(filled.store, CHAIN) if (fault := walk.fault(line))]
    assert not faults, faults[:1]  # noqa: S101 a broken chain proves nothing


def _hash(filled: Filled) -> None:
    for line in notary.lines(filled.store, CHAIN):
        hashlib.sha256(f"{line.salt}{line.payload}".encode()).hexdigest()


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _rates(count: int, pairs: list[tuple[float, float]]) -> Json:
    ours = sorted(one for one, _ in pairs)[len(pairs) // 2]
    bare = sorted(one for _, one in pairs)[len(pairs) // 2]
    ratio = sorted(two / one for one, two in pairs)[len(pairs) // 2]
    return {
        "lines_a_second": round(count / ours),
        "bare_lines_a_second": round(count / bare),
        "ratio_to_bare": round(ratio, 2),
    }
