"""The row of how often somebody, or a room, gets a digest."""

from datetime import date, datetime, time

from sqlmodel import Field, SQLModel

from storage.columns import UtcDateTime


class DigestRow(SQLModel, table=True):
    """One reader's setting; `reader` is "person:PER-01" or "room:ROOM-1", `at` local wall time."""

    __tablename__ = "digest"
    reader: str = Field(primary_key=True)
    person: str = Field(default="", index=True)
    room: str = ""
    rhythm: str
    at: time
    weekday: int = 0
    quiet: bool = True
    paused_until: date | None = None
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    chosen: bool = False
    version: int = 1
