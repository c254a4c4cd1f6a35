"""Links by which a person's own browser fetches what they take away: each is its person's alone."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, bindparam, delete, exists, select, update
from sqlmodel import Field, SQLModel

from bot.actors import Actor
from bot.errors import Conflict
from bot.governance import export as rules
from bot.governance.export import ExportLink
from storage import mapper
from storage.bound import Bound, table
from storage.columns import UtcDateTime
from storage.tables import IdentityRow, PersonRow


class ExportLinkRow(SQLModel, table=True):
    """One link. `digest` is its token's, `cookie` the browser's: neither is kept. `until` is wall time."""

    __tablename__ = "export_link"
    id: str = Field(primary_key=True)
    digest: str = Field(unique=True, index=True)
    person: str = Field(foreign_key="person.id")
    about: dict[str, Any] = Field(sa_type=JSON)
    format: str
    until: datetime = Field(sa_type=UtcDateTime, index=True)
    state: str
    cookie: str = ""
    code: str = ""
    browsers: int = 0
    version: int = 1


LINK = table(ExportLinkRow)
PERSON = table(PersonRow)
IDENTITY = table(IdentityRow)
LET_IN = exists().where(IDENTITY.c.person == LINK.c.person, IDENTITY.c.barred == "")
BY_TOKEN = select(LINK).where(
    LINK.c.digest == bindparam("digest"), PERSON.c.id == LINK.c.person, PERSON.c.active, LET_IN
)
OWN = select(LINK).where(LINK.c.id == bindparam("id"), LINK.c.person == bindparam("person"))
CHANGED = ("state", "cookie", "code", "browsers", "version")


class ExportLinks(Bound):
    """`secrets` is what tokens are made of, the newest first; they are in no row."""

    secrets: tuple[bytes, ...] = (b"",)

    def keep_export_link(self, actor: Actor, link: ExportLink) -> None:
        """Keep a new one of the actor's own; those that ran out a day ago or more are forgotten."""
        if link.person != actor.person:
            raise PermissionError("somebody else's link")
        made = rules.token(self.secrets[0], link.id)
        self.run(delete(LINK).where(LINK.c.until < link.until - rules.KEPT))
        self.put(LINK, {**mapper.columns(link), "digest": rules.digest(made)})

    def export_token(self, actor: Actor, link: ExportLink) -> str:
        """What stands in the address of one of the actor's own; "" where what it was made of is gone."""
        row = self.run(OWN, id=link.id, person=actor.person).mappings().first()
        made = (rules.token(secret, link.id) for secret in self.secrets)
        return next((one for one in made if row and row["digest"] == rules.digest(one)), "")

    def export_link(self, actor: Actor, link: str) -> ExportLink | None:
        """One of the actor's own."""
        row = self.run(OWN, id=link, person=actor.person).mappings().first()
        return mapper.built(ExportLink, row) if row else None

    def export_link_of(self, token: str) -> ExportLink | None:
        """The one with that token, as long as its person is let in."""
        row = self.run(BY_TOKEN, digest=rules.digest(token)).mappings().first()
        return mapper.built(ExportLink, row) if row else None

    def save_export_link(self, actor: Actor, link: ExportLink) -> None:
        """Its next step. Raises Conflict where it went on meanwhile."""
        same = LINK.c.id == link.id, LINK.c.person == actor.person, LINK.c.version == link.version - 1
        values = {name: value for name, value in mapper.columns(link).items() if name in CHANGED}
        if self.run(update(LINK).where(*same).values(**values)).rowcount != 1:
            raise Conflict(link.id)
