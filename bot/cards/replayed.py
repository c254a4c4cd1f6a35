"""What would have become of last quarter's issues under another policy, in words."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot.governance.clocks import Kind
from bot.governance.issue import Issue
from bot.governance.replay import MISSED, Compared, Course
from bot.views import Block, Table, Text

QUARTER = timedelta(days=91)
NAME = 80  # characters of an issue's number and title
ROWS = 20  # issues shown one by one
LATE = {
    Kind.ACK: "acknowledged late",
    Kind.CONTAIN: "contained late",
    Kind.PLAN: "without an agreed plan in time",
    Kind.RESOLVE: "not resolved in time",
}


@dataclass(frozen=True, slots=True)
class Replayed:
    """The comparison of all issues its reader may see. `may_read` says whether that can be shown at all."""

    issues: tuple[Compared, ...]
    may_read: bool = True

    @property
    def blocks(self) -> tuple[Block, ...]:
        """A few plain lines, and a table of those that differ."""
        if not self.may_read:
            return (Text("Your role does not include reading issues, so nothing is said of past ones."),)
        lines = Text(" ".join((_head(len(self.issues)), *self._lines())))
        differing = [one for one in self.issues if one.differs]
        rows = tuple((_name(one.issue), _went(one.was), _went(one.would)) for one in differing[:ROWS])
        if not rows:
            return (lines,)
        more = len(differing) - ROWS
        rest = (Text(f"And {more} more.", quiet=True),) if more > 0 else ()
        return (lines, Table(("Issue", "As it went", "Under this policy"), rows), *rest)

    def _lines(self) -> Iterator[str]:
        if not any(one.differs for one in self.issues):
            if self.issues:
                yield "Under this policy every one of them would have gone just the same."
            return
        for kind in MISSED:
            was = sum(kind in one.was.missed for one in self.issues)
            would = sum(kind in one.would.missed for one in self.issues)
            if was != would:
                yield f"{_count(was)} {LATE[kind]}; under this it would have been {would}."
        climbs = sum(one.was.climbs for one in self.issues), sum(one.would.climbs for one in self.issues)
        if climbs[0] != climbs[1]:
            yield f"They went up a level {_times(climbs[0])}; under this it would have been {climbs[1]}."
        yield "All else would have gone the same."


def _head(count: int) -> str:
    match count:
        case 0:
            return "No issue was raised in the last 91 days, so there is nothing to compare."
        case 1:
            return "One issue was raised in the last 91 days."
    return f"{count} issues were raised in the last 91 days, as far as you may see them."


def _count(count: int) -> str:
    return f"{count} was" if count == 1 else f"{count} were"


def _times(count: int) -> str:
    return {0: "never", 1: "once"}.get(count, f"{count} times")


def _name(issue: Issue) -> str:
    return textwrap.shorten(f"{issue.number} {issue.title}", NAME, placeholder="…")


def _went(course: Course) -> str:
    parts = [LATE[kind] for kind in MISSED if kind in course.missed]
    if course.climbs:
        parts.append(f"went up {_times(course.climbs)}")
    return ", ".join(parts) or "all in time"
