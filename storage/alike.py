"""JSON that many rows hold word for word, as each issue holds its policy: decoded and built once."""

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

LONG = 1_000  # characters from which on it pays to remember
MOST = 256  # texts
# Most of what is kept as JSON is one of these.
SHORT: dict[str | bytes, Callable[[], Any]] = {"null": lambda: None, "[]": list, "{}": dict}


class Alike(dict[str, Any]):
    """A decoded object; whoever builds something frozen from it keeps that in `made`, for the next row."""

    __slots__ = ("made",)

    def __init__(self, told: dict[str, Any]) -> None:
        super().__init__(told)
        self.made: dict[object, Any] = {}


@lru_cache(maxsize=MOST)
def _known(text: str | bytes) -> Alike | None:
    value = json.loads(text)
    return Alike(value) if isinstance(value, dict) else None


def decoded(text: str | bytes) -> Any:
    """As `json.loads`; a long object is the same one each time, so nobody may change it."""
    if (short := SHORT.get(text)) is not None:
        return short()
    known = _known(text) if len(text) >= LONG and isinstance(text, str | bytes) else None
    return json.loads(text) if known is None else known
