"""A test message to one person, by the way every message takes: promised, claimed, built, delivered."""

import asyncio
import secrets

from bot.clock import Clock
from bot.outbox import Audience, Letter, OutboxMessage
from bot.ports import Store
from schedules.post import Post

KIND = "check.hello"
PATIENCE, PAUSE = 20.0, 0.5  # seconds to wait in all, and between two looks


async def say(post: Post, person: str, patience: float = PATIENCE) -> tuple[bool, str]:
    """Whether it arrived, in one line, within so many seconds. What else is due is delivered on the way."""
    key, store = f"{KIND}:{secrets.token_hex(8)}", post.store
    name = await store.write(lambda: _promise(store, person, key, post.clock))
    if name is None:
        return False, f"nobody in the directory has the id “{person}”: nothing was sent"
    try:
        async with asyncio.timeout(patience):
            state, reason = await _settled(post, key)
    except TimeoutError:
        state, reason = await store.read(lambda: _fate(store, key))
    if state == "delivered":
        return True, f"the test message to {name} arrived"
    why = reason or "nobody has taken it yet"
    kept = "; it stays promised and goes as soon as it can" if state == "open" else ""
    return False, f"the test message to {name} did not arrive ({state}: {why}){kept}"


async def _settled(post: Post, key: str) -> tuple[str, str]:
    while True:
        await post.drain()
        state, reason = await post.store.read(lambda: _fate(post.store, key))
        if state != "open":
            return state, reason
        await asyncio.sleep(PAUSE)


def _promise(store: Store, person: str, key: str, clock: Clock) -> str | None:
    with store.writing() as archive:
        reader = archive.person_actor(person)
        if reader is not None:
            archive.promise(OutboxMessage(key, Letter(KIND), Audience(person=person), clock.wall()))
        return reader.name if reader else None


def _fate(store: Store, key: str) -> tuple[str, str]:
    with store.reading() as archive:
        return archive.fate(key)
