"""`./parley findings`: what needs attention as one person may see it, as JSON or as a table to read."""

import json
import re
from datetime import datetime
from typing import Annotated, Protocol

import typer

from adapters.cli.failed import Failed
from bot.cards import when
from bot.governance.findings import SPONSOR, Code, Finding
from bot.handlers.attention import Asked, Report

WORDS = {
    Code.ACK_BREACHED: "Not acknowledged",
    Code.ACK_LATE: "Acknowledged late",
    Code.PLAN_OVERDUE: "No plan yet",
    Code.PLAN_LATE: "Plan late",
    Code.RESOLVE_OVERDUE: "Not resolved",
    Code.ESCALATE_DUE: "Should go up a level",
    Code.LEGAL_CLOCK: "Legal clock",
    Code.NO_COUNTERPART: "Nobody named",
    Code.NO_BACKUP: "No back-up",
    Code.COMMITMENT_OVERDUE: "Commitment late",
    Code.COMMITMENT_SLIPPING: "Commitment slipping",
    Code.COMMITMENT_DISPUTED: "Commitment disputed",
    Code.DECISION_NEEDS_RATIFICATION: "Needs ratification",
}
NOBODY = "say through whose eyes you look: --as PERSON, for example --as PER-09"
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]*")
YEARS = range(2000, 2100)
NOT_A_TIME = "--at is “{words}”, not a time like 2026-11-10T09:00:00Z"
NO_ZONE = "--at is “{words}”, which lacks its zone; end it with Z or +01:00"


class Operator(Protocol):
    """What the command asks for; it raises Refusal."""

    def findings(self, asked: Asked) -> Report: ...


class House(Protocol):
    """Where the operator comes from."""

    def operator(self) -> Operator: ...


def add(cli: typer.Typer, house: House) -> None:
    """The command."""

    @cli.command()
    def findings(
        who: Annotated[
            str, typer.Option("--as", help="Through whose eyes: an id like PER-09, a name or a handle.")
        ] = "",
        reason: Annotated[str, typer.Option(help="Why you look; both companies can read it.")] = "",
        at: Annotated[str, typer.Option(help="The time it is judged at, 2026-11-10T09:00:00Z.")] = "",
        as_json: Annotated[bool, typer.Option("--json", help="Print a list of objects.")] = False,
    ) -> None:
        """Show what needs attention, as one person may see it; that you looked is recorded."""
        if not who.strip():
            raise Failed(NOBODY)
        asked = Asked(who, " ".join(reason.split()), _time(at) if at else None)
        report = house.operator().findings(asked)
        typer.echo(listed(report) if as_json else table(report))


def _time(words: str) -> datetime:
    try:
        at = datetime.fromisoformat(words)
    except ValueError:
        raise Failed(NOT_A_TIME.format(words=words[:60])) from None
    if at.tzinfo is None:
        raise Failed(NO_ZONE.format(words=words[:60]))
    if at.year not in YEARS:
        raise Failed(f"--at is in the year {at.year}; it must be from {YEARS[0]} to {YEARS[-1]}")
    return at


def listed(report: Report) -> str:
    """A JSON list of {code, entity, finding, visible_to}."""
    told = [
        {
            "code": one.code.value,
            "entity": one.entity,
            "finding": one.finding,
            "visible_to": list(one.visible_to),
        }
        for one in report.findings
    ]
    return json.dumps(told, indent=2, ensure_ascii=False)


def table(report: Report) -> str:
    """Names for ids, one finding to a line."""
    at = when.instant(report.at, report.reader.zone)
    head = f"As {report.reader.name} ({report.company}) may see it on {at}:"
    if not report.findings:
        return f"{head} nothing needs attention."
    rows = [(_named(one.entity, report), WORDS[one.code], *_told(one, report)) for one in report.findings]
    widths = [max(len(row[place]) for row in rows) for place in range(3)]
    lines = (
        "  ".join((*(word.ljust(width) for word, width in zip(row, widths, strict=False)), row[3]))
        for row in rows
    )
    return "\n".join([head, "", *lines])


def _told(one: Finding, report: Report) -> tuple[str, str]:
    """The sentence, and who may see it."""
    named = ID.sub(lambda word: report.names.get(word[0], word[0]), one.finding)
    return named, f"({_readers(one, report)})"


def _named(entity: str, report: Report) -> str:
    return report.company if entity == report.reader.organisation else entity


def _readers(one: Finding, report: Report) -> str:
    """The companies, or the people, who may see it; alone, "sponsor" or a partnership is the reader's own."""
    match one.visible_to:
        case (who, partnership) if who == SPONSOR:
            both = next(home for home in report.partnerships if home.id == partnership)
            return f"{both.sponsor_name} and {both.cro_name}"
        case own if set(own) <= {SPONSOR, *(home.id for home in report.partnerships)}:
            return f"{report.company} alone"
        case people:
            return ", ".join(report.names.get(person, person) for person in people)
