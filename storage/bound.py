"""What every part of the archive holds: the one open transaction, spoken to in SQLAlchemy Core."""

from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, Table, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


class Bound:
    """Bound to one session; it never commits or rolls back by itself."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.connection: Connection = session.connection()

    def run(self, statement: Executable, **named: object) -> CursorResult[Any]:
        """Straight to the database: rows come back as they are, and no ORM object is made.

        `named` are the values of the statement's own bind parameters.
        """
        return self.connection.execute(statement, named)

    def added(self, insert: postgresql.Insert | sqlite.Insert) -> bool:
        """Run an INSERT that leaves what is there; whether it put in its row."""
        # Drivers do not count rows of an INSERT alike, so it must give one back.
        return self.run(insert.on_conflict_do_nothing().returning(literal(1))).first() is not None

    def insert(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        """An INSERT of this database's own dialect, which knows ON CONFLICT."""
        return sqlite.insert(table) if self.connection.dialect.name == "sqlite" else postgresql.insert(table)


def table(row: type[SQLModel]) -> Table:
    """The table behind a row class."""
    return SQLModel.metadata.tables[str(row.__tablename__)]
