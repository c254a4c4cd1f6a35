"""Who is in a room: looked at before each post; somebody unknown mutes it until its administrator decides."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.actors import Permission
from bot.cards import room as cards
from bot.errors import Refusal
from bot.governance import roster as rules
from bot.governance.change import difference
from bot.governance.roster import Roster, State
from bot.intents import Account, Handle, Kind, Place
from bot.outbox import LEAVE, ROLL, Audience, Letter, OutboxMessage
from bot.ports import Archive, Opening, Request
from bot.records import Entry
from bot.views import Card

ASKED, CLOSED, LEFT = "room.asked", "room.closed", "room.left"
BARRED = {Kind.MEMBER: "", Kind.GUEST: "guest", Kind.GONE: "gone"}
WAITING = (State.MUTED, State.ABSENT)


class NoSuchRoom(Refusal):
    """There is no such room of your company’s, so nothing changed."""


class RoomChanged(Refusal):
    """Who is in that room is not what that card says any more, so nothing changed; this is how it stands."""


class RoomDecided(Refusal):
    """{name} has decided that before, so nothing changed; this is how it stands."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at who is there comes to: the roster before and after, and accounts that stand otherwise.

    `barred` are guests and the gone whom our directory still lets in; `doubted` are members whom it does not.
    """

    before: Roster
    after: Roster
    barred: tuple[Account, ...]
    doubted: tuple[Handle, ...]

    @property
    def stands(self) -> bool:
        """Whether everything is as the record has it."""
        return self.before == self.after and not self.barred and not self.doubted


def look(archive: Archive, room: str, present: Iterable[Account]) -> Look | None:
    """What is to be done about those who are there; None where the room is not linked (any more)."""
    before = archive.roster(room)
    if before is None:
        return None
    everybody = tuple(present)
    seated = [(one, _knows(archive, one, before)) for one in everybody if one.kind is not Kind.GONE]
    ids = [(one, archive.identity(one.handle)) for one, knows in seated if not knows]
    ids += [(one, archive.identity(one.handle)) for one in everybody if one.kind is Kind.GONE]
    barred = tuple(one for one, id_ in ids if id_ and BARRED.get(one.kind) and not id_.barred)
    doubted = tuple(one.handle for one, id_ in ids if id_ and one.kind is Kind.MEMBER and id_.barred)
    return Look(before, rules.call(before, seated), barred, doubted)


def _knows(archive: Archive, account: Account, roster: Roster) -> bool:
    """Whether our own directory lets that account read in the room's partnership."""
    if account.kind is not Kind.MEMBER:
        return False
    actor = archive.actor(replace(account.handle, name=""))
    return actor is not None and roster.partnership in actor.partnerships


def muster(request: Request, found: Look) -> None:
    """Write down what a look came to, and tell whom it concerns."""
    for one in found.barred:
        bar(request, one)
    if found.after != found.before:
        save(request, found.before, found.after)


def save(request: Request, before: Roster, after: Roster, what: str = "room.muster") -> None:
    """The new roster; what it lets through goes, and its cards follow it."""
    archive = request.archive
    archive.save_roster(after)
    if before.state is not after.state or request.actor.person:
        person, facts = request.actor.person, difference(before, after)
        archive.record(Entry(what, person, request.now, None, after.organisation, after.room, "", *facts))
    if after.state is State.OPEN:
        archive.release(after.room, request.wall)
    if State.MUTED in (before.state, after.state) and before.state is not after.state:
        key = f"{CLOSED}:{after.subject}:{after.version}"
        request.promise(Audience(room=after.room), Letter(CLOSED, after.subject), key, after.version)
    if (before.state, after.state) != (State.OPEN, State.OPEN):
        for person in archive.administrators(after.organisation):
            key = f"{ASKED}:{after.subject}:{person}:{after.version}"
            request.promise(Audience(person=person), Letter(ASKED, after.subject), key, after.version)


def lose(request: Request, room: str) -> None:
    """We are not in it: its administrators hear that once."""
    before = request.archive.roster(room)
    after = rules.lose(before) if before else None
    if before and after and after != before:
        save(request, before, after)


def look_again(request: Request, rooms: Iterable[str], key: str) -> None:
    """Whoever posts asks who is in these rooms, as soon as they can; `key` is what it is because of."""
    for room in dict.fromkeys(rooms):
        letter = Letter(ROLL, room)
        request.promise(Audience(room=room), letter, f"{ROLL}:{room}:{key}")


