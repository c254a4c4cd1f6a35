"""What a linked channel, its administrators and its people are shown."""

from bot.cards import link as cards
from bot.governance.visibility import Side, Visibility
from bot.ports import Opening
from bot.views import Card


def code(opening: Opening) -> tuple[Card, int] | None:
    """For the side that began: the code, and where it is said."""
    archive, reader = opening.archive, opening.reader
    found = archive.invitation(reader, opening.letter.subject)
    partnership = archive.partnership(reader, found.partnership) if found else None
    if found is None or partnership is None or reader.side is None:
        return None
    other = partnership.company(reader.side.other)
    return cards.code(found, archive.code(reader, found.id), other, reader.zone), 0


def done(opening: Opening) -> tuple[Card, int] | None:
    """For the administrator who linked it."""
    rooms = opening.archive.own_rooms(opening.reader)
    room = next((one for one in rooms if one.id == opening.letter.subject), None)
    partnership = opening.archive.partnership(opening.reader, room.partnership) if room else None
    return (cards.done(room, partnership), 0) if room and partnership else None


def told(opening: Opening) -> tuple[Card, int] | None:
    """For everybody in the channel."""
    facts, reader = opening.letter.facts, opening.reader
    partnership = opening.archive.partnership(reader, facts["partnership"])
    return (cards.told(partnership, Visibility(facts["class"])), 0) if partnership else None


def ended(opening: Opening) -> tuple[Card, int]:
    """The last word in the channel."""
    return cards.ENDED, 0


def off(opening: Opening) -> tuple[Card, int]:
    """For the administrator who ended it."""
    return cards.OFF, 0


def listing(opening: Opening) -> tuple[Card, int]:
    """The same, as a card, with what is missing."""
    archive, reader = opening.archive, opening.reader
    known = {one.id: one for one in archive.partnerships(reader)}
    listed = tuple(
        (one, known[one.partnership]) for one in archive.own_rooms(reader) if one.partnership in known
    )
    linked = {room.partnership for room, _ in listed if room.visibility is Visibility.SHARED}
    other = (reader.side or Side.SPONSOR).other
    missing = tuple(one.company(other) for one in known.values() if one.id not in linked)
    return cards.rooms(listed, missing), 0
