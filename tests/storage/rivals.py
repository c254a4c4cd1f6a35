"""Four processes on one record, each with its own store, as replicas have."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.clock import Clock
from bot.errors import Busy
from storage.outbox import SqlLedger
from storage.store import SqlStore

T = TypeVar("T")
RIVALS = 4


def patiently(work: Callable[[], T]) -> T:
    """A worker whose record is busy asks again."""
    while True:
        try:
            return work()
        except Busy:
            continue


def rivals(url: str, work: Callable[[SqlStore], T]) -> list[T]:
    """The same work by each of them at the same time."""
    stores = [SqlStore(url, Clock()) for _ in range(RIVALS)]
    with ThreadPoolExecutor(RIVALS) as threads:
        done = list(threads.map(work, stores))
    for store in stores:
        store.close()
    return done


def claim_everything(url: str, claim: Callable[[SqlLedger], list[str]]) -> list[str]:
    """Each claims until nothing is left; what all of them got, one after the other."""

    def work(store: SqlStore) -> list[str]:
        ledger, mine = SqlLedger(store), []
        while claimed := patiently(lambda: claim(ledger)):
            mine += claimed
        return mine

    return [key for mine in rivals(url, work) for key in mine]
