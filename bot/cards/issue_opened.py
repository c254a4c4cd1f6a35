"""Sentences of the record about who came to read an issue: opened up, taken back, readers more or fewer."""

from collections.abc import Mapping
from typing import Any

from bot.cards.setting import Setting

State = Mapping[str, Any]  # the changed fields of an issue, as the record keeps them


def linked(words: str, after: State, name: str) -> str:
    """The words with the number of the record that it was linked to: "shared it as NOR-ISS-009"."""
    number = (after.get("linked") or {}).get(name)
    return f"{words} {number}" if number else ""


def readers(who: str, before: State, after: State, here: Setting) -> str:
    """Who came to read it, or does so no longer."""
    was, now = set(before.get("readers") or ()), set(after.get("readers") or ())
    more, fewer = (", ".join(here.name(one) for one in sorted(part)) for part in (now - was, was - now))
    return f"{who} let {more} read it" if more else f"{who} took {fewer or 'somebody'} off its readers"


def tagged(before: State, after: State, here: Setting) -> str:
    """A tag closed or opened it to somebody."""
    was, now = set(before.get("readers") or ()), set(after.get("readers") or ())
    more, fewer = (", ".join(here.name(one) for one in sorted(part)) for part in (now - was, was - now))
    if more:
        return f"{more} reads it again, tagged as unblinded"
    return f"{fewer or 'somebody'} reads it no longer, as they are not tagged as unblinded any more"
