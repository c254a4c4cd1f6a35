"""What is promised: kept with the state it speaks of, claimed under a lease, settled for good."""

import secrets
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import cache, cached_property

from sqlalchemy import Executable, Row, bindparam, func, or_, select, update

from bot.intents import Place
from bot.outbox import Audience, Claimed, Letter, OutboxMessage, Receipt
from storage.bound import Bound, insert_into
from storage.buckets import hold, latest, take_token
from storage.columns import UtcDateTime
from storage.due import RELEASED, DueLedger
from storage.partnerships import channel
from storage.queues import OPEN, outbox, scope_of, sent
from storage.told import Worker
from storage.troubles import TROUBLED, Trouble, Troubles

RENEWED = timedelta(seconds=30)  # from the moment a send begins; longer than any courier may take
LOST = 3600.0  # seconds to wait for somebody who no longer holds the lease: not to send is all that matters
DONE = {**RELEASED, "began": False}

WALL = bindparam("wall", type_=UtcDateTime)
STANDS = select(sent).where(
    sent.c.kind == bindparam("kind"),
    sent.c.subject == bindparam("subject"),
    sent.c.queue == bindparam("queue"),
)
STANDS_AT = select(sent.c.subject).where(
    sent.c.conversation == bindparam("conversation"),
    sent.c.message == bindparam("message"),
    sent.c.queue == bindparam("queue"),
    or_(sent.c.kind.startswith("issue."), sent.c.kind.startswith("commit.")),
)
FATE = select(outbox.c.state, outbox.c.reason, outbox.c.queue).where(outbox.c.key == bindparam("key"))
WAITS = (
    select(outbox.c.reason)
    .where(outbox.c.queue == bindparam("queue"), outbox.c.state == OPEN)
    .order_by(outbox.c.id)
    .limit(1)
)
TOLD = (
    select(outbox)
    .where(
        outbox.c.kind == bindparam("kind"), outbox.c.subject == bindparam("subject"), outbox.c.live.is_(True)
    )
    .order_by(outbox.c.id)
)
# What is set comes with the values, as columns of the row that is still ours.
SETTLE = (
    update(outbox)
    .where(outbox.c.id == bindparam("of_row"), outbox.c.lease == bindparam("of_lease"))
    .where(outbox.c.state == OPEN)
    .returning(outbox.c.id)
)
GIVE_BACK = SETTLE.values(attempts=outbox.c.attempts - 1)


class Promises(Bound):
    """The part of an archive that promises messages."""

    @cached_property
    def given(self) -> list[dict[str, object]]:
        """Promises of this transaction that are not in the table yet: they go there together."""
        return []

    def promise(self, message: OutboxMessage) -> None:
        """Keep it; a promise already made under that key is left as it was."""
        record = message.letter.subject.partition("/")[0]  # "NOR-ISS-008/3" is about NOR-ISS-008
        self.given.append({"of": record, **promised(message)})

    def flush(self) -> None:
        """Send what is held back."""
        super().flush()
        if self.given:
            self.works(Worker.DESK)
            self.connection.execute(_promise(self.dialect), self.given)
            self.given.clear()

    def sent(self, message: OutboxMessage) -> tuple[Receipt, int] | None:
        """Where the live message of that kind, subject and queue stands, and the version it shows."""
        self.works(Worker.DESK)
        row = self.run(STANDS, **_live_key(message)).one_or_none()
        return (Receipt(row.conversation, row.message), row.version) if row else None

    def stands_at(self, place: Place, queue: str) -> str:
        """The subject of that queue's live letter on a record that the place's thread hangs on, else ""."""
        self.works(Worker.DESK)
        here = {"conversation": channel(place), "message": place.thread, "queue": queue}
        return str(self.run(STANDS_AT, **here).scalar() or "")

    def told(self, letter: Letter) -> tuple[Audience, ...]:
        """Everyone who was promised a live letter of that kind and subject, each once, first told first."""
        self.flush()
        self.works(Worker.DESK)
        rows = self.run(TOLD, kind=letter.kind, subject=letter.subject).all()
        return tuple(dict.fromkeys(_audience(row) for row in rows))

    def fate(self, key: str) -> tuple[str, str]:
        """The state of the message promised under that key, and why it, or what stands before it, waits."""
        self.works(Worker.DESK)
        row = self.run(FATE, key=key).one()
        waits = self.run(WAITS, queue=row.queue).scalar() if row.state == "open" else None
        return row.state, waits or row.reason


