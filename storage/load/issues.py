"""The issues of a file: their numbers are kept, and a limit already past is recorded, never alarmed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.due import Due
from bot.governance import clocks
from bot.governance.calendar import WorkCalendar
from bot.governance.change import difference
from bot.governance.escalation import Policy, Severity, ack_limit
from bot.governance.issue import Issue, State
from bot.governance.partnership import Level
from bot.governance.visibility import Scope, Side, Visibility
from bot.handlers.issue import dues
from bot.ports import Entry
from storage.load.directory import Known
from storage.load.lines import Node

TAKEN = frozenset(
    {
        "id",
        "partnership",
        "study",
        "title",
        "description",
        "category",
        "severity",
        "severity_history",
        "raised_by",
        "raised_at",
        "owner",
        "acknowledged_at",
        "status",
        "level",
        "level_entered_at",
        "visibility",
        "visible_to_people",
    }
)


@dataclass(frozen=True, slots=True)
class World:
    """What an issue is read against."""

    known: Known
    policy: Policy
    calendar: WorkCalendar
    now: datetime


@dataclass(frozen=True, slots=True)
class Read:
    """An issue of the file, its lines for the record, and its clocks that still run."""

    issue: Issue
    entries: tuple[Entry, ...]
    dues: tuple[Due, ...]


def issues(section: Node, world: World) -> Iterator[Read]:
    """Every issue, in the file's order."""
    seen: set[str] = set()
    for item in section:
        yield _with_clock(_issue(item, world, seen), _first(item), world)


def _issue(item: Node, world: World, seen: set[str]) -> Issue:
    known = world.known
    partnership = item.need("partnership").id_in(dict(known.partnerships))
    both = known.both(partnership)
    number = item.need("id").new_id(seen)
    raiser = known.person_of(item.need("raised_by"), both)
    owner = known.person_of(item.need("owner"), both)
    severity = item.need("severity").one_of(Severity)
    visibility = item.need("visibility").one_of(Visibility)
    acknowledged = item.get("acknowledged_at")
    return Issue(
        id=number,
        number=number,
        partnership=partnership,
        visibility=visibility,
        title=item.need("title").text,
        severity=severity,
        state=item.need("status").one_of(State),
        level=item.need("level").one_of(Level),
        level_entered_at=item.need("level_entered_at").instant,
        raised_by=raiser,
        raised_side=_side(known, raiser),
        raised_at=item.need("raised_at").instant,
        owner=owner,
        owner_side=_side(known, owner),
        rules=world.policy.rules,
        policy=world.policy.words,
        study=study.id_in(dict(known.studies)) if (study := item.get("study")) else "",
        category=item.maybe("category"),
        description=item.maybe("description"),
        acknowledged_at=acknowledged.instant if acknowledged else None,
        readers=_readers(item, visibility, known, both),
    )


def _side(known: Known, person: str) -> Side:
    return Side(known.organisations[known.people[person].organisation].side)


def _readers(item: Node, visibility: Visibility, known: Known, both: tuple[str, str]) -> frozenset[str]:
    if visibility is not Visibility.RESTRICTED:
        return frozenset()
    return frozenset(known.person_of(person, both) for person in item.need("visible_to_people"))


def _with_clock(issue: Issue, first: Severity, world: World) -> Read:
    """Limits in the future are set; those in the past are recorded as run out before Parley."""
    limit = ack_limit(world.policy.rules[first], world.calendar, issue.raised_at)
    waits = issue.acknowledged_at is None and not issue.state.over
    missed = bool(waits and limit and limit <= world.now)
    standing = replace(issue, ack_due=None if missed or not waits else limit, missed=missed)
    rings = clocks.wanted(standing, world.calendar)
    past = {kind.value: at for kind, at in rings.items() if at <= world.now}
    standing = replace(standing, rang=past, late_at=clocks.late_at(standing, world.calendar))
    scope = Scope(issue.partnership, issue.visibility)
    entries = [_taken(standing, scope, world)]
    if missed and limit:
        why = f"the acknowledgement limit ran out before Parley, {limit.isoformat()}"
        entries.append(Entry("issue.ack_ran_out", "", world.now, scope, "", issue.id, why))
    return Read(standing, tuple(entries), dues(standing, world.calendar))


def _first(item: Node) -> Severity:
    """Acknowledgement runs by the severity in force when it was raised."""
    first = next(iter(item.get("severity_history") or ()), None)
    return (first or item).need("severity").one_of(Severity)


def _taken(issue: Issue, scope: Scope, world: World) -> Entry:
    after = difference(None, issue)[1]
    return Entry("issue.load", "", world.now, scope, "", issue.id, "taken from a file", None, after)


def last_numbers(issues: list[Issue]) -> Iterator[tuple[Scope, str, int]]:
    """For every partnership and class: the prefix its numbers have, and the highest one so far."""
    highest: dict[tuple[Scope, str], int] = {}
    for issue in issues:
        found = re.fullmatch(r"(.+-ISS)-(\d+)", issue.number)
        if found:
            key = (Scope(issue.partnership, issue.visibility), found[1])
            highest[key] = max(highest.get(key, 0), int(found[2]))
    yield from ((scope, prefix, last) for (scope, prefix), last in highest.items())
