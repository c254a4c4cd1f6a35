"""The rows of who may still come in: ends of partnerships, legal holds, reviews of access."""

from datetime import date, datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import UtcDateTime


class EndingRow(SQLModel, table=True):
    """The last day of a partnership as one side has named it; it is gone once that side took it back."""

    __tablename__ = "ending"
    partnership: str = Field(primary_key=True, foreign_key="partnership.id")
    side: str = Field(primary_key=True)
    day: date
    by: str
    at: datetime = Field(sa_type=UtcDateTime)
    why: str = Field(sa_type=Text)


class HoldRow(SQLModel, table=True):
    """A legal hold of one side; `issue` is "" where it is on the whole partnership."""

    __tablename__ = "legal_hold"
    id: str = Field(primary_key=True)
    partnership: str = Field(foreign_key="partnership.id", index=True)
    visibility: str
    issue: str = ""
    side: str
    by: str
    at: datetime = Field(sa_type=UtcDateTime)
    why: str = Field(sa_type=Text)
    released_by: str = ""
    released_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    release_why: str = Field(default="", sa_type=Text)
    version: int = 1


class ReviewRow(SQLModel, table=True):
    """A company's review of who has access, one for each quarter ("2027-Q1")."""

    __tablename__ = "access_review"
    __table_args__ = (UniqueConstraint("organisation", "quarter"),)
    id: str = Field(primary_key=True)
    organisation: str = Field(foreign_key="organisation.id")
    quarter: str
    at: datetime = Field(sa_type=UtcDateTime)
    by: str = ""
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reminded: bool = False
    version: int = 1
