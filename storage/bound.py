"""What every part of the archive holds: the one open transaction, spoken to in SQLAlchemy Core.

Statements are made once and given their values when they run: making them costs more than running them.
"""

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, Table, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from bot.actors import Actor
from storage.told import TELL, Worker, settings

Insert = postgresql.Insert | sqlite.Insert


class Bound:
    """Bound to one transaction; it never commits or rolls back by itself.

    `filtered` is False only in tests of the second wall: then nothing but that wall stands.
    """

    filtered = True
    _told: Actor | Worker | None = None

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def passes(self, actor: Actor) -> bool:
        """Whether the filters let that actor through to everything, which is for `wall.inside`.

        Called before anything of a class is touched: PostgreSQL's own wall is told here who reads.
        """
        self._tell(Worker.CLOCK if actor.is_clock else actor)
        return actor.is_clock or not self.filtered

    def works(self, worker: Worker) -> None:
        """The same for what nobody asked for: PostgreSQL's own wall is told which worker this is."""
        self._tell(worker)

    def _tell(self, who: Actor | Worker) -> None:
        if self.dialect == "postgresql" and who != self._told:
            # For this transaction only, so that the pool carries it to nobody.
            self.connection.execute(TELL, settings(who))
            self._told = who

    @cached_property
    def session(self) -> Session:
        """The same transaction for whoever speaks in row objects; flush it before the others read."""
        return Session(self.connection, expire_on_commit=False)

    def flush(self) -> None:
        """Send what the session still holds back."""
        if "session" in self.__dict__:
            self.session.flush()

    def run(self, statement: Executable, **named: object) -> CursorResult[Any]:
        """Straight to the database: rows come back as they are, and no ORM object is made.

        `named` are the values of the statement's own bind parameters.
        """
        if not self.filtered:
            named = {name: value for name, value in named.items() if not name.startswith("wall_")}
        return self.connection.execute(statement, named)

    def put(self, table: Table, row: Mapping[str, object]) -> None:
        """A new row."""
        self.connection.execute(insert_into(self.dialect, table), dict(row))

    def put_new(self, table: Table, row: Mapping[str, object]) -> bool:
        """A new row unless there is one with its key; whether it was put in."""
        return self.connection.execute(_new(self.dialect, table), dict(row)).first() is not None

    def put_over(self, table: Table, row: Mapping[str, object], *keys: str) -> None:
        """A new row, or these values over the one with the same `keys`."""
        values = tuple(name for name in row if name not in keys)
        self.connection.execute(_over(self.dialect, table, keys, values), dict(row))

    def insert(self, table: Table) -> Insert:
        """An INSERT of this database's own dialect, which knows ON CONFLICT."""
        return insert_into(self.dialect, table)

    @property
    def dialect(self) -> str:
        """ "sqlite" or "postgresql"."""
        return self.connection.dialect.name


@cache
def insert_into(dialect: str, table: Table) -> Insert:
    """An INSERT in that dialect."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


@cache
def _new(dialect: str, table: Table) -> Executable:
    # Drivers do not count the rows of an INSERT alike, so it gives one back.
    return insert_into(dialect, table).on_conflict_do_nothing().returning(literal(1))


@cache
def _over(dialect: str, table: Table, keys: tuple[str, ...], values: tuple[str, ...]) -> Executable:
    row = insert_into(dialect, table)
    return row.on_conflict_do_update(
        index_elements=list(keys), set_={name: row.excluded[name] for name in values}
    )


def table(row: type[SQLModel]) -> Table:
    """The table behind a row class."""
    return SQLModel.metadata.tables[str(row.__tablename__)]
