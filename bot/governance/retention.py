"""How long each class of records is kept, and from when on (DOMAIN.md 8.6): the one table of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class Since(StrEnum):
    """From when on a period runs."""

    END = "the end of the partnership"
    SENT = "the day it was delivered or given up"
    OVER = "the day it was over"
    LAST = "its last change"


@dataclass(frozen=True, slots=True)
class Keep:
    """One class of records: what it is in words, and for how many years and days it is kept."""

    code: str
    what: str
    since: Since
    years: int = 0
    days: int = 0
    source: str = ""

    def until(self, day: date) -> date:
        """The last day on which it is still kept; 29 February counts as 1 March."""
        try:
            there = day.replace(year=day.year + self.years)
        except ValueError:
            there = date(day.year + self.years, 3, 1)
        return there + timedelta(days=self.days)

    def before(self, now: datetime) -> datetime:
        """What is older than this is kept no longer; for periods in days."""
        return now - timedelta(days=self.days)

    @property
    def period(self) -> str:
        """ "25 years", "30 days"."""
        return f"{self.years} years" if self.years else f"{self.days} days"


OVERSIGHT = Keep(
    code="oversight",
    what="issues, commitments, decisions, action items and sessions with their updates, notes, readers and "
    "links, committees, proposals, lines and counterparts",
    since=Since.END,
    years=25,
    source="EU 536/2014 Art. 58; 21 CFR 312.57 asks for less",
)
AUDIT = Keep(
    code="audit",
    what="what the audit lines of those records say; that there was a line stays",
    since=Since.END,
    years=25,
    source="21 CFR 11.10(e): as long as its record",
)
MESSAGES = Keep(
    "messages", "the words in messages that were sent: where each stands is kept", Since.SENT, days=30
)
REQUESTS = Keep("requests", "the keys of requests that were served, with their answers", Since.LAST, days=30)
DRAFTS = Keep("drafts", "forms and questions that nobody finished", Since.LAST, days=30)
CODES = Keep("codes", "who has shown the code of an invitation that is over", Since.OVER, days=30)
ROOMS = Keep("rooms", "who was in a channel that is linked no longer", Since.OVER, days=90)
ADDRESSES = Keep(
    "addresses", "where somebody who is in no directory (any more) could be reached", Since.LAST, days=30
)
EXPORTS = Keep("exports", "links to exports", Since.OVER, days=1)

TABLE: tuple[Keep, ...] = (OVERSIGHT, AUDIT, MESSAGES, REQUESTS, DRAFTS, CODES, ROOMS, ADDRESSES, EXPORTS)
BY_CODE: Mapping[str, Keep] = {one.code: one for one in TABLE}
