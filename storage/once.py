"""Once only: a request's key, kept with the letter that answered it."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from bot.outbox import Letter
from storage import mapper
from storage.bound import Bound, table
from storage.tables import DraftRow, OnceRow
from storage.told import Worker

DRAFT = table(DraftRow)
ONCE = table(OnceRow)
ANSWER = select(ONCE).where(ONCE.c.key == bindparam("key"), ONCE.c.kind != "")


class Once(Bound):
    """The requests already served."""

    def once(self, key: str, letter: Letter | None, at: datetime) -> bool:
        """True the first time. On PostgreSQL it waits for another open transaction with the same key."""
        answer = mapper.columns(letter) if letter else {"kind": "", "subject": "", "facts": {}}
        return self.put_new(ONCE, {"key": key, "at": at, **answer})

    def served(self, key: str) -> Letter | None:
        """The letter that answered this request, if one did."""
        row = self.run(ANSWER, key=key).mappings().first()
        return mapper.built(Letter, row) if row else None

    def forget_before(self, at: datetime) -> int:
        """Drop the keys of requests served before then, and drafts left since; how many of both."""
        self.works(Worker.SWEEPER)
        return sum(self.run(delete(rows).where(rows.c.at < at)).rowcount for rows in (ONCE, DRAFT))
