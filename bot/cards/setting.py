"""What a card about an issue is told in: who reads it, whose people it names, and at what time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.actors import Actor
from bot.cards import when
from bot.governance.calendar import WorkCalendar
from bot.governance.clocks import Clock, Kind
from bot.governance.company import Absence
from bot.governance.partnership import Partnership, Person, Third
from bot.governance.party import Party
from bot.governance.visibility import Side
from bot.records import Entry

SHORT = 280  # characters of somebody's words with which a card can still be read at a glance


def short(words: str, longest: int = SHORT) -> str:
    """The beginning of somebody's words on one line, cut with an ellipsis."""
    words = " ".join(words.split())
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def times(count: int) -> str:
    """ "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def version_of(line: Entry) -> str | None:
    """The version of the issue that this line of its record made; None where it made none."""
    version = (line.after or {}).get("version")
    return None if version is None else str(version)


def line_of(history: Iterable[Entry], version: str) -> Entry | None:
    """The line of the record that made that version."""
    return next((line for line in history if version_of(line) == version), None)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a card needs besides the issue: who reads it, the partnership, its people by id, what happened.

    `history` is the issue's lines of the record, the oldest first; `clocks` are those that run. `now` and
    `calendar` are None where nothing is said about time that is left. `stands_for` are those of the reader's
    side who are away today and for whom they stand in. `link` is the address of the message it began with,
    where this reader may have it. `gone` holds the issue's owner where they have left. `third` is who reads a
    tri-party issue besides the two companies; `only_reads`: the reader is of that third one. `away` are
    those of either side who are away today, `left` those who have left, whom the record still names.
    """

    reader: Actor
    partnership: Partnership
    people: Mapping[str, Person]
    history: tuple[Entry, ...] = ()
    link: str = ""
    now: datetime | None = None
    calendar: WorkCalendar | None = None
    clocks: tuple[Clock, ...] = ()
    stands_for: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    third: Third | None = None
    only_reads: bool = False
    away: Mapping[str, Absence] = field(default_factory=dict)
    left: Mapping[str, Person] = field(default_factory=dict)

    @property
    def past(self) -> "Setting":
        """The same for what happened: who is away today is no part of that."""
        return replace(self, away={}) if self.away else self

    @property
    def party(self) -> Party | None:
        """The reader as one who acts; None for somebody of neither side."""
        side = self.reader.side
        if side is None:
            return None
        return Party(self.reader.person, side, self.stands_for, self.gone, third=self.only_reads)

    def name(self, person: str) -> str:
        """ "Annika Lindqvist (Northmere Clinical Ltd)"; after that, whether they are away or have left."""
        return self._named(person, self._whereabouts(person))

    def listed(self, person: str) -> str:
        """The same where there is little room: "Annika Lindqvist (Northmere Clinical Ltd; away)"."""
        return self._named(person, "; away" if person in self.away else self._whereabouts(person))

    def called(self, person: str) -> str:
        """The name where the company is plain: "Annika Lindqvist"."""
        found = self.people.get(person) or self.left.get(person)
        return found.name if found else "somebody who has left"

    def _named(self, person: str, whereabouts: str) -> str:
        found = self.people.get(person) or self.left.get(person)
        if found is None:
            return "somebody who has left" if person else "somebody"
        if self.third and found.organisation == self.third.organisation:
            return f"{found.name} ({self.third.name})"
        company = self.company(self.partnership.side_of(found.organisation))
        return f"{found.name} ({company}{whereabouts})"

    def _whereabouts(self, person: str) -> str:
        """ "; away until Fri 12 Dec, Rafael Monteiro stands in"."""
        if person in self.left and person not in self.people:
            return "; has left"
        absence = self.away.get(person)
        if absence is None:
            return ""
        stands_in = self.people.get(absence.delegate)
        who = f", {stands_in.name} stands in" if stands_in else ""
        return f"; away until {when.short_day(absence.last)}{who}"

    def company(self, side: Side) -> str:
        """The name of the company on that side."""
        return self.partnership.company(side)

    def time(self, at: datetime) -> str:
        """In the reader's zone."""
        return when.instant(at, self.reader.zone)

    def clock(self, kind: Kind) -> Clock | None:
        """The clock of that kind, if it runs."""
        return next((one for one in self.clocks if one.kind is kind), None)

    def by(self, kind: Kind) -> str:
        """ " by Wed 11 Nov 2026, 18:00 CET", or nothing where no such clock runs."""
        clock = self.clock(kind)
        return f" by {self.time(clock.at)}" if clock else ""

    def late(self, kind: Kind) -> bool:
        """Whether the clock of that kind has run out."""
        clock = self.clock(kind)
        return bool(clock and self.now and clock.late(self.now))
