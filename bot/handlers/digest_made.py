"""A digest, made at the moment it is sent, for its one reader: as many questions however much there is."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.actors import CLOCK, Actor
from bot.cards import digest_card as cards
from bot.cards.digest_card import SHOWN, Digest
from bot.cards.setting import Setting
from bot.digests import Page
from bot.governance import digest as rules
from bot.governance.issue import Issue
from bot.handlers.digest_set import days_of
from bot.handlers.waits import waits
from bot.handlers.whereabouts import placed
from bot.ports import Archive, Opening
from bot.views import Card

MOST_UNREACHED = 200
LAW = 100  # open issues whose legal clock is looked at
LOOKS_BACK = timedelta(days=90)  # of the picture of promises kept


def made(opening: Opening) -> tuple[Card, int] | None:
    """The digest of the reader that the letter names; nothing for anybody else, nor where none is wanted."""
    reader = _reader(opening)
    if reader is None:
        return None
    told, facts = _told(opening, reader), opening.letter.facts
    if not told.is_empty:
        return cards.card(told), 0
    return (cards.quiet(told), 0) if facts.get("quiet") else None


def lost(opening: Opening) -> tuple[Card, int] | None:
    """All that did not arrive since the wall time that the letter names, for the reader of the digest."""
    reader, archive = _reader(opening), opening.archive
    if reader is None:
        return None
    sent = datetime.fromisoformat(opening.letter.facts["sent"])
    found = archive.unreached(reader, sent, MOST_UNREACHED)
    told = Digest(opening.letter.subject, opening.now, sent, reader.zone, unreached=found)
    return cards.lost(_furnished(archive, reader, told)), 0


def _reader(opening: Opening) -> Actor | None:
    """Oneself; or a channel, also for somebody of its company who asks what it would show."""
    kind, _, name = opening.letter.subject.partition(":")
    asker = opening.reader
    if kind == "person" or asker.room:
        mine = f"room:{asker.room}" if asker.room else f"person:{asker.person}"
        return asker if opening.letter.subject == mine else None
    channel = opening.archive.room_actor(name)
    if channel is None or channel.organisation != asker.organisation or not channel.sees <= asker.sees:
        return None
    return channel


def _told(opening: Opening, reader: Actor) -> Digest:
    archive, now, facts = opening.archive, opening.now, opening.letter.facts
    since, sent = (datetime.fromisoformat(facts[name]) for name in ("since", "sent since"))
    today, days = rules.local_day(now, reader.zone), days_of(archive, reader)
    last = days.looks_to(today)
    waiting, law, until = waits(archive, reader, now), _law(archive, reader), rules.day_end(last, reader.zone)
    told = Digest(
        reader=opening.letter.subject,
        now=now,
        since=since,
        zone=reader.zone,
        channel=(reader.name or "this channel") if reader.room else "",
        waits=Page(waiting[:SHOWN], len(waiting)),
        changed=archive.changed(reader, since, SHOWN),
        legal=law,
        soon=archive.running_out(reader, now, until, {one.id for one in law}),
        promises=archive.promised(reader, last + rules.DAY, SHOWN),
        unreached=archive.unreached(reader, sent, MOST_UNREACHED),
        sent=sent,
    )
    if not told.running:
        told = replace(told, kept=archive.kept_on_time(reader, today - LOOKS_BACK, today))
    return _furnished(archive, reader, told)


def _law(archive: Archive, reader: Actor) -> tuple[Issue, ...]:
    """Issues whose legal clock runs, the soonest to run out first."""
    running = [one for one in archive.legal_clocks(reader, LAW) if one.legal and one.legal.runs]
    return tuple(sorted(running, key=lambda one: (one.legal.due if one.legal else date.max, one.number)))


def _furnished(archive: Archive, reader: Actor, told: Digest) -> Digest:
    """With the people and the calendar of each partnership that is told of.

    Asked as the clock, so that they are kept in memory for all readers alike; a partnership that the reader
    is only the third company in stays without.
    """
    homes = {home.id: home for home in archive.known_partnerships(reader) if home.id in told.partnerships}
    people = {home: {one.id: one for one in archive.people(CLOCK, home)} for home in homes}
    bare = (Setting(reader, home, people[home.id]) for home in homes.values())
    here = {one.partnership.id: placed(archive, one, told.now, CLOCK) for one in bare}
    return replace(told, here=here, calendars={home: archive.calendar(CLOCK, home) for home in homes})
