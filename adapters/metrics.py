"""What is counted while the bot runs, for /metrics: never by partnership, never by person."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from bot.errors import Busy

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)  # the strictest platform gives a request three


class Standing(Protocol):
    """How the queues stand: messages by state, the oldest open one in seconds, dues past their time."""

    @property
    def open(self) -> int: ...
    @property
    def held(self) -> int: ...
    @property
    def failed(self) -> int: ...
    @property
    def oldest(self) -> float: ...
    @property
    def overdue(self) -> int: ...


class Proven(Protocol):
    """What the auditor of the clocks found at one wall time: how many are late and how many are not set."""

    @property
    def at(self) -> datetime: ...
    @property
    def late(self) -> int: ...
    @property
    def missing(self) -> int: ...


class Meters:
    """The counters of one process. `standing` blocks, and raises Busy where the record cannot be reached."""

    def __init__(self, standing: Callable[[], Standing]) -> None:
        self.registry = CollectorRegistry()
        self.queues = Queues(standing)
        self.registry.register(self.queues)
        self._requests = self._counter("parley_requests", "Requests answered, refused, busy or fault.")
        self._deliveries = self._counter("parley_deliveries", "Attempts to deliver a message.")
        self._seconds = Histogram(
            "parley_request_seconds",
            "How long a request took.",
            ("platform",),
            registry=self.registry,
            buckets=SECONDS,
        )

        self._late = self._gauge("parley_clocks_late", "Clocks that should have rung and have not.")
        self._missing = self._gauge("parley_clocks_missing", "Clocks that should be set and are not.")
        self._proven = self._gauge("parley_clocks_proven_timestamp_seconds", "When that was looked at last.")

    def _gauge(self, name: str, words: str) -> Gauge:
        """Of several processes that look, the newest word counts."""
        return Gauge(name, words, registry=self.registry, multiprocess_mode="mostrecent")

    def _counter(self, name: str, words: str) -> Counter:
        return Counter(name, words, ("platform", "outcome"), registry=self.registry)

    def asked(self, platform: str, outcome: str, seconds: float) -> None:
        """A request was served; adapters.platform.Meter."""
        self._requests.labels(platform, outcome).inc()
        self._seconds.labels(platform).observe(seconds)

    def sent(self, platform: str, outcome: str) -> None:
        """A message was handed to a platform; schedules.post.Tally."""
        self._deliveries.labels(platform, outcome).inc()

    def proven(self, found: Proven) -> None:
        """The auditor has looked at every clock."""
        self._late.set(found.late)
        self._missing.set(found.missing)
        self._proven.set(found.at.timestamp())


class Queues(Collector):
    """Asks the record itself at every look, so that it is the same whichever process is asked."""

    def __init__(self, standing: Callable[[], Standing]) -> None:
        self._standing = standing

    def describe(self) -> list[Metric]:
        """Nothing is promised beforehand: the record may be out of reach."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The queues as they stand; only that the record cannot be reached, where it cannot."""
        try:
            now = self._standing()
        except Busy:
            yield GaugeMetricFamily("parley_record_reachable", "Whether the database answers.", 0)
            return
        yield GaugeMetricFamily("parley_record_reachable", "Whether the database answers.", 1)
        messages = GaugeMetricFamily("parley_outbox_messages", "Messages not delivered.", labels=["state"])
        for state, rows in (("open", now.open), ("held", now.held), ("failed", now.failed)):
            messages.add_metric([state], rows)
        yield messages
        yield GaugeMetricFamily("parley_outbox_oldest_seconds", "Age of the oldest open message.", now.oldest)
        yield GaugeMetricFamily("parley_dues_overdue", "Alarms past their time and not rung.", now.overdue)


def summed(queues: Queues, folder: str) -> CollectorRegistry:
    """The sums of all workers that count into this folder, those that have died included."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]  # the library left it untyped
    registry.register(queues)
    return registry


def serve(registry: CollectorRegistry, host: str, port: int) -> None:
    """/metrics at that address, on a thread of its own. OSError where the port cannot be had."""
    start_http_server(port, host, registry)
