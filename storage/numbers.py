"""Numbers people say: one series for each partnership and class, so that no gap tells of a hidden record."""

import secrets

from sqlalchemy import Row, select

from bot.actors import Actor
from bot.governance.visibility import Scope, Visibility
from storage import wall
from storage.bound import Bound, table
from storage.tables import IssueRow, PartnershipRow, SeriesRow

ISSUE = table(IssueRow)
PARTNERSHIP = table(PartnershipRow)
SERIES = table(SeriesRow)
UNAMBIGUOUS = "23456789BCDFGHJKMNPQRSTVWXZ"


class Numbers(Bound):
    """Gives out numbers inside the transaction that uses them."""

    def next_number(self, actor: Actor, scope: Scope, noun: str = "ISS") -> str:
        """The next number of that class: "NOR-ISS-008", "NORI-ISS-001", "HAL-NOR-ISS-001", "HAL-RST-7K3M".

        Raises PermissionError outside what the actor may write.
        """
        if not wall.writable(actor, scope):
            raise PermissionError("outside the writer's partnership, side or class")
        if scope.visibility is Visibility.RESTRICTED:
            return self._random(f"{code(actor.organisation)}-RST")
        key = {"partnership": scope.partnership, "visibility": scope.visibility.value, "noun": noun}
        row = self.insert(SERIES).values(**key, prefix=self._prefix(scope, noun), last=1)
        counted = row.on_conflict_do_update(index_elements=list(key), set_={"last": SERIES.c.last + 1})
        given = self.run(counted.returning(SERIES.c.prefix, SERIES.c.last)).one()
        return f"{given.prefix}-{given.last:03d}"

    def _prefix(self, scope: Scope, noun: str) -> str:
        found = self.run(select(PARTNERSHIP).where(PARTNERSHIP.c.id == scope.partnership)).one()
        return f"{_owner(found, scope.visibility)}-{noun}"

    def _random(self, prefix: str) -> str:
        while True:
            number = f"{prefix}-{''.join(secrets.choice(UNAMBIGUOUS) for _ in range(4))}"
            if not self.run(select(ISSUE.c.id).where(ISSUE.c.number == number)).first():
                return number


def code(identifier: str) -> str:
    """The short name in an id: "NOR" of "P-NOR", "HAL" of "ORG-HAL"."""
    return identifier.removeprefix("ORG-").removeprefix("P-")


def _owner(partnership: Row[tuple[object, ...]], visibility: Visibility) -> str:
    match visibility:
        case Visibility.CRO_INTERNAL:
            return f"{partnership.code}I"
        case Visibility.SPONSOR_INTERNAL:
            return f"{code(partnership.sponsor)}-{partnership.code}"
        case Visibility.SHARED | Visibility.RESTRICTED:
            return str(partnership.code)
