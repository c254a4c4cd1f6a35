"""Channels and their links, in words: what a channel shows, the code for the partner's, and the end of it."""

from bot.cards import when
from bot.cards.setup import BACK
from bot.governance.invitation import Invitation, State
from bot.governance.partnership import Partnership, Room
from bot.governance.visibility import Side, Visibility
from bot.views import Buttons, Card, Notice, Table, Text, Tone

ENDED = Card("This channel is no longer linked", (Text("Parley shows nothing here from now on."),))
OFF = Card(
    "The link has ended",
    (
        Notice("Parley shows nothing in this channel any more.", Tone.GOOD),
        Text("To link it again, say “link” there."),
    ),
)
LOST = "The code can no longer be shown; say “link” in the channel again to get a new one."


def classes(company: str) -> tuple[tuple[str, str], ...]:
    """What a channel can show."""
    return ("shared", "What both companies share"), ("internal", f"What only {company} may see"[:75])


def channel(room: Room) -> str:
    """What a channel is called, where we were told."""
    return room.name or "A channel"


def seen(partnership: Partnership, visibility: Visibility) -> str:
    """Who reads what is shown there."""
    if visibility is Visibility.SHARED:
        return f"{partnership.sponsor_name} and {partnership.cro_name}"
    side = visibility.side or Side.SPONSOR
    return f"{partnership.company(side)} only, about {partnership.company(side.other)}"


def code(made: Invitation, words: str, other: str, zone: str) -> Card:
    """For the side that began."""
    title = f"Now {other}’s channel"
    if made.state is not State.OPEN:
        over = (
            "Both channels are linked."
            if made.state is State.ACCEPTED
            else "That code opens nothing any more."
        )
        return Card(title, (Notice(over), Buttons((BACK,))), over)
    until = when.instant(made.until, zone)
    say = f"In {other}’s own channel their administrator says: link {words}" if words else LOST
    rest = Text(f"Then both channels are linked at once. It works once, until {until}.")
    return Card(title, (Notice(say), rest, Buttons((BACK,))), f"{title}, until {until}")


def done(room: Room, partnership: Partnership) -> Card:
    """For the administrator who linked it."""
    name = room.name or "The channel"
    words = f"{name} is linked: {seen(partnership, room.visibility)}."
    return Card("The channel is linked", (Notice(words, Tone.GOOD), Buttons((BACK,))), words)


def told(partnership: Partnership, visibility: Visibility) -> Card:
    """For everybody in the channel."""
    title = "This channel is linked"
    who = seen(partnership, visibility)
    words = f"What is logged here is for {who}, unless its writer says otherwise."
    hint = Text(
        "To log an issue: issue TMF backlog at site 104, major, owner @name, due next Friday", quiet=True
    )
    return Card(title, (Text(words), hint), f"{title}: {who}")


def rooms(rows: tuple[tuple[Room, Partnership], ...], missing: tuple[str, ...]) -> Card:
    """A company's linked channels, and how the missing ones are linked."""
    listed = tuple((channel(room), seen(partnership, room.visibility)) for room, partnership in rows)
    table = Table(("Channel", "Who reads there"), listed) if listed else Text("No channel is linked yet.")
    lacking = f"Missing: a channel for {' and '.join(missing)}. " if missing else ""
    how = (
        f"{lacking}Add Parley to a channel of yours and say “@Parley link” there; “@Parley link end” ends it."
    )
    return Card("Your channels", (table, Text(how), Buttons((BACK,))))
