"""Search: the issues that hold all the words, as far as the asker may see, and where the words stand."""

from bot.actors import Permission
from bot.cards import search as cards
from bot.errors import Refusal
from bot.handlers.export_words import pressed_words, words_of
from bot.handlers.issue_list import classes_of
from bot.handlers.rows import Command
from bot.outbox import Letter
from bot.ports import Opening, Request
from bot.records import Search
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
    page = pressed.get("page", "0")
    asked = {"words": "\n".join(wanted), "page": page if page.isdecimal() and len(page) < 5 else "0"}
    asked |= {name: pressed[name] for name in ("partnership", "class") if pressed.get(name)}
    room = request.archive.room_at(request.actor, request.intent.place)
    if room:
        asked |= {"partnership": room.partnership, "class": room.visibility.value}
    return Letter(FOUND, facts=asked)


def found(opening: Opening) -> tuple[Card, int]:
    """One page of what was found, the newest first."""
    facts = opening.letter.facts
    words, number = tuple(facts["words"].split("\n")), int(facts["page"])
    which = Search(words, facts.get("partnership", ""), classes=classes_of(facts.get("class", "")))
    hits = opening.archive.search(opening.reader, which)
    rows = []
    for hit in hits[number * PAGE : (number + 1) * PAGE]:
        issue = opening.archive.issue(opening.reader, hit.issue)
        if issue:
            rows.append((issue, hit))
    asked = {name: value for name, value in facts.items() if name != "page"}
    return cards.found(tuple(rows), cards.Found(words, number, PAGE, len(hits), asked)), 0


SAYS, EXAMPLE = "Find issues by their words", "search enrolment HAL-301"
ROWS = (Command("search", SAYS, EXAMPLE, Permission.READ, find, reads=True),)
LETTERS = {FOUND: found}
