"""The end of a partnership: the days that its sides named, and what stops once the earlier one is over."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Table, bindparam, delete, func, select, update

from bot.actors import CLOCK, Actor, Permission
from bot.governance.parting import End
from bot.governance.visibility import Side
from bot.intents import Place
from bot.outbox import Audience
from storage import mapper
from storage.access_rows import EndingRow
from storage.bound import Bound, table
from storage.commitment_rows import CommitmentRow
from storage.decision_rows import DecisionRow
from storage.due import RELEASED
from storage.issue_rows import IssuePartyRow, IssueRow
from storage.memory import Remembering
from storage.queues import OPEN, due, outbox
from storage.reach import Reach
from storage.session_rows import ActionRow, MeetingRow
from storage.tables import PartnershipRow, RoomRow
from storage.told import Worker
from storage.wall import administered, still_open

ENDING = table(EndingRow)
# Every kind of record that people read by its id, issues first.
RECORDS = tuple(table(one) for one in (IssueRow, CommitmentRow, DecisionRow, ActionRow, MeetingRow))
PARTNERSHIP = table(PartnershipRow)
PARTY = table(IssuePartyRow)
ROOM = table(RoomRow)

NAMED = select(ENDING).where(ENDING.c.partnership == bindparam("partnership")).order_by(ENDING.c.side)
ROOMS = select(ROOM.c.id).where(ROOM.c.partnership == bindparam("partnership")).order_by(ROOM.c.id)
CLOSE = (
    update(PARTNERSHIP)
    .where(PARTNERSHIP.c.id == bindparam("of_partnership"), PARTNERSHIP.c.ended_on.is_(None))
    .values(ended_on=bindparam("last_day"))
)
WRITTEN = tuple(select(rows.c.id).where(rows.c.partnership == bindparam("partnership")) for rows in RECORDS)
BATCH = 500  # records asked for at once
STOP = update(due).where(due.c.partnership == bindparam("of_partnership"), due.c.state == OPEN)
UNSAID = update(outbox).where(outbox.c.state.in_(("open", "withheld")))
DROPPED = {"state": "dropped", "reason": "the partnership has ended", **RELEASED}


class Closing(Reach, Remembering):
    """Named by the administrators of either side; done by the clock."""

    def ends(self, actor: Actor, partnership: str) -> tuple[End, ...]:
        """What the two sides have named, for the administrators of both."""
        administers = partnership in actor.partnerships and actor.may(Permission.ADMINISTER)
        if not (actor.is_clock or administers):
            return ()
        self.passes(actor)
        rows = self.run(NAMED, partnership=partnership).mappings()
        return tuple(mapper.built(End, row) for row in rows)

    def name_end(self, actor: Actor, end: End) -> None:
        """The actor's own side's last day, instead of the one it had named before."""
        _own_side(actor, end.partnership, end.side)
        self.passes(actor)
        self.put_over(ENDING, mapper.columns(end), "partnership", "side")

    def take_back_end(self, actor: Actor, partnership: str) -> None:
        """The actor's own side names none any more."""
        assert actor.side is not None  # noqa: S101 people always have a side
        _own_side(actor, partnership, actor.side)
        self.passes(actor)
        here = ENDING.c.partnership == partnership, ENDING.c.side == actor.side.value
        self.run(delete(ENDING).where(*here))

    def end_partnership(self, partnership: str, day: date, wall: datetime) -> tuple[Place, ...]:
        """Nothing of it goes on: clocks, what was still to be said, its channels, what it read of others.

        The conversations whose channels were unlinked; none where it had ended before.
        """
        if self.run(CLOSE, of_partnership=partnership, last_day=day).rowcount != 1:
            return ()
        self.flush()
        rooms = tuple(self.run(ROOMS, partnership=partnership).scalars())
        places = tuple(place for one in rooms if (place := self._place(one)))
        self.passes(CLOCK)
        written = [one for rows in WRITTEN for one in self.run(rows, partnership=partnership).scalars()]
        self.works(Worker.DESK)
        self.run(STOP, of_partnership=partnership, **{"state": "cancelled", **RELEASED})
        for told in (outbox.c.room.in_(rooms), *(about(self, outbox).in_(some) for some in batches(written))):
            self.run(UNSAID.where(told).values(**DROPPED, at=wall))
        self.run(delete(ROOM).where(ROOM.c.partnership == partnership))
        self.works(Worker.CLOCK)
        self.run(delete(PARTY).where(PARTY.c.through == partnership))
        self.forget()
        return places

    def _place(self, room: str) -> Place | None:
        there = self.address(Audience(room=room))
        return (
            Place(there.platform, there.tenant, there.conversation, service=there.service) if there else None
        )


def about(opened: Bound, rows: Table) -> ColumnElement[str]:
    """The record that a message or a due is about: its subject, up to the stroke before a version."""
    place = func.instr if opened.dialect == "sqlite" else func.strpos
    return func.substr(rows.c.subject, 1, place(rows.c.subject + "/", "/") - 1)


def batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many at once as any database takes."""
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _own_side(actor: Actor, partnership: str, side: Side) -> None:
    administered(actor)
    still_open(actor, partnership)
    if partnership not in actor.partnerships or side is not actor.side:
        raise PermissionError("another company's end of a partnership")
