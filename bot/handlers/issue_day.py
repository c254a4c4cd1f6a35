"""A day that an act on a record needs: said so that nobody can mistake it."""

from datetime import date
from typing import Any

from bot import dates
from bot.cards import when
from bot.errors import Refusal
from bot.handlers.issue_ask import PastDate, UnreadableDate
from bot.handlers.scene import Scene


class UnclearDay(Refusal):
    """Which day is {words}: {choices}? Write it as 28 Nov or 2026-11-28."""


def day(scene: Scene[Any], name: str, missing: type[Refusal]) -> date:
    """The day of that field, from today on; `missing` where nothing was said."""
    found = any_day(scene, name, missing)
    if found < scene.today:
        raise PastDate(day=when.day(found))
    return found


def any_day(scene: Scene[Any], name: str, missing: type[Refusal]) -> date:
    """The same, past or to come."""
    words = scene.said(name)
    if not words:
        raise missing
    match dates.read(words, scene.today):
        case None:
            raise UnreadableDate(words=words[:60])
        case dates.Unclear(options=options):
            raise UnclearDay(words=words[:60], choices=" or ".join(when.day(one) for one in options))
        case found:
            return found


def settled_day(scene: Scene[Any], name: str) -> date | None:
    """The day that field came to; None where it is not settled."""
    try:
        return date.fromisoformat(scene.said(name))
    except ValueError:
        return None
