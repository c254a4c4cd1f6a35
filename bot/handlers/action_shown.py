"""The letters that show action items: the live list of a thread, a page of open ones, and one by itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.cards import action as cards
from bot.cards.setting import Setting
from bot.cards.when import local
from bot.governance.action import Action, State
from bot.handlers import action, session, session_shown
from bot.joint import ActionFilter
from bot.outbox import Letter
from bot.ports import Opening, Request
from bot.views import Card

Drawn = Callable[[Action, Setting, date], Card]
WHOSE = ("mine", "my")
PAGE = "action.page"


def listed(request: Request, words: str) -> Letter:
    """This thread's, a session's, one's own, or all that are open where one asks."""
    archive, actor = request.archive, request.actor
    room = archive.room_at(actor, request.intent.place)
    said = words.strip()
    thread = action.thread_of(request)
    if said.lower() in WHOSE or not (said or room):
        return Letter(PAGE, facts={"owner": actor.person})
    if said:
        return Letter(session_shown.SHOWN, session.find(request, said, "show").id)
    here = archive.actions(actor, ActionFilter(thread=thread, open_only=False, limit=1)) if thread else ()
    if here:
        return Letter(action.LIST, thread)
    return Letter(PAGE, facts={"partnership": room.partnership if room else ""})


def page(opening: Opening) -> tuple[Card, int]:
    """Open ones, the oldest first."""
    archive, reader, facts = opening.archive, opening.reader, opening.letter.facts
    which = ActionFilter(
        partnership=facts.get("partnership", ""), owner=facts.get("owner", ""), limit=action.EVERY
    )
    items = archive.actions(reader, which)
    homes = dict.fromkeys(one.partnership for one in items)
    here = {home: session.of_partnership(archive, reader, home) for home in homes}
    whose = "Your action items" if facts.get("owner") else "Open action items"
    return cards.page(items, here, _today(opening), whose), 0


def listing(opening: Opening) -> tuple[Card, int] | None:
    """The list of a thread by its key; or, by an action item's id, the list that it stands on."""
    archive, reader, subject = opening.archive, opening.reader, opening.letter.subject
    one = archive.action(reader, subject)
    if one and one.session:
        return session_shown.card(replace(opening, letter=Letter(session.CARD, one.session)))
    which = ActionFilter(thread=one.thread if one else subject, open_only=False, limit=action.EVERY)
    items = archive.actions(reader, which)
    if not items:
        return None
    here = action.setting(archive, reader, items[0])
    return cards.listing(items, here, _today(opening)), sum(item.version for item in items)


def _as(draw: Drawn) -> Callable[[Opening], tuple[Card, int] | None]:
    def build(opening: Opening) -> tuple[Card, int] | None:
        item = action.opened(opening)
        if item is None:
            return None
        archive, reader = opening.archive, opening.reader
        away = archive.stands_for(reader.person, opening.now.date()) if reader.person else frozenset[str]()
        here = replace(action.setting(archive, reader, item), stands_for=away)
        return draw(item, here, _today(opening)), item.version

    return build


added = _as(cards.added)
news = _as(cards.news)
offer = _as(cards.offer)


def offered(opening: Opening) -> tuple[Card, int] | None:
    """Which items were offered to their owners."""
    item = action.opened(opening)
    if item is None:
        return None
    here = action.setting(opening.archive, opening.reader, item)
    items = action.beside(opening.archive, opening.reader, item)
    waits = tuple(one for one in items if one.state is State.OPEN)
    return cards.offered(waits, here, _today(opening)), 0


def asked(opening: Opening) -> tuple[Card, int] | None:
    """Who is to see it, for the one who said it."""
    archive, reader = opening.archive, opening.reader
    draft = archive.draft(reader, opening.letter.subject)
    held = session.get(archive, reader, draft.fields.get("session", "")) if draft else None
    if draft is None or held is None:
        return None
    here = session.setting(archive, reader, held)
    return cards.asked(draft.fields.get("text", ""), draft.id, here), 0


def _today(opening: Opening) -> date:
    return local(opening.now, opening.reader.zone)
