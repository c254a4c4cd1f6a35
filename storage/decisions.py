"""Decisions: every query inside the actor's visibility, every save against the version that was read."""

import re
from functools import cache
from typing import Any

from sqlalchemy import Select, Text, Update, and_, bindparam, cast, func, or_, select, update

from bot.actors import Actor
from bot.errors import Conflict
from bot.governance.decision import Decision, Quorum, Status
from bot.governance.visibility import Scope
from bot.joint import DecisionFilter
from storage import mapper, wall
from storage.bound import table
from storage.columns import UtcDateTime
from storage.decision_rows import DecisionRow
from storage.said import Saying, Told

DECISION = table(DecisionRow)
NEWEST_DECIDED = (DECISION.c.decided_on.desc(), DECISION.c.counter.desc(), DECISION.c.number.desc())
AT_MOST = 5
WANTED = {
    "id": DECISION.c.id == bindparam("id"),
    "number": func.upper(DECISION.c.number).in_(bindparam("said", expanding=True)),
    "counter": and_(DECISION.c.counter == bindparam("counter"), DECISION.c.counter > 0),
    "partnership": DECISION.c.partnership == bindparam("partnership"),
    "classes": DECISION.c.visibility.in_(bindparam("classes", expanding=True)),
    "session": DECISION.c.session == bindparam("session"),
    "status": DECISION.c.status == bindparam("status"),
    "waits": and_(
        DECISION.c.superseded_by == "",
        or_(
            DECISION.c.status == Status.PROVISIONAL.value,
            and_(DECISION.c.status == Status.FINAL.value, DECISION.c.quorum == Quorum.NOT_QUORATE.value),
        ),
    ),
    # A list in JSON, which both databases keep as it was written: an id stands in it between quotes.
    "decider": cast(DECISION.c.deciders, Text).like(bindparam("decider"), escape="!"),
    "study": DECISION.c.study == bindparam("study"),
    "changed_since": DECISION.c.changed_at >= bindparam("changed_since", type_=UtcDateTime()),
}
NARROW = tuple(name for name in WANTED if name not in ("id", "number", "counter"))
FIXED = ("id", "number", "partnership", "visibility")


class Decisions(Saying):
    """Decisions as their readers may see them."""

    def decision(self, actor: Actor, decision: str) -> Decision | None:
        """One by its id."""
        found = self._decided(actor, "id", id=decision)
        return found[0] if found else None

    def decisions_numbered(self, actor: Actor, number: str) -> tuple[Decision, ...]:
        """Those meant by a number as a person writes it: "NOR-DEC-004", "dec-4" or "4"; at most five."""
        said = number.strip().upper()
        exact = self._decided(actor, "number", said=_padded(said))
        short = re.fullmatch(r"(?:DEC-?)?0*(\d{1,9})", said)
        if exact or not short:
            return exact
        return self._decided(actor, "counter", counter=int(short[1]))

    def decisions(self, actor: Actor, which: DecisionFilter) -> tuple[Decision, ...]:
        """A page of them, the newest first."""
        asked = _narrowed(which)
        return self._decided(actor, *asked, **asked, limit=which.limit, offset=which.offset)

    def count_decisions(self, actor: Actor, which: DecisionFilter) -> int:
        """How many there are on all pages."""
        asked = _narrowed(which)
        counted = _count(self.passes(actor), *asked)
        count: int = self.run(counted, **asked, **wall.sight(actor)).scalar_one()
        return count

    def add_decision(self, actor: Actor, decision: Decision) -> None:
        """Keep a new one. Raises PermissionError outside what the actor may write."""
        scope = Scope(decision.partnership, decision.visibility)
        if decision.visibility.names_readers or not wall.writable(actor, scope):
            raise PermissionError("outside the writer's partnership, side or class")
        self.passes(actor)
        digits = re.search(r"(\d{1,9})$", decision.number)
        self.put(DECISION, mapper.columns(decision) | {"counter": int(digits[1]) if digits else 0})
        self.index(actor, Told.of("decision", decision, decision.recorded_at), decision)

    def save_decision(self, actor: Actor, decision: Decision) -> None:
        """Save the next version. Raises Conflict unless the record still stands at the version before."""
        wall.still_open(actor, decision.partnership)
        unchanged = {"of_id": decision.id, "of_version": decision.version - 1, **wall.sight(actor)}
        saved = self.run(_save(self.passes(actor)), **mapper.columns(decision, *FIXED), **unchanged)
        if saved.rowcount != 1:
            raise Conflict(decision.id)
        self.index(actor, Told.of("decision", decision, decision.recorded_at), decision)

    def _decided(self, actor: Actor, *wanted: str, **asked: object) -> tuple[Decision, ...]:
        page = {"limit": AT_MOST, "offset": 0} | asked | wall.sight(actor)
        rows = self.run(_page(self.passes(actor), *wanted), **page).mappings()
        return tuple(mapper.built(Decision, row) for row in rows)


@cache
def _page(clock: bool, *wanted: str) -> Select[Any]:
    filters = (WANTED[one] for one in wanted)
    found = select(DECISION).where(wall.inside(clock, DECISION, DECISION.c.id), *filters)
    return found.order_by(*NEWEST_DECIDED).limit(bindparam("limit")).offset(bindparam("offset"))


@cache
def _count(clock: bool, *wanted: str) -> Select[Any]:
    inside = wall.inside(clock, DECISION, DECISION.c.id)
    return select(func.count()).select_from(DECISION).where(inside, *(WANTED[one] for one in wanted))


@cache
def _save(clock: bool) -> Update:
    unchanged = DECISION.c.id == bindparam("of_id"), DECISION.c.version == bindparam("of_version")
    return update(DECISION).where(*unchanged, wall.inside(clock, DECISION, DECISION.c.id))


def _narrowed(which: DecisionFilter) -> dict[str, Any]:
    """What the list is narrowed to."""
    asked = {name: value for name in NARROW if (value := getattr(which, name))}
    if which.decider:
        plain = re.sub(r"([!%_])", r"!\1", which.decider)
        asked["decider"] = f'%"{plain}"%'
    return asked


def _padded(said: str) -> list[str]:
    """The number as it may have been given: "NOR-DEC-4" is "NOR-DEC-004", or "NOR-DEC-04" in a file."""
    ending = re.fullmatch(r"(.*\D)0*(\d{1,9})", said)
    if not ending:
        return [said]
    return [said, *(f"{ending[1]}{int(ending[2]):0{width}d}" for width in (2, 3))]
