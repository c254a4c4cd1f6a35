"""Who is away and who has left, for the cards that name people: asked once for each partnership and day."""

from dataclasses import replace
from datetime import datetime

from bot.actors import Actor
from bot.cards.setting import Setting
from bot.ports import Archive


def placed(
    archive: Archive, here: Setting, now: datetime | None = None, asked: Actor | None = None
) -> Setting:
    """The same setting, in which people who left have their names; with `now`, also who is away today.

    `asked` asks in the reader's place, where all readers of a partnership may share what is found.
    """
    home, asks = here.partnership.id, asked or here.reader
    away = archive.away(asks, home, now.date()) if now else ()
    left = archive.former(asks, home)
    return replace(here, away={one.person: one for one in away}, left={person.id: person for person in left})
