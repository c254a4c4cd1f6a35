"""The rows in which every record's words can be looked for."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from storage.columns import UtcDateTime


class SaidRow(SQLModel, table=True):
    """Words that stand in one place of one record, in the class of whoever may read them there.

    `source` says of what is said beside a record where that is kept: a note's id, or a line's chain and seq.
    Where it is empty the words are the record's own, and `noun` is its kind. `tokens` are what is looked for.
    """

    __tablename__ = "said"
    __table_args__ = (Index(None, "record", "place"),)
    id: int | None = Field(default=None, primary_key=True)
    record: str
    noun: str = ""
    place: str
    source: str = ""
    partnership: str
    visibility: str
    at: datetime = Field(sa_type=UtcDateTime)
    text: str = Field(sa_type=Text)
    tokens: str = Field(sa_type=Text)
    version: int = 1
