"""Two clocks: wall time for machines, business time for everything people agreed on."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def system_time() -> datetime:
    """The machine's own time, aware, in UTC."""
    return datetime.now(UTC)


class Clock:
    """Business time is wall time plus an offset that only the playground and tests ever move."""

    def __init__(self, source: Callable[[], datetime] = system_time, offset: timedelta = timedelta()) -> None:
        self.source = source
        self.offset = offset

    def wall(self) -> datetime:
        """For signatures, tokens, leases, back-off and rate limits."""
        return self.source()

    def now(self) -> datetime:
        """For limits, due dates and everything a person reads."""
        return self.source() + self.offset
