"""`./parley access`: who has access, as one administrator sees it, as CSV or JSON."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Annotated, Protocol

import typer

from adapters.cli.attention import NOBODY
from adapters.cli.failed import Failed
from bot.handlers.access_operator import Granted
from bot.handlers.attention import Asked

COLUMNS = ("company", "name", "title", "roles", "partnership", "state", "account", "last_entry")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula


class Operator(Protocol):
    """What the command asks for; it raises Refusal."""

    def access(self, asked: Asked) -> tuple[Granted, ...]: ...


class House(Protocol):
    """Where the operator comes from."""

    def operator(self) -> Operator: ...


def add(cli: typer.Typer, house: House) -> None:
    """The command."""

    @cli.command()
    def access(
        who: Annotated[
            str, typer.Option("--as", help="An administrator: an id like PER-03, a name or a handle.")
        ] = "",
        reason: Annotated[str, typer.Option(help="Why you look; both companies can read it.")] = "",
        as_json: Annotated[bool, typer.Option("--json", help="Print a list of objects.")] = False,
    ) -> None:
        """List who has access to what, as one administrator sees it; that you looked is recorded."""
        if not who.strip():
            raise Failed(NOBODY)
        rows = house.operator().access(Asked(who, " ".join(reason.split())))
        typer.echo(listed(rows) if as_json else table(rows), nl=False)


def listed(rows: Sequence[Granted]) -> str:
    """A JSON list of objects with these columns."""
    told = [dict(zip(COLUMNS, _cells(one), strict=True)) for one in rows]
    return f"{json.dumps(told, indent=2, ensure_ascii=False)}\n"


def table(rows: Sequence[Granted]) -> str:
    """CSV (RFC 4180) with a head; no cell is a formula."""
    out = io.StringIO(newline="")
    written = csv.writer(out, lineterminator="\r\n")
    written.writerow(COLUMNS)
    written.writerows([_plain(cell) for cell in _cells(one)] for one in rows)
    return out.getvalue()


def _cells(one: Granted) -> tuple[str, ...]:
    last = one.last.isoformat() if one.last else ""
    return one.company, one.name, one.title, one.roles, one.partnership, one.state, one.account, last


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
