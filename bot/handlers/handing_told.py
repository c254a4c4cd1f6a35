"""Telling of what changed hands: one letter for each person, in which each reads only what they may see."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.actors import Actor, Permission, Role
from bot.cards import leaving as cards
from bot.cards.leaving import Item, Moves
from bot.governance.visibility import Scope, Visibility
from bot.handlers.handing import Handed, Held
from bot.handlers.spread import and_stand_ins
from bot.outbox import Audience, Letter
from bot.ports import Archive, Opening, Request
from bot.views import Card

MOVED = "setup.moved"


@dataclass(frozen=True, slots=True)
class Spot:
    """A level or line of one partnership that fell empty or changed hands: "L1", "the quality line"."""

    partnership: str
    words: str


@dataclass(frozen=True, slots=True)
class Leaver:
    """Who has left which company, and who takes over ("" for nobody)."""

    person: str
    name: str
    organisation: str
    company: str
    heir: str = ""


def tell(request: Request, leaver: Leaver, spots: Iterable[Spot], handed: Iterable[Handed]) -> None:
    """Each person whom any of it concerns hears of all that, once, and whoever stands in for them today.

    Who did it sees it anyway.
    """
    places, records = defaultdict[str, list[Spot]](list), defaultdict[str, list[Handed]](list)
    for spot in spots:
        for person in _answering(request, spot.partnership):
            places[person].append(spot)
    managers = naming(request.archive, request.actor)
    for one in handed:
        for person in dict.fromkeys((*one.people, *(() if one.moved else managers))):
            records[person].append(one)
    for person in [*places, *records]:
        for other in and_stand_ins(request, (person,)):
            places[other] += [one for one in places[person] if one not in places[other]]
            records[other] += [one for one in records[person] if one not in records[other]]
    for person in sorted({*places, *records} - {request.actor.person, leaver.person}):
        facts = told(leaver, places[person], records[person])
        key = f"{MOVED}:{leaver.person}:{request.intent.key}:{person}"
        request.promise(Audience(person=person), Letter(MOVED, leaver.person, facts), key)


def _answering(request: Request, partnership: str) -> tuple[str, ...]:
    """Both sides' administrators."""
    home = request.archive.partnership(request.actor, partnership)
    if home is None:
        return ()
    return tuple(one for side in (home.sponsor, home.cro) for one in request.archive.administrators(side))


def naming(archive: Archive, actor: Actor) -> tuple[str, ...]:
    """Who of the actor's company can name a new owner: administrators and alliance managers."""
    return tuple(
        one.id for one in archive.staff(actor) if one.administers or Role.ALLIANCE_MANAGER in one.roles
    )


def may_name(actor: Actor, organisation: str) -> bool:
    """Whether the actor is one of these, of that company."""
    grants = actor.may(Permission.ADMINISTER) or Role.ALLIANCE_MANAGER in actor.roles
    return actor.organisation == organisation and grants


def told(leaver: Leaver, spots: Iterable[Spot], handed: Iterable[Handed]) -> dict[str, str]:
    """As the facts of a letter; whoever opens it reads what they may see then."""
    rows = [
        (one.held.noun, one.held.record.id, one.held.words, *_scope(one.held), "moved" if one.moved else "")
        for one in handed
    ]
    return {
        "name": leaver.name,
        "organisation": leaver.organisation,
        "company": leaver.company,
        "heir": leaver.heir,
        "places": json.dumps([(one.partnership, one.words) for one in spots]),
        "records": json.dumps(rows),
    }


def _scope(held: Held) -> tuple[str, str]:
    return held.scope.partnership, held.scope.visibility.value


def read(facts: Mapping[str, str], archive: Archive, reader: Actor) -> Moves:
    """What this reader may see of it now."""
    rows = json.loads(facts.get("records", "[]"))
    seen = [
        (Item(noun, record, words), bool(moved))
        for noun, record, words, home, visibility, moved in rows
        if Scope(home, Visibility(visibility)) in reader.sees
    ]
    return Moves(
        heir=facts.get("heir", ""),
        places=_places(json.loads(facts.get("places", "[]")), archive, reader),
        taken=tuple(item for item, moved in seen if moved),
        waits=tuple(item for item, moved in seen if not moved),
        roles=facts.get("roles", ""),
    )


def _places(rows: list[list[str]], archive: Archive, reader: Actor) -> tuple[str, ...]:
    """With their partner, where the reader has several."""
    homes = {one.id: one for one in archive.known_partnerships(reader)}
    several = len({home for home, _ in rows}) > 1 and reader.side is not None
    return tuple(
        f"{words} with {homes[home].company(reader.side.other)}" if several and reader.side else words
        for home, words in rows
        if home in homes
    )


def notice(opening: Opening) -> tuple[Card, int] | None:
    """For everybody whom it concerns; nothing where they may see none of it any more."""
    facts, reader = opening.letter.facts, opening.reader
    moves = read(facts, opening.archive, reader)
    if not (moves.places or moves.taken or moves.waits):
        return None
    person = opening.letter.subject if may_name(reader, facts["organisation"]) else ""
    return cards.moved(facts["name"], facts["company"], person, moves), 0
