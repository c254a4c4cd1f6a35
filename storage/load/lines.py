"""YAML read with its line numbers, so that a wrong file can be refused at the very line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

E = TypeVar("E", bound=Enum)
LARGEST = 5_000_000  # bytes
DEEPEST = 30  # values inside values; the fast parser would fall over many thousands
FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where it was built


class WrongFile(Exception):
    """The file is refused whole: `line` (from 1) and the reason with its remedy."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Node:
    """One value of the file and where it stands; every reader refuses what is not of its form."""

    node: yaml.Node
    name: str

    @property
    def line(self) -> int:
        """Counted from 1."""
        return int(self.node.start_mark.line) + 1

    def wrong(self, reason: str) -> WrongFile:
        """The refusal of this very value."""
        return WrongFile(self.line, f"{self.name} {reason}")

    @property
    def is_null(self) -> bool:
        """Whether nothing is written there."""
        return self.node.tag == "tag:yaml.org,2002:null"

    @property
    def is_plain(self) -> bool:
        """Whether it is one value, neither a list nor named values."""
        return isinstance(self.node, yaml.ScalarNode)

    @property
    def is_mapping(self) -> bool:
        """Whether it has named values."""
        return isinstance(self.node, yaml.MappingNode)

    @property
    def is_day(self) -> bool:
        """Whether it is written as a date, without a time."""
        return self.is_plain and re.fullmatch(r"\d{4}-\d\d-\d\d", self.text) is not None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of a mapping."""
        return tuple(self._pairs())

    @property
    def written(self) -> tuple["Node", ...]:
        """The names of a mapping, each where it stands; one that is there twice comes twice."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.wrong("should have named values")
        return tuple(Node(key, self.name) for key, _ in self.node.value)

    def get(self, key: str) -> "Node | None":
        """A value that may be missing or null."""
        found = self._pairs().get(key)
        return None if found is None or found.is_null else found

    def need(self, key: str) -> "Node":
        """A value that must be there."""
        found = self.get(key)
        if found is None:
            raise self.wrong(f"lacks “{key}”; add it")
        return found

    def __iter__(self) -> Iterator["Node"]:
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.wrong("should be a list")
        for place, item in enumerate(self.node.value, start=1):
            yield Node(item, f"{self.name} {place}")

    @property
    def text(self) -> str:
        """A plain value as it is written."""
        if not isinstance(self.node, yaml.ScalarNode) or self.is_null:
            raise self.wrong("should be text")
        return str(self.node.value)

    def maybe(self, key: str) -> str:
        """The text under a key, empty where there is none."""
        found = self.get(key)
        return found.text if found else ""

    @property
    def number(self) -> float:
        """Zero or more."""
        try:
            value = float(self.text)
        except ValueError:
            raise self.wrong(f"is “{self.text}”, not a number") from None
        if not 0 <= value < 1_000_000:
            raise self.wrong(f"is {self.text}; it cannot be negative or that large")
        return value

    @property
    def whole(self) -> int:
        """A whole number, zero or more."""
        if not self.number.is_integer():
            raise self.wrong(f"is {self.text}, not a whole number")
        return int(self.number)

    @property
    def day(self) -> date:
        """A date, 2026-11-28."""
        try:
            return date.fromisoformat(self.text)
        except ValueError:
            raise self.wrong(f"is “{self.text}”, not a date like 2026-11-28") from None

    @property
    def instant(self) -> datetime:
        """An instant with its zone, 2026-11-10T09:00:00Z."""
        try:
            found = datetime.fromisoformat(self.text)
        except ValueError:
            raise self.wrong(f"is “{self.text}”, not a time like 2026-11-10T09:00:00Z") from None
        if found.tzinfo is None:
            raise self.wrong(f"is “{self.text}”, which lacks its zone; end it with Z or +01:00")
        return found.astimezone(UTC)

    @property
    def zone(self) -> str:
        """An IANA zone, Europe/Zurich."""
        try:
            ZoneInfo(self.text)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise self.wrong(f"is “{self.text}”, not a zone like Europe/Zurich") from None
        return self.text

    def one_of(self, kind: type[E]) -> E:
        """A word of a fixed list."""
        try:
            return kind(self.text)
        except ValueError:
            words = ", ".join(str(item.value) for item in kind)
            raise self.wrong(f"is “{self.text}”; it must be one of {words}") from None

    def id_in(self, known: dict[str, object] | frozenset[str]) -> str:
        """A name that the file (or the record) has said before."""
        if self.text not in known:
            raise self.wrong(f"is “{self.text}”, which is not in the file")
        return self.text

    def new_id(self, seen: set[str]) -> str:
        """A name nobody has yet: short, of letters, digits and hyphens."""
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9./-]{0,39}", self.text):
            raise self.wrong(f"is “{self.text[:60]}”; an id has letters, digits and hyphens, 40 at most")
        if self.text in seen:
            raise self.wrong(f"“{self.text}” is there twice")
        seen.add(self.text)
        return self.text

    @property
    def scalars(self) -> Iterator["Node"]:
        """Every plain value in it, however deep, in the file's order; behind aliases once."""
        waiting, seen = [(self.node, self.name)], set[int]()
        while waiting:
            node, name = waiting.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            match node:
                case yaml.ScalarNode() if node.tag != "tag:yaml.org,2002:null":
                    yield Node(node, name)
                case yaml.SequenceNode():
                    waiting += [(one, name) for one in reversed(node.value)]
                case yaml.MappingNode():
                    waiting += [(value, str(key.value)) for key, value in reversed(node.value)]

    def _pairs(self) -> dict[str, "Node"]:
        if not isinstance(self.node, yaml.MappingNode):
            raise self.wrong("should have named values")
        return {str(key.value): Node(value, str(key.value)) for key, value in self.node.value}


def read(text: str) -> Node:
    """The whole file. Raises WrongFile where it is no YAML at all, or too large."""
    if len(text) > LARGEST:
        raise WrongFile(1, f"the file is larger than {LARGEST // 1_000_000} MB")
    try:
        _look_down(text)
        node = yaml.compose(text, Loader=FAST)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "it cannot be read"
        raise WrongFile(mark.line + 1 if mark else 1, f"not YAML: {reason}") from None
    if node is None:
        raise WrongFile(1, "the file is empty")
    return Node(node, "the file")


def _look_down(text: str) -> None:
    """Raises WrongFile where values are nested deeper than any file of ours."""
    depth = 0
    for event in yaml.parse(text, Loader=FAST):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise WrongFile(line, f"values are nested more than {DEEPEST} deep")
