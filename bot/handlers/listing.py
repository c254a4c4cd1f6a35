"""What a list is asked for: what a button carries, what was typed, which page, and where it is asked."""

from collections.abc import Mapping

from bot import grammar
from bot.actors import Actor
from bot.ports import Archive, Request

DIGITS = 4  # of a page; more is not a page


def asked(request: Request, kept: tuple[str, ...], said: Mapping[str, str]) -> dict[str, str]:
    """Of the pressed fields those that are `kept`, over them what was `said`, and the page as a number.

    In a linked room it is of that room's partnership and class.
    """
    pressed = request.intent.fields
    found = {name: pressed[name] for name in kept if pressed.get(name)} | dict(said)
    found["page"] = page_of(found)
    room = request.archive.room_at(request.actor, request.intent.place)
    if room:
        found |= {"partnership": room.partnership, "class": room.visibility.value}
    return found


def page_of(fields: Mapping[str, str], name: str = "page") -> str:
    """The page that a press asks for; "0" for anything that is no page."""
    said = fields.get(name, "0")
    return said if said.isdecimal() and len(said) <= DIGITS else "0"


def studies(archive: Archive, actor: Actor) -> tuple[str, ...]:
    """Those the asker may know of: any other one is a word like any other."""
    found = (archive.studies(actor, home.id) for home in archive.known_partnerships(actor))
    return tuple(dict.fromkeys(study for each in found for study in each))


def study_called(archive: Archive, actor: Actor, word: str) -> str:
    """The study of that name, "" for none."""
    return next((one for one in studies(archive, actor) if grammar.fold(one) == grammar.fold(word)), "")
