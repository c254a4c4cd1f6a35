"""A file's world brought onto a playground's stage: loaded, and its clock at the file's own time."""

from typing import Any

from bot.clock import Clock
from storage import cast
from storage.load.file import as_of, load
from storage.store import SqlStore


def stage(store: SqlStore, clock: Clock, text: str) -> dict[str, Any]:
    """Into a new database; who is in it, as the playground wants to know it."""
    store.set_clock((as_of(text) or clock.wall()) - clock.wall())
    load(store, text, clock.now())
    with store.reading() as archive:
        return cast.everyone(archive)
