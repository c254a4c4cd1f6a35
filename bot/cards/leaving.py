"""Somebody leaves, in words: what would move, what has moved, and what waits for somebody to take it over."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.governance.company import Member
from bot.views import Block, Button, Buttons, Card, Choice, Facts, Form, Notice, Text, Tone

SHOW = Button("Who answers to whom", "setup.counterparts")
BACK = Button("Back to setting up", "setup")
STAYS = "Their name stays in the record, with what they held and until when."
NOUNS = {
    "issue": "Issues",
    "commit": "Promises",
    "action": "Action items",
    "decision": "Decisions",
    "committee": "Committees",
}
SHOWN = {"issue": "issue.show", "commit": "commit.show", "decision": "decision.show"}
MOST = 20  # of what moves, in one sentence
LONGEST_TITLE = 150  # characters
AT_HAND = 4  # records that have a button of their own


@dataclass(frozen=True, slots=True)
class Item:
    """One record that changes hands: its kind, its id, and what people call it."""

    noun: str
    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Moves:
    """What changes hands as one reader may see it. `heir` is who takes over, "" for nobody yet.

    `places` are levels and lines, `taken` the records that move, `waits` those that nobody can take over.
    `roles` are those that the heir would get where that is chosen.
    """

    heir: str = ""
    places: tuple[str, ...] = ()
    taken: tuple[Item, ...] = ()
    waits: tuple[Item, ...] = ()
    roles: str = ""


def leaving(member: Member, moves: Moves) -> Card:
    """All that would move, before anything does."""
    title = f"{member.name} leaves?"
    facts = [("Access", "ends at once, everywhere in Parley")]
    if moves.places:
        facts.append(("Holds", "; ".join(moves.places)))
    facts += [
        (name, listed(one.words for one in moves.taken + moves.waits if one.noun == noun))
        for noun, name in NOUNS.items()
    ]
    if moves.places or moves.taken or moves.waits:
        facts.append(("Taken over by", moves.heir or NOBODY))
    if moves.heir and moves.waits:
        facts.append(("Not by them", f"{listed(one.words for one in moves.waits)}: somebody else is named"))
    if moves.roles:
        facts.append(("Roles", f"{moves.roles}: {moves.heir} gets them only if you say so below"))
    shown = Facts(tuple((label, value) for label, value in facts if value))
    return Card(title, (shown, Text(STAYS, quiet=True), Buttons(_sure(member, moves))), title)


NOBODY = "nobody: no back-up is named, so these fall empty or wait until you name somebody"


def _sure(member: Member, moves: Moves) -> tuple[Button, ...]:
    person = {"person": member.id}
    end = Button("End their access", "setup.leave.end", person, primary=True)
    both = Button("End it, hand over the roles", "setup.leave.end", {**person, "roles": "yes"})
    return (end, *((both,) if moves.roles else ()), Button("Keep them", "setup.people"))


def left(name: str, person: str, moves: Moves) -> Card:
    """It has happened; for whoever did it."""
    words = f"{name} can use Parley no longer."
    ways = (*_naming(person, moves), Button("Counterparts", "setup.counterparts"), BACK)
    roles = (Text(f"{moves.heir} has their roles now: {moves.roles}."),) if moves.roles else ()
    blocks: tuple[Block, ...] = (Notice(words, Tone.GOOD), *_told(moves), *roles, Buttons(ways))
    return Card(f"{name} has left", blocks, words)


def moved(name: str, company: str, person: str, moves: Moves) -> Card:
    """For everybody of both sides whom it concerns; `person` is "" for who cannot name an heir."""
    whole = f"{name} ({company}) has left"
    title = whole if len(whole) <= LONGEST_TITLE else f"{name} has left"
    shown = (
        Button(one.words, SHOWN[one.noun], {one.noun: one.id})
        for one in moves.taken + moves.waits
        if one.noun in SHOWN
    )
    ways = (*_naming(person, moves), *list(shown)[:AT_HAND], *((SHOW,) if moves.places else ()))
    blocks: tuple[Block, ...] = (*_told(moves), *((Buttons(ways[:5]),) if ways else ()))
    return Card(title, blocks, f"{title}. {_line(moves)}")


def named(name: str, moves: Moves) -> Card:
    """An heir was named afterwards; for whoever named them."""
    words = f"{moves.heir} has taken over from {name}."
    return Card(words.rstrip("."), (Notice(words, Tone.GOOD), *_told(moves)), words)


def heir_form(name: str, person: str, people: tuple[tuple[str, str], ...], moves: Moves, error: str) -> Form:
    """Who takes over what waits."""
    waits = listed(one.words for one in moves.waits)
    field = Choice("heir", "Who takes over", people, hint=waits[:140], error=error)
    opens = Button("Name somebody", "setup.heir", {"person": person}, primary=True, opens=True)
    instead = Card(
        "Who takes over?",
        (Text(f"{name} has left. These wait: {waits}."), Buttons((opens,))),
        "Who takes over?",
    )
    return Form("Who takes over", "setup.heir.save", (field,), {"person": person}, instead=instead)


def _naming(person: str, moves: Moves) -> tuple[Button, ...]:
    if not person or not moves.waits:
        return ()
    return (Button("Name who takes over", "setup.heir", {"person": person}, primary=True, opens=True),)


def _told(moves: Moves) -> Iterable[Notice]:
    taken = [*moves.places, *(one.words for one in moves.taken)] if moves.heir else []
    if taken:
        yield Notice(f"{moves.heir} takes over: {listed(taken)}.")
    if moves.places and not moves.heir:
        yield Notice(f"Nobody is named any more: {listed(moves.places)}.", Tone.WARNING)
    if moves.waits:
        yield Notice(
            f"Waiting for somebody to take over: {listed(one.words for one in moves.waits)}.", Tone.WARNING
        )


def _line(moves: Moves) -> str:
    return " ".join(one.text for one in _told(moves))


def listed(words: Iterable[str]) -> str:
    """The first of them, and how many more there are."""
    every = list(words)
    more = [f"and {len(every) - MOST} more"] if len(every) > MOST else []
    return ", ".join([*every[:MOST], *more])
