"""Search: issues that hold all the words, in themselves, their notes or the reasons given, inside the wall.

The database finds what may fit, by a part of each word that it writes alike everywhere; whether it fits is
decided here, so both databases answer the same: case is nothing, umlauts and accents count.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select

from bot.actors import Actor
from bot.governance.visibility import Visibility
from bot.records import FROM_FILE, Hit, Search
from storage import wall
from storage.audit import AUDIT, READ
from storage.bound import Bound
from storage.issues import ISSUE, NEWEST_FIRST, WANTED
from storage.notes import NOTE

OWN = ("number", "study", "title", "description", "containment", "resolution", "reason")
# What people said, among all that a line of the record holds: the rest is codes, ids and instants.
SAID = frozenset({*OWN, "why", "text", "corrective", "preventive", "result", "method"}) - {"number", "study"}
PLAIN = re.compile(r"[!#-\[\]-~]+")  # what stands in JSON as it stands elsewhere
WILD, ESCAPED = re.compile(r"([!%_])"), r"!\1"
AROUND = 30  # characters of an excerpt before and after the word
DONE = AUDIT.c.chain.not_like(f"{READ}%")  # who looked has no words about the issue
CHUNK = 400  # records asked about at once
Place = tuple[str, str]  # where, and the words there


class Searching(Bound):
    """What the actor may find."""

    def search(self, actor: Actor, which: Search) -> tuple[Hit, ...]:
        """The issues that hold all the words, the newest first."""
        words = tuple(_folded(word) for word in which.words)
        asked = _asked(which)
        parts = {f"part_{at}": _pattern(word) for at, word in enumerate(words)}
        found = _fitting(self.passes(actor), len(words), tuple(asked))
        rows = self.run(found, **asked, **parts, **wall.sight(actor)).mappings().all()
        hits: list[Hit] = []
        for start in range(0, len(rows), CHUNK):
            chunk = {row["id"]: row for row in rows[start : start + CHUNK]}
            beside = self._beside(actor, tuple(chunk), parts)
            hits += _hits(words, {one: [*_own(row), *beside[one]] for one, row in chunk.items()})
        return tuple(hits)

    def _beside(
        self, actor: Actor, records: Sequence[str], parts: Mapping[str, str]
    ) -> dict[str, list[Place]]:
        """What was said beside these issues where one of the words may stand."""
        said: dict[str, list[Place]] = {record: [] for record in records}
        asked = {"records": records, **parts, **wall.sight(actor)}
        clock, count = self.passes(actor), len(parts)
        for row in self.run(_noted(clock, count), **asked):
            said[row.issue].append(("update" if row.of_issue == row.visibility else "note", row.text))
        for row in self.run(_recorded(clock, count), **asked):
            said[row.record] += [("story", words) for words in _words(json.loads(row.payload))]
        return said


def _folded(words: str) -> str:
    """As words are compared: composed, without regard to case, and with single spaces."""
    return " ".join(unicodedata.normalize("NFC", words).lower().split())


def _pattern(word: str) -> str:
    """What a text with that word is like in every way of writing it: its longest plain part."""
    longest = max(PLAIN.findall(word), key=len, default="")
    return f"%{WILD.sub(ESCAPED, longest)}%"


def _like(column: ColumnElement[Any], at: int) -> ColumnElement[bool]:
    return func.lower(column).like(bindparam(f"part_{at}"), escape="!")


@cache
def _fitting(clock: bool, count: int, narrowed: tuple[str, ...]) -> Select[Any]:
    """Issues in which each word may stand somewhere."""
    noted = select(NOTE.c.issue).where(wall.inside(clock, NOTE, NOTE.c.issue))
    recorded = select(AUDIT.c.record).where(wall.inside(clock, AUDIT, AUDIT.c.record), DONE)
    fits = (
        or_(
            *(_like(ISSUE.c[name], at) for name in OWN),
            ISSUE.c.id.in_(noted.where(_like(NOTE.c.text, at))),
            ISSUE.c.id.in_(recorded.where(_like(AUDIT.c.payload, at))),
        )
        for at in range(count)
    )
    inside = wall.inside(clock, ISSUE, ISSUE.c.id)
    columns = (ISSUE.c.id, *(ISSUE.c[name] for name in OWN))
    return select(*columns).where(inside, *(WANTED[one] for one in narrowed), *fits).order_by(*NEWEST_FIRST)


@cache
def _noted(clock: bool, count: int) -> Select[Any]:
    any_word = or_(*(_like(NOTE.c.text, at) for at in range(count)))
    mine = and_(wall.inside(clock, NOTE, NOTE.c.issue), NOTE.c.issue == ISSUE.c.id)
    asked = NOTE.c.issue.in_(bindparam("records", expanding=True))
    columns = (NOTE.c.issue, NOTE.c.visibility, NOTE.c.text, ISSUE.c.visibility.label("of_issue"))
    return select(*columns).where(asked, mine, any_word).order_by(NOTE.c.at, NOTE.c.id)


@cache
def _recorded(clock: bool, count: int) -> Select[Any]:
    any_word = or_(*(_like(AUDIT.c.payload, at) for at in range(count)))
    asked = AUDIT.c.record.in_(bindparam("records", expanding=True))
    inside = wall.inside(clock, AUDIT, AUDIT.c.record)
    order = AUDIT.c.at, AUDIT.c.chain, AUDIT.c.seq
    return select(AUDIT.c.record, AUDIT.c.payload).where(asked, inside, DONE, any_word).order_by(*order)


def _asked(which: Search) -> dict[str, Any]:
    asked: dict[str, Any] = {"read_in": which.partnership, "study": which.study}
    asked["classes"] = [Visibility(one).value for one in which.classes]
    return {name: value for name, value in asked.items() if value}


def _own(row: Mapping[Any, Any]) -> Iterator[Place]:
    return ((name, row[name]) for name in OWN if row[name])


def _words(said: object, name: str = "") -> Iterator[str]:
    """What people said in a line of the record."""
    match said:
        case str() if name in SAID and said != FROM_FILE:
            yield said
        case dict():
            for key, value in said.items():
                yield from _words(value, key)
        case list():
            for value in said:
                yield from _words(value, name)


def _hits(words: Sequence[str], said: Mapping[str, Sequence[Place]]) -> Iterator[Hit]:
    for record, places in said.items():
        held = [_held(word, places) for word in words]
        if all(held):
            yield Hit(record, _each_once(place for place in held if place))


def _held(word: str, places: Iterable[Place]) -> Place | None:
    """The first place where the word stands, and what stands around it."""
    for where, text in places:
        plain = _folded(text)
        at = plain.find(word)
        if at >= 0:
            return where, _excerpt(text, plain, at, len(word))
    return None


def _excerpt(text: str, plain: str, at: int, length: int) -> str:
    shown = " ".join(unicodedata.normalize("NFC", text).split())
    shown = shown if len(shown) == len(plain) else plain  # a few signs are longer in small letters
    start, end = max(0, at - AROUND), at + length + AROUND
    return f"{'…' if start else ''}{shown[start:end].strip()}{'…' if end < len(shown) else ''}"


def _each_once(places: Iterable[Place]) -> tuple[Place, ...]:
    """One excerpt for each place, that of the word said first."""
    shown: dict[str, str] = {}
    for where, excerpt in places:
        shown.setdefault(where, excerpt)
    return tuple(shown.items())
