"""Issues: every query inside the actor's visibility, every save against the version that was read."""

import re
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Row, delete, func, select, update

from bot.actors import Actor
from bot.errors import Conflict
from bot.governance.issue import Issue, State
from bot.governance.visibility import Scope, Visibility
from bot.ports import IssueFilter
from storage import mapper, wall
from storage.bound import Bound, table
from storage.tables import IssueRow, RestrictedReaderRow

ISSUE = table(IssueRow)
READER = table(RestrictedReaderRow)
OVER = tuple(state.value for state in State if state.over)
NEWEST_FIRST = (ISSUE.c.raised_at.desc(), ISSUE.c.counter.desc(), ISSUE.c.number.desc())
AT_MOST = 5


class Issues(Bound):
    """Issues as their readers may see them."""

    def issue(self, actor: Actor, issue: str) -> Issue | None:
        """One issue by its id."""
        found = self._found(actor, ISSUE.c.id == issue, limit=1)
        return found[0] if found else None

    def issues_numbered(self, actor: Actor, number: str) -> tuple[Issue, ...]:
        """Those meant by a number as a person writes it: "NOR-ISS-008", "iss-8" or "8"; at most five."""
        said = number.strip().upper()
        exact = self._found(actor, func.upper(ISSUE.c.number).in_((said, _padded(said))), limit=AT_MOST)
        short = re.fullmatch(r"(?:ISS-?)?0*(\d{1,9})", said)
        if exact or not short:
            return exact
        return self._found(actor, ISSUE.c.counter == int(short[1]), ISSUE.c.counter > 0, limit=AT_MOST)

    def issues(self, actor: Actor, which: IssueFilter) -> tuple[Issue, ...]:
        """A page of issues, the newest first."""
        return self._found(actor, *_wanted(which), limit=which.limit, offset=which.offset)

    def count_issues(self, actor: Actor, which: IssueFilter) -> int:
        """How many there are on all pages."""
        inside = wall.visible(actor, ISSUE, ISSUE.c.id)
        count: int = self.run(
            select(func.count()).select_from(ISSUE).where(inside, *_wanted(which))
        ).scalar_one()
        return count

    def add_issue(self, actor: Actor, issue: Issue) -> None:
        """Keep a new issue and its named readers. Raises PermissionError outside what the actor may write."""
        if not wall.writable(actor, _scope(issue)):
            raise PermissionError("outside the writer's partnership, side or class")
        counter = 0 if issue.visibility is Visibility.RESTRICTED else trailing(issue.number)
        self.run(self.insert(ISSUE).values(**mapper.columns(issue, "readers"), counter=counter))
        self._name(issue, issue.readers)

    def save_issue(self, actor: Actor, issue: Issue) -> None:
        """Save the next version. Raises Conflict unless the record still stands at the version before."""
        unchanged = (
            ISSUE.c.id == issue.id,
            ISSUE.c.version == issue.version - 1,
            wall.visible(actor, ISSUE, ISSUE.c.id),
        )
        saved = mapper.columns(issue, "id", "number", "partnership", "visibility", "readers")
        if self.run(update(ISSUE).where(*unchanged).values(**saved)).rowcount != 1:
            raise Conflict(issue.id)
        if issue.visibility is Visibility.RESTRICTED:
            before = self._readers((issue.id,))[issue.id]
            self._name(issue, issue.readers - before)
            gone = READER.c.record == issue.id, READER.c.person.in_(sorted(before - issue.readers))
            self.run(delete(READER).where(*gone))

    def _found(
        self, actor: Actor, *wanted: ColumnElement[bool], limit: int, offset: int = 0
    ) -> tuple[Issue, ...]:
        inside = wall.visible(actor, ISSUE, ISSUE.c.id)
        page = select(ISSUE).where(inside, *wanted).order_by(*NEWEST_FIRST).limit(limit).offset(offset)
        rows = self.run(page).all()
        readers = self._readers(row.id for row in rows if row.visibility == Visibility.RESTRICTED)
        return tuple(_issue(row, readers.get(row.id, frozenset())) for row in rows)

    def _readers(self, records: Iterable[str]) -> dict[str, frozenset[str]]:
        named: dict[str, frozenset[str]] = dict.fromkeys(records, frozenset())
        if named:
            for row in self.run(select(READER).where(READER.c.record.in_(sorted(named)))):
                named[row.record] |= {row.person}
        return named

    def _name(self, issue: Issue, readers: Iterable[str]) -> None:
        where = mapper.columns(_scope(issue))
        rows = [{"record": issue.id, "person": person, "version": 1, **where} for person in sorted(readers)]
        if rows:
            self.run(self.insert(READER).values(rows))


def trailing(number: str) -> int:
    """The number at the end of "NOR-ISS-008": 8; 0 where there is none."""
    digits = re.search(r"(\d{1,9})$", number)
    return int(digits[1]) if digits else 0


def _padded(said: str) -> str:
    """The number as it was given: "NOR-ISS-8" is "NOR-ISS-008"."""
    return re.sub(r"-(\d{1,2})$", lambda tail: f"-{int(tail[1]):03d}", said)


def _scope(issue: Issue) -> Scope:
    return Scope(issue.partnership, issue.visibility)


def _issue(row: Row[tuple[object, ...]], readers: frozenset[str]) -> Issue:
    return mapper.built(Issue, row._mapping, readers=readers)


def _wanted(which: IssueFilter) -> list[ColumnElement[bool]]:
    partnership = [ISSUE.c.partnership == which.partnership] if which.partnership else []
    return [*partnership, ISSUE.c.state.not_in(OVER)] if which.open_only else partnership
