"""What sessions and their action items add to the menu: the verbs, and the letters they show."""

from collections.abc import Callable, Mapping
from functools import partial

from bot.actors import Permission
from bot.handlers import action, action_acts, action_add, action_shown, session, session_acts, session_shown
from bot.handlers.rows import Command
from bot.ports import Opening
from bot.views import View

READ, WORK = Permission.READ, Permission.LOG
NOUNS: Mapping[str, str] = {
    **{"session": "session", "sessions": "session", "meeting": "session", "meetings": "session"},
    **{"action": "action", "actions": "action"},
}
CLOSE, ACTS = session_acts.VERBS, action_acts.VERBS
ROWS = (
    Command("session", "See the sessions", "session list", READ, session_shown.listed, reads=True),
    Command("session.list", "", "", READ, session_shown.listed, reads=True, typed=("list",)),
    Command(
        "session.show",
        "See who came, what was decided and what is to do",
        "session show NOR-MTG-09",
        READ,
        session_shown.show,
        reads=True,
        typed=("show",),
    ),
    Command(
        "session.close",
        "Say who came, and close a session",
        "session close NOR-MTG-09",
        WORK,
        partial(CLOSE.begin, verb="close"),
        typed=("close",),
    ),
    Command(CLOSE.form_kind, "", "", WORK, CLOSE.open_form),
    Command(CLOSE.submit_verb, "", "", WORK, CLOSE.submit),
    Command(
        "action",
        "Note something small to do, in a thread or for a session",
        "action call the site, @name, due Friday",
        WORK,
        action_add.add,
    ),
    Command("action.add", "", "", WORK, action_add.add, typed=("add",)),
    Command("action.answer", "", "", WORK, action_add.answer),
    Command(
        "action.list",
        "See what is to do, here or by you",
        "action list mine",
        READ,
        action_shown.listed,
        reads=True,
        typed=("list",),
    ),
    Command(
        "action.done",
        "Say that it is done",
        "action done NOR-ACT-001",
        WORK,
        partial(ACTS.begin, verb="done"),
        typed=("done",),
    ),
    Command(
        "action.drop",
        "Say that it is not needed any more",
        "action drop NOR-ACT-001",
        WORK,
        partial(ACTS.begin, verb="drop"),
        typed=("drop",),
    ),
    Command("action.reopen", "", "", WORK, partial(ACTS.begin, verb="reopen"), typed=("reopen",)),
    Command("action.promise", "", "", WORK, action_acts.promise, typed=("promise",)),
    Command(
        "action.close",
        "Offer what is open in a thread as commitments",
        "action close",
        WORK,
        action_acts.close,
        typed=("close",),
    ),
)
LETTERS: Mapping[str, Callable[[Opening], tuple[View, int] | None]] = {
    session.CARD: session_shown.card,
    session.NEWS: session_shown.news,
    session_shown.LIST: session_shown.page,
    session_shown.SHOWN: session_shown.card,
    CLOSE.form_kind: CLOSE.form,
    action.LIST: action_shown.listing,
    action.NEWS: action_shown.news,
    action.OFFER: action_shown.offer,
    action_add.ADDED: action_shown.added,
    action_add.ASK: action_shown.asked,
    action_shown.PAGE: action_shown.page,
    action_acts.OFFERED: action_shown.offered,
}
