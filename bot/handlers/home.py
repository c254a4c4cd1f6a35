"""Home: one card of what waits for its reader, what is theirs, and how they are told; and all that waits."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.actors import Actor
from bot.cards import home as cards
from bot.cards.setting import Setting
from bot.cards.waiting import Desk
from bot.governance import digest as digests
from bot.governance.digest import DigestSetting
from bot.governance.session import Committee, Session, State
from bot.handlers.issue_list import settings
from bot.handlers.listing import page_of
from bot.handlers.rows import Command
from bot.handlers.waits import waits
from bot.handlers.whereabouts import placed
from bot.joint import CommitmentFilter
from bot.outbox import Letter
from bot.ports import Archive, Opening, Request
from bot.records import IssueFilter
from bot.views import Card

HOME, WAITS = "home.card", "home.waits"
SHOWN = 5  # of issues and promises
SESSIONS = 3
PAGE = 10


def begin(request: Request, words: str) -> Letter:
    """Everything of the asker's on one card; whatever follows the word is not listened to."""
    return Letter(HOME, request.actor.person)


def waiting(request: Request, words: str) -> Letter:
    """A page of all that waits."""
    return Letter(WAITS, request.actor.person, {"page": page_of(request.intent.fields)})


def card(opening: Opening) -> tuple[Card, int] | None:
    """Home, for the person it was asked for and nobody else."""
    archive, reader, now = opening.archive, opening.reader, opening.now
    if not reader.person or reader.person != opening.letter.subject:
        return None
    mine = IssueFilter(mine=reader.person, first_late=now, limit=SHOWN)
    promised = CommitmentFilter(owner=reader.person, limit=SHOWN)
    found, promises = archive.issues(reader, mine), archive.commitments(reader, promised)
    told = {**here(opening, {one.partnership for one in promises}), **settings(opening, found)}
    absence = archive.absence_of(reader.person)
    absence = absence if absence and absence.last >= today(opening) else None
    home = cards.Home(
        desk_of(archive, reader, now),
        waits(archive, reader, now),
        promises,
        archive.count_commitments(reader, promised),
        found,
        archive.count_issues(reader, mine),
        told,
        _sessions(archive, reader, today(opening)),
        _digest(opening),
        absence,
        {one.id: one.name for one in archive.staff(reader)} if absence else {},
    )
    return cards.card(home), 0


def _digest(opening: Opening) -> DigestSetting:
    """How it is set today; the usual one of their roles where they have said nothing."""
    reader = opening.reader
    kept = opening.archive.digest(reader.person)
    setting = kept or digests.usual(reader.person, {one.value for one in reader.roles})
    return digests.current(setting, today(opening))


def listing(opening: Opening) -> tuple[Card, int] | None:
    """All that waits for them, ten at a time."""
    archive, reader = opening.archive, opening.reader
    if not reader.person or reader.person != opening.letter.subject:
        return None
    found, page = waits(archive, reader, opening.now), int(opening.letter.facts.get("page", "0"))
    return cards.waits(found, desk_of(archive, reader, opening.now), page, PAGE), 0


def today(opening: Opening) -> date:
    """The date where the reader is."""
    return opening.now.astimezone(ZoneInfo(opening.reader.zone)).date()


def desk_of(archive: Archive, reader: Actor, now: datetime) -> Desk:
    """Where what waits for them is told: who is who, and with several partners which one it is."""
    homes = archive.partnerships(reader)
    names = {one.id: one.name for one in archive.staff(reader)} if reader.person else {}
    partners = {home.id: home.company(reader.side.other) for home in homes} if reader.side else {}
    return Desk(now, reader.zone, names, partners if len(homes) > 1 else {})


def here(opening: Opening, partnerships: set[str]) -> Mapping[str, Setting]:
    """What promises and the like are told in, by partnership."""
    archive, reader = opening.archive, opening.reader
    told = {}
    for name in sorted(partnerships):
        home = archive.partnership(reader, name)
        if home:
            people = {one.id: one for one in archive.people(reader, name)}
            told[name] = placed(archive, Setting(reader, home, people, now=opening.now), opening.now)
    return told


def _sessions(archive: Archive, reader: Actor, day: date) -> tuple[tuple[Session, Committee], ...]:
    """The next ones of the committees on which they sit."""
    found = []
    for home in archive.partnerships(reader):
        sat = {one.id: one for one in archive.committees(reader, home.id) if _sits(one, reader.person)}
        planned = (one for one in archive.meetings(reader, home.id) if sat) if sat else ()
        found += [
            (one, sat[one.committee])
            for one in planned
            if one.committee in sat and one.state is State.PLANNED and one.day >= day
        ]
    return tuple(sorted(found, key=lambda one: (one[0].day, one[0].id))[:SESSIONS])


def _sits(committee: Committee, person: str) -> bool:
    return person in (*committee.members, committee.sponsor_chair, committee.cro_chair, *committee.delegates)


ROWS = (
    Command("home", "See what waits for you and what is yours", "home", None, begin, reads=True),
    Command("home.waits", "", "", None, waiting, reads=True),
)
LETTERS = {HOME: card, WAITS: listing}
