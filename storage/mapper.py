"""Rows to frozen dataclasses and back, by the dataclass's own type hints: one mapper for every record."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from storage.alike import Alike

T = TypeVar("T")
Reader = Callable[[Any], Any]
NATIVE = (datetime, date, time)


def built(kind: type[T], row: Mapping[Any, Any], **more: object) -> T:
    """A dataclass from a row or from JSON; columns it has no field for are left aside."""
    told = row if isinstance(row, dict) else dict(row)
    values = {
        name: read(told[name]) if read else told[name]
        for name, read in _readers(cast("Any", kind))
        if name in told
    }
    return kind(**(values | more))


def called(row: Mapping[Any, Any]) -> dict[Any, Any]:
    """A row by the name people give it, where a later version has a row of its own under the first one's."""
    return {**row, "id": row["name"] or row["id"]}


def columns(value: object, *without: str) -> dict[str, Any]:
    """A dataclass as column values: dates stay dates, nested values become JSON."""
    names = _names(cast("Any", type(value)))
    return {name: _column(getattr(value, name)) for name in names if name not in without}


def plain(value: object) -> Any:
    """Any value of ours as JSON: instants in ISO, sets sorted, dataclasses as objects."""
    match value:
        case Enum():
            return value.value
        case str() | int() | float() | bool() | None:
            return value
        case datetime() | date() | time():
            return value.isoformat()
        case Mapping():
            return {str(plain(key)): plain(item) for key, item in value.items()}
        case frozenset() | set():
            return sorted(plain(item) for item in value)
        case Iterable():
            return [plain(item) for item in value]
        case _:
            return {name: plain(getattr(value, name)) for name in _names(cast("Any", type(value)))}


def _column(value: object) -> Any:
    return value if isinstance(value, NATIVE) else plain(value)


@lru_cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@lru_cache
def _readers(kind: type) -> tuple[tuple[str, Reader | None], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, _reader(hints[field.name])) for field in fields(kind))


def _reader(hint: Any) -> Reader | None:
    """What turns a column or JSON value into that type; None where it already is."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _optional(hint)
    if isinstance(origin, type):
        return _collection(origin, get_args(hint))
    if isinstance(hint, type):
        return _single(hint)
    return None


def _single(hint: type) -> Reader | None:
    if issubclass(hint, Enum):
        return hint
    if issubclass(hint, NATIVE):
        return lambda value: hint.fromisoformat(value) if isinstance(value, str) else value
    if is_dataclass(hint):
        return lambda value: built(hint, value)
    return None


def _optional(hint: Any) -> Reader | None:
    inner = [_reader(part) for part in get_args(hint) if part is not NoneType]
    read = inner[0] if len(inner) == 1 else None
    return (lambda value: None if value is None else read(value)) if read else None


def _collection(origin: type, parts: tuple[Any, ...]) -> Reader | None:
    readers = [_reader(part) or _same for part in parts if part is not Ellipsis]
    if issubclass(origin, tuple) and Ellipsis not in parts:
        return lambda value: tuple(read(item) for read, item in zip(readers, value, strict=True))
    if issubclass(origin, tuple | frozenset):
        return lambda value: origin(map(readers[0], value))
    if issubclass(origin, Mapping):
        return _once(parts, lambda value: {readers[0](key): readers[1](item) for key, item in value.items()})
    return None


def _once(parts: tuple[Any, ...], read: Reader) -> Reader:
    """What many rows hold word for word is built once, and nobody changes what is built."""

    def made(value: Any) -> Any:
        if not isinstance(value, Alike):
            return read(value)
        if parts not in value.made:
            value.made[parts] = read(value)
        return value.made[parts]

    return made


def _same(value: Any) -> Any:
    return value
