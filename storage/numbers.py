"""Numbers people say: one series for each partnership and class, so that no gap tells of a hidden record."""

import secrets
from collections.abc import Iterator
from itertools import combinations

from sqlalchemy import Row, bindparam, select, update

from bot.actors import Actor
from bot.governance.visibility import Scope, Visibility
from bot.grammar import fold
from storage import mapper, wall
from storage.bound import table
from storage.issue_rows import IssueRow
from storage.parties import Parties
from storage.tables import PartnershipRow, SeriesRow

ISSUE = table(IssueRow)
PARTNERSHIP = table(PartnershipRow)
SERIES = table(SeriesRow)
LETTERS = "BCDFGHJKMNPQRSTVWXZ"
UNAMBIGUOUS = f"23456789{LETTERS}"
BY_ID = select(PARTNERSHIP).where(PARTNERSHIP.c.id == bindparam("id"))
# Counts one up; the row stays locked until the transaction ends.
COUNT = (
    update(SERIES)
    .where(SERIES.c.partnership == bindparam("in_partnership"), SERIES.c.visibility == bindparam("in_class"))
    .where(SERIES.c.noun == bindparam("of_noun"))
    .values(last=SERIES.c.last + 1)
    .returning(SERIES.c.prefix, SERIES.c.last)
)
TAKEN = select(ISSUE.c.id).where(ISSUE.c.number == bindparam("number"))


class Numbers(Parties):
    """Gives out numbers inside the transaction that uses them."""

    def next_number(self, actor: Actor, scope: Scope, noun: str = "ISS", third: str = "") -> str:
        """The next number of that class: "NOR-ISS-008", "NORI-ISS-001", "HAL-NOR-ISS-001", "HAL-RST-7K3M".

        With a `third` company its partnership is named beside the first: "NOR-QUI-TRI-001", a series that
        only these three companies ever see. Raises PermissionError outside what the actor may write.
        """
        if not wall.writable(actor, scope):
            raise PermissionError("outside the writer's partnership, side or class")
        self.passes(actor)
        if scope.visibility is Visibility.RESTRICTED:
            return self._random(f"{code(actor.organisation)}-RST")
        return self._counted(scope, *self._series(actor, scope, (noun, third)))

    def _series(self, actor: Actor, scope: Scope, of: tuple[str, str]) -> tuple[str, str]:
        """What its numbers begin with, and the series they are counted in."""
        (noun, third), home = of, self.run(BY_ID, id=scope.partnership).one()
        if scope.visibility is not Visibility.TRI_PARTY:
            return noun, f"{_owner(home, scope.visibility)}-{noun}"
        other = self.beside(actor, scope.partnership, third)
        if other is None:
            raise PermissionError("that company shares no study with this partnership")
        return f"{noun}:{other[0]}", f"{home.code}-{other[1]}-TRI"

    def _counted(self, scope: Scope, noun: str, prefix: str) -> str:
        counted = {"in_partnership": scope.partnership, "in_class": scope.visibility.value, "of_noun": noun}
        given = self.run(COUNT, **counted).first()
        if given is None:
            # Somebody else may begin the series at this moment: theirs will do as well.
            self.put_new(SERIES, {**mapper.columns(scope), "noun": noun, "prefix": prefix, "last": 0})
            given = self.run(COUNT, **counted).one()
        return f"{given.prefix}-{given.last:03d}"

    def _random(self, prefix: str) -> str:
        while True:
            number = f"{prefix}-{''.join(secrets.choice(UNAMBIGUOUS) for _ in range(4))}"
            if not self.run(TAKEN, number=number).first():
                return number


def code(identifier: str) -> str:
    """The short name in an id: "NOR" of "P-NOR", "HAL" of "ORG-HAL"."""
    return identifier.removeprefix("ORG-").removeprefix("P-")


def short_names(name: str) -> Iterator[str]:
    """Three letters out of a company's name, beginning with its first, in no order; then any at all."""
    letters = "".join(sign for sign in fold(name).upper() if "A" <= sign <= "Z")
    drawn = list({letters[0] + "".join(rest) for rest in combinations(letters[1:12], 2)} if letters else ())
    secrets.SystemRandom().shuffle(drawn)
    yield from drawn
    while True:
        yield "".join(secrets.choice(LETTERS) for _ in range(3))


def _owner(partnership: Row[tuple[object, ...]], visibility: Visibility) -> str:
    match visibility:
        case Visibility.CRO_INTERNAL:
            return f"{partnership.code}I"
        case Visibility.SPONSOR_INTERNAL:
            return f"{code(partnership.sponsor)}-{partnership.code}"
        case Visibility.SHARED | Visibility.RESTRICTED | Visibility.TRI_PARTY:
            return str(partnership.code)
