"""Who answers the safety and the quality lines of a reader's own partnerships, as a person reads it."""

from bot.actors import Actor
from bot.cards.issue_legal import Line
from bot.governance.company import Contact
from bot.governance.legal import QUALITY, SAFETY
from bot.governance.partnership import Partnership
from bot.governance.visibility import Side
from bot.ports import Archive

SIDES = {SAFETY: (Side.SPONSOR,), QUALITY: tuple(Side)}  # a breach is told to both sides’ quality lines


def lines(archive: Archive, reader: Actor, line: str, partnership: str = "") -> tuple[Line, ...]:
    """That line in one of the reader's own partnerships, else in all of them; never in anybody else's."""
    mine = archive.partnerships(reader)
    chosen = tuple(one for one in mine if one.id == partnership) or mine
    found = (_line(archive, reader, one, line, side) for one in chosen for side in SIDES[line])
    return tuple(dict.fromkeys(found))


def spoken(archive: Archive, reader: Actor, line: str, partnership: str = "") -> str:
    """The same in one sentence's end: "Halcyra drug safety desk, +41 44 555 01 10, 24x7"."""
    named = [one.answers for one in lines(archive, reader, line, partnership) if one.answers]
    return "; ".join(dict.fromkeys(named)) or f"the sponsor’s {line} line, which nobody has stored here yet"


def _line(archive: Archive, reader: Actor, home: Partnership, line: str, side: Side) -> Line:
    found = next(
        (one for one in archive.contacts(reader, home.id) if (one.line, one.side) == (line, side)), None
    )
    whose = f"{line.capitalize()} line, {home.company(side)}"
    return Line(whose, _answers(archive, reader, home, found) if found else "")


def _answers(archive: Archive, reader: Actor, home: Partnership, contact: Contact) -> str:
    names = {one.id: one.name for one in archive.people(reader, home.id)}
    who = names.get(contact.person, "") or contact.name
    return ", ".join(part for part in (who, contact.phone, contact.email, contact.hours) if part)
