"""Runs everything that must hold of the project: format, lint, types, import contracts, tests."""

import subprocess
import sys
from pathlib import Path
from time import monotonic

import typer

from adapters.cli.failed import Failed

ROOT = Path(__file__).resolve().parents[2]
# What --quick leaves out, to stay under a minute: other databases, other processes, and the longer talks.
TALKS = ("first_issue",)  # of the conversations, only these are quick
LONG = (
    *(talk for talk in ROOT.glob("tests/conversations/test_*.py") if talk.stem[len("test_") :] not in TALKS),
    *ROOT.glob("tests/storage/test_load*.py"),
    *ROOT.glob("tests/storage/test_findings*.py"),
)
RECORDS: tuple[str, ...] = (
    "audit_inspected",
    "audit_heads",
    "second_wall",
    "upgrade",
    "export_gather",
    "export_links",
)
RECORDS += ("search", "record_rosters", "record_redactions", "record_parties", "record_setup", "digest_lines")
THOROUGH = (
    "tests/playground",
    "tests/wall",
    "tests/contracts/test_gallery.py",
    "tests/contracts/test_manifest.py",
    *(
        f"tests/contracts/test_slack_{one}.py"
        for one in ("install", "opening", "probe", "questions", "socket")
    ),
    *(f"tests/schedules/test_{one}.py" for one in ("clockwork", "doubt", "locked_out", "roll")),
    "tests/governance/test_dates.py",
    "tests/fuzz",
    *(
        f"tests/contracts/test_{one}.py"
        for one in ("documents", "documents_pdf", "export_door", "verify_export")
    ),
    *(f"tests/storage/test_{one}.py" for one in RECORDS),
    *sorted(str(one.relative_to(ROOT)) for one in LONG),
)
QUICK = (
    "-m",
    "not browser and not postgres and not slow and not thorough",
    *(f"--ignore={place}" for place in THOROUGH),
)
IMPORT_CONTRACTS = "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"

CHECKS = {
    "format": ("-m", "ruff", "format", "--check", "--quiet", "."),
    "lint": ("-m", "ruff", "check", "--quiet", "."),
    "types": ("-m", "mypy"),
    "imports": ("-c", IMPORT_CONTRACTS, "--no-logo", "--no-cache"),
}


def test(quick: bool, args: list[str]) -> int:
    """Every check, then pytest with `args`; the exit code is 0 only if all of them passed.

    pytest comes last and nothing is printed after it, so that its own closing line closes the run.
    """
    failed = [name for name, words in CHECKS.items() if run(name, words) != 0]
    if failed:
        typer.echo(f"\nfailed before the tests: {', '.join(failed)}")
    code = run("tests", pytest_words(quick, args), timed=False)
    return code or int(bool(failed))


def bench(name: str) -> int:
    """Runs one benchmark, which prints JSON; the exit code. Raises Failed for an unknown name."""
    known = sorted(file.stem for file in (ROOT / "benchmarks").glob("[a-z]*.py"))
    if name not in known:
        raise Failed(f"there is no benchmark “{name}”; say one of {', '.join(known)}")
    words = [sys.executable, "-m", f"benchmarks.{name}"]
    return subprocess.run(words, cwd=ROOT).returncode  # noqa: S603 - our own tools, fixed words


def pytest_words(quick: bool, args: list[str]) -> tuple[str, ...]:
    """Four at a time, since half of a test's time is waiting for the other end of a wire.

    Whatever the person adds comes after our own words and so wins over them.
    """
    return (
        "-m",
        "pytest",
        "-n",
        "4",
        "--dist",
        "worksteal",
        *(QUICK if quick else ()),
        *map(from_root, args),
    )


def run(name: str, words: tuple[str, ...], timed: bool = True) -> int:
    """Runs one check from the project's root under a heading; its exit code."""
    typer.echo(f"\n== {name} ==")
    start = monotonic()
    code = subprocess.run([sys.executable, *words], cwd=ROOT, stdin=subprocess.DEVNULL).returncode  # noqa: S603 - our own tools, fixed words
    if timed:
        typer.echo(f"{name}: {'passed' if code == 0 else 'FAILED'} in {monotonic() - start:.1f} s")
    return code


def from_root(word: str) -> str:
    """A path given relative to where the person stands, as pytest must see it from the root."""
    path, colons, rest = word.partition("::")
    standing = Path.cwd()
    if path.startswith("-") or not (standing / path).exists():
        return word
    return f"{standing / path}{colons}{rest}"
