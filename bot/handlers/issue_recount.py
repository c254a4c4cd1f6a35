"""After a working calendar has changed: open issues are counted anew, for other days will count."""

from collections.abc import Iterator
from dataclasses import replace

from bot.actors import CLOCK
from bot.governance import clocks
from bot.governance.calendar import WorkCalendar
from bot.governance.issue import Issue
from bot.handlers.issue import save, set_clocks
from bot.handlers.letters import refresh_cards
from bot.ports import Archive, Request
from bot.records import IssueFilter

PAGE = 200
WHY = "the working calendar has changed"


def recount(request: Request, partnership: str) -> None:
    """Every open issue of the partnership, whoever may see it; what is past stays as it was counted."""
    by_clock = replace(request, actor=CLOCK)
    calendar = request.archive.calendar(CLOCK, partnership)
    for issue in _open(request.archive, partnership):
        counted = _counted(issue, calendar)
        late = clocks.late_at(counted, calendar)
        if (counted.ack_due, late) != (issue.ack_due, issue.late_at):
            refresh_cards(by_clock, save(by_clock, issue, counted, "issue.recount", WHY))
        set_clocks(request.archive, calendar, counted)


def _open(archive: Archive, partnership: str) -> Iterator[Issue]:
    """Read to the end before any is changed."""
    found: list[Issue] = []
    while True:
        page = archive.issues(CLOCK, IssueFilter(partnership, limit=PAGE, offset=len(found)))
        found += page
        if len(page) < PAGE:
            return iter(found)


def _counted(issue: Issue, calendar: WorkCalendar) -> Issue:
    """Acknowledgement runs from when it was raised, unless the limit was missed before."""
    limit = issue.rules[issue.first_severity].ack
    if issue.ack_due is None or issue.missed or limit is None:
        return issue
    return replace(issue, ack_due=calendar.limit_end(issue.raised_at, limit, issue.stops))
