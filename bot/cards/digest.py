"""How a digest is set, in words: when the next one comes, and what the clocks do to its time."""

from dataclasses import dataclass
from datetime import date, datetime

from bot import dates
from bot.cards import when
from bot.governance.digest import DigestSetting, Odd, Rhythm
from bot.views import Block, Button, Buttons, Card, Notice, Text, Tone


@dataclass(frozen=True, slots=True)
class Standing:
    """A setting and what follows from it: `following` is when the next one comes, None for never.

    `odd` is a day on which its time is skipped or comes twice; `channel` the name of a room, "" for a person.
    """

    setting: DigestSetting
    zone: str
    following: datetime | None
    odd: Odd | None = None
    channel: str = ""


def day(on: date) -> str:
    """ "Thu 3 Dec 2026"."""
    return when.day(on)


def standing(told: Standing, *, is_done: bool) -> Card:
    """How it is set; `is_done` says that it was just changed."""
    setting = told.setting
    title = f"Digest of {told.channel or 'this channel'}" if setting.room else "Your digest"
    words = _when(told)
    blocks: list[Block] = [Notice(words, Tone.GOOD) if is_done else Text(words)]
    if told.following:
        blocks.append(Text(_next(told, told.following)))
    if told.odd:
        blocks.append(Notice(_odd(setting, told.odd), Tone.WARNING))
    if setting.room:
        blocks.append(Text("Your own digest you set in a direct message to Parley.", quiet=True))
    return Card(title, (*blocks, _ways(setting)), words)


def _when(told: Standing) -> str:
    setting, at = told.setting, f"{told.setting.at:%H:%M}"
    whose = "This channel gets" if setting.room else "You get"
    nothing = "" if setting.quiet else " Nothing is sent when there is nothing to tell."
    match setting.rhythm:
        case Rhythm.DAILY:
            return f"{whose} a digest every day at {at} ({told.zone}).{nothing}"
        case Rhythm.WEEKLY:
            weekday = dates.DAYS[setting.weekday].capitalize()
            return f"{whose} a digest every {weekday} at {at} ({told.zone}).{nothing}"
        case Rhythm.NONE:
            return f"{whose} no digest."


def _next(told: Standing, following: datetime) -> str:
    paused = told.setting.paused_until
    until = f"Paused until {when.day(paused)}. " if paused and following.date() >= paused else ""
    held = "none comes on a weekend, a holiday or a day off, unless something cannot wait"
    return f"{until}The next one comes {when.instant(following, told.zone)}; {held}."


def _odd(setting: DigestSetting, odd: Odd) -> str:
    at, on = f"{setting.at:%H:%M}", when.day(odd.day)
    if odd.twice:
        return f"On {on} the clocks go back and {at} comes twice; the digest comes once, the first time."
    return f"On {on} the clocks go forward and there is no {at}; that day the digest comes at {odd.at:%H:%M}."


def _ways(setting: DigestSetting) -> Buttons:
    reader = {"reader": setting.reader}
    change = Button("Change", "digest.when", reader, opens=True)
    resume = (Button("Resume", "digest.resume", reader),) if setting.paused_until else ()
    return Buttons((Button("See it now", "digest.now", reader), change, *resume))
