"""How often each reader gets a digest, who has no setting yet, and who is away."""

from sqlalchemy import bindparam, exists, select, update

from bot.digests import Newcomer
from bot.errors import Conflict
from bot.governance.company import Absence
from bot.governance.digest import DigestSetting
from storage import mapper
from storage.agreed import AbsenceRow
from storage.bound import Bound, table
from storage.digest_rows import DigestRow
from storage.directory import AT_HOME, ORGANISATION, PERSON, ROLES, ZONE

ABSENCE = table(AbsenceRow)
DIGEST = table(DigestRow)

OF_READER = select(DIGEST).where(DIGEST.c.reader == bindparam("reader"))
EVERY = select(DIGEST).order_by(DIGEST.c.reader)
WITHOUT = (
    select(PERSON.c.id, ZONE.label("zone"), ROLES.scalar_subquery().label("roles"))
    .where(AT_HOME, PERSON.c.active, ~exists().where(DIGEST.c.person == PERSON.c.id))
    .order_by(PERSON.c.id, ORGANISATION.c.id)
)
ABSENT = select(ABSENCE).where(ABSENCE.c.person == bindparam("person"))
SAVE = update(DIGEST).where(
    DIGEST.c.reader == bindparam("of_reader"), DIGEST.c.version == bindparam("of_version")
)


class DigestSettings(Bound):
    """Each is its reader's own: a person's, or a room's."""

    def digest(self, person: str = "", room: str = "") -> DigestSetting | None:
        """The setting of one reader."""
        reader = DigestSetting(person, room).reader
        row = self.run(OF_READER, reader=reader).mappings().first()
        return mapper.built(DigestSetting, row) if row else None

    def digests(self) -> tuple[DigestSetting, ...]:
        """Every setting there is, for whoever keeps the house."""
        return tuple(mapper.built(DigestSetting, row) for row in self.run(EVERY).mappings())

    def save_digest(self, setting: DigestSetting) -> None:
        """A first one (version 1), or the next version. Raises Conflict where somebody else was first."""
        row = mapper.columns(setting) | {"reader": setting.reader}
        if setting.version == 1:
            if not self.put_new(DIGEST, row):
                raise Conflict(setting.reader)
            return
        row = mapper.columns(setting, "person", "room")
        unchanged = {"of_reader": setting.reader, "of_version": setting.version - 1}
        if self.run(SAVE, **row, **unchanged).rowcount != 1:
            raise Conflict(setting.reader)

    def undigested(self) -> tuple[Newcomer, ...]:
        """Active people who have none yet."""
        found = self.run(WITHOUT)
        return tuple(Newcomer(row.id, row.zone, frozenset((row.roles or "").split("\n"))) for row in found)

    def absence_of(self, person: str) -> Absence | None:
        """When they have said that they are away, also if that is past."""
        row = self.run(ABSENT, person=person).mappings().first()
        return mapper.built(Absence, row) if row else None
