"""Each reader's digest: its setting kept with its due, both in one transaction; and what rings it."""

from dataclasses import replace
from datetime import date, datetime

from bot.actors import CLOCK, Actor
from bot.due import Due
from bot.governance import digest as rules
from bot.governance.digest import DUE, Days, DigestSetting, Rhythm
from bot.governance.waiting import CRITICAL, Wait
from bot.handlers.waits import waits
from bot.outbox import Audience, Letter
from bot.ports import Archive, Request

MADE = "digest.made"
RANK = 2  # of those due together the alarms ring first


def complete(archive: Archive, now: datetime) -> int:
    """Whoever has no setting yet gets the usual one of their roles; how many."""
    newcomers = archive.undigested()
    for one in newcomers:
        setting = rules.usual(one.person, one.roles)
        archive.save_digest(setting)
        set_clock(archive, setting, one.zone, now)
    return len(newcomers)


def follow(archive: Archive, person: str, now: datetime) -> None:
    """Their roles or their zone may have changed: what they did not choose follows, and so does the due."""
    before, actor = archive.digest(person), archive.person_actor(person)
    if before is None or actor is None:
        complete(archive, now)
        return
    after = rules.follows(before, {role.value for role in actor.roles})
    if after != before:
        after = replace(after, version=before.version + 1)
        archive.save_digest(after)
    set_clock(archive, after, actor.zone, now)


def end(archive: Archive, person: str) -> None:
    """They have left: none comes any more."""
    setting = archive.digest(person)
    if setting:
        archive.save_digest(replace(setting, rhythm=Rhythm.NONE, chosen=True, version=setting.version + 1))
        archive.cancel(_key(setting))


def keep(request: Request, before: DigestSetting | None, after: DigestSetting, zone: str) -> DigestSetting:
    """What a person chose, with its due; what was kept."""
    kept = replace(after, chosen=True, version=before.version + 1 if before else 1)
    if before is None or replace(kept, version=before.version) != before:
        request.archive.save_digest(kept)
        set_clock(request.archive, kept, zone, request.now)
        return kept
    return before


def set_clock(archive: Archive, setting: DigestSetting, zone: str, now: datetime) -> None:
    """The due of the next one; none where none is wanted."""
    _set(archive, setting, rules.next_instant(setting, zone, now))


def _set(archive: Archive, setting: DigestSetting, at: datetime | None) -> None:
    if at is None:
        archive.cancel(_key(setting))
    else:
        archive.schedule(Due(_key(setting), at, DUE, setting.reader, RANK))


def _key(setting: DigestSetting) -> str:
    return f"digest:{setting.reader}"


def came(request: Request, subject: str) -> None:
    """Its time has come: one letter for this day, and the next due. Held, the next one tells of this day too.

    A day on which nobody rang it is made up for by one letter, which says since when it tells.
    """
    kind, _, name = subject.partition(":")
    archive, now = request.archive, request.now
    setting = archive.digest(room=name) if kind == "room" else archive.digest(name)
    reader = archive.room_actor(name) if kind == "room" else archive.person_actor(name)
    if setting is None or reader is None or setting.rhythm is Rhythm.NONE:
        return
    today, days = rules.local_day(now, reader.zone), days_of(archive, reader)
    if rules.is_paused(setting, today) or rules.had_one(setting, today, reader.zone):
        set_clock(archive, setting, reader.zone, now)
        return
    if (reader.room and not reader.sees) or _is_held(
        archive, reader, days, now
    ):  # a silent room shows nothing
        _set(archive, setting, rules.next_open(setting, reader.zone, now, days))
        return
    told = replace(setting, told_at=now, version=setting.version + 1)
    archive.save_digest(told)
    audience = Audience(room=setting.room, person=setting.person)
    request.promise(audience, letter(request, setting), f"digest:{setting.reader}:{today.isoformat()}")
    set_clock(archive, told, reader.zone, now)


def letter(request: Request, setting: DigestSetting) -> Letter:
    """It carries since when it tells; the rest is looked up when it is sent, as its reader may see it."""
    since = setting.told_at or request.now - setting.period
    sent = request.wall - (request.now - since)  # what did not arrive is kept by wall time
    facts = {
        "since": since.isoformat(),
        "sent since": sent.isoformat(),
        "quiet": "yes" if setting.quiet else "",
    }
    return Letter(MADE, setting.reader, facts)


def days_of(archive: Archive, reader: Actor) -> Days:
    """When they work: by the calendars of their running partnerships, and their own absence."""
    homes = sorted(reader.partnerships - reader.ended)
    calendars = tuple(archive.calendar(CLOCK, home) for home in homes)
    absence = archive.absence_of(reader.person) if reader.person else None
    return Days(calendars, absence)


def _is_held(archive: Archive, reader: Actor, days: Days, now: datetime) -> bool:
    """On a day on which they do not work, unless something of theirs cannot wait."""
    today = rules.local_day(now, reader.zone)
    if not days.closed(today):
        return False
    return not any(_urgent(one, today, reader.zone) for one in waits(archive, reader, now))


def _urgent(wait: Wait, today: date, zone: str) -> bool:
    """A legal clock, something critical, or what is late from that very day on."""
    return wait.rank <= CRITICAL or (wait.by is not None and rules.local_day(wait.by, zone) == today)
