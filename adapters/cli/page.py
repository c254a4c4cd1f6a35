"""Builds the playground's page with npm, once for each state of its sources."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import typer

from adapters.cli import node

FOLDER = Path("playground") / "page"
MADE_HERE = {"node_modules", "dist"}


def ensure(root: Path) -> None:
    """Builds the page unless dist is already of these very sources; NodeFailed says what to do."""
    with node.alone(root / FOLDER / "package.json"):
        if not is_current(root):
            build(root)


def build(root: Path) -> None:
    """Builds the page into playground/page/dist; the mark is written last, so half a build counts as none."""
    typer.echo("parley: building the playground's page (once; about half a minute)", err=True)
    folder = root / FOLDER
    wanted = fingerprint(folder)
    tool = node.packages(root, folder)
    tool.run((*tool.npm, "run", "build"), inside=folder)
    if not (folder / "dist" / "index.html").is_file():
        raise node.NodeFailed(f"`npm run build` made no index.html in {folder / 'dist'}")
    mark(folder).write_text(wanted)


def is_current(root: Path) -> bool:
    folder = root / FOLDER
    return mark(folder).is_file() and mark(folder).read_text() == fingerprint(folder)


def mark(folder: Path) -> Path:
    return folder / "dist" / ".built-from"


def fingerprint(folder: Path) -> str:
    """SHA-256 over the names and contents of everything the page is made of."""
    whole = hashlib.sha256()
    for file in sources(folder):
        whole.update(file.relative_to(folder).as_posix().encode() + b"\0")
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def sources(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name not in MADE_HERE:
            yield from sorted(file for file in (entry, *entry.rglob("*")) if file.is_file())
