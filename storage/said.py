"""What is said in every record, kept with it to be found, and taken out where it is erased."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Executable, bindparam, delete, select

from bot.actors import Actor
from bot.governance.change import texts
from bot.governance.visibility import Scope, Visibility
from bot.records import FROM_FILE, Entry, Note
from storage import fulltext, mapper, tokens, wall
from storage.bound import Bound, insert_into, table
from storage.said_rows import SaidRow

SAID = table(SaidRow)
HEAD = "number"  # the place by which a record is found at all
NOTE, STORY = "note", "story"
# What people said, among all that a record or a line of it holds: the rest is codes, ids and instants.
WORDS = frozenset(
    (
        *("title", "description", "containment", "resolution", "reason", "why", "text", "words", "method"),
        *("corrective", "preventive", "result", "question", "options", "outcome", "rationale", "note"),
        "committee",
    )
)
KNOWN = frozenset(("number", "study"))  # and what a record is known by
TITLES = ("title", "text", "question", "committee")  # the place that says what a record is about
# The places by which a record's own words are told; what else stands in it counts as its story.
OWN = (
    *("number", "study", *TITLES, "description", "options", "outcome", "rationale", "containment", "plan"),
    *("offer", "root_cause", "capa", "resolution", "reason", "claims", "evidence", "dissent", "remark"),
)
# Whatever else of a record people have words in; the rest is not looked through.
SPOKEN = frozenset((*OWN, NOTE, "grades", "views", "hold", "dispute", "legal", "moves"))
BELOW = delete(SAID).where(SAID.c.id.in_(bindparam("ids", expanding=True)))
STANDING = select(SAID.c.id, SAID.c.place, SAID.c.text, SAID.c.at).where(
    SAID.c.record == bindparam("of_record"), SAID.c.source == ""
)


class Record(Protocol):
    """What has an id and a class of its own."""

    @property
    def id(self) -> str: ...
    @property
    def partnership(self) -> str: ...
    @property
    def visibility(self) -> Visibility: ...


@dataclass(frozen=True, slots=True)
class Told:
    """A record of which something is said: its kind, its id, who reads it, and since when it is there."""

    noun: str
    record: str
    scope: Scope
    at: datetime

    @classmethod
    def of(cls, noun: str, record: Record, at: datetime) -> "Told":
        """A record that names its own class."""
        return cls(noun, record.id, Scope(record.partnership, record.visibility), at)


class Saying(Bound):
    """Kept in the transaction that keeps the record itself."""

    def index(self, actor: Actor, told: Told, state: object) -> None:
        """What the record says now, to be found instead of what it said before.

        `state` is the record itself, or its words by place; "number" must be among them.
        """
        self.passes(actor)
        rows = self.run(STANDING, of_record=told.record)
        standing = {(row.place, row.text, row.at): row.id for row in rows}
        wanted = dict.fromkeys((place, words, told.at) for place, words in own_words(state))
        gone = [one for key, one in standing.items() if key not in wanted]
        if gone:
            self.run(BELOW, ids=gone)
        fresh = [key for key in wanted if key not in standing]
        self._say([_row(told, place, words, "") for place, words, _ in fresh])

    def index_note(self, note: Note) -> None:
        """What was said beside an issue, by whoever keeps the note."""
        told = Told("", note.issue, Scope(note.partnership, note.visibility), note.at)
        self._say([_row(told, NOTE, note.text, note.id)] if note.text.strip() else [])

    def index_line(self, entry: Entry, chain: str, seq: int) -> None:
        """A line's reason, and what its record said before; what it says now stands in the record."""
        if entry.scope is None or not entry.record:
            return
        told, source = Told("", entry.record, entry.scope, entry.at), source_of(chain, seq)
        self._say([_row(told, STORY, words, source) for words in line_words(entry.why, entry.before)])

    def unsay(self, actor: Actor, *which: ColumnElement[bool]) -> None:
        """Erased: found no more, and in no index either."""
        inside = wall.inside(self.passes(actor), SAID, SAID.c.record)
        self.run(delete(SAID).where(*which, inside), **wall.sight(actor))
        fulltext.scrub(self)

    def _say(self, rows: list[dict[str, Any]]) -> None:
        if rows:
            self.connection.execute(_new(self.dialect), rows)


@cache
def _new(dialect: str) -> Executable:
    return insert_into(dialect, SAID).inline()  # whoever writes a line may not read it back


def source_of(chain: str, seq: int) -> str:
    """Where a line of the record is kept."""
    return f"{chain}#{seq}"


def own_words(state: object) -> Iterator[tuple[str, str]]:
    """What people said in a record as it stands, by place."""
    for field, value in ((name, value) for name, value in _parts(state) if name in SPOKEN):
        place = "remark" if field == NOTE else field if field in OWN else STORY
        for name, words in texts(value, field):
            if (name in WORDS or field in KNOWN) and words.strip() and words != FROM_FILE:
                yield place, words


def line_words(why: str, before: object) -> tuple[str, ...]:
    """What people said in a line of the record that does not stand in the record itself."""
    said = (why, *(words for name, words in texts(before) if name in WORDS))
    return tuple(words for words in dict.fromkeys(said) if words.strip() and words != FROM_FILE)


def _parts(state: object) -> Iterator[tuple[str, object]]:
    if isinstance(state, Mapping):
        yield from state.items()
    else:
        yield from ((one.name, getattr(state, one.name)) for one in fields(state))  # type: ignore[arg-type]  # dataclasses only, by contract


def _row(told: Told, place: str, words: str, source: str) -> dict[str, Any]:
    facts = {"record": told.record, "noun": told.noun, "place": place, "source": source, "at": told.at}
    kept = {"text": words, "tokens": tokens.written(words), "version": 1}
    return facts | kept | mapper.columns(told.scope)
