"""What the record costs: lines added and checked, 10,000 of them taken away, the wall; prints JSON."""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from adapters.documents.operator import Operator
from benchmarks.rig.lines import AS_OF, WRITER, Filled, Json, appended, verified
from benchmarks.rig.record import DATABASES, NoDatabase, record
from benchmarks.rig.walls import cost
from bot.clock import Clock
from bot.governance.export import Format
from bot.handlers.export_operator import Wanted
from storage.signing import Signer
from storage.store import SqlStore

FEW, MANY = 1_000, 10_000  # lines that are taken away
MIXED = 2_000  # issues that a list chooses from
SIGNED_WITH = "a key for this benchmark alone"
MB = 1024.0  # of the kilobytes that the system counts in
AIMS = {Format.PDF: 60.0, Format.JSON: 5.0}  # seconds for MANY lines


def taken(url: str, kind: Format) -> Json:
    """All that one person may see, gathered and written down; in a process of its own, for its memory."""
    clock = Clock()
    clock.offset = AS_OF - clock.wall()
    store = SqlStore(url, clock)
    operator = Operator(store, clock, Signer(SIGNED_WITH))
    with tempfile.TemporaryFile() as out:
        began = time.perf_counter()
        operator.export(Wanted(WRITER, "Halcyra", kind, "how long it takes")).write(out)
        seconds = time.perf_counter() - began
        size = out.tell()
    store.close()
    own, child = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "seconds": round(seconds, 2),
        # Of the whole process with its start, and of what sets the paper: a busy machine changes it little.
        "processor_seconds": round(sum(one.ru_utime + one.ru_stime for one in (own, child)), 2),
        "megabytes": round(size / MB / MB, 2),
        "memory_mb": round(max(own.ru_maxrss, child.ru_maxrss) / MB),
    }


def exported(url: str) -> Json:
    """Each format, in a process of its own."""
    found = {}
    for kind in Format:
        words = [sys.executable, "-m", "benchmarks.record", "--take", kind.value, "--url", url]
        ran = subprocess.run(words, capture_output=True, text=True, check=True)  # noqa: S603 our own tools, fixed words
        found[kind.value] = json.loads(ran.stdout)
    return found


def measured(url: str, owner: str, role: str) -> Json:
    """Everything, on one database."""
    filled = Filled(url, owner, role)
    one_each = appended(filled, FEW, 1)
    few = exported(url)
    together = appended(filled, MANY - FEW, 100)
    many = exported(url)
    checked = verified(filled)
    filled.mix(MIXED)
    found = {
        "append_one_each": one_each,
        "append_a_hundred_each": together,
        "verify": checked,
        "export": {str(FEW): few, str(MANY): many},
        "memory_growth": {kind: round(many[kind]["memory_mb"] / few[kind]["memory_mb"], 2) for kind in many},
        "wall": {"issues": MIXED + 500, "ratio_to_no_wall": cost(filled)},
        "aims": {
            f"{kind.value}_under_{limit:g}_s": many[kind.value]["seconds"] < limit
            for kind, limit in AIMS.items()
        },
    }
    filled.store.close()
    return found


def main() -> int:
    """Two minutes for each database."""
    told = argparse.ArgumentParser(prog="bench record", description=__doc__)
    told.add_argument("--database", choices=(*DATABASES, "both"), default="both")
    told.add_argument("--take", choices=[one.value for one in Format], help=argparse.SUPPRESS)
    told.add_argument("--url", help=argparse.SUPPRESS)
    asked = told.parse_args()
    if asked.take:
        print(json.dumps(taken(asked.url, Format(asked.take))))  # noqa: T201 # the other half reads it
        return 0
    found: Json = {"benchmark": "record", "processors": os.cpu_count()}
    for database in DATABASES if asked.database == "both" else (asked.database,):
        try:
            with ExitStack() as stack:
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parley-bench-")))
                where = stack.enter_context(record(database, folder)).settings
                url = where["DATABASE_URL"]
                owner, role = where.get("DATABASE_OWNER_URL", url), where.get("DATABASE_ROLE", "")
                found[database] = measured(url, owner, role)
        except NoDatabase as missing:
            print(f"bench record: {missing}", file=sys.stderr)  # noqa: T201 # the remedy, for people
            return 1
    print(json.dumps(found, indent=2))  # noqa: T201 # printing is its work
    return 0


if __name__ == "__main__":
    sys.exit(main())
