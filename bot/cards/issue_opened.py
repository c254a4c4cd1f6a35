"""Sentences of the record about who came to read or to hold an issue: opened up, taken back, handed over."""

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


def handed(who: str, before: State, after: State, here: Setting) -> str:
    """What somebody who left held in it, and who has it now."""
    parts = []
    for name in ("owner", "counterpart"):
        if name in after:
            was, now = (str(state.get(name) or "") for state in (before, after))
            parts.append(f"the {name} was {here.name(was)} and is {here.name(now)}")
    assessor = (after.get("legal") or {}).get("owner")
    if assessor and (before.get("legal") or {}).get("owner") != assessor:
        parts.append(f"{here.name(str(assessor))} assesses it now")
    return f"{who} handed it over: {' and '.join(parts)}" if parts else f"{who} handed it over"


def tagged(before: State, after: State, here: Setting) -> str:
    """A tag closed or opened it to somebody."""
    was, now = set(before.get("readers") or ()), set(after.get("readers") or ())
    more, fewer = (", ".join(here.name(one) for one in sorted(part)) for part in (now - was, was - now))
    if more:
        return f"{more} reads it again, tagged as unblinded"
    return f"{fewer or 'somebody'} reads it no longer, as they are not tagged as unblinded any more"
