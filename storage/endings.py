"""What is agreed and ends soon, for `check`: working calendars without closed days to come."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from bot.governance.calendar import WorkCalendar
from storage import mapper
from storage.agreed import CalendarRow
from storage.bound import Bound, table
from storage.tables import PartnershipRow

CALENDAR = table(CalendarRow)
PARTNERSHIP = table(PartnershipRow)
AGREED = (
    select(PARTNERSHIP.c.id.label("of"), CALENDAR)
    .where(PARTNERSHIP.c.calendar == CALENDAR.c.id, PARTNERSHIP.c.ended_on.is_(None))
    .order_by(PARTNERSHIP.c.id)
)


def lines(opened: Bound, now: datetime) -> Iterator[str]:
    """One for each partnership whose last closed day is less than 60 days ahead, with its remedy."""
    for row in opened.run(AGREED).mappings():
        calendar = mapper.built(WorkCalendar, row)
        if calendar.ends_soon(now):
            last = max(calendar.holidays, default=None)
            known = f"no closed day after {last:%Y-%m-%d}" if last else "no closed day at all"
            yield (
                f"the working calendar of {row['of']} knows {known}:"
                " let an administrator of either company say “setup calendar”"
            )
