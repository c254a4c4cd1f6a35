"""Lives a history with and without what is hidden from a reader, and says where the two differ for them."""

import difflib
from collections.abc import Iterator
from itertools import islice
from typing import Any

from tests.wall.cast import GROUPS, One
from tests.wall.steps import Step, in_words, until_opened
from tests.wall.telling import Story, Teller

Asked = tuple[tuple[str, str], ...]
TRIES = 3
SHOWN, MOST = 12, 40  # lines of a difference in one place, and in all
NAMED = ("elena", "ingrid")  # they may read the restricted issue that the example begins with


def difference(opens: Any, history: tuple[Step, ...], readers: tuple[One, ...], asked: Asked = ()) -> str:
    """What one of the readers could tell the two worlds by, in words; "" where nobody can.

    `opens` makes a world, whole or as it is for one company's people. `asked` are the questions, as places
    and words, where it shall not be everything.
    """
    history = until_opened(history, readers)
    fetching = [one for one in readers if not one.is_stranger and not asked][:1]

    def everything(world: Any) -> Teller:
        whole = Teller(world, readers)
        whole.live(history)
        whole.known = {one.name: whole.numbers(one) for one in readers}
        for one in readers:
            whole.ask(one, whole.known[one.name], asked)
        for one in fetching:
            whole.take(one)
        return whole

    whole = _told(opens, "", everything)
    for one in readers:
        lacking = _lacking(opens, history, one, whole.known[one.name], asked, one in fetching)
        if found := unlike(whole.stories[one.name], lacking):
            return f"{one.name} can tell that something hidden happened: {found}\n{in_words(history, one)}"
    return ""


def _lacking(opens: Any, history: Any, reader: One, numbers: tuple[str, ...], *how: Any) -> Story:
    """The same without what is hidden from the reader, as they saw it."""
    asked, fetches = how

    def less(world: Any) -> Teller:
        lacking = Teller(world, (reader,))
        lacking.live(history, without=reader)
        lacking.ask(reader, numbers, asked)
        if fetches:
            lacking.take(reader)
        return lacking

    return _told(opens, _group(reader), less).stories[reader.name]


def _told(opens: Any, group: str, tell: Any) -> Teller:
    """What `tell` tells in a world of its own; once more where the machine was too slow for it."""
    for _ in range(TRIES):
        with opens(group) as world:
            teller = tell(world)
        if not teller.was_busy:
            break
    return teller


def _group(reader: One) -> str:
    return "" if reader.name in NAMED else GROUPS[reader.company]


def unlike(whole: Story, lacking: Story) -> str:
    """The first moment at which they differ, and how; "" where they never do."""
    for (moment, seen), (_, expected) in zip(whole.moments, lacking.moments, strict=True):
        if seen != expected:
            return f"{moment}\n" + "\n".join(islice(_lines(seen, expected), MOST))
    return ""


def _lines(seen: dict[str, str], expected: dict[str, str]) -> Iterator[str]:
    for place in sorted(seen.keys() | expected.keys()):
        there, here = expected.get(place, "").split("\n"), seen.get(place, "").split("\n")
        if there != here:
            yield f"  {place} (- without what is hidden, + with it):"
            changed = difflib.unified_diff(there, here, lineterm="", n=1)
            yield from (f"    {line}" for line in list(changed)[2 : SHOWN + 2])
