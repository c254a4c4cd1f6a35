"""Instants and days in words, in the reader's own zone and with it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def instant(at: datetime, zone: str) -> str:
    """ "Wed 11 Nov 2026, 18:00 CET"; zones without a name of their own say UTC-3."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{day(there.date())}, {there:%H:%M} {_zone_name(there)}"


def local(at: datetime, zone: str) -> date:
    """The date there."""
    return at.astimezone(ZoneInfo(zone)).date()


def day(on: date) -> str:
    """ "Fri 20 Nov 2026"."""
    return f"{on:%a} {on.day} {on:%b %Y}"


def short_day(on: date) -> str:
    """ "Fri 20 Nov", where the year is plain."""
    return f"{on:%a} {on.day} {on:%b}"


def _zone_name(there: datetime) -> str:
    name = there.tzname() or ""
    if name.isalpha():
        return name
    minutes = int((there.utcoffset() or there - there).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "")
