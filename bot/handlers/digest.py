"""Digests as people ask for them: now, when, not for a while; a person's own, and a channel's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from bot import dates
from bot.actors import Actor, Permission
from bot.cards import digest as cards
from bot.errors import Refusal
from bot.governance import digest as rules
from bot.governance.digest import DigestSetting, Rhythm
from bot.handlers import digest_made, digest_said, digest_set
from bot.handlers import setup_fields as fields
from bot.handlers.rows import Command
from bot.outbox import Letter
from bot.ports import Archive, Opening, Request
from bot.views import Button, Card, Choice, Form, TextField

CARD, FORM, LOST = "digest.setting", "digest.form", "digest.lost"
LONGEST = timedelta(days=366)
LOUD, SILENT = "line", "nothing"
DAYS = tuple((str(at), day.capitalize()) for at, day in enumerate(dates.DAYS))


class NotYourChannel(Refusal):
    """Only people who work in this partnership, or an administrator, set this channel’s digest."""


class PauseUntilWhen(Refusal):
    """Say until when, for example: digest pause until 3 Dec"""


class PastPause(Refusal):
    """{day} is not ahead, so nothing changed; say a later day: digest pause until 3 Dec"""


class PauseTooLong(Refusal):
    """A pause lasts a year at most; to get none at all, say: digest when never"""


class NothingToPause(Refusal):
    """There is no digest to pause or resume; to get one, say: digest when daily 07:30"""


class NotADigestVerb(Refusal):
    """There is no “digest {said}”; say digest now, digest when daily 07:30, or digest pause until 3 Dec"""


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose digest is meant: the channel's where it was said in a linked one, else the speaker's own."""

    actor: Actor
    setting: DigestSetting
    known: DigestSetting | None

    @property
    def zone(self) -> str:
        """By whose clock it comes."""
        return self.actor.zone


def _meant(request: Request) -> Reader:
    archive, actor, said = request.archive, request.actor, request.intent.fields.get("reader", "")
    if said.startswith("room:"):
        return _of_room(archive, actor, said.removeprefix("room:"))
    room = None if said else archive.room_at(actor, request.intent.place)
    if room is not None:
        return _of_room(archive, actor, room.id)
    known = archive.digest(actor.person)
    return Reader(actor, known or rules.usual(actor.person, {one.value for one in actor.roles}), known)


def _of_room(archive: Archive, actor: Actor, room: str) -> Reader:
    """A channel of the speaker's own company, in a partnership of theirs."""
    channel = archive.room_actor(room)
    if channel is None or channel.organisation != actor.organisation:
        raise NotYourChannel
    if not channel.partnerships <= actor.partnerships:
        raise NotYourChannel
    known = archive.digest(room=room)
    return Reader(channel, known or DigestSetting(room=room, rhythm=Rhythm.NONE), known)


def _to_change(request: Request) -> Reader:
    meant, actor = _meant(request), request.actor
    if meant.setting.room and not (actor.may(Permission.LOG) or actor.may(Permission.ADMINISTER)):
        raise NotYourChannel
    return meant


def shown(request: Request, words: str) -> Letter:
    """How it is set, with the ways to change that."""
    if words:
        raise NotADigestVerb(said=words[:40])
    return Letter(CARD, _meant(request).setting.reader)


def now(request: Request, words: str) -> Letter:
    """At once, as things stand; the regular one comes all the same."""
    meant = _meant(request)
    letter = digest_set.letter(request, replace(meant.setting, quiet=True))
    return replace(letter, facts={**letter.facts, "asked": "yes"})


def lost(request: Request, words: str) -> Letter:
    """All that its line “Not delivered” counts: since the wall time that its button names, else of a day."""
    said = request.intent.fields.get("sent", "")
    try:
        since = datetime.fromisoformat(said).astimezone(UTC)
    except (ValueError, OverflowError):
        since = request.wall - rules.DAY
    return Letter(LOST, _meant(request).setting.reader, {"sent": since.isoformat()})


def when(request: Request, words: str) -> Letter:
    """How often and at what time; without words, a form."""
    meant = _to_change(request)
    if not words.strip():
        return Letter(FORM, meant.setting.reader, _as_facts(meant.setting))
    return _keep(request, meant, digest_said.read(words, meant.setting, meant.zone))


def _keep(request: Request, meant: Reader, wanted: DigestSetting) -> Letter:
    kept = digest_set.keep(request, meant.known, wanted, meant.zone)
    return Letter(CARD, kept.reader, {"done": "yes"})


def pause(request: Request, words: str) -> Letter:
    """None comes before that day."""
    meant = _to_change(request)
    if meant.setting.rhythm is Rhythm.NONE:
        raise NothingToPause
    today = rules.local_day(request.now, meant.zone)
    day = dates.read(words, today) if words.strip() else None
    if not isinstance(day, date):
        raise PauseUntilWhen
    if day <= today:
        raise PastPause(day=cards.day(day))
    if day - today > LONGEST:
        raise PauseTooLong
    return _keep(request, meant, replace(meant.setting, paused_until=day))


