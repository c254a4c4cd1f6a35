"""A session: found by its number, saved with its line in the record; and what its cards are told in."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.actors import Actor
from bot.cards import when
from bot.cards.setting import Setting
from bot.errors import Refusal
from bot.governance.change import difference
from bot.governance.session import State
from bot.governance.sitting import NotHeldYet, Sitting
from bot.governance.visibility import Scope, Side, Visibility
from bot.handlers import spread
from bot.handlers.whereabouts import placed
from bot.outbox import Audience, Letter
from bot.ports import Archive, Opening, Request
from bot.records import Entry

CARD = "session.card"
NEWS = "session.news"
KINDS = spread.Kinds(CARD, NEWS)
SHORT = re.compile(r"(?:MTG-?|#)?0*(\d{1,6})", re.IGNORECASE)


class NoSuchSession(Refusal):
    """There is no session {number}; “session list” shows them."""


class WhichSession(Refusal):
    """Say which session, for example: session {verb} {example}"""


class SeveralSessions(Refusal):
    """{number} could be {choices}; write the whole number."""


def find(request: Request, words: str, verb: str) -> Sitting:
    """The one session that is meant, among those the asker may see."""
    archive, actor = request.archive, request.actor
    wanted = (request.intent.fields.get("session") or words).strip().lstrip("#")
    if not wanted:
        raise WhichSession(verb=verb, example=example(archive, actor))
    found = called(request, wanted)
    if not found:
        raise NoSuchSession(number=wanted.upper()[:40])
    if len(found) > 1:
        raise SeveralSessions(number=wanted, choices=" or ".join(one.number for one in found))
    if verb == "close":
        _was_held(found[0], request.today)
    return found[0]


def _was_held(sitting: Sitting, today: date) -> None:
    """Said before anybody fills in who came."""
    if sitting.session.state is State.PLANNED and today < sitting.session.day:
        raise NotHeldYet(number=sitting.number, day=when.day(sitting.session.day))


def called(request: Request, words: str) -> tuple[Sitting, ...]:
    """Those meant by a number as a person writes it: "NOR-MTG-09", "mtg-9" or "9"."""
    archive, actor = request.archive, request.actor
    exact = get(archive, actor, words.upper()) or get(archive, actor, words)
    if exact:
        return (exact,)
    short = SHORT.fullmatch(words)
    if short is None:
        return ()
    room = archive.room_at(actor, request.intent.place)
    homes = (room.partnership,) if room else tuple(one.id for one in archive.partnerships(actor))
    every = (one for home in homes for one in archive.meetings(actor, home))
    meant = (one.id for one in every if re.search(rf"-0*{short[1]}$", one.id))
    return tuple(sitting for one in meant if (sitting := get(archive, actor, one)))


def example(archive: Archive, actor: Actor) -> str:
    """The number of a session that they may see."""
    every = (one.id for home in archive.partnerships(actor) for one in archive.meetings(actor, home.id))
    return max(every, default="NOR-MTG-01")


def get(archive: Archive, actor: Actor, session: str) -> Sitting | None:
    """One by its id, with its committee."""
    found = archive.meeting(actor, session)
    committee = archive.committee(actor, found.committee) if found else None
    return Sitting(found, committee) if found and committee else None


def setting(archive: Archive, reader: Actor, sitting: Sitting) -> Setting:
    """What its cards need, as this reader may see it."""
    return of_partnership(archive, reader, sitting.partnership)


def of_partnership(archive: Archive, reader: Actor, partnership: str) -> Setting:
    """The two companies and their people."""
    home = archive.partnership(reader, partnership)
    assert home is not None  # noqa: S101 the record itself was visible
    people = {one.id: one for one in archive.people(reader, partnership)}
    return placed(archive, Setting(reader, home, people))


def opened(opening: Opening) -> Sitting | None:
    """The session a letter is about, where its reader may see it."""
    return get(opening.archive, opening.reader, opening.letter.subject.partition("/")[0])


def save(request: Request, old: Sitting, new: Sitting, what: str, why: str = "") -> Sitting:
    """The next state and its line in the record; what was saved."""
    session = replace(new.session, version=old.version + 1)
    request.archive.save_meeting(request.actor, session)
    change = difference(old.session, session)
    scope = Scope(session.partnership, Visibility.SHARED)
    request.archive.record(
        Entry(what, request.actor.person, request.now, scope, "", session.id, why, *change)
    )
    return replace(new, session=session)


def follow(request: Request, sitting: Sitting) -> None:
    """Its live card, in every room of both companies and wherever else it stands."""
    rooms = request.archive.rooms(request.actor, Scope(sitting.partnership, Visibility.SHARED))
    letter = Letter(CARD, sitting.id)
    here = (*(Audience(room=one.id) for one in rooms), *request.archive.told(letter))
    for audience in dict.fromkeys(here):
        key = f"{CARD}:{sitting.id}:{audience.queue}:session {sitting.version}"
        request.promise(audience, letter, key, sitting.version)


def tell(request: Request, sitting: Sitting, people: Iterable[str]) -> None:
    """What was just done, once to each of these people but the one who did it."""
    spread.tell(request, KINDS, sitting, people)


def concerned(request: Request, sitting: Sitting) -> Iterable[str]:
    """Both chairs."""
    return (one for side in Side if (one := sitting.committee.chair(side)))
