"""Two families: a refusal is the bot saying no politely; the rest are faults and delivery outcomes."""

import inspect
from typing import ClassVar


class Refusal(Exception):
    """That cannot be done."""

    # Subclasses write the sentence as their docstring, with {facts} in braces and the remedy in it.
    known: ClassVar[dict[str, type["Refusal"]]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.__name__ in Refusal.known:  # a promised refusal is found again by its name alone
            raise TypeError(f"there are two refusals called {cls.__name__}")
        Refusal.known[cls.__name__] = cls

    def __init__(self, **facts: str) -> None:
        super().__init__(type(self).__name__)
        self.facts = facts
        self.beside: tuple[str, str] = ("", "")
        self.kept: dict[str, str] = {}  # what the record keeps of it, never what was said

    def showing(self, kind: str, subject: str) -> "Refusal":
        """The same refusal with a record beside it: the kind of letter and the record's id."""
        self.beside = (kind, subject)
        return self

    @property
    def sentence(self) -> str:
        """The one clear sentence a person reads, remedy included, on one line whatever it quotes."""
        doc = inspect.cleandoc(type(self).__doc__ or "")
        return " ".join(doc.format(**self.facts).split())

    @classmethod
    def again(cls, name: str, facts: dict[str, str]) -> "Refusal":
        """The same refusal, rebuilt from its name and facts (as an outbox row holds them)."""
        return cls.known.get(name, Refusal)(**facts)


class Busy(Exception):
    """The record could not be reached in time, and nothing was saved."""


class Conflict(Exception):
    """Somebody else saved the same record first: read it again and decide again."""


class Undelivered(Exception):
    """A message did not reach its conversation; the subclass says what the caller does next."""


class Permanent(Undelivered):
    """It will never arrive: say so and stop."""


class Absent(Permanent):
    """We are not, or no longer, in that conversation."""


class Withheld(Undelivered):
    """Nobody there may see it as things stand; it waits until it is known who is there."""


class Again(Undelivered):
    """It certainly did not arrive; the same message may be sent again after `after` seconds."""

    def __init__(self, reason: str, after: float = 0.0) -> None:
        super().__init__(reason)
        self.after = after


class LockedOut(Again):
    """We are not let in there until a person puts it right. It waits however long that takes."""


class Ambiguous(Undelivered):
    """It may have arrived: nobody can know without looking."""
