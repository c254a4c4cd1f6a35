"""The counter: a browser fetches here what its person asked for in chat, once they said it is theirs."""

import contextlib
from dataclasses import dataclass
from enum import StrEnum

from bot.actors import Actor, Permission
from bot.clock import Clock
from bot.dossier import Dossier
from bot.errors import Busy, Conflict
from bot.governance.export import BROWSERS, ExportLink, Format, State, new_code
from bot.handlers import export
from bot.handlers.export_gather import NothingToExport, gather
from bot.intents import Handle, Intent, Place
from bot.ports import Archive, Request, Store

RACES = 5  # how often what lost a race is tried again


class Progress(StrEnum):
    """How a link stands for the browser that asks.

    `GONE`: unknown, run out, used, refused or another browser's: one page for all of them. `CLOSED`: good,
    and not opened in this browser yet. `WAITING`: its person has been asked in chat. `READY`: fetch it.
    """

    GONE = "gone"
    CLOSED = "closed"
    WAITING = "waiting"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a browser is shown: `code` ("K7-42") while its person is being asked, else ""."""

    progress: Progress
    code: str = ""
    format: Format | None = None


GONE = Seen(Progress.GONE)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What to write down, and as what."""

    dossier: Dossier
    format: Format


class Counter:
    """Synchronous; every call opens its own transaction and is run on a worker thread.

    `cookie` is a random secret of the browser (128 bits at least, HttpOnly); only its digest is kept.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock

    def see_link(self, token: str, cookie: str) -> Seen:
        """How it stands (GET, as often as a page likes); reads only, so a link's preview opens nothing."""
        with self.store.reading() as archive:
            link = archive.export_link_of(token)
            return _seen(link, cookie) if link and self._reader(archive, link) else GONE

    def open_link(self, token: str, cookie: str) -> Seen:
        """A browser opens it (POST): it gets a code and its person is asked in chat; twice is once."""
        for _ in range(RACES):
            with contextlib.suppress(Conflict):
                return self._open(token, cookie)
        raise Busy

    def _open(self, token: str, cookie: str) -> Seen:
        with self.store.writing() as archive:
            link = archive.export_link_of(token)
            reader = self._reader(archive, link) if link else None
            if link is None or reader is None:
                return GONE
            if link.state in (State.MADE, State.ASKED) and not link.shown_in(cookie):
                if link.browsers >= BROWSERS:
                    return GONE
                link = link.opened(cookie, new_code())
                archive.save_export_link(reader, link)
                export.show(self._request(archive, reader), link)
            return _seen(link, cookie)

    def fetch_link(self, token: str, cookie: str) -> Fetched | None:
        """The dossier, gathered anew as its person may see it now, if READY; reads only, marks nothing."""
        with self.store.reading() as archive:
            link = archive.export_link_of(token)
            reader = self._reader(archive, link) if link else None
            if link is None or reader is None or _seen(link, cookie).progress is not Progress.READY:
                return None
            try:
                return Fetched(gather(archive, reader, link.about), link.format)
            except NothingToExport:
                return None

    def hand_over(self, token: str, cookie: str) -> bool:
        """The file is written and may go: True exactly once, and that is recorded. Writes.

        Called after `fetch_link` and the writing of the file, before its first byte is sent: what is
        interrupted before is not lost, and nothing goes out twice.
        """
        try:
            return self._hand_over(token, cookie)
        except Conflict:
            return False  # another request of that browser was first, or its person said no

    def _hand_over(self, token: str, cookie: str) -> bool:
        with self.store.writing() as archive:
            link = archive.export_link_of(token)
            reader = self._reader(archive, link) if link else None
            if link is None or reader is None or _seen(link, cookie).progress is not Progress.READY:
                return False
            link, request = link.became(State.TAKEN), self._request(archive, reader)
            archive.save_export_link(reader, link)
            export.recorded(request, link)
            export.show(request, link)
            return True

    def _reader(self, archive: Archive, link: ExportLink) -> Actor | None:
        """Its person, where they are still let in and the link can still become something."""
        reader = archive.person_actor(link.person) if link.good(self.clock.wall()) else None
        return reader if reader and reader.may(Permission.READ) else None

    def _request(self, archive: Archive, reader: Actor) -> Request:
        """Its person's own, though it comes from no conversation."""
        intent = Intent(Handle("", "", ""), Place("", "", ""), "")
        return Request(archive, reader, intent, self.clock.now(), self.clock.wall())


def _seen(link: ExportLink, cookie: str) -> Seen:
    """A link that is good, as that browser sees it."""
    if link.state is State.GRANTED:
        return Seen(Progress.READY, link.code, link.format) if link.shown_in(cookie) else GONE
    if link.shown_in(cookie):
        return Seen(Progress.WAITING, link.code, link.format)
    return GONE if link.browsers >= BROWSERS else Seen(Progress.CLOSED, "", link.format)
