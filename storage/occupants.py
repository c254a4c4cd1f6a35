"""The rows of who is in a room: the room's roster, and everybody in it."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.columns import UtcDateTime


class RosterRow(SQLModel, table=True):
    """How a room stands. It outlives the link, so that its administrators still see how it ended."""

    __tablename__ = "roster"

    room: str = Field(primary_key=True)
    organisation: str
    partnership: str
    name: str = ""
    tenant: str
    state: str
    episode: int = 0
    version: int = 1
    by: str = ""
    at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class OccupantRow(SQLModel, table=True):
    """One account in a room; `name` only where our directory does not have it."""

    __tablename__ = "occupant"
    __table_args__ = (Index(None, "platform", "tenant", "user"),)

    room: str = Field(primary_key=True, foreign_key="roster.room")
    platform: str = Field(primary_key=True)
    tenant: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    name: str = ""
    kind: str
    standing: str
    by: str = ""
    at: datetime | None = Field(default=None, sa_type=UtcDateTime)
