"""The row of a decision as it stands."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import UtcDateTime


class DecisionRow(SQLModel, table=True):
    """One decision. `counter` is the trailing number."""

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("partnership", "visibility", "number"),
        Index(None, "partnership", "visibility", "decided_on"),
        Index(None, "session"),
        Index("ix_decision_status", "status", "partnership", "visibility"),
    )
    id: str = Field(primary_key=True)
    number: str
    counter: int = 0
    partnership: str = Field(foreign_key="partnership.id")
    visibility: str
    version: int = 1
    question: str = Field(sa_type=Text)
    outcome: str = Field(sa_type=Text)
    status: str
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_on: date
    options: list[str] = Field(sa_type=JSON)
    rationale: str = Field(default="", sa_type=Text)
    evidence: list[dict[str, Any]] = Field(sa_type=JSON)
    deciders: list[str] = Field(sa_type=JSON)
    quorum: str = ""
    dissent: list[dict[str, Any]] = Field(sa_type=JSON)
    follow_up: date | None = None
    supersedes: str = ""
    superseded_by: str = ""
    approvals: list[dict[str, Any]] = Field(sa_type=JSON)
    session: str = ""
    study: str = ""
    note: str = Field(default="", sa_type=Text)
    reason: str = Field(default="", sa_type=Text)
