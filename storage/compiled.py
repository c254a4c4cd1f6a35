"""Statements compiled to SQL, kept for the whole process: its writers and readers share them."""

from typing import Any

from sqlalchemy.engine import Compiled

MOST = 4000  # more than there are statements; what is built anew on every call would fill the memory


class Statements(dict[Any, Compiled]):
    """What an engine asks for under its own dialect is found under the dialect's name.

    Two dialects of one name say everything in the same way here: the drivers and their options are ours.
    """

    def get(self, key: Any, default: Any = None) -> Any:
        """The compiled statement, or None."""
        return super().get(_named(key), default)

    def __setitem__(self, key: Any, compiled: Compiled) -> None:
        if len(self) >= MOST:
            self.clear()
        super().__setitem__(_named(key), compiled)


def _named(key: Any) -> Any:
    dialect, *rest = key
    return (dialect.name, *rest)


SHARED = Statements()
