"""The cards of the thread under an issue's card, with everyday words and with the worst ones."""

from dataclasses import replace

from bot.cards import issue_thread as cards
from bot.records import Note
from tests.gallery_words import ASTRAL, DESCRIPTION, LINES, LONG_TITLE, MARKUP, Named
from tests.governance.issues import RAISED
from tests.issue_gallery import EVERYBODY, FULL

NOTE = Note("N-1", FULL.id, FULL.partnership, FULL.visibility, "PER-04", RAISED, "Nine of 14 are filed.")
SAID = {
    "plain": NOTE,
    "by somebody who left": replace(NOTE, person="PER-99"),
    **{
        name: replace(NOTE, text=text[:3000])
        for name, text in {"long": DESCRIPTION, "wide": ASTRAL, "lines": LINES, "markup": MARKUP}.items()
    },
}


def threads() -> list[Named]:
    """An update to each reader, and what the one who took it is told."""
    told = [
        (f"issue.thread, {name}, to {reader}", cards.update(FULL, note, here))
        for name, note in SAID.items()
        for reader, here in EVERYBODY.items()
    ]
    worst = replace(FULL, title=LONG_TITLE)
    return [*told, *((f"issue.taken, {name}", cards.taken(worst, note)) for name, note in SAID.items())]
