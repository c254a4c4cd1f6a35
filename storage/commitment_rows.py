"""The row of a commitment as it stands."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import UtcDateTime


class CommitmentRow(SQLModel, table=True):
    """One commitment. `counter` is the trailing number."""

    __tablename__ = "commitment"
    __table_args__ = (
        UniqueConstraint("partnership", "visibility", "number"),
        Index(None, "partnership", "visibility", "due"),
        Index(None, "due", "counter", "number"),
        Index(None, "owner"),
        Index(None, "receiver"),
        Index(None, "changed_at"),
        Index("ix_commitment_partnership_state", "partnership", "state", "due"),
    )
    id: str = Field(primary_key=True)
    number: str
    counter: int = 0
    partnership: str = Field(foreign_key="partnership.id")
    visibility: str
    version: int = 1
    text: str = Field(sa_type=Text)
    owner: str
    owner_side: str
    receiver: str
    made_by: str
    made_at: datetime = Field(sa_type=UtcDateTime)
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    first_due: date
    due: date
    state: str
    accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    accepted_by: str = ""
    moves: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    moved_before: int = 0
    done_on: date | None = None
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_by: str = ""
    confirm_by: datetime | None = Field(default=None, sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    confirmed_by: str = ""
    claims: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    evidence: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    reason: str = ""
    source: str = "chat"
    study: str = ""
    linked: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    remind: list[int] = Field(default_factory=list, sa_type=JSON)
    snoozed_until: date | None = None
    rang: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
