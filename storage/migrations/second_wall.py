"""How a migration puts a table behind the second wall, PostgreSQL's row-level security; nothing on SQLite.

    raise_wall("note", by_class("issue"), can_write("issue"))
    let_work("note", Worker.CLOCK)

A table with a `visibility` needs both calls in the migration that makes it, or tests and ./parley check fail.
Whoever is not told to the database sees nothing. The owner passes, because migrations and pg_dump run as it:
the wall is ENABLEd and not FORCEd (docs/decisions/0023).
"""

import sqlalchemy as sa
from alembic import op

from storage.told import Worker

RECORDS = ("issue", "commitment", "decision", "action", "meeting")  # what a message or a due may be about
PLAIN = ("shared", "sponsor_internal", "cro_internal")  # read by class alone, never by name


def told(name: str) -> str:
    """A setting of storage.told that is one word, asked once for each statement; NULL or '' where unsaid."""
    return f"(SELECT current_setting('parley.{name}', true))"


def listed(name: str) -> str:
    """A setting that is a list."""
    return f"((SELECT parley_told('{name}'))::text[])"


def by_class(record: str) -> str:
    """Readers: by partnership and class; in classes that name their readers, by name (`parley_named`).

    `record` is the column that holds the record's id, or a literal where no such class can be.
    """
    classes = ", ".join(f"'{one}'" for one in PLAIN)
    # Looked up once for each statement, and not row by row: that took five times as long for a count.
    name = f"visibility || ':' || {record} IN (SELECT unnest(parley_named()))"
    named = f"visibility NOT IN ({classes}) AND {name}"
    return f"partnership || ':' || visibility = ANY ({listed('sees')}) OR ({named})"


def can_write(record: str) -> str:
    """Writers: where they read, and restricted records of their own partnerships: who makes one, names."""
    ours = f"visibility = 'restricted' AND partnership = ANY ({listed('partnerships')})"
    return f"{by_class(record)} OR ({ours} AND {told('person')} <> '')"


def administered(organisation: str) -> str:
    """Lines about the directory of the company that the reader administers."""
    return f"({told('administers')} <> '' AND {organisation} = {told('administers')})"


def raise_wall(table: str, readers: str = "", writers: str = "") -> None:
    """From here on nobody but its owner sees a row, save as `readers` says; workers are let in one by one.

    `writers` may write as well; without them, readers only read.
    """
    if _has_none():
        return
    _run(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    if writers:
        _run(f"CREATE POLICY {table}_readers ON {table} USING ({readers}) WITH CHECK ({writers})")
    elif readers:
        _run(f"CREATE POLICY {table}_readers ON {table} FOR SELECT USING ({readers})")


def let_work(table: str, *workers: Worker, act: str = "ALL") -> None:
    """These workers may do `act` there: ALL, SELECT, INSERT or DELETE."""
    if _has_none():
        return
    names = ", ".join(f"'{one.value}'" for one in workers)
    is_one = f"({told('worker')} IN ({names}))"
    rule = f"WITH CHECK {is_one}" if act == "INSERT" else f"USING {is_one}"
    policy = "_".join((table, act.lower(), *(one.value for one in workers)))
    _run(f"CREATE POLICY {policy} ON {table} FOR {act} {rule}")


def define(function: str, returns: str, body: str, rights: str = "INVOKER") -> None:
    """A function of the wall, made or replaced: `function` with its arguments, `body` one SQL expression.

    With `rights` DEFINER it looks as the tables' owner, who passes: so a policy may ask its own table.
    """
    if _has_none():
        return
    schema = op.get_bind().dialect.identifier_preparer.quote(
        op.get_bind().exec_driver_sql("SELECT current_schema()").scalar_one()
    )
    # Named first, so that no temporary table of the same name is looked at instead.
    path = f"SET search_path = {schema}, pg_temp" if rights == "DEFINER" else ""
    _run(
        f"CREATE OR REPLACE FUNCTION {function} RETURNS {returns} LANGUAGE sql STABLE"
        f" SECURITY {rights} {path} AS $$ SELECT {body} $$"
    )


def name_scopes() -> None:
    """From here on messages and dues are of the partnership and class of any kind of record there is."""
    if _has_none():
        return
    there = [one for one in RECORDS if sa.inspect(op.get_bind()).has_table(one)]
    for column in ("partnership", "visibility"):
        looks = f"(SELECT r.{column} FROM {{}} r WHERE r.id = $1)"  # noqa: S608 our own constant words only
        found = ", ".join(looks.format(one) for one in there)
        define(f"parley_{column}_of(record text)", "text", f"coalesce({found}, '')", "DEFINER")


def _has_none() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _run(statement: str) -> None:
    op.execute(statement.replace(":", "\\:"))  # a colon is a colon, and no parameter
