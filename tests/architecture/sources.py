"""The project's own files as text and syntax trees, for the rules to read."""

import ast
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {"node_modules", "dist", "build", "__pycache__"}


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the root (`bot/desk.py`) and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def room(self) -> str:
        """The dotted name without the ending: `bot.governance.issue`."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def at(self, node: ast.AST, words: str) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)} {words}"


@cache
def files() -> tuple[Path, ...]:
    """Every file that belongs to the project, relative to the root; nothing hidden, installed or built."""
    return tuple(path.relative_to(ROOT) for path in sorted(walk(ROOT)))


def walk(top: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(top):
        folders[:] = [name for name in folders if name not in NOT_OURS and (name == ".ci" or name[0] != ".")]
        yield from (Path(folder, name) for name in names if not name.endswith((".db", ".db-wal", ".db-shm")))


@cache
def python() -> tuple[Source, ...]:
    found = (path for path in files() if path.suffix == ".py")
    return tuple(Source(path.as_posix(), (ROOT / path).read_text("utf-8")) for path in found)


def inside(*rooms: str) -> tuple[Source, ...]:
    """The sources under these folders (`bot`, `tests/conversations`)."""
    return tuple(source for source in python() if source.path.startswith(tuple(f"{room}/" for room in rooms)))


def dotted(node: ast.AST) -> str:
    """`datetime.datetime.now` for that expression; empty for what is not a plain chain of names."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attribute):
            before = dotted(value)
            return f"{before}.{attribute}" if before else ""
        case _:
            return ""


def imported(tree: ast.Module) -> Iterator[tuple[ast.stmt, str]]:
    """Every imported dotted name with its statement: `from os import environ` gives `os.environ`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, f"{'.' * node.level}{node.module or ''}.{alias.name}") for alias in node.names)


def expect_none(rule: Callable[[Source], Iterable[str]], sources: Iterable[Source]) -> None:
    """Fails with every finding of the rule, one to a line."""
    __tracebackhide__ = True
    found = [words for source in sources for words in rule(source)]
    assert not found, "\n".join(["", *found])
