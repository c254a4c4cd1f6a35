"""The detour: what cannot reach somebody goes to them elsewhere, an alarm also to whoever stands in."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.cards import detour as cards
from bot.clock import Clock
from bot.outbox import Audience, Claimed, Letter, OutboxMessage
from bot.ports import Archive, Opening, Store
from bot.views import Card, View

FOR, AGAIN = "for", "again"  # facts of a letter: whom it was meant for; it may have reached them before
PASSED = "passed"  # went to the same person elsewhere: they are not missed
DETOURS = re.compile(r"(?:elsewhere:|instead:[^:]*:)+")


class Detour:
    """Synchronous; every call opens its own transaction. `opens` builds a letter, None where it may not."""

    def __init__(self, store: Store, clock: Clock, opens: Callable[[Opening], object]) -> None:
        self.store = store
        self.clock = clock
        self.opens = opens

    def missed(self, claimed: Claimed, state: str, reason: str, doubt: bool) -> bool:
        """Close what did not arrive and promise what goes instead, together; False where nothing does.

        `doubt` says it may have arrived all the same.
        """
        message = claimed.message
        if not message.audience.person or "answer:" in message.key:
            return False  # rooms have no other place, and who asked waits where they asked
        with self.store.writing() as archive:
            if message.live and archive.sent(message):
                return False  # only an edit was lost
            further = self._elsewhere(archive, message, doubt)
            closes = PASSED if further else state
            further = further or self._deputy(archive, message)
            if further is None:
                return False
            if archive.close_message(claimed, closes, reason, self.clock.wall()):
                archive.promise(further)
        return True

    def _elsewhere(self, archive: Archive, message: OutboxMessage, doubt: bool) -> OutboxMessage | None:
        """The same to the same person where else they have an account; that is tried once."""
        if message.audience.place:
            return None
        failed = archive.address(message.audience)
        if failed is None:
            return None
        there = archive.elsewhere(message.audience.person, failed.platform, failed.tenant)
        facts = {**message.letter.facts, **({AGAIN: "yes"} if doubt else {})}
        letter = replace(message.letter, facts=facts)
        return self._next(message, f"elsewhere:{message.key}", letter, there) if there.place else None

    def _deputy(self, archive: Archive, message: OutboxMessage) -> OutboxMessage | None:
        """An alarm to the first who may see it of those who stand in for its person."""
        if not message.letter.urgent:
            return None
        whom = message.letter.facts.get(FOR, message.audience.person)
        facts = {name: said for name, said in message.letter.facts.items() if name != AGAIN}
        letter = replace(message.letter, facts={**facts, FOR: whom})
        root = DETOURS.sub("", message.key, count=1)
        for deputy in self._left(archive, whom, message.audience.person):
            if self._may_read(archive, deputy, letter):
                return self._next(message, f"instead:{deputy}:{root}", letter, Audience(person=deputy))
        return None

    def _left(self, archive: Archive, whom: str, tried: str) -> Iterator[str]:
        """Who stands in for them, after the one who was tried."""
        deputies = archive.deputies(whom, self.clock.now().date())
        return iter(deputies[deputies.index(tried) + 1 :] if tried in deputies else deputies)

    def _may_read(self, archive: Archive, person: str, letter: Letter) -> bool:
        reader = archive.person_actor(person)
        return bool(reader and self.opens(Opening(archive, reader, letter, self.clock.now())))

    def _next(self, message: OutboxMessage, key: str, letter: Letter, audience: Audience) -> OutboxMessage:
        wall = self.clock.wall()
        return replace(message, key=key, letter=letter, audience=audience, due=wall)


def marked(archive: Archive, message: OutboxMessage, view: View) -> View:
    """The same card, headed by whom it was meant for where its reader only stands in."""
    if not message.letter.urgent or not message.audience.person or not isinstance(view, Card):
        return view
    whom = message.letter.facts.get(FOR, "") or (archive.instead_of(message) if message.live else "")
    meant = archive.person_actor(whom) if whom else None
    return cards.instead(view, meant.name) if meant else view