class SqlLedger(DueLedger):
    """The outbox and the dues as their workers see them; each call is one short transaction."""

    def claim_messages(self, wall: datetime, limit: int, lease: float) -> tuple[Claimed, ...]:
        """At most `limit` messages, each the head of its queue, ours for `lease` seconds.

        A row whose last holder vanished in mid-send comes back in doubt.
        """
        held = {"lease": secrets.token_hex(8), "lease_until": wall + timedelta(seconds=lease), "began": False}
        with self.writing() as opened:
            rows = opened.run(CLAIM, wall=wall, at_most=limit, **held).all()
        return tuple(claimed(row) for row in sorted(rows, key=lambda row: row.id))

    def begin(self, claimed: Claimed, bucket: str, rate: tuple[float, int], wall: datetime) -> float:
        """0.0 once a token is taken and the attempt is marked as begun, else the seconds to wait.

        Waiting for a token is not an attempt, so the one counted by the claim is given back.
        """
        with self.writing() as opened:
            wait = take_token(opened, bucket, rate, wall)
            if wait:
                kept = opened.run(GIVE_BACK, **_ours(claimed)).first() is not None
            else:
                kept = settle(opened, claimed, began=True, lease_until=wall + RENEWED)
            return wait if kept else LOST

    def delivered(self, claimed: Claimed, receipt: Receipt | None, version: int, wall: datetime) -> bool:
        """It arrived. A live message's receipt is kept with it, for the edits to come."""
        proof = asdict(receipt) if receipt else {}
        with self.writing() as opened:
            kept = settle(opened, claimed, state="delivered", reason="", at=wall, **DONE, **proof)
            if kept and receipt and claimed.message.live:
                keep_live(opened, claimed.message, receipt, version)
            return kept

    def postpone(self, claimed: Claimed, until: datetime, reason: str, doubt: bool) -> bool:
        """Let it go until then; `doubt` says this or an earlier attempt may have arrived."""
        with self.writing() as opened:
            later = {"not_before": until, "reason": reason, **DONE, "doubt": doubt}
            return settle(opened, claimed, **later)

    def suspend(self, claimed: Claimed, until: datetime, reason: str) -> bool:
        """Let it go until then; that we are not let in was no attempt, so the one counted is given back."""
        with self.writing() as opened:
            opened.run(GIVE_BACK, **_ours(claimed))
            return settle(opened, claimed, not_before=until, reason=reason, **DONE)

    def settle(self, claimed: Claimed, state: str, reason: str, wall: datetime) -> bool:
        """Close it for good as held, failed or dropped."""
        with self.writing() as opened:
            return settle(opened, claimed, state=state, reason=reason, at=wall, **DONE)

    def hold_bucket(self, bucket: str, until: datetime) -> None:
        """Nothing more to that conversation until then, whichever process wants to send."""
        with self.writing() as opened:
            hold(opened, bucket, until)

    def next_message_at(self, wall: datetime) -> datetime | None:
        """The earliest wall time at which the head of some queue may be claimed."""
        with self.reading() as opened:
            times: list[datetime | None] = [opened.run(one, wall=wall).scalar_one() for one in NEXT]
        return min((at for at in times if at is not None), default=None)

    def troubles(self, limit: int = 100) -> Troubles:
        """What a person should look at: counts by state, and the newest held and failed messages."""
        troubled = (
            select(outbox).where(outbox.c.state.in_(TROUBLED)).order_by(outbox.c.at.desc()).limit(limit)
        )
        counted = select(outbox.c.state, func.count().label("rows")).group_by(outbox.c.state)
        with self.reading() as opened:
            counts = opened.run(counted.where(outbox.c.state.in_((*TROUBLED, "open"))))
            rows = opened.run(troubled)
            return Troubles(
                {row.state: row.rows for row in counts},
                tuple(
                    Trouble(row.kind, row.queue, row.state, row.reason, row.at, row.person) for row in rows
                ),
            )


