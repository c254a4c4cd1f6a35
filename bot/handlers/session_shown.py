"""The letters that show sessions: a list, one with all that hangs on it, and what was just done to it."""

from datetime import date

from bot.cards import session as cards
from bot.cards.session import Held
from bot.cards.when import local
from bot.errors import Refusal
from bot.governance.session import State
from bot.governance.sitting import Sitting
from bot.handlers import session
from bot.handlers.whereabouts import placed
from bot.joint import ActionFilter, DecisionFilter
from bot.outbox import Letter
from bot.ports import Opening, Request
from bot.views import Card

LIST = "session.page"
SHOWN = "session.shown"
EVERY = 500  # decisions or action items of one session
WHICH = ("", "all", "held", "planned")
RECENT = 5  # sessions that were held, where not all are asked for


class NoSuchSessions(Refusal):
    """“session list” takes all, held or planned, and you said “{said}”; leave it out for what is to come."""


def listed(request: Request, words: str) -> Letter:
    """Of the room's partnership, or of all the reader's."""
    which = (request.intent.fields.get("which") or words).strip().lower()
    if which not in WHICH:
        raise NoSuchSessions(said=which[:60])
    room = request.archive.room_at(request.actor, request.intent.place)
    return Letter(LIST, facts={"which": which, "partnership": room.partnership if room else ""})


def show(request: Request, words: str) -> Letter:
    """One session with its decisions and action items."""
    return Letter(SHOWN, session.find(request, words, "show").id)


def page(opening: Opening) -> tuple[Card, int]:
    """What is to come, the soonest first; then what was held, the latest first."""
    archive, reader, facts = opening.archive, opening.reader, opening.letter.facts
    wanted = facts.get("partnership", "")
    homes = [one.id for one in archive.partnerships(reader) if wanted in ("", one.id)]
    every = [
        found
        for home in homes
        for one in archive.meetings(reader, home)
        if (found := session.get(archive, reader, one.id))
    ]
    return cards.listing(_ordered(every, facts.get("which", "")), facts.get("which") == "all"), 0


def _ordered(every: list[Sitting], which: str) -> tuple[Sitting, ...]:
    def day(one: Sitting) -> tuple[date, str]:
        return one.session.day, one.id

    ahead = sorted((one for one in every if one.session.state is State.PLANNED), key=day)
    past = sorted((one for one in every if one.session.state is not State.PLANNED), key=day, reverse=True)
    match which:
        case "planned":
            return tuple(ahead)
        case "held":
            return tuple(one for one in past if one.session.state is State.HELD)
        case "all":
            return (*ahead, *past)
    return (*ahead, *past[:RECENT])


def _held(opening: Opening) -> Held | None:
    found = session.opened(opening)
    if found is None:
        return None
    archive, reader = opening.archive, opening.reader
    decided = archive.decisions(reader, DecisionFilter(session=found.id, limit=EVERY))
    items = archive.actions(reader, ActionFilter(session=found.id, open_only=False, limit=EVERY))
    return Held(found, decided, items)


def card(opening: Opening) -> tuple[Card, int] | None:
    """The live card, and the same as an answer."""
    held = _held(opening)
    if held is None:
        return None
    here = session.setting(opening.archive, opening.reader, held.sitting)
    here = placed(opening.archive, here, opening.now)
    return cards.card(held, here, local(opening.now, opening.reader.zone)), held.version


def news(opening: Opening) -> tuple[Card, int] | None:
    """That it was closed, for the chairs."""
    held = _held(opening)
    if held is None:
        return None
    here = session.setting(opening.archive, opening.reader, held.sitting)
    return cards.news(held, here, local(opening.now, opening.reader.zone)), held.sitting.version
