"""Issues: every query inside the actor's visibility, every save against the version that was read."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, Update, and_, bindparam, case, delete, func, or_, select, update

from bot.actors import Actor
from bot.errors import Conflict
from bot.governance.issue import Issue, State
from bot.governance.visibility import Scope, Visibility
from bot.records import IssueFilter
from storage import mapper, wall
from storage.bound import Bound, table
from storage.columns import UtcDateTime
from storage.issue_rows import IssueRow, RestrictedReaderRow

ISSUE = table(IssueRow)
READER = table(RestrictedReaderRow)
NEWEST_FIRST = (ISSUE.c.raised_at.desc(), ISSUE.c.counter.desc(), ISSUE.c.number.desc())
_RUN_OUT = ISSUE.c.late_at < bindparam("first_late", type_=UtcDateTime())
LATEST_FIRST = (case((_RUN_OUT, 0), else_=1), case((_RUN_OUT, ISSUE.c.late_at)))
AT_MOST = 5
WANTED = {
    "id": ISSUE.c.id == bindparam("id"),
    "number": func.upper(ISSUE.c.number).in_((bindparam("said"), bindparam("padded"))),
    "counter": and_(ISSUE.c.counter == bindparam("counter"), ISSUE.c.counter > 0),
    "partnership": ISSUE.c.partnership == bindparam("partnership"),
    "open": and_(*(ISSUE.c.state != state.value for state in State if state.over)),
    "over": or_(*(ISSUE.c.state == state.value for state in State if state.over)),
    "classes": ISSUE.c.visibility.in_(bindparam("classes", expanding=True)),
    "mine": or_(ISSUE.c.owner == bindparam("mine"), ISSUE.c.counterpart == bindparam("mine")),
    "level": ISSUE.c.level == bindparam("level"),
    "study": ISSUE.c.study == bindparam("study"),
    "severity": ISSUE.c.severity == bindparam("severity"),
    "state": ISSUE.c.state == bindparam("state"),
    "late": ISSUE.c.late_at < bindparam("late", type_=UtcDateTime()),
    "since": ISSUE.c.raised_at >= bindparam("since", type_=UtcDateTime()),
}
READERS = select(READER).where(READER.c.record.in_(bindparam("records", expanding=True)))
FORGET = delete(READER).where(READER.c.record == bindparam("id"), READER.c.person == bindparam("gone"))
NARROW = ("partnership", "classes", "mine", "level", "study", "severity", "state", "late", "since")
LATEST = "first_late"  # asked for beside the filters: an order
FIXED = ("id", "number", "partnership", "visibility", "readers")


class Issues(Bound):
    """Issues as their readers may see them."""

    def issue(self, actor: Actor, issue: str) -> Issue | None:
        """One issue by its id."""
        found = self._found(actor, "id", id=issue)
        return found[0] if found else None

    def issues_numbered(self, actor: Actor, number: str) -> tuple[Issue, ...]:
        """Those meant by a number as a person writes it: "NOR-ISS-008", "iss-8" or "8"; at most five."""
        said = number.strip().upper()
        exact = self._found(actor, "number", said=said, padded=_padded(said))
        short = re.fullmatch(r"(?:ISS-?)?0*(\d{1,9})", said)
        if exact or not short:
            return exact
        return self._found(actor, "counter", counter=int(short[1]))

    def issues(self, actor: Actor, which: IssueFilter) -> tuple[Issue, ...]:
        """A page of issues, the newest first; what has run out before them where that is asked."""
        wanted, asked = _wanted(which), _asked(which) | {"limit": which.limit, "offset": which.offset}
        if which.first_late is None:
            return self._found(actor, *wanted, **asked)
        return self._found(actor, *wanted, LATEST, **asked, first_late=which.first_late)

    def count_issues(self, actor: Actor, which: IssueFilter) -> int:
        """How many there are on all pages."""
        counted = _count(actor.is_clock, *_wanted(which))
        count: int = self.run(counted, **_asked(which), **wall.sight(actor)).scalar_one()
        return count

    def add_issue(self, actor: Actor, issue: Issue) -> None:
        """Keep a new issue and its named readers. Raises PermissionError outside what the actor may write."""
        if not wall.writable(actor, _scope(issue)):
            raise PermissionError("outside the writer's partnership, side or class")
        counter = 0 if issue.visibility is Visibility.RESTRICTED else _trailing(issue.number)
        self.put(ISSUE, mapper.columns(issue, "readers") | {"counter": counter})
        self._name(issue, issue.readers)

    def save_issue(self, actor: Actor, issue: Issue) -> None:
        """Save the next version. Raises Conflict unless the record still stands at the version before."""
        unchanged = {"of_id": issue.id, "of_version": issue.version - 1, **wall.sight(actor)}
        saved = self.run(_save(actor.is_clock), **mapper.columns(issue, *FIXED), **unchanged)
        if saved.rowcount != 1:
            raise Conflict(issue.id)
        if issue.visibility is Visibility.RESTRICTED:
            before = self._readers((issue.id,))[issue.id]
            self._name(issue, issue.readers - before)
            for person in before - issue.readers:
                self.run(FORGET, id=issue.id, gone=person)

    def _found(self, actor: Actor, *wanted: str, **asked: object) -> tuple[Issue, ...]:
        page = {"limit": AT_MOST, "offset": 0} | asked | wall.sight(actor)
        rows = [dict(row) for row in self.run(_page(actor.is_clock, *wanted), **page).mappings()]
        secret = [row["id"] for row in rows if row["visibility"] == Visibility.RESTRICTED]
        readers = self._readers(secret)
        return tuple(mapper.built(Issue, row, readers=readers.get(row["id"], frozenset())) for row in rows)

    def _readers(self, records: Sequence[str]) -> dict[str, frozenset[str]]:
        named: dict[str, frozenset[str]] = dict.fromkeys(records, frozenset())
        for row in self.run(READERS, records=records) if records else ():
            named[row.record] |= {row.person}
        return named

    def _name(self, issue: Issue, readers: Iterable[str]) -> None:
        for person in sorted(readers):
            named = {"record": issue.id, "person": person, "version": 1}
            self.put(READER, named | mapper.columns(_scope(issue)))


@cache
def _page(clock: bool, *wanted: str) -> Select[Any]:
    filters = (WANTED[one] for one in wanted if one != LATEST)
    found = select(ISSUE).where(wall.inside(clock, ISSUE, ISSUE.c.id), *filters)
    order = (*LATEST_FIRST, *NEWEST_FIRST) if LATEST in wanted else NEWEST_FIRST
    return found.order_by(*order).limit(bindparam("limit")).offset(bindparam("offset"))


@cache
def _count(clock: bool, *wanted: str) -> Select[Any]:
    inside = wall.inside(clock, ISSUE, ISSUE.c.id)
    return select(func.count()).select_from(ISSUE).where(inside, *(WANTED[one] for one in wanted))


@cache
def _save(clock: bool) -> Update:
    unchanged = ISSUE.c.id == bindparam("of_id"), ISSUE.c.version == bindparam("of_version")
    return update(ISSUE).where(*unchanged, wall.inside(clock, ISSUE, ISSUE.c.id))


def _trailing(number: str) -> int:
    """The number at the end of "NOR-ISS-008": 8; 0 where there is none."""
    digits = re.search(r"(\d{1,9})$", number)
    return int(digits[1]) if digits else 0


def _padded(said: str) -> str:
    """The number as it was given: "NOR-ISS-8" is "NOR-ISS-008"."""
    return re.sub(r"-(\d{1,2})$", lambda tail: f"-{int(tail[1]):03d}", said)


def _scope(issue: Issue) -> Scope:
    return Scope(issue.partnership, issue.visibility)


def _wanted(which: IssueFilter) -> tuple[str, ...]:
    ended = ("open",) if which.open_only else ("over",) if which.over_only else ()
    return (*_asked(which), *ended)


def _asked(which: IssueFilter) -> dict[str, Any]:
    """What the list is narrowed to."""
    return {name: value for name in NARROW if (value := getattr(which, name))}
