"""What seldom changes is kept in memory between transactions, for as long as the directory's edition stands.

Every change to a table of the directory, by whomever, gives the record a new edition: triggers see to that.
"""

import threading
from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, select

from storage.bound import Bound, table
from storage.tables import EditionRow

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound="Remembering")
EDITION = select(table(EditionRow).c.token)
MOST = 20_000  # answers kept; more than two companies' people can ask


class Memory:
    """One for each store: the answers of one edition."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._edition: str | None = None
        self._answers: dict[Any, Any] = {}

    def of(self, edition: str) -> dict[Any, Any]:
        """What is known of that edition. A token never returns, so a rolled-back change leaves nothing."""
        with self._lock:
            if edition != self._edition or len(self._answers) > MOST:
                self._edition, self._answers = edition, {}
            return self._answers


class Remembering(Bound):
    """The part of an archive that asks for nothing twice."""

    def __init__(self, connection: Connection, memory: Memory | None = None) -> None:
        super().__init__(connection)
        self._memory = memory or Memory()

    @cached_property
    def answers(self) -> dict[Any, Any]:
        """Those of the edition that this transaction sees."""
        return self._memory.of(self.run(EDITION).scalar_one())

    def forget(self) -> None:
        """For who changes the directory: what this transaction asks from here on is of the new edition."""
        self.__dict__.pop("answers", None)


def remembered(look: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """Keeps what a look-up in the directory found. Nothing found is not kept: strangers may ask for ever."""

    @wraps(look)
    def recall(self: S, /, *asked: P.args, **named: P.kwargs) -> R:
        key = (look.__name__, asked)
        if key in self.answers:
            kept: R = self.answers[key]
            return kept
        found = look(self, *asked, **named)
        if found is not None:
            self.answers[key] = found
        return found

    return recall
