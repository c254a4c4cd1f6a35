"""Lengths of time as administrators type them: "4 hours", "1 business day", "none"."""

import re

from bot.governance.calendar import Limit
from bot.governance.proposal import wrong_length

NONE = "none"  # a limit that never runs out
NEVER = frozenset({NONE, "never", "no limit", "-", "–"})
HOURS = frozenset({"h", "hour", "hours", "elapsed hour", "elapsed hours"})
DAYS = frozenset({"bd", "business day", "business days", "working day", "working days"})
LENGTH = re.compile(r"(?P<sign>[-−–]?) ?(?P<number>\d{1,9}(?:[.,]\d{1,2})?) ?(?P<unit>[a-z ]*)")
EXAMPLE = "4 hours, 2 business days, or none"


def words(limit: Limit | None) -> str:
    """As `read` takes it."""
    return limit.words if limit else NONE


def read(said: str) -> Limit | None:
    """The length meant; None for one that never runs out. Only for what `wrong` finds nothing in."""
    found = _read(said)
    return found if isinstance(found, Limit) else None


def wrong(said: str, least: float = 0.01) -> str:
    """What is wrong with it, in one sentence; "" where nothing is. `least` 0 takes no time at all."""
    found = _read(said)
    if isinstance(found, str):
        return found
    fault = wrong_length(found, least)
    return f"“{said[:40]}” {fault}." if fault else ""


def wrong_at_level(said: str) -> str:
    """The same; an issue may pass a level in no time."""
    return wrong(said, least=0)


def _read(said: str) -> Limit | str | None:
    """The length, or what is wrong with the words; None for none."""
    text = " ".join(said.lower().split())
    if text in NEVER:
        return None
    if not text:
        return f"Write {EXAMPLE}."
    found = LENGTH.fullmatch(text)
    if found is None:
        return f"“{said[:40]}” is no length of time; write {EXAMPLE}."
    number = float(found["number"].replace(",", ".")) * (-1 if found["sign"] else 1)
    return _of_unit(said, number, found["unit"].strip())


def _of_unit(said: str, number: float, unit: str) -> Limit | str:
    if unit in HOURS:
        return Limit(elapsed_hours=number)
    if unit in DAYS:
        return Limit(business_days=int(number)) if number.is_integer() else "Business days are whole."
    if unit in ("", "day", "days", "d"):
        return f"“{said[:40]}” could be hours or business days; say which, for example 2 business days."
    return f"“{unit[:30]}” is no unit Parley knows; write {EXAMPLE}."
