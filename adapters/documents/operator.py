"""What whoever runs Parley looks at and takes away, through one person's eyes; recorded before that."""

from dataclasses import dataclass
from typing import BinaryIO

from adapters.documents import writing
from adapters.documents.record import Signer
from bot.clock import Clock
from bot.dossier import Dossier
from bot.governance.export import Format
from bot.handlers import access_operator, attention, export_operator
from bot.handlers.access_operator import Granted
from bot.handlers.attention import Asked, Report
from bot.handlers.export_operator import Wanted
from bot.ports import Store


@dataclass(frozen=True, slots=True)
class Taken:
    """An export that may be written down."""

    dossier: Dossier
    format: Format
    signer: Signer

    def write(self, out: BinaryIO) -> None:
        """The whole file. Raises a Refusal where it cannot be made."""
        writing.write(self.dossier, self.format, self.signer, out)


@dataclass(frozen=True, slots=True)
class Operator:
    """At the command line. All of it raises Refusal."""

    store: Store
    clock: Clock
    signer: Signer

    def findings(self, asked: Asked) -> Report:
        """What needs attention, as one person may see it."""
        return attention.look(self.store, asked, self.clock.now())

    def access(self, asked: Asked) -> tuple[Granted, ...]:
        """Who has access, as one administrator sees it."""
        return access_operator.take(self.store, asked, self.clock.now())

    def export(self, wanted: Wanted) -> Taken:
        """What one person may see, to be written down."""
        return Taken(export_operator.take(self.store, wanted, self.clock.now()), wanted.format, self.signer)
