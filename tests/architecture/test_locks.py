"""What is installed is what pyproject.toml asks for, to the last hash, and names no address."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-node.lock")
PACKAGE_LOCKS = (
    "playground/page/package-lock.json",
    "tests/browser/chromium/package-lock.json",
    "tests/contracts/referees/package-lock.json",
)


def asked(text: str) -> list[str]:
    """The requirements of a `.in` file, without its comments and constraints."""
    return [line for line in text.splitlines() if line and not line.startswith(("#", "-"))]


def locked(text: str) -> dict[str, str]:
    """Each locked name with its version, for the entries that carry at least one hash."""
    entries = re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+).*?\\\n +--hash=sha256:[0-9a-f]{64}", text, re.M)
    return {plain(name): version for name, version in entries}


def plain(requirement: str) -> str:
    name = re.match(r"[\w.-]+", requirement)
    assert name is not None
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def read(name: str) -> str:
    return (ROOT / name).read_text()


def test_the_inputs_of_the_locks_mirror_pyproject() -> None:
    assert asked(read("requirements.in")) == PYPROJECT["project"]["dependencies"]
    assert asked(read("requirements-dev.in")) == PYPROJECT["dependency-groups"]["dev"]


def test_everything_asked_for_is_locked() -> None:
    for lock in LOCKS:
        wanted = {plain(requirement) for requirement in asked(read(lock.replace(".lock", ".in")))}
        assert wanted - set(locked(read(lock))) == set(), lock


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_version_carries_a_hash(lock: str) -> None:
    named = re.findall(r"^[\w.-]+", read(lock), re.MULTILINE)
    assert sorted(map(plain, named)) == sorted(locked(read(lock)))


def test_a_version_without_a_hash_is_not_taken_for_locked() -> None:
    assert locked("six==1.17.0\n") == {}
    assert locked("six==1.17.0 \\\n    --hash=sha256:" + "0" * 64 + "\n") == {"six": "1.17.0"}


def test_the_tests_run_on_the_versions_that_run() -> None:
    run, dev = locked(read("requirements.lock")), locked(read("requirements-dev.lock"))
    assert {name: (run[name], dev[name]) for name in run.keys() & dev.keys() if run[name] != dev[name]} == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_an_address(lock: str) -> None:
    assert "://" not in read(lock)
    assert "--index" not in read(lock)


@pytest.mark.parametrize("lock", PACKAGE_LOCKS)
def test_no_package_lock_says_where_it_was_downloaded(lock: str) -> None:
    assert '"resolved"' not in read(lock)
    assert '"integrity": "sha512-' in read(lock)
