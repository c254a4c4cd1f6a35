"""Calendar and escalation policy of a file: every severity and limit in place, or refused with the line."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time

from sqlmodel import SQLModel

from bot.actors import Role
from bot.due import Due
from bot.governance.calendar import WEEKDAYS, Limit, WorkCalendar
from bot.governance.escalation import Policy, Rung, Severity, SeverityRule
from bot.governance.partnership import Level
from bot.governance.proposal import LIMITS, wrong_length
from bot.governance.terms import RULES, ending
from storage import agreed, mapper, tables
from storage.load.lines import Node

LINES = ("quality", "safety")
KNOWN = ("definition", "start_level", "notify", "time_at_level", *LIMITS)  # what a severity's rule may hold


def calendar(meta: Node) -> agreed.CalendarRow:
    """The partnership's working calendar."""
    item = meta.need("calendar")
    week = [day.text for day in item.need("work_week")]
    strange = [day for day in week if day not in WEEKDAYS]
    if strange or not week:
        raise item.need("work_week").wrong(f"needs days out of {', '.join(WEEKDAYS)}")
    return agreed.CalendarRow(
        id=item.need("id").text,
        work_week=week,
        holidays=[holiday.day.isoformat() for holiday in item.need("holidays")],
        day_ends_at=_close(item.need("day_ends_at")),
    )


def _close(node: Node) -> time:
    """ "17:00Z": the close of day, in UTC."""
    try:
        found = time.fromisoformat(node.text)
    except ValueError:
        raise node.wrong(f"is “{node.text}”, not a time like 17:00Z") from None
    if found.utcoffset() is None or found.utcoffset():
        raise node.wrong(f"is “{node.text}”; write it in UTC, like 17:00Z")
    return found.replace(tzinfo=None)


def policy(section: Node) -> Policy:
    """The policy, whole or refused with the line."""
    severities = section.need("severities")
    rules = {severity: _rule(severities.need(severity.value), RULES[severity]) for severity in Severity}
    _only(severities, Severity, "a severity")
    levels = section.get("levels")
    return Policy(section.need("id").text, rules, _ladder(levels) if levels else ())


def _only(item: Node, known: Iterable[str], what: str) -> None:
    """Refuses names that are none of these, and one that is there twice."""
    offered = frozenset(known)
    for name in item.written:
        if name.text not in offered:
            raise name.wrong(f"names “{name.text}”, which is not {what}")
    _once(item)


def _once(item: Node) -> None:
    """Refuses a name that is there twice: the first of its values would be lost without a word."""
    seen: set[str] = set()
    for name in item.written:
        if name.text in seen:
            raise name.wrong(f"“{name.text}” is there twice")
        seen.add(name.text)


def _ladder(levels: Node) -> tuple[Rung, ...]:
    """Every level once, from the lowest up."""
    rungs: dict[Level, Rung] = {}
    for item in levels:
        rung = _rung(item)
        if rung.level in rungs:
            raise item.need("level").wrong(f"“{rung.level}” is there twice")
        rungs[rung.level] = rung
    missing = [level for level in Level if level not in rungs]
    if missing:
        raise levels.wrong(f"lacks “{missing[0]}”; add it")
    return tuple(rungs[level] for level in Level)


def _rung(item: Node) -> Rung:
    return Rung(
        item.need("level").one_of(Level),
        name=item.maybe("name"),
        sponsor_role=_role(item.get("sponsor_role")),
        cro_role=_role(item.get("cro_role")),
        forum=item.maybe("forum"),
    )


def _role(node: Node | None) -> str:
    return node.one_of(Role).value if node else ""


def _rule(item: Node, standard: SeverityRule) -> SeverityRule:
    at_level = item.get("time_at_level")
    if at_level:
        _only(at_level, Level, "a level")
    _once(item)
    return SeverityRule(
        start_level=item.need("start_level").one_of(Level),
        notify=tuple(_told(one) for one in item.get("notify") or ()),
        ack=_limit(item, "ack"),
        contain=_limit(item, "contain"),
        plan=_limit(item, "plan"),
        resolve=_limit(item, "resolve"),
        time_at_level=tuple((level, _limit(at_level, level.value)) for level in Level if at_level),
        update=_limit(item, "update") if "update" in item.names else standard.update,
        again=_limit(item, "again") if "again" in item.names else standard.again,
    )


def _told(node: Node) -> str:
    if node.text not in (*Level, *LINES):
        raise node.wrong(f"is “{node.text}”; it must be L1 to L4, quality or safety")
    return node.text


def _limit(item: Node | None, name: str) -> Limit | None:
    """Hours or business days; a missing or null limit never runs out."""
    node = item.get(name) if item else None
    if node is None:
        return None
    match node.names:
        case ("elapsed_hours",):
            return _within(node, Limit(elapsed_hours=node.need("elapsed_hours").number))
        case ("business_days",):
            days = node.need("business_days")
            if not days.number.is_integer():
                raise days.wrong(f"is {days.text}; business days are whole")
            return _within(node, Limit(business_days=int(days.number)))
    raise node.wrong("needs either elapsed_hours or business_days")


def _within(node: Node, limit: Limit) -> Limit:
    fault = wrong_length(limit, least=0)
    if fault:
        raise node.wrong(f"{fault}; write a shorter one, or null for one that never runs out")
    return limit


def unknown(root: Node) -> Iterator[str]:
    """What stands in the rules of a severity and means nothing to Parley: a limit written wrong, perhaps."""
    severities = root.need("escalation_policy").need("severities")
    for name in severities.names:
        found = severities.get(name)
        strange = [part for part in found.names if part not in KNOWN] if found else []
        yield from (f"escalation_policy.severities.{name}.{part}" for part in strange)


def ends(rows: Iterable[SQLModel], calendar: WorkCalendar, now: datetime) -> Iterator[Due]:
    """When both sides of each partnership hear that their calendar ends: no sooner than the next morning."""
    for row in rows:
        if isinstance(row, tables.PartnershipRow):
            yield ending(row.id, calendar, now)


def terms(root: Node) -> tuple[list[SQLModel], dict[str, tuple[str, str]], Policy]:
    """Calendar and policy as rows, (calendar, policy) by partnership, and the policy."""
    days, section = calendar(root.need("meta")), root.need("escalation_policy")
    found = policy(section)
    row = agreed.PolicyRow(**mapper.columns(found))
    named = {one.text: (days.id, found.id) for one in section.need("partnerships")}
    return [days, row], named, found
