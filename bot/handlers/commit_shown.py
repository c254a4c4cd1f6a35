"""The letters that show a promise: its live card, its confirmation, its news, all of it, what one can do."""

from bot.cards import commit as cards
from bot.cards import commit_buttons
from bot.cards.setting import line_of
from bot.handlers.commit import find, furnished, opened
from bot.outbox import Letter
from bot.ports import Opening, Request
from bot.views import Card

Built = tuple[Card, int] | None
WHOLE = "commit.whole"
MORE = "commit.more"


def show(request: Request, words: str) -> Letter:
    """One commitment with its story."""
    return Letter(WHOLE, find(request, words, "show").id)


def more(request: Request, words: str) -> Letter:
    """Everything the asker can do with it now."""
    return Letter(MORE, find(request, words, "show").id)


def card(opening: Opening) -> Built:
    """The live card."""
    promise = opened(opening)
    return (cards.card(promise, furnished(opening, promise)), promise.version) if promise else None


def made(opening: Opening) -> Built:
    """The confirmation for the one who made it."""
    promise = opened(opening)
    if promise is None:
        return None
    done = opening.letter.facts.get("done") or ("Promised" if promise.accepted_at else "Proposed")
    return cards.made(promise, furnished(opening, promise), done), promise.version


def news(opening: Opening) -> Built:
    """What was done with that very version, over the promise as it stands now."""
    promise = opened(opening)
    if promise is None:
        return None
    here, version = furnished(opening, promise), opening.letter.subject.partition("/")[2]
    entry = line_of(here.history, version)
    shown = cards.news(promise, here, entry) if entry else cards.card(promise, here)
    return shown, promise.version


def whole(opening: Opening) -> Built:
    """Everything there is to see for this reader."""
    promise = opened(opening)
    return (cards.whole(promise, furnished(opening, promise)), promise.version) if promise else None


def choices(opening: Opening) -> Built:
    """All a reader can do."""
    promise = opened(opening)
    return (commit_buttons.more(promise, furnished(opening, promise)), promise.version) if promise else None
