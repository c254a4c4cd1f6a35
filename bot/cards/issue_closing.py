"""What closing a record down cannot undo: who could read it since when, and where it still stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.cards.issue_facts import headline
from bot.cards.issue_preview import counted
from bot.cards.setting import Setting
from bot.governance.issue import Issue
from bot.views import Block, Button, Buttons, Card, Facts, Notice, Text, Tone

MOST = 30  # chats of single people that are named on a card


@dataclass(frozen=True, slots=True)
class Standing:
    """The rooms of both companies by id, in words, and how many messages stand where: by room or person."""

    rooms: Mapping[str, str] = field(default_factory=dict)
    messages: Mapping[str, int] = field(default_factory=dict)


def unshared(wide: Issue, narrow: Issue, here: Setting, standing: Standing) -> Card:
    """It goes on as one's own; what was read stays read."""
    title = f"{wide.number} has ended and goes on as {narrow.number}"
    show = Button("Details", "issue.show", {"issue": narrow.id}, opens=True)
    blocks: tuple[Block, ...] = (
        Notice(f"{wide.number} is withdrawn for everybody who saw it.", Tone.GOOD),
        Text(f"It goes on as {headline(narrow)}, with a new number and its clocks from now."),
        Notice("What cannot be unsent", Tone.WARNING),
        Facts(_read(wide, here, standing)),
        Text(KEPT, quiet=True),
        Buttons((show,)),
    )
    return Card(title, blocks, title)


KEPT = (
    "Parley deletes nothing: the ended record stays, and everybody who saw it may still read and export it. "
    "What stands in a chat is marked as withdrawn there, where the platform lets it be edited."
)


def _read(wide: Issue, here: Setting, standing: Standing) -> tuple[tuple[str, str], ...]:
    theirs = _readers(wide, here)
    rooms = [_there(words, standing.messages.get(room, 0)) for room, words in standing.rooms.items()]
    chats = [
        _there(here.name(one), standing.messages[one]) for one in here.people if one in standing.messages
    ]
    more = [f"and {len(chats) - MOST} more people"] if len(chats) > MOST else []
    return (
        ("Read since", here.time(wide.raised_at)),
        ("Could read it", theirs),
        ("In rooms", "\n".join(rooms) or "in none"),
        ("In chats", "\n".join((*chats[:MOST], *more)) or "in none"),
        *_with_third(here, standing),
    )


def _with_third(here: Setting, standing: Standing) -> tuple[tuple[str, str], ...]:
    """In a third company's own rooms and chats, of which the other two know no more than how many."""
    if here.third is None:
        return ()
    known = {
        *standing.rooms,
        *(one.id for one in here.people.values() if one.organisation != here.third.organisation),
    }
    count = sum(messages for where, messages in standing.messages.items() if where not in known)
    return ((f"With {here.third.name}", _there("its rooms and chats", count)),)


def _readers(wide: Issue, here: Setting) -> str:
    side = wide.visibility.side
    sides = (side,) if side else (wide.raised_side.other, wide.raised_side)
    told = []
    for one in sides:
        own = here.partnership.organisation(one)
        people = sum(1 for person in here.people.values() if person.organisation == own)
        told.append(f"{here.company(one)} ({counted(people)})")
    third = [here.third.name] if here.third else []
    return " and ".join((*told, *third))


def _there(where: str, count: int) -> str:
    return f"{where}: {'1 message' if count == 1 else f'{count} messages'}"
