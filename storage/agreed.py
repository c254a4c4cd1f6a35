"""The rows of what companies offer each other and agree: terms, counterparts, contacts, studies, codes."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index, Text, text
from sqlmodel import Field, SQLModel

from storage.columns import UtcDateTime


class CalendarRow(SQLModel, table=True):
    """A working calendar; `work_week` and `holidays` are lists, `day_ends_at` is UTC without a zone.

    `name` is what people call it, "" where that is its `id`; a row is never edited, a change is a new one.
    """

    __tablename__ = "calendar"
    id: str = Field(primary_key=True)
    name: str = ""
    work_week: list[str] = Field(sa_type=JSON)
    holidays: list[str] = Field(sa_type=JSON)
    day_ends_at: time
    countries: list[str] = Field(sa_type=JSON, default_factory=list)
    earlier: list[dict[str, Any]] = Field(sa_type=JSON, default_factory=list)
    version: int = 1


class PolicyRow(SQLModel, table=True):
    """An escalation policy: `rules` by severity and `ladder`, as the mapper writes them; `name` as above."""

    __tablename__ = "policy"
    id: str = Field(primary_key=True)
    name: str = ""
    rules: dict[str, Any] = Field(sa_type=JSON)
    ladder: list[dict[str, Any]] = Field(sa_type=JSON, default_factory=list)
    version: int = 1


class ProposalRow(SQLModel, table=True):
    """A change of policy or calendar that one side proposes; at most one of each kind is open."""

    __tablename__ = "proposal"
    __table_args__ = (
        Index(
            "uq_proposal_open",
            "partnership",
            "kind",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )
    id: str = Field(primary_key=True)
    partnership: str = Field(foreign_key="partnership.id")
    kind: str
    replaces: str
    by: str
    side: str
    at: datetime = Field(sa_type=UtcDateTime)
    why: str = Field(sa_type=Text)
    policy: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    calendar: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    state: str
    answered_by: str = ""
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = Field(default="", sa_type=Text)
    version: int = 1


class CounterpartRow(SQLModel, table=True):
    """The pair of people at one level ("L1".."L4", "quality", "safety"); "" where nobody is named."""

    __tablename__ = "counterpart"
    partnership: str = Field(primary_key=True, foreign_key="partnership.id")
    level: str = Field(primary_key=True)
    sponsor: str = ""
    cro: str = ""


class StudyRow(SQLModel, table=True):
    """A study of one sponsor; another one may have a study of the same name."""

    __tablename__ = "study"
    id: str = Field(primary_key=True)
    organisation: str = Field(primary_key=True, foreign_key="organisation.id")


class ServiceRow(SQLModel, table=True):
    """A partnership serves a study."""

    __tablename__ = "service"
    __table_args__ = (ForeignKeyConstraint(["study", "organisation"], ["study.id", "study.organisation"]),)
    study: str = Field(primary_key=True)
    partnership: str = Field(primary_key=True, foreign_key="partnership.id")
    organisation: str


class ContactRow(SQLModel, table=True):
    """Who answers an emergency line ("safety", "quality") of one side of a partnership."""

    __tablename__ = "contact"
    partnership: str = Field(primary_key=True, foreign_key="partnership.id")
    line: str = Field(primary_key=True)
    side: str = Field(primary_key=True)
    name: str = ""
    person: str = ""
    phone: str = ""
    email: str = ""
    hours: str = ""


class AbsenceRow(SQLModel, table=True):
    """Somebody is away from the first to the last day, and who stands in."""

    __tablename__ = "absence"
    person: str = Field(primary_key=True, foreign_key="person.id")
    first: date
    last: date
    delegate: str = Field(foreign_key="person.id")


class InvitationRow(SQLModel, table=True):
    """What is offered to whoever shows a code, which is kept as its SHA-256 only.

    `terms` and `place` are as the mapper writes them; `at` and `until` are business time.
    """

    __tablename__ = "invitation"
    id: str = Field(primary_key=True)
    digest: str = Field(unique=True)
    kind: str
    organisation: str = Field(default="", index=True)
    person: str = ""
    name: str = ""
    side: str | None = None
    label: str = ""
    terms: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    partnership: str = ""
    visibility: str = ""
    place: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    state: str
    taken_by: str = ""
    at: datetime = Field(sa_type=UtcDateTime)
    until: datetime = Field(sa_type=UtcDateTime)
    version: int = 1


class ShownRow(SQLModel, table=True):
    """Somebody has shown the code of an invitation, and may answer it."""

    __tablename__ = "shown"
    invitation: str = Field(primary_key=True, foreign_key="invitation.id")
    platform: str = Field(primary_key=True)
    tenant: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
