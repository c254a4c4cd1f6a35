"""What every record has in common that people act on."""

from typing import Protocol

from bot.governance.visibility import Visibility


class Record(Protocol):
    """What every record is that people act on."""

    @property
    def id(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def partnership(self) -> str: ...
    @property
    def visibility(self) -> Visibility: ...
    @property
    def version(self) -> int: ...
