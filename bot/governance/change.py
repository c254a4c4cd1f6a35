"""What changed between two states of a record, for the audit: before and after, in plain values."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum


def difference(old: object | None, new: object) -> tuple[Mapping[str, object] | None, Mapping[str, object]]:
    """The fields that differ, (before, after); everything, where there was nothing before."""
    after = _plain(new)
    if old is None:
        return None, {name: value for name, value in after.items() if value not in (None, "", [])}
    before = _plain(old)
    changed = [name for name in after if before[name] != after[name]]
    return {name: before[name] for name in changed}, {name: after[name] for name in changed}


def texts(state: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a state, however deep, as (the name of the field it stands in, the text)."""
    match state:
        case Enum():
            return
        case str():
            yield name, state
        case Mapping():
            for key, value in state.items():
                yield from texts(value, str(key))
        case list() | tuple() | frozenset():
            for value in state:
                yield from texts(value, name)
        case _ if is_dataclass(state):
            for item in fields(state):
                yield from texts(getattr(state, item.name), item.name)


def _plain(state: object) -> dict[str, object]:
    return {item.name: _value(getattr(state, item.name)) for item in fields(state)}  # type: ignore[arg-type]  # dataclasses only, by contract


def _value(value: object) -> object:
    """A value as JSON can hold it."""
    match value:
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case frozenset():
            return sorted(str(_value(item)) for item in value)
        case tuple():
            return [_value(item) for item in value]
        case Mapping():
            return {str(_value(key)): _value(item) for key, item in value.items()}
        case _ if is_dataclass(value):
            return _plain(value)
    return value
