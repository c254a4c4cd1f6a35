"""What “digest when …” says: how often, on which day, at what time, and what if there is nothing."""

import re
from dataclasses import replace
from datetime import time

from bot import dates
from bot.errors import Refusal
from bot.governance.digest import DigestSetting, Rhythm
from bot.handlers import setup_fields

OFTEN = {
    **dict.fromkeys(("daily", "day"), Rhythm.DAILY),
    **dict.fromkeys(("weekly", "week"), Rhythm.WEEKLY),
    **dict.fromkeys(("never", "none", "off", "no"), Rhythm.NONE),
}
QUIET = {"quiet": True, "line": True, "silent": False, "nothing": False}
LEADING = frozenset({"at", "on", "every", "each", "a", "the", "o’clock", "clock"})
TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*(?P<half>am|pm)?")


class NoSuchTime(Refusal):
    """“{said}” is no time of day; write it like 07:30, for example: digest when daily 07:30"""


class WhichRhythm(Refusal):
    """“{said}” does not say when; say daily, weekly or never, for example: digest when weekly Monday 08:00"""


class YourOwnZone(Refusal):
    """Digests come by your own clock, which is {zone}; your administrator changes it: setup role"""


class NoSuchZone(Refusal):
    """“{said}” is not a time zone; yours is {zone}, and your administrator sets it: setup role"""


def read(words: str, before: DigestSetting, zone: str) -> DigestSetting:
    """The setting those words ask for; what they leave out stays as it was. Refuses what cannot be read."""
    found, chosen = before, False
    for word in _tokens(words):
        low = word.lower()
        if low in OFTEN:
            found, chosen = replace(found, rhythm=OFTEN[low]), True
        elif (day := weekday(low)) is not None:
            found, chosen = replace(found, rhythm=Rhythm.WEEKLY, weekday=day), True
        elif low in QUIET:
            found, chosen = replace(found, quiet=QUIET[low]), True
        elif low[0].isdigit():
            found, chosen = replace(found, at=time_of(low)), True
        elif low not in LEADING:
            _refuse(word, zone)
    if not chosen:
        raise WhichRhythm(said=words[:60])
    return _awake(found, before)


def _tokens(words: str) -> list[str]:
    """Word by word; "7 am" is one."""
    joined = re.sub(r"(\d)\s+(am|pm)\b", r"\1\2", words, flags=re.IGNORECASE)
    return [one for one in re.split(r"[\s,;]+", joined) if one]


def _awake(found: DigestSetting, before: DigestSetting) -> DigestSetting:
    """A time alone, said by somebody who gets none, means daily."""
    said_time = found.at != before.at or found.quiet != before.quiet
    stays_none = found.rhythm is Rhythm.NONE and before.rhythm is Rhythm.NONE
    return replace(found, rhythm=Rhythm.DAILY) if stays_none and said_time else found


def _refuse(word: str, zone: str) -> None:
    """A word nobody knows: perhaps a zone, which is not set here."""
    if not setup_fields.zone(word):
        raise YourOwnZone(zone=zone)
    if "/" in word or word.isupper():
        raise NoSuchZone(said=word[:60], zone=zone)
    raise WhichRhythm(said=word[:60])


def weekday(word: str) -> int | None:
    """ "Mon", "monday" or "mondays" is 0."""
    plain = word.rstrip("s")
    return next((at for at, day in enumerate(dates.DAYS) if len(plain) > 2 and day.startswith(plain)), None)


def time_of(word: str) -> time:
    """ "07:30", "7.30", "7:30pm" or "7am"; raises NoSuchTime for anything else, a bare "7" among it."""
    found = TIME.fullmatch(word.strip().lower())
    if found is None or not (found["minute"] or found["half"]):
        raise NoSuchTime(said=word[:20])
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            raise NoSuchTime(said=word[:20])
        hour = hour % 12 + (12 if found["half"] == "pm" else 0)
    if hour > 23 or minute > 59:
        raise NoSuchTime(said=word[:20])
    return time(hour, minute)
