"""The launcher, run for real on copies of itself with empty locks: nothing is downloaded."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
TELL = "import os, sys; print(os.getcwd(), sys.prefix, sys.argv[1:])\n"
LOCK, DEV_LOCK = "requirements.lock", "requirements-dev.lock"
FIRST = f"parley: installing {LOCK} into .venv (once; about a minute)\n"


def cloned(folder: Path) -> Path:
    """A clone with a parley.py that only tells how it was started."""
    folder.mkdir()
    shutil.copy(ROOT / "parley", folder)
    (folder / LOCK).write_text("# empty\n")
    (folder / DEV_LOCK).write_text("# empty too\n")
    (folder / "parley.py").write_text(TELL)
    return folder


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A fresh clone in a folder whose name holds a space."""
    return cloned(tmp_path / "a clone")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone whose first start is over; kept for the whole module, because making a venv takes seconds."""
    folder = cloned(tmp_path_factory.mktemp("once") / "a clone")
    assert start(folder).stderr == FIRST
    return folder


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A Python as some systems ship it, without ensurepip: from outside, its own pip fills a bare venv.

    Making that takes a tenth of a second where a whole venv takes eight.
    """
    folder = tmp_path_factory.mktemp("bare")
    (folder / "ensurepip.py").write_text("raise ImportError('left out, as Debian does')\n")
    python = folder / "python"
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{folder}" exec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    return str(python)


def start(clone: Path, *words: str, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PARLEY_PYTHON": python}
    return subprocess.run([clone / "parley", *words], env=environment, capture_output=True, text=True)


def made(clone: Path, lock: str = LOCK) -> Path:
    return clone / ".venv" / f"{lock}.done"


def test_the_second_start_is_silent(once: Path) -> None:
    told = start(once, "demo")
    assert (told.returncode, told.stderr) == (0, "")


def test_the_words_and_the_folder_of_the_person_arrive_unchanged(once: Path, tmp_path: Path) -> None:
    link = tmp_path / "bin" / "link"
    link.parent.mkdir()
    (tmp_path / "clone").symlink_to(once)
    link.symlink_to(Path("..") / "clone" / "parley")
    told = subprocess.run([link, "load", "a file", "*"], cwd="/", capture_output=True, text=True).stdout
    assert told == f"/ {once / '.venv'} ['load', 'a file', '*']\n"


def test_only_the_tests_install_what_only_the_tests_need(once: Path) -> None:
    assert not made(once, DEV_LOCK).exists()
    assert start(once, "test").stderr == FIRST.replace(LOCK, DEV_LOCK)
    assert start(once, "test").stderr == ""


def test_a_changed_lock_is_installed_afresh(once: Path, bare: str) -> None:
    (once / LOCK).write_text("# changed\n")
    (once / ".venv" / "left over").touch()
    assert start(once, python=bare).stderr == FIRST
    assert not (once / ".venv" / "left over").exists()


def test_a_venv_whose_python_went_away_is_made_again(once: Path, bare: str) -> None:
    python = once / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to(once / "no such python")
    assert start(once, python=bare).stderr == FIRST
    assert start(once).stderr == ""


def test_two_first_starts_at_once_install_once(clone: Path, bare: str) -> None:
    environment = os.environ | {"PARLEY_PYTHON": bare}
    words = {"env": environment, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    both = [subprocess.Popen([clone / "parley"], **words) for _ in range(2)]
    told = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum(words.count("installing requirements") for words in told) == 1


def test_a_start_killed_while_installing_leaves_nothing_in_the_way(clone: Path, bare: str) -> None:
    environment = os.environ | {"PARLEY_PYTHON": sys.executable}
    killed = subprocess.Popen(
        [clone / "parley"], env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert killed.stderr is not None
    assert "installing" in killed.stderr.readline()
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    killed.stderr.close()
    assert not made(clone).exists()
    assert start(clone, python=bare).returncode == 0


def test_what_cannot_be_installed_is_said_in_one_line(clone: Path, bare: str) -> None:
    (clone / LOCK).write_text("no-such-thing-of-parley==1 --hash=sha256:" + "0" * 64 + "\n")
    told = start(clone, python=bare)
    assert told.returncode == 1
    assert "pip could not install requirements.lock: ERROR: " in told.stderr.splitlines()[-1]


def test_a_python_that_does_not_fit_is_named_with_the_remedy(clone: Path) -> None:
    told = start(clone, python="/no/such/python")
    expected = "parley: PARLEY_PYTHON=/no/such/python is not a Python 3.11 to 3.14; point it at one\n"
    assert (told.returncode, told.stderr) == (1, expected)


def test_a_name_on_the_path_that_fails_when_run_is_passed_over(
    clone: Path, tmp_path: Path, bare: str
) -> None:
    shims = tmp_path / "shims"
    shims.mkdir()
    for name in ("python3", "python3.14", "python3.13", "python3.12"):
        (shims / name).write_text("#!/bin/sh\nexit 127\n")
        (shims / name).chmod(0o755)
    (shims / "python3.11").symlink_to(bare)
    environment = {"PATH": f"{shims}:/usr/bin:/bin"}
    told = subprocess.run([clone / "parley"], env=environment, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
