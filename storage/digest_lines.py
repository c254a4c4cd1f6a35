"""The lines of a digest: each kind of them one question, or two, inside the reader's visibility.

As many questions are asked however many records there are. The first few come with the count of all.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any

from sqlalchemy import (
    Date,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
    union_all,
)

from bot.actors import Actor
from bot.digests import Change, Named, Page, SideKept, Unreached
from bot.dossier import READ, Link, entry_of
from bot.governance.commitment import Commitment, State
from bot.governance.issue import Issue
from bot.governance.visibility import Side, Visibility
from storage import mapper, wall
from storage.audit import AUDIT
from storage.bound import Bound, table
from storage.columns import UtcDateTime
from storage.commitment_rows import CommitmentRow
from storage.decision_rows import DecisionRow
from storage.issue_rows import IssuePartyRow
from storage.issues import ISSUE, WANTED
from storage.queues import outbox
from storage.session_rows import ActionRow
from storage.tables import RoomRow
from storage.told import Worker

COMMITMENT, DECISION, ACTION = table(CommitmentRow), table(DecisionRow), table(ActionRow)
PARTY = table(IssuePartyRow).alias("party_of_digest")
ROOM = table(RoomRow)

# What is called what: the noun of its verbs and of its lines of the record, and its own words.
NAMES = (
    ("issue", ISSUE, ISSUE.c.title),
    ("commit", COMMITMENT, COMMITMENT.c.text),
    ("decision", DECISION, DECISION.c.question),
    ("action", ACTION, ACTION.c.text),
)
SILENT = (
    ".load",
    ".recount",
    ".ack_ran_out",
    ".link",
    ".unlink",
)  # nothing that anybody did to the record itself
LOST = ("failed", "held")
FEW = 5  # issues of which something runs out
MOST_LOST = 400  # messages that are looked at; who has more has heard enough
AT_ONCE = 400  # ids in one question
SINCE = bindparam("since", type_=UtcDateTime())
THIRD = select(PARTY.c.partnership).where(PARTY.c.organisation == bindparam("company")).distinct()
TOTAL = func.count().over().label("total")
NOW, UNTIL = bindparam("now", type_=UtcDateTime()), bindparam("until", type_=UtcDateTime())
IS_LEGAL = cast(ISSUE.c.legal, Text) != literal_column("'null'")


class DigestLines(Bound):
    """What the actor may read of what happened, runs out and did not arrive."""

    def changed(self, actor: Actor, since: datetime, limit: int) -> Page[Change]:
        """What others did since then: one line for each record, the newest first."""
        asked = {"since": since, "limit": limit, "own": actor.person or "nobody", **self._homes(actor)}
        found = _changes(self.passes(actor))
        rows = self.run(found, **asked, **wall.sight(actor)).mappings().all()
        names = self._names(actor, [row["record"] for row in rows])
        changes = (_change(dict(row), names) for row in rows)
        return Page(tuple(one for one in changes if one), rows[0]["total"] if rows else 0)

    def running_out(self, actor: Actor, now: datetime, until: datetime, told: Collection[str]) -> Page[Issue]:
        """Issues of which an agreed limit, or the date they are due, is still to come and comes by then.

        The first `FEW`, without those that are told already.
        """
        days = {"now": now, "until": until, "first": now.date(), "last": until.date()}
        asked = {**days, "limit": FEW, "told": sorted(told)}
        found = _soon(self.passes(actor))
        rows = self.run(found, **asked, **self._homes(actor), **wall.sight(actor)).mappings().all()
        return Page(_issues(rows), rows[0]["total"] if rows else 0)

    def legal_clocks(self, actor: Actor, limit: int) -> tuple[Issue, ...]:
        """Open issues with a legal clock, the newest first; some of these clocks have stopped for good."""
        found = _legal(self.passes(actor))
        rows = self.run(found, limit=limit, **self._homes(actor), **wall.sight(actor)).mappings().all()
        return _issues(rows)

    def unreached(self, actor: Actor, since: datetime, limit: int) -> tuple[Unreached, ...]:
        """What did not arrive since that wall time, the newest first, each record and receiver once.

        Candidates come from the classes the actor may read; which of their records they see, the wall says.
        """
        seen = [(one.partnership, one.visibility.value) for one in actor.sees]
        named = sorted({one.partnership for one in actor.sees}) if actor.person else []
        self.works(Worker.DESK)
        rows = self.run(LOST_LATELY, since=since, sees=seen, named=named).mappings().all()
        names = self._names(actor, [_record_of(row["subject"]) for row in rows])
        found = dict.fromkeys(_unreached(dict(row), names) for row in rows)
        return tuple(one for one in found if one)[:limit]

    def kept_on_time(self, actor: Actor, first: date, today: date) -> tuple[SideKept, ...]:
        """Of promises whose first date lies from `first` on and is past: how each side kept them."""
        asked = {"first": first, "today": today, **self._homes(actor)}
        rows = self.run(_kept(self.passes(actor)), **asked, **wall.sight(actor))
        return tuple(SideKept(Side(row.owner_side), row.kept, row.due) for row in rows)

    def promised(self, actor: Actor, before: date, limit: int) -> Page[Commitment]:
        """What was accepted, is not done and due before that day, the soonest due first."""
        asked = {"before": before, "limit": limit, **self._homes(actor)}
        rows = self.run(_promised(self.passes(actor)), **asked, **wall.sight(actor)).mappings().all()
        found = tuple(mapper.built(Commitment, row) for row in rows)
        return Page(found, rows[0]["total"] if rows else 0)

    def _homes(self, actor: Actor) -> dict[str, object]:
        """Where their records can be: in their own partnerships, and where they are the third company."""
        if actor.organisation not in self._thirds_at:
            self.passes(actor)
            self._thirds_at[actor.organisation] = list(self.run(THIRD, company=actor.organisation).scalars())
        return {"homes": sorted({*actor.partnerships, *self._thirds_at[actor.organisation]})}

    @cached_property
    def _thirds_at(self) -> dict[str, list[str]]:
        return {}

    def _names(self, actor: Actor, records: Collection[str]) -> dict[str, Named]:
        """Those of these records, of any kind, that the actor sees; one question for all."""
        if not records:
            return {}
        wanted = sorted(set(records))[:AT_ONCE]
        rows = self.run(_named(self.passes(actor)), records=wanted, **wall.sight(actor)).mappings()
        return {row["id"]: mapper.built(Named, row) for row in rows}


def _is_home(column: Any) -> Any:
    """Narrows by an index before the wall looks: it alone decides what is read."""
    return column.in_(bindparam("homes", expanding=True))


@cache
def _changes(clock: bool) -> Select[Any]:
    """The newest line of each record, with how many there are of it and how many records in all."""
    told = or_(*(AUDIT.c.what.startswith(f"{noun}.") for noun, _, _ in NAMES))
    silent = and_(*(~AUDIT.c.what.endswith(one) for one in SILENT))
    loaded = and_(AUDIT.c.what == "issue.note", AUDIT.c.person == "")
    others = and_(~loaded, AUDIT.c.person != bindparam("own"), AUDIT.c.chain.not_like(f"{READ}%"))
    newest = func.row_number().over(
        partition_by=AUDIT.c.record, order_by=(AUDIT.c.at.desc(), AUDIT.c.seq.desc())
    )
    lines = (
        select(
            AUDIT.c.chain,
            AUDIT.c.seq,
            newest.label("place"),
            func.count().over(partition_by=AUDIT.c.record).label("count"),
        )
        .where(_is_home(AUDIT.c.partnership), AUDIT.c.at > SINCE, told, silent, others)
        .where(wall.inside(clock, AUDIT, AUDIT.c.record))
        .subquery("lines")
    )
    heads = (
        select(lines.c.chain, lines.c.seq, lines.c.count, TOTAL).where(lines.c.place == 1).subquery("heads")
    )
    joined = and_(AUDIT.c.chain == heads.c.chain, AUDIT.c.seq == heads.c.seq)
    found = select(AUDIT, heads.c.count, heads.c.total).join(heads, joined)
    return found.order_by(AUDIT.c.at.desc(), AUDIT.c.record).limit(bindparam("limit"))


def _change(row: dict[str, Any], names: dict[str, Named]) -> Change | None:
    record = names.get(row["record"])
    return Change(record, entry_of(mapper.built(Link, row)), row["count"]) if record else None


@cache
def _soon(clock: bool) -> Select[Any]:
    limit = and_(ISSUE.c.late_at > NOW, ISSUE.c.late_at <= UNTIL)
    due = ISSUE.c.due.between(bindparam("first", type_=Date()), bindparam("last", type_=Date()))
    here = _is_home(ISSUE.c.partnership)
    found = select(ISSUE, TOTAL).where(or_(and_(here, limit), and_(here, due)), WANTED["open"])
    found = found.where(ISSUE.c.id.not_in(bindparam("told", expanding=True)))
    order = case((limit, 0), else_=1), case((limit, ISSUE.c.late_at)), ISSUE.c.due, ISSUE.c.number
    return found.where(wall.inside(clock, ISSUE, ISSUE.c.id)).order_by(*order).limit(bindparam("limit"))


@cache
def _legal(clock: bool) -> Select[Any]:
    found = select(ISSUE).where(_is_home(ISSUE.c.partnership), IS_LEGAL, WANTED["open"])
    found = found.where(wall.inside(clock, ISSUE, ISSUE.c.id))
    return found.order_by(ISSUE.c.raised_at.desc(), ISSUE.c.number).limit(bindparam("limit"))


def _issues(rows: Iterable[Any]) -> tuple[Issue, ...]:
    return tuple(mapper.built(Issue, dict(row), readers=frozenset()) for row in rows)


_BY_NAME = and_(
    outbox.c.partnership.in_(bindparam("named", expanding=True)),
    outbox.c.visibility == Visibility.RESTRICTED.value,
)
LOST_LATELY = (
    select(outbox.c.kind, outbox.c.subject, outbox.c.person, outbox.c.room, outbox.c.state)
    .add_columns(func.coalesce(ROOM.c.name, "").label("called"))
    .outerjoin(ROOM, ROOM.c.id == outbox.c.room)
    .where(outbox.c.state.in_(LOST), outbox.c.at > SINCE, outbox.c.subject != "")
    .where(
        or_(
            tuple_(outbox.c.partnership, outbox.c.visibility).in_(bindparam("sees", expanding=True)),
            _BY_NAME,
        )
    )
    .order_by(outbox.c.at.desc(), outbox.c.id.desc())
    .limit(MOST_LOST)
)


def _record_of(subject: str) -> str:
    """ "NOR-ISS-008/3" is about NOR-ISS-008."""
    return str(subject).partition("/")[0]


def _unreached(row: dict[str, Any], names: dict[str, Named]) -> Unreached | None:
    record = names.get(_record_of(row["subject"]))
    if record is None:
        return None
    called = (row["called"] or "a channel") if row["room"] else ""
    return Unreached(record, row["kind"], row["person"], called, row["state"] == "failed")


@cache
def _promised(clock: bool) -> Select[Any]:
    wanted = COMMITMENT.c.state == State.ACCEPTED.value, COMMITMENT.c.due < bindparam("before", type_=Date())
    found = select(COMMITMENT, TOTAL).where(_is_home(COMMITMENT.c.partnership), *wanted)
    found = found.where(wall.inside(clock, COMMITMENT, COMMITMENT.c.id))
    return found.order_by(COMMITMENT.c.due, COMMITMENT.c.counter, COMMITMENT.c.number).limit(
        bindparam("limit")
    )


@cache
def _kept(clock: bool) -> Select[Any]:
    """Done by its first date, over all that were done or accepted and whose first date is past."""
    counts = [one.value for one in (State.ACCEPTED, State.DONE, State.CONFIRMED)]
    kept = case((COMMITMENT.c.done_on <= COMMITMENT.c.first_due, 1), else_=0)
    told = select(COMMITMENT.c.owner_side, func.sum(kept).label("kept"), func.count().label("due"))
    past = (
        COMMITMENT.c.first_due >= bindparam("first", type_=Date()),
        COMMITMENT.c.first_due < bindparam("today", type_=Date()),
    )
    found = told.where(_is_home(COMMITMENT.c.partnership), *past, COMMITMENT.c.state.in_(counts))
    inside = wall.inside(clock, COMMITMENT, COMMITMENT.c.id)
    return found.where(inside).group_by(COMMITMENT.c.owner_side).order_by(COMMITMENT.c.owner_side.desc())


@cache
def _named(clock: bool) -> Select[Any]:
    """Of every kind of record at once, and the wall once for all of them."""
    every = union_all(*_each()).subquery("named")
    return select(every).where(wall.inside(clock, every, every.c.id))


def _each() -> Iterator[Select[Any]]:
    for noun, rows, words in NAMES:
        columns = (rows.c.id, rows.c.number, words.label("title"), rows.c.partnership, rows.c.visibility)
        wanted = rows.c.id.in_(bindparam("records", expanding=True))
        yield select(literal(noun).label("noun"), *columns).where(wanted)