def resume(request: Request, words: str) -> Letter:
    """They come again."""
    meant = _to_change(request)
    if meant.setting.rhythm is Rhythm.NONE:
        raise NothingToPause
    return _keep(request, meant, replace(meant.setting, paused_until=None))


def card(opening: Opening) -> tuple[Card, int] | None:
    """How it is set, and when the next one comes; said also where clocks that are set get in the way."""
    found = _opened(opening)
    if found is None:
        return None
    reader, kept = found
    today, days = rules.local_day(opening.now, reader.zone), digest_set.days_of(opening.archive, reader)
    setting = rules.current(kept, today)
    following = rules.expected(setting, reader.zone, opening.now, days)
    odd = rules.odd(setting.at, reader.zone, today) if following else None
    told = cards.Standing(setting, reader.zone, following, odd, reader.name if setting.room else "")
    return cards.standing(told, is_done=bool(opening.letter.facts.get("done"))), 0


def _opened(opening: Opening) -> tuple[Actor, DigestSetting] | None:
    """Whose setting a letter is about, where its reader may know of it."""
    kind, _, name = opening.letter.subject.partition(":")
    archive, reader = opening.archive, opening.reader
    if kind == "person":
        setting = archive.digest(name) or rules.usual(name, {one.value for one in reader.roles})
        return (reader, setting) if name == reader.person else None
    channel = archive.room_actor(name)
    if channel is None or channel.organisation != reader.organisation:
        return None
    return channel, archive.digest(room=name) or DigestSetting(room=name, rhythm=Rhythm.NONE)


def _as_facts(setting: DigestSetting) -> dict[str, str]:
    """What the form shows of it."""
    return {
        "rhythm": setting.rhythm.value,
        "weekday": str(setting.weekday),
        "at": f"{setting.at:%H:%M}",
        "quiet": LOUD if setting.quiet else SILENT,
    }


def _time_wrong(words: str) -> str:
    try:
        digest_said.time_of(words)
    except Refusal as refusal:
        return refusal.sentence
    return ""


CHECKS: Mapping[str, fields.Check] = {
    "rhythm": fields.one_of([one.value for one in Rhythm], "how often"),
    "weekday": fields.if_any(fields.one_of(dict(DAYS), "a day of the week")),
    "at": _time_wrong,
    "quiet": fields.one_of((LOUD, SILENT), "what is sent when there is nothing"),
}


def form(opening: Opening) -> tuple[Form, int] | None:
    """How often, on which day, at what time, and what if there is nothing to tell."""
    found = _opened(opening)
    if found is None:
        return None
    reader, setting = found
    facts = opening.letter.facts
    hidden = {"reader": setting.reader}
    errors = fields.wrong(facts, CHECKS)
    opens = Button("Fill in the form", "digest.when", hidden, primary=True, opens=True)
    title = "Digest of this channel" if setting.room else "Your digest"
    drawn = Form(
        title,
        "digest.save",
        fields.noted(errors, _inputs(facts, reader.zone)),
        hidden,
        instead=fields.opener(title, "Say how often it comes, and when.", opens),
    )
    return drawn, 0


def _inputs(facts: Mapping[str, str], zone: str) -> tuple[Choice | TextField, ...]:
    often = (("daily", "Daily"), ("weekly", "Weekly"), ("none", "Never"))
    nothing = ((LOUD, "Say so in one line"), (SILENT, "Send nothing"))
    return (
        Choice("rhythm", "How often", often, facts.get("rhythm", "")),
        Choice("weekday", "On which day", DAYS, facts.get("weekday", ""), "For a weekly one", optional=True),
        TextField("at", "At what time", facts.get("at", ""), f"Like 07:30, {zone}"),
        Choice("quiet", "When there is nothing", nothing, facts.get("quiet", "")),
    )


def save(request: Request, words: str) -> Letter:
    """What the form says."""
    facts, meant = fields.filled(request), _to_change(request)
    if fields.wrong({**facts, fields.SENT: ""}, CHECKS):
        return fields.sent(request, FORM, meant.setting.reader)
    wanted = replace(
        meant.setting,
        rhythm=Rhythm(facts["rhythm"]),
        weekday=int(facts.get("weekday") or "0"),
        at=digest_said.time_of(facts["at"]),
        quiet=facts["quiet"] == LOUD,
    )
    return _keep(request, meant, wanted)


_ROWS = (
    ("digest.now", "See your digest at once", "digest now", now, ("now",)),
    ("digest.when", "Say when your digest comes, or a channel’s", "digest when daily 07:30", when, ("when",)),
    ("digest.pause", "Get no digest for a while", "digest pause until 3 Dec", pause, ("pause",)),
    ("digest.resume", "Get digests again", "digest resume", resume, ("resume",)),
    ("digest", "", "", shown, ()),
    ("digest.save", "", "", save, ()),
    ("digest.lost", "", "", lost, ()),
)
ROWS = tuple(
    Command(
        verb, says, example, None, serve, reads=verb in ("digest", "digest.now", "digest.lost"), typed=typed
    )
    for verb, says, example, serve, typed in _ROWS
)
LETTERS = {CARD: card, FORM: form, digest_set.MADE: digest_made.made, LOST: digest_made.lost}
