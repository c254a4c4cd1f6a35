"""Search: the records that hold all the words, in themselves or in what is said beside them, inside the wall.

The database's own full-text index finds them: FTS5 on SQLite, tsvector on PostgreSQL. What a word is, is
decided in storage.tokens alone, so both answer the same (docs/decisions/0026).
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Row,
    Select,
    Text,
    any_,
    bindparam,
    column,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy import table as lightweight

from bot.actors import Actor
from bot.governance.visibility import Visibility
from bot.records import Hit, Search
from storage import tokens, wall
from storage.bound import Bound
from storage.issues import PARTY
from storage.said import HEAD, NOTE, OWN, SAID, TITLES
from storage.tokens import excerpt, holds

INDEX = lightweight("said_words", column("rowid"), column("said_words"))  # of SQLite, beside the metadata
KNOWN = SAID.alias("known")  # the row by which a record is found at all: its number
BESIDE = SAID.alias("beside")
CHUNK = 400  # records asked about at once
ORDER = {place: at for at, place in enumerate((*OWN, "update", NOTE))}  # the story comes after them
NEWEST_FIRST = (KNOWN.c.at.desc(), func.length(KNOWN.c.text).desc(), KNOWN.c.text.desc())
WANTED: dict[str, ColumnElement[bool]] = {
    "read_in": or_(
        KNOWN.c.partnership == bindparam("read_in"),
        exists().where(PARTY.c.record == KNOWN.c.record, PARTY.c.through == bindparam("read_in")),
    ),
    "study": exists().where(
        BESIDE.c.record == KNOWN.c.record, BESIDE.c.place == "study", BESIDE.c.text == bindparam("study")
    ),
    "classes": KNOWN.c.visibility.in_(bindparam("classes", expanding=True)),
    "nouns": KNOWN.c.noun.in_(bindparam("nouns", expanding=True)),
}
Words = tuple[tuple[str, ...], ...]


class Searching(Bound):
    """What the actor may find."""

    def search(self, actor: Actor, which: Search) -> tuple[Hit, ...]:
        """The records that hold all the words, the newest first; none where no word is asked for."""
        words, asked = _words(which.words), _asked(which)
        if not words:
            return ()
        narrowed = tuple(name for name in WANTED if name in asked)
        found = _found(self.dialect, self.passes(actor), tuple(len(word) > 1 for word in words), narrowed)
        rows = self.run(found, **asked, **_looked_for(self.dialect, words), **wall.sight(actor))
        return tuple(Hit(row.record, row.noun, row.text) for row in rows)

    def quoted(self, actor: Actor, words: Sequence[str], hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """The same, with what they are about, and where in them the words stand."""
        sight, clock, wanted = wall.sight(actor), self.passes(actor), _words(words)
        told: dict[str, Hit] = {}
        for start in range(0, len(hits), CHUNK):
            some = {hit.record: hit for hit in hits[start : start + CHUNK]}
            rows = self.run(_said(clock), records=list(some), **sight).all()
            for record, said in groupby(rows, lambda row: row.record):
                told[record] = _told(some[record], list(said), wanted)
        return tuple(told.get(hit.record, hit) for hit in hits)


def _words(said: Sequence[str]) -> Words:
    """What is looked for; signs that are no word are left aside."""
    return tuple(dict.fromkeys(found for one in said if (found := tokens.tokens(one))))


def _asked(which: Search) -> dict[str, Any]:
    asked: dict[str, Any] = {"read_in": which.partnership, "study": which.study, "nouns": which.nouns}
    asked["classes"] = [Visibility(one).value for one in which.classes]
    return {name: value for name, value in asked.items() if value}


def _looked_for(dialect: str, words: Words) -> dict[str, Any]:
    """All tokens of a word, the last by its beginning, as the index is asked; and where it is a phrase, that.

    No token holds a mark that would mean something here but "%".
    """
    phrases = [f"% {' '.join(word).replace('%', '!%')}%" for word in words]
    if dialect == "postgresql":
        looks = [" & ".join(f"'{token}'" for token in word) + ":*" for word in words]
        further = [phrase if len(word) > 1 else "" for word, phrase in zip(words, phrases, strict=True)]
        return {"looks": looks, "phrases": further, "many": len(words)}
    looks = [" AND ".join(f'"{token}"' for token in word) + "*" for word in words]
    asked = {f"looks_{at}": look for at, look in enumerate(looks)}
    return asked | {f"phrase_{at}": phrase for at, phrase in enumerate(phrases)}


@cache
def _found(dialect: str, clock: bool, phrases: tuple[bool, ...], narrowed: tuple[str, ...]) -> Select[Any]:
    here = KNOWN.c.place == HEAD, KNOWN.c.source == "", wall.inside(clock, KNOWN, KNOWN.c.record)
    holding = [_holding(clock, at, phrase) for at, phrase in enumerate(phrases)]
    if dialect == "postgresql":
        holding = [_holding_all(clock)]
    columns = KNOWN.c.record, KNOWN.c.noun, KNOWN.c.text
    return select(*columns).where(*here, *(WANTED[one] for one in narrowed), *holding).order_by(*NEWEST_FIRST)


def _holding(clock: bool, at: int, phrase: bool) -> ColumnElement[bool]:
    """On SQLite: records that hold one of the words."""
    looks: ColumnElement[str] = bindparam(f"looks_{at}")
    held = [SAID.c.id.in_(select(INDEX.c.rowid).where(INDEX.c.said_words.op("MATCH")(looks)))]
    if phrase:
        held.append((literal(" ") + SAID.c.tokens).like(bindparam(f"phrase_{at}"), escape="!"))
    return KNOWN.c.record.in_(select(SAID.c.record).where(*held, wall.inside(clock, SAID, SAID.c.record)))


def _holding_all(clock: bool) -> ColumnElement[bool]:
    """On PostgreSQL: records that hold all of them.

    As an array, so that the records are looked up in an index, whatever its planner knows of the table.
    """
    asked = (bindparam(name, type_=ARRAY(Text)) for name in ("looks", "phrases"))
    found = func.parley_said(*asked).table_valued("word", "record", "partnership", "visibility")
    held = select(found.c.record).where(wall.inside(clock, found, found.c.record)).group_by(found.c.record)
    held = held.having(func.count(found.c.word.distinct()) == bindparam("many"))
    among: ColumnElement[bool] = KNOWN.c.record == any_(func.array(held.scalar_subquery()))
    return among


@cache
def _said(clock: bool) -> Select[Any]:
    """All that the reader may read of these records, each record's rows together."""
    asked = SAID.c.record.in_(bindparam("records", expanding=True))
    inside = wall.inside(clock, SAID, SAID.c.record)
    return select(SAID).where(asked, inside).order_by(SAID.c.record, SAID.c.at, SAID.c.id)


def _told(hit: Hit, rows: list[Row[Any]], words: Words) -> Hit:
    """One excerpt for each place, that of the word said first."""
    own = next((row.visibility for row in rows if row.place == HEAD), "")
    placed = sorted(((_place(row, own), row) for row in rows), key=lambda one: ORDER.get(one[0], len(ORDER)))
    places: dict[str, str] = {}
    for word in words:
        for place, row in placed:
            if holds(row.tokens, word):
                places.setdefault(place, excerpt(row.text, word))
                break
    title = next((row.text for place, row in placed if place in TITLES), "")
    return replace(hit, title=title, places=tuple(places.items()))


def _place(row: Row[Any], own: str) -> str:
    """What is said beside a record in its own class is an update; in another, one side's note."""
    return "update" if row.place == NOTE and row.visibility == own else str(row.place)
