"""The cards about who is in a room: what the room shows, and what its administrator is asked."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.actors import Actor, Role
from bot.cards import room as cards
from bot.governance.roster import Roster, State, approve, call, leave, lose
from bot.governance.visibility import Side
from bot.intents import Account, Handle, Kind
from bot.views import Card

AT = datetime(2026, 11, 10, 9, tzinfo=UTC)
KEEPER = frozenset({Role.ADMINISTRATOR})
DAVID = Actor("PER-08", "", "ORG-NOR", Side.CRO, KEEPER, frozenset(), frozenset(), "Europe/London")
EMPTY = Roster("R1", "ORG-NOR", "P-NOR", "halcyra-partnership", "T0NORTHMERE")
HOSTILE = "<!channel> <at>All</at> *bold* `code` > quoted [click](https://evil.example) | a | b"
STRANGERS = (
    Account(Handle("slack", "T0NORTHMERE", "U1", "Zoë Núñez")),
    Account(Handle("slack", "T0NORTHMERE", "U2", "Gus"), Kind.GUEST),
    Account(Handle("slack", "T0NORTHMERE", "U3", "Poll"), Kind.APP),
    Account(Handle("teams", "22222222-bbbb-4bbb-8bbb-000000000002", "aad-4", "Wei-Ling Chen")),
    Account(Handle("slack", "", "U5")),
    Account(Handle("slack", "T0FAR", "U6", HOSTILE)),
)
MUTED = call(EMPTY, [(one, False) for one in STRANGERS])
CROWD = call(
    EMPTY, [(Account(Handle("slack", "T1", f"U{n:03}", f"{HOSTILE} {n}")), False) for n in range(90)]
)
STATES = {
    "somebody unknown": MUTED,
    "one unknown": call(EMPTY, [(STRANGERS[0], False)]),
    "a crowd": CROWD,
    "a long name": replace(MUTED, name=HOSTILE * 3),
    "not in there": lose(EMPTY),
    "approved": approve(MUTED, "PER-08", AT),
    "left": leave(MUTED, "PER-08", AT),
    "all gone": replace(MUTED, state=State.OPEN, occupants=()),
}


def rooms() -> list[tuple[str, Card]]:
    """In every state a room can have."""
    shown = [
        ("room.closed", cards.CLOSED),
        ("room.closed, open again", cards.REOPENED),
        ("room.left", cards.LEFT),
    ]
    shown += [
        (f"room.asked, {name}", cards.asked(state, DAVID, "David Okonkwo")) for name, state in STATES.items()
    ]
    return [*shown, ("room.asked, by a hostile name", cards.asked(STATES["approved"], DAVID, HOSTILE))]
