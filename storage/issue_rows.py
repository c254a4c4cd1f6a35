"""The rows of an issue: as it stands, who may read it, what was said beside it; and where records began."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.columns import UtcDateTime

HAS_LEGAL = text("CAST(legal AS TEXT) <> 'null'")  # a clock of the law was ever named


class IssueRow(SQLModel, table=True):
    """One issue as it stands. `counter` is the trailing number, 0 for a restricted one."""

    __tablename__ = "issue"
    __table_args__ = (
        UniqueConstraint("partnership", "visibility", "number"),
        Index(None, "partnership", "visibility", "raised_at"),
        Index(None, "raised_at", "counter", "number"),
        Index(None, "late_at"),
        Index("ix_issue_partnership_late", "partnership", "late_at"),
        Index("ix_issue_partnership_due", "partnership", "due"),
        Index("ix_issue_partnership_level", "partnership", "level", "state"),
        Index(None, "owner", "state"),
        Index(None, "counterpart", "state"),
        Index(None, "raised_by", "state"),
        Index("ix_issue_legal", "partnership", sqlite_where=HAS_LEGAL, postgresql_where=HAS_LEGAL),
    )
    id: str = Field(primary_key=True)
    number: str
    counter: int = 0
    partnership: str = Field(foreign_key="partnership.id")
    visibility: str
    version: int = 1
    title: str
    severity: str
    state: str
    level: str
    level_entered_at: datetime = Field(sa_type=UtcDateTime)
    raised_by: str
    raised_side: str
    raised_at: datetime = Field(sa_type=UtcDateTime)
    owner: str
    rules: dict[str, Any] = Field(sa_type=JSON)
    policy: str = ""
    owner_side: str
    counterpart: str = ""
    raised_against: str | None = None
    study: str = ""
    category: str = ""
    description: str = ""
    due: date | None = None
    acknowledged_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    acknowledged_by: str = ""
    ack_due: datetime | None = Field(default=None, sa_type=UtcDateTime)
    missed: bool = False
    grades: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    views: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    contained_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    contained_by: str = ""
    containment: str = ""
    plan: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    offer: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    plan_climbed: date | None = None
    root_cause: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    capa: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    resolved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    resolved_by: str = ""
    resolution: str = ""
    verified_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    verified_by: str = ""
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_by: str = ""
    reason: str = ""
    duplicate_of: str = ""
    reopened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    hold: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    stops: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    dispute: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    legal: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    linked: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    moved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    alarmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    rang: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    late_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    unblinded: bool = False
    third: str = ""


class NoteRow(SQLModel, table=True):
    """Words beside an issue: updates in its own class, internal notes in their writer's."""

    __tablename__ = "note"
    __table_args__ = (Index(None, "issue", "at"),)
    id: str = Field(primary_key=True)
    issue: str = Field(foreign_key="issue.id")
    partnership: str
    visibility: str
    person: str
    at: datetime = Field(sa_type=UtcDateTime)
    text: str = Field(sa_type=Text)
    version: int = 1


class RestrictedReaderRow(SQLModel, table=True):
    """One of the named readers of a restricted record; `barred` while its topic is closed to them."""

    __tablename__ = "restricted_reader"
    record: str = Field(primary_key=True)
    person: str = Field(primary_key=True, foreign_key="person.id", index=True)
    partnership: str
    visibility: str
    version: int = 1
    barred: bool = False


class IssuePartyRow(SQLModel, table=True):
    """The third company that reads a tri-party record, through its own partnership with that sponsor."""

    __tablename__ = "issue_party"
    __table_args__ = (Index(None, "through"),)
    record: str = Field(primary_key=True)
    organisation: str = Field(primary_key=True, foreign_key="organisation.id")
    through: str = Field(foreign_key="partnership.id")
    partnership: str
    visibility: str
    version: int = 1


class RecordLinkRow(SQLModel, table=True):
    """The address of the message a record began with, for one side only; `visibility` is never shared."""

    __tablename__ = "record_link"
    record: str = Field(primary_key=True)
    side: str = Field(primary_key=True)
    partnership: str
    visibility: str
    version: int = 1
    url: str = Field(sa_type=Text, index=True)
