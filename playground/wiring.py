"""What both emulators share: the line to the bot, the clocks, the faults and the watchers."""

from collections.abc import Callable
from dataclasses import dataclass

from playground.changes import Changes
from playground.clock import BusinessClock
from playground.faults import Faults
from playground.wire import BotLine


@dataclass(frozen=True, slots=True)
class Wiring:
    """`own_url` is where the bot reaches the playground, without a slash at the end; `wall` is in seconds."""

    line: BotLine
    own_url: str
    wall: Callable[[], float]
    clock: BusinessClock
    faults: Faults
    changes: Changes
