"""Redactions: asked for and answered; and everywhere that words stand, taken out at once."""

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Index,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    delete,
    or_,
    select,
    text,
    update,
)
from sqlmodel import Field, SQLModel

from bot.actors import Actor
from bot.errors import Conflict
from bot.governance.redaction import REDACTED, TELLING, Redaction
from bot.governance.visibility import Visibility
from bot.outbox import Audience, Letter
from storage import mapper, wall
from storage.audit import AUDIT
from storage.bound import table
from storage.columns import UtcDateTime
from storage.notes import NOTE
from storage.once import DRAFT, ONCE
from storage.queues import outbox
from storage.said import NOTE as NOTED
from storage.said import SAID, Saying, source_of
from storage.told import Worker


class RedactionRow(SQLModel, table=True):
    """Who asked whose agreement to erase which lines; of each issue and class at most one is open."""

    __tablename__ = "redaction"
    __table_args__ = (
        Index(
            "uq_redaction_open",
            "issue",
            "visibility",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )
    id: str = Field(primary_key=True)
    issue: str = Field(foreign_key="issue.id")
    partnership: str
    visibility: str
    chain: str
    lines: list[int] = Field(sa_type=JSON)
    by: str
    organisation: str
    at: datetime = Field(sa_type=UtcDateTime)
    why: str = Field(sa_type=Text)
    state: str
    answered_by: str = ""
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = Field(default="", sa_type=Text)
    version: int = 1


REDACTION = table(RedactionRow)
ENDS = ("state", "answered_by", "answered_at", "reason", "version")
LIVE = (
    select(outbox.c.kind, outbox.c.subject, outbox.c.room, outbox.c.person)
    .where(
        outbox.c.live,
        or_(outbox.c.subject == bindparam("of"), outbox.c.subject.startswith(bindparam("under"))),
    )
    .where(or_(outbox.c.room != "", outbox.c.person != ""))
    .group_by(outbox.c.kind, outbox.c.subject, outbox.c.room, outbox.c.person)
    .order_by(outbox.c.kind, outbox.c.subject, outbox.c.room, outbox.c.person)
)


class Redacting(Saying):
    """Everything that may be erased, and by whom it was agreed."""

    def ask_redaction(self, actor: Actor, redaction: Redaction) -> None:
        """Keep it. Raises Conflict where another one of that issue and class is open by now."""
        self.passes(actor)
        if not self.put_new(REDACTION, mapper.columns(redaction)):
            raise Conflict(redaction.id)

    def redaction(self, actor: Actor, redaction: str) -> Redaction | None:
        """One whose lines the actor may read."""
        return self._asked_for(actor, REDACTION.c.id == redaction)

    def open_redaction(self, actor: Actor, issue: str, visibility: Visibility) -> Redaction | None:
        """The one that waits for an answer."""
        same = REDACTION.c.issue == issue, REDACTION.c.visibility == visibility.value
        return self._asked_for(actor, and_(*same, REDACTION.c.state == "open"))

    def open_redactions(self, actor: Actor, partnership: str) -> tuple[Redaction, ...]:
        """All of that partnership that wait for an answer, as far as the actor may read their lines."""
        inside = wall.inside(self.passes(actor), REDACTION, REDACTION.c.issue)
        these = REDACTION.c.partnership == partnership, REDACTION.c.state == "open", inside
        rows = self.run(select(REDACTION).where(*these).order_by(REDACTION.c.id), **wall.sight(actor))
        return tuple(mapper.built(Redaction, dict(row._mapping)) for row in rows)

    def settle_redaction(self, actor: Actor, redaction: Redaction) -> None:
        """Save how it ended. Raises Conflict where it ended meanwhile."""
        self.passes(actor)
        unchanged = REDACTION.c.id == redaction.id, REDACTION.c.version == redaction.version - 1
        became = {name: value for name, value in mapper.columns(redaction).items() if name in ENDS}
        if self.run(update(REDACTION).where(*unchanged).values(**became)).rowcount != 1:
            raise Conflict(redaction.id)

    def erase_lines(self, actor: Actor, chain: str, lines: Collection[int]) -> None:
        """Their content is gone, and the chain holds as before. Raises Conflict where a line is not there."""
        inside = wall.inside(self.passes(actor), AUDIT, AUDIT.c.record)
        these = AUDIT.c.chain == chain, AUDIT.c.seq.in_(sorted(lines)), AUDIT.c.payload.is_not(None)
        emptied = update(AUDIT).where(*these, inside).values(payload=None, salt=None)
        if self.run(emptied, **wall.sight(actor)).rowcount != len(lines):
            raise Conflict(chain)
        self.unsay(actor, SAID.c.source.in_([source_of(chain, seq) for seq in sorted(lines)]))

    def erase_notes(self, actor: Actor, issue: str, visibility: Visibility, words: Collection[str]) -> None:
        """The notes and updates of that class that consist of such words."""
        inside = wall.inside(self.passes(actor), NOTE, NOTE.c.issue)
        these = NOTE.c.issue == issue, NOTE.c.visibility == visibility.value, NOTE.c.text.in_(sorted(words))
        self.run(update(NOTE).where(*these, inside).values(text=REDACTED), **wall.sight(actor))
        same = SAID.c.visibility == visibility.value, SAID.c.text.in_(sorted(words))
        self.unsay(actor, SAID.c.record == issue, SAID.c.place == NOTED, *same)

    def forget_words(self, issue: str, writers: Collection[str], words: Collection[str]) -> None:
        """What else was kept of such words: in messages about the issue, answers about it, and drafts.

        Drafts go where the `writers` of the words wrote them, or where they are about the issue; those of
        anybody else stay, so that nobody learns from them what was redacted elsewhere.
        """
        telling = [word for word in sorted(words) if len(word) >= TELLING]
        if not telling:
            return
        self.works(Worker.SWEEPER)
        near = or_(DRAFT.c.person.in_(sorted(writers)), _holds(DRAFT, f'"{issue}"', exact=True))
        self.run(delete(DRAFT).where(near, or_(*(_holds(DRAFT, word) for word in telling))))
        self.flush()
        self.works(Worker.DESK)
        about = or_(outbox.c.subject == issue, outbox.c.subject.startswith(f"{issue}/"))
        answered = outbox.c.person.in_(sorted(writers))
        self._strike_out(outbox, "facts", or_(about, answered), telling)
        served = or_(ONCE.c.subject == issue, _holds(ONCE, f'"{issue}"', "facts", exact=True))
        self._strike_out(ONCE, "facts", served, telling)

    def live_letters(self, issue: str) -> tuple[tuple[Letter, Audience], ...]:
        """Every message about the issue that can still be edited, each once."""
        self.flush()
        self.works(Worker.DESK)
        rows = self.run(LIVE, of=issue, under=f"{issue}/")
        return tuple((Letter(row.kind, row.subject), Audience(row.room, row.person)) for row in rows)

    def _strike_out(self, rows: Table, column: str, which: ColumnElement[bool], words: Iterable[str]) -> None:
        key = next(iter(rows.primary_key.columns))
        for word in words:
            asked = select(key, rows.c[column]).where(which, _holds(rows, word, column))
            for row in self.run(asked).mappings().all():
                clean = {name: str(value).replace(word, REDACTED) for name, value in row[column].items()}
                self.run(update(rows).where(key == row[key.name]).values({column: clean}))

    def _asked_for(self, actor: Actor, which: ColumnElement[bool]) -> Redaction | None:
        inside = wall.inside(self.passes(actor), REDACTION, REDACTION.c.issue)
        row = self.run(select(REDACTION).where(which, inside), **wall.sight(actor)).mappings().first()
        told: dict[Any, Any] = dict(row) if row else {}
        return mapper.built(Redaction, told) if told else None


def _holds(rows: Table, word: str, column: str = "fields", *, exact: bool = False) -> ColumnElement[bool]:
    """Whether a column of JSON holds those words, as JSON writes them down."""
    written = word if exact else json.dumps(word)[1:-1]
    return cast(rows.c[column], Text).contains(written, autoescape=True)
