"""What is kept no longer goes, each day, by the table of bot.governance.retention; never what is held."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, Table, Text, cast, delete, exists, or_, select, update

from bot.actors import CLOCK
from bot.dossier import READ
from bot.governance import retention as rules
from bot.governance.invitation import State as Invited
from bot.governance.visibility import Scope, Visibility
from bot.records import Entry
from storage.access_rows import EndingRow, HoldRow
from storage.agreed import ContactRow, CounterpartRow, InvitationRow, ProposalRow, ShownRow
from storage.archive import SqlArchive
from storage.audit import AUDIT, ERASERS
from storage.bound import Bound, table
from storage.closing import RECORDS, about, batches
from storage.export_links import LINK
from storage.fulltext import scrub
from storage.issue_rows import IssuePartyRow, NoteRow, RecordLinkRow, RestrictedReaderRow
from storage.occupants import OccupantRow, RosterRow
from storage.queues import due, outbox, sent
from storage.redactions import RedactionRow
from storage.said import SAID
from storage.session_rows import CommitteeRow
from storage.tables import IdentityRow, PartnershipRow, ReachRow, RoomRow
from storage.told import Worker

ENDING, HOLD = table(EndingRow), table(HoldRow)
IDENTITY, REACH, ROOM = table(IdentityRow), table(ReachRow), table(RoomRow)
INVITATION, SHOWN = table(InvitationRow), table(ShownRow)
PARTNERSHIP = table(PartnershipRow)
OCCUPANT, ROSTER = table(OccupantRow), table(RosterRow)
BESIDE: tuple[tuple[Table, str], ...] = (
    (table(NoteRow), "issue"),
    (table(RecordLinkRow), "record"),
    (table(RedactionRow), "issue"),
    (table(RestrictedReaderRow), "record"),
    (table(IssuePartyRow), "record"),
)
AGREED: tuple[Table, ...] = (
    *(table(ProposalRow), table(CounterpartRow), table(ContactRow)),
    *(table(CommitteeRow), ENDING),
)
CODE = "retention.erase"
WHY = "kept for {period} after the end of the partnership, which is over"
SETTLED = ("delivered", "dropped", "failed", "passed")
PAST = select(PARTNERSHIP.c.id, PARTNERSHIP.c.ended_on).where(PARTNERSHIP.c.ended_on.is_not(None))
ON_HOLD = select(HOLD.c.issue).where(HOLD.c.released_at.is_(None))


@dataclass(frozen=True, slots=True)
class Gone:
    """What is taken out of one chain: its lines whose content goes, and how many records of each kind."""

    chain: str
    scope: Scope
    record: str
    lines: tuple[int, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)


def tidy(opened: Bound, now: datetime, wall: datetime) -> int:
    """What goes after some days; how many rows."""
    opened.works(Worker.SWEEPER)
    sent_before = rules.MESSAGES.before(wall)
    said = outbox.c.state.in_(SETTLED), outbox.c.at < sent_before, cast(outbox.c.facts, Text) != "{}"
    over = or_(INVITATION.c.state != Invited.OPEN.value, INVITATION.c.until < now)
    codes = select(INVITATION.c.id).where(over, INVITATION.c.until < rules.CODES.before(now))
    unlinked = select(ROSTER.c.room).where(
        ROSTER.c.room.not_in(select(ROOM.c.id)),
        or_(ROSTER.c.at.is_(None), ROSTER.c.at < rules.ROOMS.before(now)),
    )
    statements = (
        update(outbox).where(*said).values(facts={}),
        delete(LINK).where(LINK.c.until < rules.EXPORTS.before(wall)),
        delete(SHOWN).where(SHOWN.c.invitation.in_(codes)),
        delete(OCCUPANT).where(OCCUPANT.c.room.in_(unlinked)),
        delete(ROSTER).where(ROSTER.c.room.in_(unlinked)),
        delete(REACH).where(REACH.c.private, REACH.c.at < rules.ADDRESSES.before(wall), _nobody()),
    )
    return sum(opened.run(one).rowcount for one in statements)


def _nobody() -> ColumnElement[bool]:
    """Of somebody who is in no directory (any more)."""
    same = (IDENTITY.c[name] == REACH.c[name] for name in ("platform", "tenant", "user"))
    return ~exists().where(*same)


def ripe(opened: Bound, today: date) -> tuple[tuple[str, date], ...]:
    """Partnerships whose record is kept no longer, and until when it was; also such as a hold stands on."""
    ended = ((row.id, rules.OVERSIGHT.until(row.ended_on)) for row in opened.run(PAST))
    return tuple((one, until) for one, until in ended if until < today)


def erase(archive: SqlArchive, partnership: str, until: date, now: datetime) -> int:
    """The record of a partnership that ended long ago, but for what is held; how many lines say so.

    One line in each chain tells what went from it: how many records, until when they were kept, no names.
    """
    held = _held(archive, partnership)
    if held is None:
        return 0
    found = tuple(_chains(archive, partnership, held))
    if not found:
        return 0
    _delete(archive, partnership, held)
    for one in found:
        archive.record(_line(one, until, now))
        archive.works(Worker.SWEEPER)
        these = AUDIT.c.chain == one.chain, AUDIT.c.seq.in_(one.lines)
        archive.run(update(AUDIT).where(*these).values(payload=None, salt=None))
    return len(found)


def _held(opened: Bound, partnership: str) -> frozenset[str] | None:
    """The issues that are held; None where all of it is."""
    opened.passes(CLOCK)
    found = frozenset(opened.run(ON_HOLD.where(HOLD.c.partnership == partnership)).scalars())
    return None if "" in found else found


def _chains(opened: Bound, partnership: str, held: frozenset[str]) -> Iterator[Gone]:
    counts = _counted(opened, partnership, held)
    opened.works(Worker.SWEEPER)
    wanted = select(AUDIT.c.chain, AUDIT.c.seq, AUDIT.c.visibility, AUDIT.c.record).where(
        AUDIT.c.partnership == partnership,
        AUDIT.c.payload.is_not(None),
        AUDIT.c.what.not_in(ERASERS),
        AUDIT.c.record.not_in(held),
        AUDIT.c.chain.not_like(f"{READ}%"),  # who took away and looked at what is still told afterwards
    )
    chains: dict[str, list[Row[tuple[str, int, str, str]]]] = {}
    for row in opened.run(wanted.order_by(AUDIT.c.chain, AUDIT.c.seq)):
        chains.setdefault(row.chain, []).append(row)
    for chain, rows in chains.items():
        visibility = Visibility(rows[0].visibility)
        record = rows[0].record if visibility.names_readers else partnership
        key = record if visibility.names_readers else visibility.value
        lines = tuple(row.seq for row in rows)
        yield Gone(chain, Scope(partnership, visibility), record, lines, counts.get(key, {}))


def _counted(opened: Bound, partnership: str, held: frozenset[str]) -> dict[str, dict[str, int]]:
    """How many records of each kind there are in each class; where each has a chain of its own, by record."""
    opened.passes(CLOCK)
    found: dict[str, dict[str, int]] = {}
    for rows in RECORDS:
        gone = select(rows.c.id, rows.c.visibility).where(*_gone(rows, partnership, held))
        for row in opened.run(gone):
            key = row.id if Visibility(row.visibility).names_readers else row.visibility
            here = found.setdefault(key, {})
            here[f"{rows.name}s"] = here.get(f"{rows.name}s", 0) + 1
    return found


def _delete(opened: Bound, partnership: str, held: frozenset[str]) -> None:
    """Every row of the record, and what was said and due because of it."""
    opened.passes(CLOCK)
    gone = [select(rows.c.id).where(*_gone(rows, partnership, held)) for rows in RECORDS]
    ids = tuple(one for each in gone for one in opened.run(each).scalars())
    opened.works(Worker.DESK)
    for some in batches(ids):
        for rows in (sent, outbox, due):
            opened.run(delete(rows).where(about(opened, rows).in_(some)))
    opened.passes(CLOCK)
    for some in batches(ids):
        for rows, column in BESIDE:
            opened.run(delete(rows).where(rows.c[column].in_(some)))
    for rows in RECORDS:
        opened.run(delete(rows).where(*_gone(rows, partnership, held)))
    opened.run(delete(SAID).where(SAID.c.partnership == partnership, SAID.c.record.not_in(held)))
    scrub(opened)
    if not held:
        for rows in AGREED:
            opened.run(delete(rows).where(rows.c.partnership == partnership))


def _gone(rows: Table, partnership: str, held: frozenset[str]) -> tuple[ColumnElement[bool], ...]:
    return rows.c.partnership == partnership, rows.c.id.not_in(held)


def _line(gone: Gone, until: date, now: datetime) -> Entry:
    after = {"lines": list(gone.lines), "kept_until": until.isoformat(), **gone.counts}
    why = WHY.format(period=rules.OVERSIGHT.period)
    return Entry(CODE, "", now, gone.scope, "", gone.record, why, None, after)


def lines(opened: Bound, today: date) -> Iterator[str]:
    """For ./parley check: what goes next, and when."""
    for row in opened.run(PAST.order_by(PARTNERSHIP.c.ended_on)):
        until = rules.OVERSIGHT.until(row.ended_on)
        if until >= today:
            yield f"the record of {row.id}, which ended on {row.ended_on}, is kept until {until}"
        else:
            yield f"the record of {row.id} was kept until {until}; what no legal hold stands on is erased"
