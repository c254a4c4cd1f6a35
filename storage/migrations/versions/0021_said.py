"""What is said in every record, to be found: one table, its full-text index, and what was said so far."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage import fulltext, tokens
from storage.bound import Bound
from storage.columns import UtcDateTime
from storage.migrations.second_wall import by_class, can_write, define, let_work, raise_wall, told
from storage.said import line_words, own_words, source_of
from storage.told import Worker

revision = "0021"
down_revision = "0020"

# SQLite keeps the index by itself, from the table's rows; a token is what stands between two spaces.
INDEX = (
    "CREATE VIRTUAL TABLE said_words USING fts5(tokens, content='said', content_rowid='id',"
    " tokenize=\"ascii tokenchars '%'\")"
)
ADDED = "INSERT INTO said_words (rowid, tokens) VALUES (new.id, new.tokens)"
GONE = "INSERT INTO said_words (said_words, rowid, tokens) VALUES ('delete', old.id, old.tokens)"
KEPT = {"insert": ADDED, "delete": GONE, "update": f"{GONE}; {ADDED}"}
# PostgreSQL keeps it from an expression. A policy would hinder its use, because what compares words may tell
# what it is shown: so a function of the owner's looks there, and lets through what the policy would.
LEXEMES = "array_to_tsvector(string_to_array(tokens, ' '))"
FOUND = "TABLE (word bigint, record varchar, partnership varchar, visibility varchar)"
SEEN = f"({by_class('s.record')} OR {told('worker')} = '{Worker.CLOCK.value}')"
LOOKS = f"""
  w.word, s.record, s.partnership, s.visibility
  FROM unnest(looks, phrases) WITH ORDINALITY AS w (look, phrase, word)
  JOIN said s ON {LEXEMES} @@ w.look::tsquery
  AND (w.phrase = '' OR (' ' || s.tokens) LIKE w.phrase ESCAPE '!')
  WHERE {SEEN}
"""

STATES = ("plan", "offer", "root_cause", "capa", "grades", "views", "hold", "dispute", "legal")
WORDS = ("number", "study", "title", "description", "containment", "resolution", "reason")
SCOPE = ("partnership", "visibility")
BATCH = 500


def upgrade() -> None:
    table()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(INDEX)
        for act, kept in KEPT.items():
            op.execute(f"CREATE TRIGGER said_{act} AFTER {act.upper()} ON said BEGIN {kept}; END")
    fill(op.get_bind())
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"CREATE INDEX ix_said_tokens ON said USING gin ({LEXEMES})")
    define("parley_said(looks text[], phrases text[])", FOUND, LOOKS, "DEFINER")
    raise_wall("said", by_class("record"), can_write("record"))
    let_work("said", Worker.CLOCK)
    let_work("said", Worker.DESK, act="INSERT")
    fulltext.scrub(Bound(op.get_bind()))


def table() -> None:
    words = ("record", "noun", "place", "source", *SCOPE)
    op.create_table(
        "said",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in words),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("text", "tokens")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_said"),
    )
    op.create_index("ix_said_record_place", "said", ["record", "place"])


def fill(connection: sa.Connection) -> None:
    """What issues, notes and the record hold; of other kinds of records there are none so far."""
    said = sa.table("said", *(sa.column(name) for name in ROW), sa.column("at", UtcDateTime()))
    for rows in (issues, notes, lines):
        some: list[dict[str, Any]] = []
        for row in rows(connection):
            some.append(row)
            if len(some) == BATCH:
                connection.execute(said.insert(), some)
                some = []
        if some:
            connection.execute(said.insert(), some)


def issues(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    states = [sa.column(name, sa.JSON()) for name in STATES]
    for row in read(connection, "issue", ("id", *SCOPE, *WORDS), "raised_at", *states):
        for place, words in dict.fromkeys(own_words({name: row[name] for name in (*WORDS, *STATES)})):
            yield kept(row, row["id"], place, words, noun="issue")


def notes(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    for row in read(connection, "note", ("id", "issue", *SCOPE, "text"), "at"):
        if row["text"].strip():
            yield kept(row, row["issue"], "note", row["text"], source=row["id"])


def lines(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    for row in read(connection, "audit", ("chain", "seq", "record", *SCOPE, "payload"), "at"):
        if row["partnership"] and row["record"] and row["payload"] and not row["chain"].startswith("read:"):
            payload = json.loads(row["payload"])
            for words in line_words(payload["why"], payload["before"]):
                source = source_of(row["chain"], row["seq"])
                yield kept(row, row["record"], "story", words, source=source)


def read(
    connection: sa.Connection, name: str, words: Iterable[str], at: str, *more: sa.ColumnClause[Any]
) -> Iterator[sa.RowMapping]:
    instant: sa.ColumnClause[Any] = sa.column(at, UtcDateTime())
    rows = sa.table(name, *(sa.column(one) for one in words), *more, instant)
    asked = sa.select(*rows.c, instant.label("since")) if at != "at" else sa.select(*rows.c)
    yield from connection.execute(asked.execution_options(yield_per=BATCH)).mappings()


ROW = ("record", "noun", "place", "source", *SCOPE, "text", "tokens", "version")


def kept(row: sa.RowMapping, record: str, place: str, words: str, **more: str) -> dict[str, Any]:
    told = {"record": record, "place": place, "text": words, "tokens": tokens.written(words), "version": 1}
    scope = {name: row[name] for name in SCOPE}
    return {"noun": "", "source": "", "at": row.get("since", row.get("at")), **scope, **told, **more}
