"""“audit”: what was done to the record itself: who opened, looked, redacted or changed what was agreed."""

from bot.actors import Permission
from bot.cards import audit as cards
from bot.handlers.listing import page_of
from bot.handlers.rows import Command
from bot.outbox import Letter
from bot.ports import Opening, Request
from bot.views import Card

PAGE = 10
LIST = "audit.list"


def listed(request: Request, words: str) -> Letter:
    """The newest first, of the asker's partnerships and as they may see it; a press says which page."""
    room = request.archive.room_at(request.actor, request.intent.place)
    facts = {"page": page_of(request.intent.fields)}
    return Letter(LIST, facts=facts | ({"partnership": room.partnership} if room else {}))


def listing(opening: Opening) -> tuple[Card, int]:
    """One page of it."""
    archive, reader, facts = opening.archive, opening.reader, opening.letter.facts
    homes = {one.id: one for one in archive.known_partnerships(reader)}
    wanted = tuple(one for one in sorted(homes) if facts.get("partnership", one) == one)
    page = int(facts["page"])
    found = archive.oversight(reader, wanted, PAGE + 1, page * PAGE)
    people = {one.id: one for home in wanted for one in archive.people(reader, home)}
    lines = tuple(cards.Line(one, homes[one.scope.partnership]) for one in found[:PAGE] if one.scope)
    about = cards.Page(reader, people, page, len(found) > PAGE)
    return cards.listing(lines, about), 0


ROWS = (
    Command(
        "audit",
        "See who opened, looked, redacted or changed terms",
        "audit",
        Permission.READ,
        listed,
        reads=True,
    ),
)
LETTERS = {LIST: listing}
