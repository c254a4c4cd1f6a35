"""The review of who has access: one each quarter for each company, confirmed by one of its administrators."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from bot.errors import Refusal
from bot.governance.calendar import MORNING, WorkCalendar

DUE, REMINDER = "access.review", "access.remind"  # kinds of dues
PATIENCE = 10  # business days until the one reminder


class ConfirmedAlready(Refusal):
    """{name} has confirmed this quarter’s review before, so nothing changed; here is how it stands."""


@dataclass(frozen=True, slots=True)
class Review:
    """One company's review of one quarter; `by` is "" until it is confirmed."""

    id: str
    organisation: str
    quarter: str
    at: datetime
    by: str = ""
    answered_at: datetime | None = None
    reminded: bool = False
    version: int = 1

    def confirmed(self, person: str, now: datetime) -> "Review":
        """Somebody has looked, and it is as it should be."""
        return replace(self, by=person, answered_at=now, version=self.version + 1)

    def reminded_once(self) -> "Review":
        """It was said once more."""
        return replace(self, reminded=True, version=self.version + 1)


def quarter(day: date) -> str:
    """ "2027-Q1"."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def begins(day: date) -> date:
    """The first day of the quarter that the day is in."""
    return day.replace(month=day.month - (day.month - 1) % 3, day=1)


def due_in(day: date, calendar: WorkCalendar) -> datetime:
    """The morning of the first business day of the quarter that the day is in."""
    first = calendar.business_day_after(begins(day) - timedelta(days=1), 1)
    return datetime.combine(first, MORNING, tzinfo=UTC)


def due_after(day: date, calendar: WorkCalendar) -> datetime:
    """The same of the quarter that follows."""
    return due_in(begins(day) + timedelta(days=100), calendar)


def reminder(review: Review, calendar: WorkCalendar) -> datetime:
    """When it is said once more."""
    day = calendar.business_day_after(review.at.astimezone(UTC).date(), PATIENCE)
    return datetime.combine(day, MORNING, tzinfo=UTC)
