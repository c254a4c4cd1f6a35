"""Who is in a room: what it shows while somebody unknown is in it, and what its administrator decides."""

from bot.actors import Actor
from bot.cards import when
from bot.governance.roster import Occupant, Roster, State
from bot.intents import Kind
from bot.views import Block, Button, Buttons, Card, Notice, Table, Text, Tone

MOST = 20  # people in one list
LONGEST_NAME = 60  # characters of a headline
CLOSED = Card(
    "Open in your own space",
    (
        Text("Somebody is in this room whom Parley does not know, so it shows nothing here for now."),
        Text("To see what is new, open your direct messages with Parley."),
    ),
)
REOPENED = Card(
    "This room is open again",
    (Text("What Parley held back meanwhile is shown here now."),),
)
LEFT = Card(
    "Parley has left this room",
    (Text("It shows nothing here any more."),),
)


def asked(roster: Roster, reader: Actor, decider: str) -> Card:
    """The administrator's one card: who is unknown, and what can be done; or how it was settled."""
    title = f"Who is in {_short(roster.name)}?"
    match roster.state:
        case State.MUTED:
            return Card(title, _muted(roster), f"Somebody unknown is in {roster.name}")
        case State.ABSENT:
            return Card(title, _absent(roster), f"Parley is not in {roster.name}")
    settled = "Everybody there is known."
    if roster.at:
        done = "Unlinked" if roster.state is State.LEFT else "Approved"
        settled = f"{done} by {decider}, {when.instant(roster.at, reader.zone)}."
    return Card(title, (Notice(settled, Tone.GOOD),))


def _muted(roster: Roster) -> tuple[Block, ...]:
    unknown = roster.unknown
    rows = tuple((one.handle.name or "Somebody", _told(one, roster)) for one in unknown[:MOST])
    if len(unknown) > MOST:
        rows = (*rows, (f"and {len(unknown) - MOST} more", ""))
    return (
        Notice("Parley shows nothing there while somebody unknown is in it.", Tone.WARNING),
        Table(("Name", "Account"), rows),
        Text("Approve, and they may read what is shown in that room. Or leave it: the room is unlinked."),
        Buttons((_button("Approve", "approve", roster), _button("Leave the room", "leave", roster))),
    )


def _absent(roster: Roster) -> tuple[Block, ...]:
    return (
        Notice("Parley is not in that room; what is for it waits until Parley is back.", Tone.WARNING),
        Text("Add Parley to it again, or leave it: the room is unlinked."),
        Buttons((_button("Leave the room", "leave", roster),)),
    )


def _told(one: Occupant, roster: Roster) -> str:
    """What its platform says of the account, the same for everybody whom this room does not know."""
    where = one.handle.platform.capitalize()
    kind = {Kind.APP: "App", Kind.GUEST: "Guest"}.get(one.kind, "Member")
    if not one.handle.tenant:
        return f"{where} does not say who this is"
    if one.handle.tenant != roster.tenant:
        return f"{kind} of {one.handle.tenant}, another company on {where}"
    return f"{kind} on {where}"


def _button(label: str, answer: str, roster: Roster) -> Button:
    fields = {"room": roster.room, "version": str(roster.version), "answer": answer}
    return Button(label, "room.decide", fields, primary=answer == "approve")


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
