"""Commitments: every query inside the actor's visibility, every save against the version that was read."""

import re
from functools import cache
from typing import Any

from sqlalchemy import Date, Select, Update, and_, bindparam, func, or_, select, update

from bot.actors import Actor
from bot.errors import Conflict
from bot.governance.commitment import Commitment, State
from bot.governance.visibility import Scope
from bot.joint import CommitmentFilter
from storage import mapper, wall
from storage.bound import table
from storage.columns import UtcDateTime
from storage.commitment_rows import CommitmentRow
from storage.said import Saying, Told

COMMITMENT = table(CommitmentRow)
SOONEST_FIRST = (COMMITMENT.c.due, COMMITMENT.c.counter, COMMITMENT.c.number)
AT_MOST = 5
WANTED = {
    "id": COMMITMENT.c.id == bindparam("id"),
    "number": func.upper(COMMITMENT.c.number).in_(bindparam("said", expanding=True)),
    "counter": and_(COMMITMENT.c.counter == bindparam("counter"), COMMITMENT.c.counter > 0),
    "partnership": COMMITMENT.c.partnership == bindparam("partnership"),
    "classes": COMMITMENT.c.visibility.in_(bindparam("classes", expanding=True)),
    "owner": COMMITMENT.c.owner == bindparam("owner"),
    "receiver": COMMITMENT.c.receiver == bindparam("receiver"),
    "concerns": or_(
        COMMITMENT.c.owner == bindparam("concerns"), COMMITMENT.c.receiver == bindparam("concerns")
    ),
    "state": COMMITMENT.c.state == bindparam("state"),
    "study": COMMITMENT.c.study == bindparam("study"),
    "due_before": COMMITMENT.c.due < bindparam("due_before", type_=Date()),
    "changed_since": COMMITMENT.c.changed_at >= bindparam("changed_since", type_=UtcDateTime()),
    "open": COMMITMENT.c.state.not_in([state.value for state in State if state.over]),
}
NARROW = tuple(name for name in WANTED if name not in ("id", "number", "counter", "open"))
FIXED = ("id", "number", "partnership", "visibility")


class Commitments(Saying):
    """Commitments as their readers may see them."""

    def commitment(self, actor: Actor, commitment: str) -> Commitment | None:
        """One by its id."""
        found = self._promised(actor, "id", id=commitment)
        return found[0] if found else None

    def commitments_numbered(self, actor: Actor, number: str) -> tuple[Commitment, ...]:
        """Those meant by a number as a person writes it: "NOR-CMT-011", "cmt-11" or "11"; at most five."""
        said = number.strip().upper()
        exact = self._promised(actor, "number", said=_written(said))
        short = re.fullmatch(r"(?:CMT-?)?0*(\d{1,9})", said)
        if exact or not short:
            return exact
        return self._promised(actor, "counter", counter=int(short[1]))

    def commitments(self, actor: Actor, which: CommitmentFilter) -> tuple[Commitment, ...]:
        """A page of them, the soonest due first."""
        page = {"limit": which.limit, "offset": which.offset}
        return self._promised(actor, *_wanted(which), **_asked(which) | page)

    def count_commitments(self, actor: Actor, which: CommitmentFilter) -> int:
        """How many there are on all pages."""
        counted = _count(self.passes(actor), *_wanted(which))
        count: int = self.run(counted, **_asked(which), **wall.sight(actor)).scalar_one()
        return count

    def add_commitment(self, actor: Actor, commitment: Commitment) -> None:
        """Keep a new one. Raises PermissionError outside what the actor may write."""
        scope = Scope(commitment.partnership, commitment.visibility)
        if commitment.visibility.names_readers or not wall.writable(actor, scope):
            raise PermissionError("outside the writer's partnership, side or class")
        self.passes(actor)
        self.put(COMMITMENT, mapper.columns(commitment) | {"counter": _trailing(commitment.number)})
        self.index(actor, Told.of("commit", commitment, commitment.made_at), commitment)

    def save_commitment(self, actor: Actor, commitment: Commitment) -> None:
        """Save the next version. Raises Conflict unless the record still stands at the version before."""
        wall.still_open(actor, commitment.partnership)
        unchanged = {"of_id": commitment.id, "of_version": commitment.version - 1, **wall.sight(actor)}
        saved = self.run(_save(self.passes(actor)), **mapper.columns(commitment, *FIXED), **unchanged)
        if saved.rowcount != 1:
            raise Conflict(commitment.id)
        self.index(actor, Told.of("commit", commitment, commitment.made_at), commitment)

    def _promised(self, actor: Actor, *wanted: str, **asked: object) -> tuple[Commitment, ...]:
        page = {"limit": AT_MOST, "offset": 0} | asked | wall.sight(actor)
        rows = self.run(_page(self.passes(actor), *wanted), **page).mappings()
        return tuple(mapper.built(Commitment, row) for row in rows)


@cache
def _page(clock: bool, *wanted: str) -> Select[Any]:
    filters = (WANTED[one] for one in wanted)
    found = select(COMMITMENT).where(wall.inside(clock, COMMITMENT, COMMITMENT.c.id), *filters)
    return found.order_by(*SOONEST_FIRST).limit(bindparam("limit")).offset(bindparam("offset"))


@cache
def _count(clock: bool, *wanted: str) -> Select[Any]:
    inside = wall.inside(clock, COMMITMENT, COMMITMENT.c.id)
    return select(func.count()).select_from(COMMITMENT).where(inside, *(WANTED[one] for one in wanted))


@cache
def _save(clock: bool) -> Update:
    unchanged = COMMITMENT.c.id == bindparam("of_id"), COMMITMENT.c.version == bindparam("of_version")
    return update(COMMITMENT).where(*unchanged, wall.inside(clock, COMMITMENT, COMMITMENT.c.id))


def _wanted(which: CommitmentFilter) -> tuple[str, ...]:
    return (*_asked(which), *(("open",) if which.open_only else ()))


def _asked(which: CommitmentFilter) -> dict[str, Any]:
    """What the list is narrowed to."""
    return {name: value for name in NARROW if (value := getattr(which, name))}


def _trailing(number: str) -> int:
    """The number at the end of "NOR-CMT-011": 11; 0 where there is none."""
    digits = re.search(r"(\d{1,9})$", number)
    return int(digits[1]) if digits else 0


def _written(said: str) -> list[str]:
    """The number as it may have been given: "NOR-CMT-8" is "NOR-CMT-008", or "NOR-CMT-08" in a file."""
    ending = re.fullmatch(r"(.*\D)0*(\d{1,9})", said)
    if not ending:
        return [said]
    return [said, *(f"{ending[1]}{int(ending[2]):0{width}d}" for width in (2, 3))]
