"""The rows of what is promised and when: outbox, live messages, rate-limit buckets and dues."""

from contextlib import AbstractContextManager
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    Index,
    Integer,
    ScalarSelect,
    bindparam,
    func,
    literal_column,
    select,
)
from sqlmodel import Field, SQLModel

from storage.bound import Bound, table
from storage.columns import UtcDateTime
from storage.commitment_rows import CommitmentRow
from storage.decision_rows import DecisionRow
from storage.issue_rows import IssueRow
from storage.session_rows import ActionRow, MeetingRow

# Literal, not a parameter: PostgreSQL proves a partial index fits only from words it can read when it plans.
OPEN: ColumnElement[str] = literal_column("'open'")
WHILE_OPEN: ColumnElement[str] = literal_column("state = 'open'")


def numbered() -> Column[int]:
    """A row number that rises with every insert and is never given twice."""
    return Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


def partial(name: str, *columns: str, unique: bool = False) -> Index:
    """An index over the open rows only, so that what is long done costs nothing."""
    return Index(name, *columns, unique=unique, sqlite_where=WHILE_OPEN, postgresql_where=WHILE_OPEN)


class OutboxRow(SQLModel, table=True):
    """One promise. `due`, `not_before`, `lease_until` and `at` are wall time.

    `state` is open, delivered, held (it may have arrived), withheld (from those who are in its room), failed,
    passed (the same went to its person elsewhere) or dropped; `at` is when it was set.
    `began` says an attempt was under way when last seen, `doubt` that an earlier one may have arrived.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        partial("ix_outbox_open", "queue", "id"),
        partial("ix_outbox_due", "due"),
        Index("ix_outbox_state", "state", "at"),
        Index("ix_outbox_subject", "subject", "kind"),
    )

    id: int | None = Field(default=None, sa_column=numbered())
    key: str = Field(unique=True)
    kind: str
    subject: str = ""
    facts: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    version: int = 0
    partnership: str = ""
    visibility: str = ""
    room: str = ""
    person: str = ""
    user: str = ""
    place: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    queue: str
    live: bool = False
    state: str = "open"
    due: datetime = Field(sa_type=UtcDateTime)
    not_before: datetime = Field(sa_type=UtcDateTime)
    lease: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    began: bool = False
    doubt: bool = False
    attempts: int = 0
    reason: str = ""
    conversation: str = ""
    message: str = ""
    at: datetime = Field(sa_type=UtcDateTime)


class SentRow(SQLModel, table=True):
    """Where a live message stands, and the record's version it shows."""

    __tablename__ = "sent"
    __table_args__ = (Index("ix_sent_message", "conversation", "message"),)

    kind: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    queue: str = Field(primary_key=True)
    conversation: str
    message: str
    version: int


class BucketRow(SQLModel, table=True):
    """What is left of one conversation's rate limit, shared by every process."""

    __tablename__ = "bucket"

    name: str = Field(primary_key=True)
    tokens: float
    at: datetime = Field(sa_type=UtcDateTime)
    held_until: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DueRow(SQLModel, table=True):
    """Something that must happen `at` (business time); `lease_until` is wall time.

    `state` is open, done or cancelled.
    """

    __tablename__ = "due"
    __table_args__ = (
        partial("uq_due_key_open", "key", unique=True),
        partial("ix_due_open", "rank", "at", "id"),
    )

    id: int | None = Field(default=None, sa_column=numbered())
    key: str
    at: datetime = Field(sa_type=UtcDateTime)
    kind: str
    subject: str = ""
    rank: int = 0
    partnership: str = ""
    visibility: str = ""
    state: str = "open"
    lease: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


outbox = table(OutboxRow)
sent = table(SentRow)
bucket = table(BucketRow)
due = table(DueRow)
ROWS = (IssueRow, CommitmentRow, DecisionRow, ActionRow, MeetingRow)
RECORDS = tuple(table(one) for one in ROWS)
SCOPE = ("partnership", "visibility")


@cache
def scope_of(dialect: str) -> dict[str, Any]:
    """Partnership and class of the record that the statement's `of` names, as values; "" where it is none.

    On PostgreSQL a function of the owner's knows them, because whoever promises may read no record.
    """
    if dialect == "postgresql":
        return {name: getattr(func, f"parley_{name}_of")(bindparam("of")) for name in SCOPE}
    return {name: _looked_up(name) for name in SCOPE}


def _looked_up(column: str) -> ScalarSelect[str]:
    records = (select(func.max(one.c[column])).where(one.c.id == bindparam("of")) for one in RECORDS)
    return select(func.coalesce(*(one.scalar_subquery() for one in records), "")).scalar_subquery()


class Transactions(Protocol):
    """What opens them: the store, seen from below it."""

    def writing(self) -> AbstractContextManager[Bound]: ...
    def reading(self) -> AbstractContextManager[Bound]: ...