def bar(request: Request, account: Account) -> None:
    """What its platform says of an account we know: it is nobody to us, or somebody again."""
    archive, handle, barred = request.archive, account.handle, BARRED.get(account.kind)
    known = archive.identity(handle)
    if known is None or barred is None or known.barred == barred:
        return
    archive.bar(handle, barred)
    what = "identity.barred" if barred else "identity.restored"
    facts = difference(known, replace(known, barred=barred))
    archive.record(Entry(what, "", request.now, None, known.organisation, known.person, "", *facts))
    key = f"{handle.user}:{barred}:{request.wall.isoformat()}"
    look_again(request, (*archive.rooms_with(handle), *archive.silent_rooms()), key)


def is_silent(request: Request) -> bool:
    """Whether the room in which it was asked shows less than it is linked to."""
    room = request.archive.room_at(request.actor, request.intent.place)
    return room is not None and request.archive.holds_back(room.id)


def decide(request: Request, words: str) -> Letter:
    """The administrator of the room's own company approves those it listed, or gives the room up."""
    archive, actor, fields = request.archive, request.actor, request.intent.fields
    before = archive.roster(fields.get("room", ""))
    answer = fields.get("answer", "")
    if before is None or before.organisation != actor.organisation or answer not in ("approve", "leave"):
        raise NoSuchRoom
    if before.state in WAITING and archive.address(Audience(room=before.room)) is None:
        raise NoSuchRoom
    if before.state not in WAITING and before.by:
        raise RoomDecided(name=_name(archive, before)).showing(ASKED, before.subject)
    if before.state not in WAITING or fields.get("version") != str(before.version):
        raise RoomChanged().showing(ASKED, before.subject)
    if answer == "leave":
        _leave(request, before)
    else:
        save(request, before, rules.approve(before, actor.person, request.now), "room.approve")
    return Letter(ASKED, before.subject)


def _leave(request: Request, before: Roster) -> None:
    """Unlinked at once; what is said and done there about it comes after."""
    archive = request.archive
    there = archive.address(Audience(room=before.room))
    after = give_up(request, before.room) or before
    if there and before.state is not State.ABSENT:
        place = Place(there.platform, there.tenant, there.conversation, service=there.service)
        for kind in (LEFT, LEAVE):
            key = f"{kind}:{after.room}:{after.version}"
            request.promise(Audience(place=place), Letter(kind, before.room), key)


def give_up(request: Request, room: str) -> Roster | None:
    """Unlinked: what was held back is never shown there, and nobody is asked any more who is in it."""
    archive, before, after = request.archive, request.archive.roster(room), None
    if before and before.state in WAITING:
        after = rules.leave(before, request.actor.person, request.now)
        save(request, before, after, "room.leave")
    archive.end_link(request.actor, room)
    archive.drop_withheld(room)
    return after


def asked(opening: Opening) -> tuple[Card, int] | None:
    """The administrators' card, as it stands; None where it is about a time long past."""
    roster = _of(opening)
    reader = opening.reader
    if roster is None or roster.organisation != reader.organisation or not reader.may(Permission.ADMINISTER):
        return None
    return cards.asked(roster, opening.reader, _name(opening.archive, roster)), roster.version


def closed(opening: Opening) -> tuple[Card, int] | None:
    """What the room shows instead of everything else; where it fell silent and is not any more, that."""
    roster = _of(opening)
    if roster is None:
        return None
    if roster.state is State.MUTED:
        return cards.CLOSED, roster.version
    message = OutboxMessage("", opening.letter, Audience(room=roster.room), opening.now)
    return (cards.REOPENED, roster.version) if opening.archive.sent(message) else None


def left(opening: Opening) -> tuple[Card, int]:
    """The last word in a room."""
    return cards.LEFT, 0


def _of(opening: Opening) -> Roster | None:
    roster = opening.archive.roster(opening.letter.subject.rpartition("/")[0])
    return roster if roster and roster.subject == opening.letter.subject else None


def _name(archive: Archive, roster: Roster) -> str:
    decider = archive.person_actor(roster.by) if roster.by else None
    return decider.name if decider else "an administrator"
