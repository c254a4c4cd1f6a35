"""Search: the records that hold all the words, as far as the asker may see, and where the words stand."""

from bot.actors import Actor, Permission
from bot.cards import search as cards
from bot.errors import Refusal
from bot.handlers.export_words import pressed_words, words_of
from bot.handlers.issue_list import classes_of
from bot.handlers.listing import page_of
from bot.handlers.rows import Command
from bot.outbox import Letter
from bot.ports import Archive, Opening, Request
from bot.records import Hit, Search
from bot.views import Card

FOUND = "search.found"
PAGE = 10


class NothingToSearch(Refusal):
    """Say what to look for, for example: search enrolment HAL-301"""


def find(request: Request, words: str) -> Letter:
    """What the asker may see of it; in a linked room, of its partnership and class."""
    pressed = request.intent.fields
    wanted = words_of(words) or pressed_words(pressed)
    if not wanted:
        raise NothingToSearch
    asked = {"words": "\n".join(wanted), "page": page_of(pressed)}
    asked |= {name: pressed[name] for name in ("partnership", "class") if pressed.get(name)}
    room = request.archive.room_at(request.actor, request.intent.place)
    if room:
        asked |= {"partnership": room.partnership, "class": room.visibility.value}
    return Letter(FOUND, facts=asked)


def found(opening: Opening) -> tuple[Card, int]:
    """One page of what was found, the newest first."""
    facts, archive, reader = opening.letter.facts, opening.archive, opening.reader
    words, number = tuple(facts["words"].split("\n")), int(facts["page"])
    which = Search(words, facts.get("partnership", ""), classes=classes_of(facts.get("class", "")))
    hits = archive.search(reader, which)
    shown = archive.quoted(reader, words, hits[number * PAGE : (number + 1) * PAGE])
    rows = tuple((hit, _state(archive, reader, hit)) for hit in shown)
    asked = {name: value for name, value in facts.items() if name != "page"}
    return cards.found(rows, cards.Found(words, number, PAGE, len(hits), asked)), 0


def _state(archive: Archive, reader: Actor, hit: Hit) -> str:
    """What became of it, in a word or two."""
    match hit.noun:
        case "issue":
            issue = archive.issue(reader, hit.record)
            return issue.state.words if issue else ""
        case "commit":
            commitment = archive.commitment(reader, hit.record)
            return commitment.state.value if commitment else ""
        case "decision":
            decision = archive.decision(reader, hit.record)
            return decision.status.value if decision else ""
        case "action":
            action = archive.action(reader, hit.record)
            return action.state.value if action else ""
        case _:
            session = archive.meeting(reader, hit.record)
            return session.state.value if session else ""


SAYS, EXAMPLE = "Find whatever has these words", "search enrolment HAL-301"
ROWS = (Command("search", SAYS, EXAMPLE, Permission.READ, find, reads=True),)
LETTERS = {FOUND: found}
