"""Who: the people of a partnership by level and role, or one of them, as far as the asker knows them."""

from collections.abc import Mapping
from dataclasses import replace

from bot import grammar
from bot.actors import Actor
from bot.cards import who as cards
from bot.cards.setting import Setting
from bot.errors import Refusal
from bot.governance.company import Member
from bot.governance.partnership import Partnership, Person
from bot.governance.visibility import Side
from bot.handlers.home import here
from bot.handlers.issue_marks import marked, unmarked
from bot.handlers.listing import page_of
from bot.handlers.rows import Command
from bot.outbox import Letter
from bot.ports import Archive, Opening, Request
from bot.views import Card

CARD, PERSON, WHICH = "who.card", "who.person", "who.which"


class NobodyCalled(Refusal):
    """There is nobody called “{said}” among the people you work with; “who” lists them."""


class NobodyToList(Refusal):
    """You are in no partnership yet, so there is nobody to list; your administrator sets one up."""


def begin(request: Request, words: str) -> Letter:
    """Without a name the list; a pressed button says which person or partnership."""
    fields = request.intent.fields
    said = words.strip()
    if said or fields.get("person"):
        return _one(request, said)
    homes = request.archive.partnerships(request.actor)
    room = request.archive.room_at(request.actor, request.intent.place)
    wanted = fields.get("partnership") or (room.partnership if room else "")
    found = next((home for home in homes if home.id == wanted), next(iter(homes), None))
    if found is None:
        raise NobodyToList
    return Letter(CARD, found.id, {"page": page_of(request.intent.fields)})


def _one(request: Request, said: str) -> Letter:
    known = _known(request.archive, request.actor)
    pressed = request.intent.fields.get("person", "")
    marks = (marked(request, one) for one in request.intent.mentions if one.mark == said)
    meant = [one for one in (pressed, *(person.id for person in marks if person)) if one in known]
    if meant:
        return Letter(PERSON, meant[0])
    name = unmarked(request, {"who": said})["who"].lstrip("@")
    found = grammar.people_called(name, known.values())
    if not found:
        raise NobodyCalled(said=grammar.clean(name)[:60])
    if len(found) > 1:
        return Letter(WHICH, facts={"said": name[:60]})
    return Letter(PERSON, found[0].id)


def _known(archive: Archive, actor: Actor) -> Mapping[str, Person]:
    """Everybody in a partnership of theirs that goes on, by id."""
    homes = archive.partnerships(actor)
    return {one.id: one for home in homes for one in archive.people(actor, home.id)}


def card(opening: Opening) -> tuple[Card, int] | None:
    """The people of one partnership."""
    archive, reader = opening.archive, opening.reader
    homes = archive.partnerships(reader)
    told = here(opening, {opening.letter.subject}).get(opening.letter.subject)
    if told is None or told.partnership not in homes:
        return None
    others = tuple(home for home in homes if home.id != opening.letter.subject)
    pairs = archive.counterparts(reader, opening.letter.subject)
    page = int(opening.letter.facts.get("page", "0"))
    return cards.card(cards.Cast(told, pairs, _own(archive, reader), others, page)), 0


def _own(archive: Archive, reader: Actor) -> Mapping[str, Member]:
    """What the reader's own company keeps of its people; a room is read by more than one company's."""
    return {one.id: one for one in archive.staff(reader)} if reader.person else {}


def person(opening: Opening) -> tuple[Card, int] | None:
    """One person, where the reader knows them."""
    archive, reader = opening.archive, opening.reader
    homes = _homes_of(opening, opening.letter.subject)
    if not homes:
        return None
    own = _own(archive, reader)
    told = here(opening, {home.id for home in homes})
    first = told[homes[0].id]
    found = first.people[opening.letter.subject]
    member = own.get(found.id)
    backup = own.get(member.backup) if member else None
    portrait = cards.Portrait(
        found,
        first.company(homes[0].side_of(found.organisation)),
        opening.now,
        tuple(place for home in homes for place in _places(opening, told[home.id], found)),
        cards.absent(found.id, first),
        member,
        backup.name if backup else "",
    )
    return cards.portrait(portrait), 0


def _homes_of(opening: Opening, person: str) -> tuple[Partnership, ...]:
    """The reader's partnerships in which that person is."""
    archive, reader = opening.archive, opening.reader
    homes = archive.partnerships(reader)
    return tuple(home for home in homes if person in {one.id for one in archive.people(reader, home.id)})


def _places(opening: Opening, told: Setting, person: Person) -> tuple[str, ...]:
    """ "L2, opposite David Okonkwo (Northmere Clinical Ltd)"."""
    home = told.partnership
    side = home.side_of(person.organisation)
    pairs = opening.archive.counterparts(opening.reader, home.id)
    plain = replace(told, away={})
    found = []
    for pair in pairs:
        if pair.of(side) == person.id:
            other = pair.of(side.other)
            across = plain.name(other) if other else f"nobody of {home.company(side.other)}"
            found.append(f"{cards.level(pair.level)}, opposite {across}")
    return tuple(found)


def several(opening: Opening) -> tuple[Card, int]:
    """Those who are called so."""
    said, archive, reader = opening.letter.facts.get("said", ""), opening.archive, opening.reader
    found = grammar.people_called(said, _known(archive, reader).values())
    companies = {
        home.organisation(side): home.company(side) for home in archive.partnerships(reader) for side in Side
    }
    return cards.which(said, tuple((one, companies[one.organisation]) for one in found)), 0


SAYS = "See who is who, or who somebody is"
ROWS = (Command("who", SAYS, "who @name", None, begin, reads=True),)
LETTERS = {CARD: card, PERSON: person, WHICH: several}