def promised(message: OutboxMessage) -> dict[str, object]:
    """A message as the columns of a new row."""
    audience, letter = message.audience, message.letter
    return {
        "key": message.key,
        "kind": letter.kind,
        "subject": letter.subject,
        "facts": dict(letter.facts),
        "version": message.version,
        "room": audience.room,
        "person": audience.person,
        "user": audience.user,
        "place": asdict(audience.place) if audience.place else None,
        "queue": audience.queue,
        "live": message.live,
        "due": message.due,
        "not_before": message.due,
        "at": message.due,
    }


def claimed(row: Row[tuple[object, ...]]) -> Claimed:
    """A claimed row as the post sees it."""
    letter = Letter(row.kind, row.subject, row.facts)
    message = OutboxMessage(row.key, letter, _audience(row), row.due, row.version, row.live)
    return Claimed(row.id, row.lease, message, row.attempts, row.doubt)


def _audience(row: Row[tuple[object, ...]]) -> Audience:
    return Audience(row.room, row.person, row.user, Place(**row.place) if row.place else None)


@cache
def _promise(dialect: str) -> Executable:
    return (
        insert_into(dialect, outbox).values(scope_of(dialect)).on_conflict_do_nothing(index_elements=["key"])
    )


def _live_key(message: OutboxMessage) -> dict[str, str]:
    """What makes two messages one and the same live message."""
    letter = message.letter
    return {"kind": letter.kind, "subject": letter.subject, "queue": message.audience.queue}


def settle(bound: Bound, claimed: Claimed, **values: object) -> bool:
    """Write the outcome, unless the lease was lost."""
    return bound.run(SETTLE, **_ours(claimed), **values).first() is not None


def _ours(claimed: Claimed) -> dict[str, object]:
    return {"of_row": claimed.row, "of_lease": claimed.lease}


def keep_live(bound: Bound, message: OutboxMessage, receipt: Receipt, version: int) -> None:
    """Remember where a live message stands and what it shows."""
    key = _live_key(message)
    bound.put_over(sent, {**key, **asdict(receipt), "version": version}, *key)


# The oldest message of each queue that is due, and until when any message of that queue is leased. One pass
# over the open rows: to ask of each row what stands before it took half a minute for 10,000.
FRONTS = (
    select(func.min(outbox.c.id).label("id"), func.max(outbox.c.lease_until).label("leased"))
    .where(outbox.c.state == OPEN, outbox.c.due <= WALL)
    .group_by(outbox.c.queue)
    .subquery("front")
)


def _claim() -> Executable:
    """Leases the oldest free head of each queue, skipping those another process is claiming."""
    row = outbox.alias("head")
    alone = select(FRONTS.c.id).where(or_(FRONTS.c.leased.is_(None), FRONTS.c.leased <= WALL))
    # Asked again of the row itself: one that was locked a moment ago is judged by its own values only.
    free = or_(row.c.lease_until.is_(None), row.c.lease_until <= WALL)
    ready = select(row.c.id).where(row.c.id.in_(alone), row.c.state == OPEN, row.c.not_before <= WALL, free)
    # A common table expression, because a plain subquery with a limit may be run more than once.
    oldest = ready.order_by(row.c.id).limit(bindparam("at_most"))
    first = oldest.with_for_update(skip_locked=True).cte("first")
    taken = {"doubt": or_(outbox.c.doubt, outbox.c.began), "attempts": outbox.c.attempts + 1}
    claim = update(outbox).where(outbox.c.id.in_(select(first.c.id))).values(taken)
    return claim.returning(*outbox.c)


def _next() -> tuple[Executable, Executable]:
    """When the head of some queue may be claimed, and when the next message is due."""
    ready = latest(outbox.c.not_before, func.coalesce(FRONTS.c.leased, outbox.c.not_before))
    waiting = select(func.min(ready)).join(FRONTS, FRONTS.c.id == outbox.c.id)
    to_come = select(func.min(outbox.c.due)).where(outbox.c.state == OPEN, outbox.c.due > WALL)
    return waiting, to_come


CLAIM, NEXT = _claim(), _next()
