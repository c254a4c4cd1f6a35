"""How a commitment of a file enters the record: an old claim is confirmed by silence, and nobody is told."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.governance import promise
from bot.governance.change import difference
from bot.governance.commitment import Commitment, State
from bot.governance.visibility import Scope
from bot.records import FROM_FILE, Entry
from storage.load.issue_kept import Moment

SILENT = f"nobody said otherwise in five business days ({FROM_FILE})"


@dataclass(frozen=True, slots=True)
class Promised:
    """A commitment as it stands after the load, and its lines for the record."""

    commitment: Commitment
    entries: tuple[Entry, ...]


def promised(made: Commitment, note: str, moment: Moment) -> Promised:
    """The commitment after the load: an old claim is confirmed by silence."""
    if made.state is State.DONE and made.done_at:
        made = replace(made, confirm_by=moment.calendar.limit_end(made.done_at, promise.SILENCE))
    silent = made.confirm_by is not None and made.confirm_by <= moment.now
    stands = promise.fall_silent(made) if silent else made
    return Promised(stands, tuple(_lines(made, stands, note, moment)))


def _lines(made: Commitment, stands: Commitment, note: str, moment: Moment) -> Iterator[Entry]:
    scope = Scope(made.partnership, made.visibility)
    why = f"{note} ({FROM_FILE})" if note else FROM_FILE
    yield Entry("commit.load", "", moment.now, scope, "", made.id, why, *difference(None, made))
    if stands.confirmed_at and stands != made:
        change = difference(made, stands)
        yield Entry("commit.confirm", "", stands.confirmed_at, scope, "", made.id, SILENT, *change)
