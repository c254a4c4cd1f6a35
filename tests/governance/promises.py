"""A promise of Annika's to Marcus, for rules about it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from bot.governance.calendar import WorkCalendar
from bot.governance.commitment import Commitment, State
from bot.governance.party import Party
from bot.governance.visibility import Side, Visibility

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
TODAY = NOW.date()
CALENDAR = WorkCalendar(
    "C", frozenset({"mon", "tue", "wed", "thu", "fri"}), frozenset({date(2026, 11, 26)}), time(17)
)
ANNIKA, RAFAEL = Party("PER-09", Side.CRO), Party("PER-10", Side.CRO)
MARCUS, PRIYA = Party("PER-02", Side.SPONSOR), Party("PER-03", Side.SPONSOR)
FIRST = date(2026, 11, 27)
ACCEPTED = Commitment(
    id="NOR-CMT-011",
    number="NOR-CMT-011",
    partnership="P-NOR",
    visibility=Visibility.SHARED,
    text="Recovery plan",
    owner="PER-09",
    owner_side=Side.CRO,
    receiver="PER-02",
    made_by="PER-09",
    made_at=NOW,
    first_due=FIRST,
    due=FIRST,
    state=State.ACCEPTED,
    accepted_at=NOW,
    accepted_by="PER-09",
)
PROPOSED = replace(ACCEPTED, state=State.PROPOSED, made_by="PER-02", accepted_at=None, accepted_by="")


def standing_in(party, *others):
    """The same, who stands in today for these people."""
    return replace(party, stands_for=frozenset(others))
