"""Issues: every query inside the actor's visibility, every save against the version that was read."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    Update,
    and_,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    union,
    update,
)

from bot.actors import CLOCK, Actor
from bot.errors import Conflict
from bot.governance.issue import Assessment, Issue, State
from bot.governance.visibility import Scope, Visibility
from bot.records import IssueFilter, IssueTurn
from storage import mapper, wall
from storage.bound import table
from storage.columns import UtcDateTime
from storage.issue_rows import IssuePartyRow, IssueRow, RestrictedReaderRow
from storage.parties import Parties
from storage.said import Saying, Told
from storage.tables import PersonRow

ISSUE = table(IssueRow)
READER = table(RestrictedReaderRow)
PARTY = table(IssuePartyRow)
PERSON = table(PersonRow)
NAMED = and_(READER.c.record == ISSUE.c.id, READER.c.person == PERSON.c.id)
NO_CLOCK: ColumnElement[str] = literal_column("'null'")  # as ix_issue_legal has it
NEWEST_FIRST = (ISSUE.c.raised_at.desc(), ISSUE.c.counter.desc(), ISSUE.c.number.desc())
_RUN_OUT = ISSUE.c.late_at < bindparam("first_late", type_=UtcDateTime())
LATEST_FIRST = (case((_RUN_OUT, 0), else_=1), case((_RUN_OUT, ISSUE.c.late_at)))
AT_MOST = 5
EVERY = 1_000_000  # restricted records of one person


def _any(column: Any, name: str) -> ColumnElement[bool]:
    return column.in_(bindparam(name, expanding=True))  # type: ignore[no-any-return]  # a column of any type


CANDIDATE = ISSUE.alias("candidate")
PARTS = CANDIDATE.c.owner, CANDIDATE.c.counterpart, CANDIDATE.c.raised_by
PLACE = tuple_(CANDIDATE.c.partnership, CANDIDATE.c.level)
# SQLite finds pairs by no index, their parts it does.
NEAR_PLACE = _any(CANDIDATE.c.partnership, "turn_homes"), _any(CANDIDATE.c.level, "turn_levels")
RUNS = or_(*(cast(CANDIDATE.c.legal, Text).contains(f'"{one}"') for one in Assessment if one.runs))
GOES_ON = CANDIDATE.c.state.in_([state.value for state in State if not state.over])
LAW = _any(CANDIDATE.c.partnership, "turn_law")
# Each by an index of its own: one question with five conditions would look at every issue there is.
TURN = union(
    *(select(CANDIDATE.c.id).where(_any(one, "turn_people"), GOES_ON) for one in PARTS),
    select(CANDIDATE.c.id).where(_any(PLACE, "turn_places"), *NEAR_PLACE, GOES_ON),
    select(CANDIDATE.c.id).where(LAW, cast(CANDIDATE.c.legal, Text) != NO_CLOCK, RUNS),
)
WANTED = {
    "id": ISSUE.c.id == bindparam("id"),
    "number": func.upper(ISSUE.c.number).in_((bindparam("said"), bindparam("padded"))),
    "counter": and_(ISSUE.c.counter == bindparam("counter"), ISSUE.c.counter > 0),
    "partnership": ISSUE.c.partnership == bindparam("partnership"),
    "read_in": or_(
        ISSUE.c.partnership == bindparam("read_in"),
        exists().where(PARTY.c.record == ISSUE.c.id, PARTY.c.through == bindparam("read_in")),
    ),
    "unread": and_(
        ISSUE.c.visibility == Visibility.RESTRICTED.value,
        exists().where(NAMED, PERSON.c.organisation == bindparam("unread")),
        ~exists().where(NAMED, PERSON.c.active),
    ),
    "reader": exists().where(READER.c.record == ISSUE.c.id, READER.c.person == bindparam("reader")),
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
    "turn": ISSUE.c.id.in_(TURN),
}
READERS = select(READER).where(
    READER.c.record.in_(bindparam("records", expanding=True)), READER.c.barred.is_(False)
)
UNBLINDED = select(ISSUE.c.id).where(ISSUE.c.unblinded.is_(True))
BAR = (
    update(READER)
    .where(READER.c.person == bindparam("of_person"), READER.c.record.in_(UNBLINDED))
    .where(READER.c.barred != bindparam("to"))
    .values(barred=bindparam("to"))
    .returning(READER.c.record)
)
FORGET = delete(READER).where(READER.c.record == bindparam("id"), READER.c.person == bindparam("gone"))
NARROW = ("partnership", "read_in", "classes", "mine", "level", "study", "severity", "state", "late", "since")
LATEST = "first_late"  # asked for beside the filters: an order
FIXED = ("id", "number", "partnership", "visibility", "third", "readers")


class Issues(Parties, Saying):
    """Issues as their readers may see them."""

    def issue(self, actor: Actor, issue: str) -> Issue | None:
        """One issue by its id."""
        found = self._found(actor, "id", id=issue)
        return found[0] if found else None

    def issues_numbered(self, actor: Actor, number: str) -> tuple[Issue, ...]:
        """Those meant by a number as a person writes it: "NOR-ISS-008", "iss-8" or "8"; at most five."""
        said = number.strip().upper()
        exact = self._found(actor, "number", said=said, padded=_padded(said))
        short = re.fullmatch(r"(?:(?:ISS|TRI)-?)?0*(\d{1,9})", said)
        if exact or not short:
            return exact
        return self._found(actor, "counter", counter=int(short[1]))

    def issues(self, actor: Actor, which: IssueFilter) -> tuple[Issue, ...]:
        """A page of issues, the newest first; what has run out before them where that is asked."""
        wanted, asked = _wanted(which), _asked(which) | {"limit": which.limit, "offset": which.offset}
        if which.first_late is None:
            return self._found(actor, *wanted, **asked)
        return self._found(actor, *wanted, LATEST, **asked, first_late=which.first_late)

    def issues_for(self, actor: Actor, turn: IssueTurn) -> tuple[Issue, ...]:
        """The open ones on which it may be somebody's turn, the longest late first."""
        homes, levels = (sorted({one[part] for one in turn.places}) for part in (0, 1))
        asked = {"turn_people": sorted(turn.people), "turn_places": sorted(turn.places)}
        asked |= {"turn_homes": homes, "turn_levels": levels}
        page = {"turn_law": sorted(turn.law), "first_late": turn.now, "limit": turn.limit}
        return self._found(actor, "turn", "open", LATEST, **asked, **page)

    def count_issues(self, actor: Actor, which: IssueFilter) -> int:
        """How many there are on all pages."""
        counted = _count(self.passes(actor), *_wanted(which))
        count: int = self.run(counted, **_asked(which), **wall.sight(actor)).scalar_one()
        return count

    def add_issue(self, actor: Actor, issue: Issue) -> None:
        """Keep a new issue and its named readers. Raises PermissionError outside what the actor may write."""
        if not wall.writable(actor, _scope(issue)):
            raise PermissionError("outside the writer's partnership, side or class")
        self.passes(actor)
        if issue.visibility is Visibility.TRI_PARTY or issue.third:
            self.admit(actor, issue)
        counter = 0 if issue.visibility is Visibility.RESTRICTED else _trailing(issue.number)
        self.put(ISSUE, mapper.columns(issue, "readers") | {"counter": counter})
        self._name(issue, issue.readers)
        self.index(actor, Told.of("issue", issue, issue.raised_at), issue)

    def save_issue(self, actor: Actor, issue: Issue) -> None:
        """Save the next version. Raises Conflict unless the record still stands at the version before.

        Whoever reads it for a third company changes nothing in it but the version.
        """
        wall.still_open(actor, issue.partnership)
        if issue.read_as_third(actor.organisation):
            self.goes_on(actor, issue.partnership)
        self.save_struck(actor, issue)

    def save_struck(self, actor: Actor, issue: Issue) -> None:
        """The same, also where the partnership is over: words are taken out while they are kept."""
        unchanged = {"of_id": issue.id, "of_version": issue.version - 1, **wall.sight(actor)}
        saved = self.run(_save(self.passes(actor)), **_changing(actor, issue), **unchanged)
        if saved.rowcount != 1:
            raise Conflict(issue.id)
        if not issue.read_as_third(actor.organisation):
            self.index(actor, Told.of("issue", issue, issue.raised_at), issue)
        if issue.visibility is Visibility.RESTRICTED:
            before = self._readers((issue.id,))[issue.id]
            self._name(issue, issue.readers - before)
            for person in before - issue.readers:
                self.run(FORGET, id=issue.id, gone=person)

    def restricted_to(self, person: str) -> tuple[Issue, ...]:
        """Every restricted record that names this person, for the clock alone."""
        return self._found(CLOCK, "reader", reader=person, limit=EVERY)

    def unread(self, organisation: str) -> tuple[Issue, ...]:
        """Restricted records that only people who left could read, one of that company among them."""
        return self._found(CLOCK, "unread", unread=organisation, limit=EVERY)

    def bar_reader(self, actor: Actor, person: str, *, barred: bool) -> tuple[str, ...]:
        """Close the unblinded topics that name this person to them, or open them; those that changed."""
        self.passes(actor)
        return tuple(sorted(self.run(BAR, of_person=person, to=barred).scalars()))

    def _found(self, actor: Actor, *wanted: str, **asked: object) -> tuple[Issue, ...]:
        page = {"limit": AT_MOST, "offset": 0} | asked | wall.sight(actor)
        rows = [dict(row) for row in self.run(_page(self.passes(actor), *wanted), **page).mappings()]
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


def _changing(actor: Actor, issue: Issue) -> dict[str, Any]:
    if issue.read_as_third(actor.organisation):
        return {"version": issue.version}
    return mapper.columns(issue, *FIXED)


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
