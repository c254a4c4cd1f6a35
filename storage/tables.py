"""The rows of the record and of the two companies' directory; they hold, they do not think."""

from datetime import date, datetime

from sqlalchemy import JSON, ColumnElement, Float, Index, Text, UniqueConstraint, literal_column
from sqlmodel import Field, SQLModel

from storage.columns import UtcDateTime

WITH_HOME: ColumnElement[str] = literal_column("tenant != ''")


class OrganisationRow(SQLModel, table=True):
    """A company, the only one of its workspace or tenant, which routes requests for admission.

    `version` counts the changes of its directory.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        Index(
            "uq_organisation_platform_tenant",
            "platform",
            "tenant",
            unique=True,
            sqlite_where=WITH_HOME,
            postgresql_where=WITH_HOME,
        ),
    )
    id: str = Field(primary_key=True)
    side: str
    name: str
    zone: str
    platform: str = ""
    tenant: str = ""
    working_hours: str = ""
    version: int = 1


class PersonRow(SQLModel, table=True):
    """One person of one company. `zone` and `working_hours` "" mean the company's; `backup` is a person."""

    __tablename__ = "person"
    id: str = Field(primary_key=True)
    organisation: str = Field(foreign_key="organisation.id", index=True)
    name: str
    title: str = ""
    zone: str = ""
    handle: str = ""
    email: str = ""
    working_hours: str = ""
    backup: str = ""
    blinding: str = ""
    active: bool = True


class IdentityRow(SQLModel, table=True):
    """Who on a platform is which person; `barred` is "guest" or "gone" where the platform says so."""

    __tablename__ = "identity"
    platform: str = Field(primary_key=True)
    tenant: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    person: str = Field(foreign_key="person.id", index=True)
    organisation: str = Field(foreign_key="organisation.id")
    barred: str = ""


class RoleRow(SQLModel, table=True):
    """One role of one person (bot.actors.Role)."""

    __tablename__ = "role"
    person: str = Field(primary_key=True, foreign_key="person.id")
    role: str = Field(primary_key=True)
    organisation: str = Field(foreign_key="organisation.id")


class PartnershipRow(SQLModel, table=True):
    """One sponsor x one CRO. `code` begins the numbers of its records ("NOR").

    `ended_on` is its last day, once that is over.
    """

    __tablename__ = "partnership"
    __table_args__ = (Index("uq_partnership_sponsor_cro", "sponsor", "cro", unique=True),)
    id: str = Field(primary_key=True)
    code: str = Field(unique=True)
    sponsor: str = Field(foreign_key="organisation.id", index=True)
    cro: str = Field(foreign_key="organisation.id", index=True)
    calendar: str = Field(foreign_key="calendar.id")
    policy: str = Field(foreign_key="policy.id")
    ended_on: date | None = None


class RoomRow(SQLModel, table=True):
    """A channel of one company, linked to one partnership and one class."""

    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("platform", "tenant", "conversation"),)
    id: str = Field(primary_key=True)
    organisation: str = Field(foreign_key="organisation.id")
    partnership: str = Field(foreign_key="partnership.id", index=True)
    visibility: str
    name: str = ""
    platform: str
    tenant: str
    conversation: str


class SeriesRow(SQLModel, table=True):
    """The last number given inside one partnership and class. `prefix` is "NOR-ISS"."""

    __tablename__ = "series"
    partnership: str = Field(primary_key=True, foreign_key="partnership.id")
    visibility: str = Field(primary_key=True)
    noun: str = Field(primary_key=True)
    prefix: str
    last: int = 0


class DraftRow(SQLModel, table=True):
    """Something half said, for its writer only."""

    __tablename__ = "draft"
    id: str = Field(primary_key=True)
    person: str = Field(foreign_key="person.id")
    partnership: str = ""
    visibility: str = ""
    version: int = 1
    fields_: dict[str, str] = Field(sa_type=JSON, sa_column_kwargs={"name": "fields"})
    at: datetime = Field(sa_type=UtcDateTime, index=True)


class AdmissionRow(SQLModel, table=True):
    """Somebody who asked to be let in; one row for each identity."""

    __tablename__ = "admission"
    __table_args__ = (UniqueConstraint("platform", "tenant", "user"),)
    id: str = Field(primary_key=True)
    organisation: str = Field(foreign_key="organisation.id", index=True)
    platform: str
    tenant: str
    user: str
    name: str = ""
    state: str
    at: datetime = Field(sa_type=UtcDateTime)
    decided_by: str = ""
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class OnceRow(SQLModel, table=True):
    """A request that was served, and the letter that answered it; no `kind` means no letter."""

    __tablename__ = "once"
    key: str = Field(primary_key=True)
    kind: str = ""
    subject: str = ""
    facts: dict[str, str] = Field(sa_type=JSON, default_factory=dict)
    at: datetime = Field(sa_type=UtcDateTime, index=True)


class AuditRow(SQLModel, table=True):
    """One line of a chain; triggers refuse to change or delete it."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "partnership", "at"),)
    chain: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    person: str
    what: str
    record: str = Field(default="", index=True)
    partnership: str = ""
    visibility: str = ""
    organisation: str = ""
    version: int = 0
    payload: str | None = Field(default=None, sa_type=Text)
    salt: str | None = None
    payload_hash: str
    previous: str
    hash: str


class AuditChainRow(SQLModel, table=True):
    """The head of a chain, locked by whoever adds to it."""

    __tablename__ = "audit_chain"
    chain: str = Field(primary_key=True)
    seq: int
    hash: str


class ReachRow(SQLModel, table=True):
    """Where a person or a channel can be reached: `key` names one of them, `tenant` is where it was said."""

    __tablename__ = "reach"
    __table_args__ = (Index(None, "platform", "tenant"),)
    key: str = Field(primary_key=True)
    platform: str
    tenant: str
    conversation: str
    user: str = ""
    private: bool = False
    service: str = ""
    at: datetime = Field(sa_type=UtcDateTime)


class ClockRow(SQLModel, table=True):
    """How far business time is ahead of wall time; one row, id 1."""

    __tablename__ = "clock"
    id: int = Field(default=1, primary_key=True)
    offset_seconds: float = Field(default=0.0, sa_type=Float)


class EditionRow(SQLModel, table=True):
    """Which edition of the directory this is: a new token at every change to it; one row, id 1."""

    __tablename__ = "edition"
    id: int = Field(default=1, primary_key=True)
    token: str


class TakenRow(SQLModel, table=True):
    """A file the loader took in, by its digest."""

    __tablename__ = "taken"
    digest: str = Field(primary_key=True)
    sections: list[str] = Field(sa_type=JSON)
    at: datetime = Field(sa_type=UtcDateTime)
