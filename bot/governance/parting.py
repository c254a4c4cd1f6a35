"""The end of a partnership: either side names its last day, the earlier one holds, and the record stays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.errors import Refusal
from bot.governance.visibility import Side

ENDS = "partnership.ends"  # the kind of the due at the end of the last day
FURTHEST = timedelta(days=3660)  # a last day further ahead is a slip


class PartnershipEnded(Refusal):
    """That partnership has ended: its record can be read and exported, and nothing in it changes any more."""


class NotNamed(Refusal):
    """Your side has named no last day for {company}, so there is nothing to take back; see “setup end”."""


class NamedAlready(Refusal):
    """Your side has named that very day before, so nothing changed; here is how it stands."""


@dataclass(frozen=True, slots=True)
class End:
    """The last day of a partnership as one side has named it. Access ends when it is over in UTC."""

    partnership: str
    side: Side
    day: date
    by: str
    at: datetime
    why: str

    @property
    def over(self) -> datetime:
        """The first instant at which nothing goes on; what companies agree on counts in UTC too."""
        return over(self.day)


def over(day: date) -> datetime:
    """When a day is over."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC)


def holding(ends: Iterable[End]) -> End | None:
    """The one that holds: the earlier day, and of the same day the one that was named first."""
    return min(ends, key=lambda one: (one.day, one.at), default=None)


def of(ends: Iterable[End], side: Side) -> End | None:
    """What that side has named."""
    return next((one for one in ends if one.side is side), None)


def wrong(day: date | None, today: date) -> str:
    """What is wrong with a last day; "" where it can be one. It may be today: tonight is the soonest."""
    if day is None:
        return "Choose the last day."
    if day < today:
        return "That day is past; choose today or a later day."
    if day - today > FURTHEST:
        return "That is more than ten years ahead; choose a nearer day."
    return ""
