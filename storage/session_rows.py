"""The rows of committees, their sessions, and the action items of a session or a thread."""

from datetime import date, datetime

from sqlalchemy import JSON, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import UtcDateTime


class CommitteeRow(SQLModel, table=True):
    """A committee of one partnership; both sides read it."""

    __tablename__ = "committee"
    id: str = Field(primary_key=True)
    partnership: str = Field(foreign_key="partnership.id", index=True)
    visibility: str
    name: str
    tier: int
    cadence: str = ""
    sponsor_chair: str = ""
    cro_chair: str = ""
    members: list[str] = Field(sa_type=JSON)
    per_side: int = 1
    needs_chairs: bool = False
    escalates_to: str = ""
    delegates: list[str] = Field(default_factory=list, sa_type=JSON)
    pack_due_bd: int = 5
    minutes_due_bd: int = 5
    version: int = 1


class MeetingRow(SQLModel, table=True):
    """One session of a committee; `attended` are ids of people."""

    __tablename__ = "meeting"
    __table_args__ = (Index(None, "partnership", "day"),)
    id: str = Field(primary_key=True)
    committee: str = Field(foreign_key="committee.id")
    partnership: str = Field(foreign_key="partnership.id")
    visibility: str
    day: date
    state: str
    attended: list[str] = Field(sa_type=JSON)
    sides: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    chaired: list[str] = Field(default_factory=list, sa_type=JSON)
    minutes_issued: date | None = None
    note: str = Field(default="", sa_type=Text)
    closed_by: str = ""
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class ActionRow(SQLModel, table=True):
    """One action item. `counter` is the number at the end of its `number`."""

    __tablename__ = "action"
    __table_args__ = (
        UniqueConstraint("partnership", "visibility", "number"),
        Index(None, "thread"),
        Index(None, "session"),
        Index(None, "owner"),
    )
    id: str = Field(primary_key=True)
    number: str
    counter: int = 0
    partnership: str = Field(foreign_key="partnership.id")
    visibility: str
    text: str = Field(sa_type=Text)
    owner: str
    owner_side: str
    made_by: str
    made_at: datetime = Field(sa_type=UtcDateTime)
    state: str
    session: str = ""
    thread: str = ""
    due: date | None = None
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_by: str = ""
    became: str = ""
    version: int = 1
