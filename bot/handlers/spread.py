"""How a record of one class is spread: live cards in its rooms and to its people, and news, each once."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.governance.record import Record
from bot.governance.visibility import Scope
from bot.outbox import Audience, Letter
from bot.ports import Archive, Request


@dataclass(frozen=True, slots=True)
class Kinds:
    """The letters of a noun: its live `card` (by id), and the `news` of one version (by "id/version")."""

    card: str
    news: str


def entitled(archive: Archive, people: Iterable[str], record: Record) -> tuple[str, ...]:
    """Those of the people who may see it, each once. Nobody is named on such a record to read it."""
    scope = Scope(record.partnership, record.visibility)
    readers = ((person, archive.person_actor(person)) for person in dict.fromkeys(people) if person)
    return tuple(person for person, reader in readers if reader and scope in reader.sees)


def and_stand_ins(request: Request, people: Iterable[str]) -> tuple[str, ...]:
    """And whoever stands in for those who are away today, and in turn for these; each once."""
    told = dict.fromkeys(people)
    waiting = list(told)
    while waiting:
        stand_in = request.archive.stand_in(waiting.pop(), request.now.date())
        if stand_in and stand_in not in told:
            told[stand_in] = None
            waiting.append(stand_in)
    return tuple(told)


def post_cards(request: Request, kinds: Kinds, record: Record, people: Iterable[str]) -> None:
    """A live card in every room of its class, and to these people and who stands in for them."""
    told = entitled(request.archive, and_stand_ins(request, people), record)
    _promise(request, kinds, record, [*_rooms(request, record), *(Audience(person=one) for one in told)])


def refresh_cards(request: Request, kinds: Kinds, record: Record) -> None:
    """Every live card follows it; a room that never had one gets it now. Its last news loses its buttons."""
    already = request.archive.told(Letter(kinds.card, record.id))
    _promise(request, kinds, record, [*_rooms(request, record), *already])
    last = Letter(kinds.news, f"{record.id}/{record.version - 1}")
    for audience in request.archive.told(last):
        send(request, last, audience, record.version)


def tell(request: Request, kinds: Kinds, record: Record, people: Iterable[str]) -> None:
    """What was just saved, once to each of these people but the one who did it.

    `record` is as it was saved: its version names the line of the record that is told.
    """
    for person in entitled(request.archive, and_stand_ins(request, people), record):
        if person != request.actor.person:
            letter = Letter(kinds.news, f"{record.id}/{record.version}")
            send(request, letter, Audience(person=person), record.version)


def send(request: Request, letter: Letter, audience: Audience, version: int) -> None:
    """One live letter in one place: the same version of it is promised there once."""
    request.promise(audience, letter, f"{letter.kind}:{letter.subject}:{audience.queue}:{version}", version)


def _rooms(request: Request, record: Record) -> list[Audience]:
    scope = Scope(record.partnership, record.visibility)
    return [Audience(room=room.id) for room in request.archive.rooms(request.actor, scope)]


def _promise(request: Request, kinds: Kinds, record: Record, audiences: Iterable[Audience]) -> None:
    for audience in dict.fromkeys(audiences):
        send(request, Letter(kinds.card, record.id), audience, record.version)
