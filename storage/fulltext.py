"""SQLite's full-text index over what is said: whether it is there, and that erased words leave it."""

import sqlite3

from sqlalchemy import text

from storage.bound import Bound

LACKING = (
    "this Python's SQLite was built without full-text search (FTS5), which Parley's search needs: run Parley"
    " with another build of Python, or keep the record on PostgreSQL"
)
FORGETS = (3, 42)  # the first SQLite whose index takes words out of its own pages when a row goes
FORGETTING = text("SELECT v FROM said_words_config WHERE k = 'secure-delete'")
FORGET = text("INSERT INTO said_words (said_words, rank) VALUES ('secure-delete', 1)")
MERGE = text("INSERT INTO said_words (said_words) VALUES ('optimize')")


def is_there(connection: sqlite3.Connection) -> bool:
    """Whether that SQLite can look for words."""
    try:
        connection.execute("CREATE VIRTUAL TABLE temp.there USING fts5(words)")
    except sqlite3.Error:
        return False
    return True


def lacking() -> str:
    """What to tell an operator whose Python cannot; "" where it can."""
    with sqlite3.connect(":memory:") as connection:
        found = is_there(connection)
    connection.close()
    return "" if found else LACKING


def scrub(opened: Bound) -> None:
    """What was deleted is nowhere in the index any more, where it would else stay until parts of it merge.

    An older SQLite merges the whole index for that: with 10,000 records about a second.
    """
    if opened.dialect != "sqlite":
        return
    if opened.run(FORGETTING).scalar():
        return
    if sqlite3.sqlite_version_info >= FORGETS:
        opened.run(FORGET)
    opened.run(MERGE)
