"""The rows of where we are installed: workspaces and organisations, and which one-time states were used."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from storage.bound import table
from storage.columns import UtcDateTime


class InstallationRow(SQLModel, table=True):
    """One workspace, or one organisation of them. `at` is wall time, the other two are business time.

    `sealed` is what we speak with there, encrypted under the key whose id is `key`; both "" where it stands
    in the settings. `locked_out` is since when we are not let in.
    """

    __tablename__ = "installation"

    platform: str = Field(primary_key=True)
    tenant: str = Field(primary_key=True)
    name: str = ""
    key: str = ""
    sealed: str = Field(default="", sa_type=Text)
    at: datetime = Field(sa_type=UtcDateTime)
    locked_out: datetime | None = Field(default=None, sa_type=UtcDateTime)
    let_in: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class BelongingRow(SQLModel, table=True):
    """A workspace belongs to an organisation, through which we may be installed there."""

    __tablename__ = "belonging"
    __table_args__ = (Index(None, "platform", "organisation"),)

    platform: str = Field(primary_key=True)
    tenant: str = Field(primary_key=True)
    organisation: str


class InstallStateRow(SQLModel, table=True):
    """A one-time state that was used: its digest, kept until it is over anyway (wall time)."""

    __tablename__ = "install_state"

    digest: str = Field(primary_key=True)
    until: datetime = Field(sa_type=UtcDateTime)


installation = table(InstallationRow)
belonging = table(BelongingRow)
install_state = table(InstallStateRow)
