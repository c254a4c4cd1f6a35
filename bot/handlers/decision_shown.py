"""The letters that show one decision: its live card, the whole of it, and what was just done to it."""

from collections.abc import Callable
from dataclasses import replace

from bot.cards import decision as cards
from bot.cards.setting import Setting, line_of
from bot.governance.deciding import Matter
from bot.governance.decision import Status
from bot.handlers.decision import find, get, setting
from bot.handlers.whereabouts import placed
from bot.outbox import Letter
from bot.ports import Opening, Request
from bot.views import Card

WHOLE = "decision.whole"
RECORDED = "decision.recorded"
Drawn = Callable[[Matter, Setting], Card]


def show(request: Request, words: str) -> Letter:
    """One decision, why it was made first."""
    return Letter(WHOLE, find(request, words, "show").id)


def _opened(opening: Opening) -> tuple[Matter, Setting] | None:
    """The decision that a letter is about, where its reader may see it, and what its cards are told in."""
    archive, reader = opening.archive, opening.reader
    about = get(archive, reader, opening.letter.subject.partition("/")[0])
    if about is None:
        return None
    away = archive.stands_for(reader.person, opening.now.date()) if reader.person else frozenset[str]()
    here = placed(archive, setting(archive, reader, about), opening.now)
    history = archive.history(reader, about.id)
    return about, replace(here, stands_for=away, history=history, link=archive.link(reader, about.id))


def _as(draw: Drawn) -> Callable[[Opening], tuple[Card, int] | None]:
    def build(opening: Opening) -> tuple[Card, int] | None:
        found = _opened(opening)
        return (draw(*found), found[0].version) if found else None

    return build


card = _as(cards.card)
recorded = _as(cards.recorded)
whole = _as(cards.whole)


def follow_up(opening: Opening) -> tuple[Card, int] | None:
    """Nothing once it is withdrawn or superseded."""
    found = _opened(opening)
    if found is None:
        return None
    decision = found[0].decision
    over = decision.superseded_by or decision.status is Status.WITHDRAWN
    return None if over else (cards.follow_up(*found), 0)


def news(opening: Opening) -> tuple[Card, int] | None:
    """What somebody did: the line of the record that has the version the letter names."""
    found = _opened(opening)
    if found is None:
        return None
    about, here = found
    said = line_of(here.history, opening.letter.subject.partition("/")[2])
    return (cards.news(about, here, said) if said else cards.card(about, here)), about.version
