"""Patience and commit: whichever comes first wins, and what is said about it is true."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.errors import Busy
from storage import patience


@pytest.fixture
def threads():
    with ThreadPoolExecutor(1) as pool:
        yield pool


async def test_work_without_a_limit_may_take_as_long_as_it_needs(threads):
    assert await patience.run(threads, lambda: patience.CURRENT.get(), None) is None
    assert patience.lock_wait() == patience.LOCK_WAIT


async def test_work_that_ends_in_time_gives_its_value(threads):
    assert await patience.run(threads, lambda: patience.lock_wait() <= 0.5, 0.5)


async def test_a_commit_that_ends_a_little_late_still_counts(threads):
    began, go = threading.Event(), threading.Event()

    def work():
        patience.CURRENT.get().begin_commit()
        began.set()
        go.wait()
        return "saved"

    asyncio.get_running_loop().call_later(0.3, go.set)
    assert await patience.run(threads, work, 0.1) == "saved"


async def test_a_commit_that_never_ends_is_not_called_unsaved(threads):
    go = threading.Event()

    def work():
        patience.CURRENT.get().begin_commit()
        go.wait()

    with pytest.raises(TimeoutError):
        await patience.run(threads, work, 0.05)
    go.set()


async def test_nothing_commits_after_somebody_gave_up(threads):
    go, told = threading.Event(), []

    def work():
        go.wait()
        try:
            patience.CURRENT.get().begin_commit()
        except Busy:
            told.append("too late")

    with pytest.raises(Busy):
        await patience.run(threads, work, 0.05)
    go.set()
    await patience.run(threads, lambda: None, None)
    assert told == ["too late"]


def test_time_that_is_over_is_over_also_when_nobody_gave_up():
    over = patience.Patience(0)
    with pytest.raises(Busy):
        over.begin_commit()
    assert over.give_up()
