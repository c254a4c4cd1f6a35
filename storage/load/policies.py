"""Calendar and escalation policy of a file: every severity and limit in place, or refused with the line."""

from datetime import time

from sqlmodel import SQLModel

from bot.governance.calendar import WEEKDAYS, Limit
from bot.governance.escalation import Policy, Rung, Severity, SeverityRule
from bot.governance.partnership import Level
from bot.governance.terms import RULES
from storage import agreed, mapper
from storage.load.lines import Node

LINES = ("quality", "safety")


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
    strange = set(severities.names) - set(rules)
    if strange:
        raise severities.wrong(f"names “{sorted(strange)[0]}”, which is not a severity")
    return Policy(section.need("id").text, rules, tuple(_rung(one) for one in section.get("levels") or ()))


def _rung(item: Node) -> Rung:
    told = {name: item.maybe(name) for name in ("name", "sponsor_role", "cro_role", "forum")}
    return Rung(item.need("level").one_of(Level), **told)


def _rule(item: Node, standard: SeverityRule) -> SeverityRule:
    at_level = item.get("time_at_level")
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
            return Limit(elapsed_hours=node.need("elapsed_hours").number)
        case ("business_days",):
            days = node.need("business_days")
            if not days.number.is_integer():
                raise days.wrong(f"is {days.text}; business days are whole")
            return Limit(business_days=int(days.number))
    raise node.wrong("needs either elapsed_hours or business_days")


def terms(root: Node) -> tuple[list[SQLModel], dict[str, tuple[str, str]], Policy]:
    """Calendar and policy as rows, (calendar, policy) by partnership, and the policy."""
    days, section = calendar(root.need("meta")), root.need("escalation_policy")
    found = policy(section)
    row = agreed.PolicyRow(**mapper.columns(found))
    named = {one.text: (days.id, found.id) for one in section.need("partnerships")}
    return [days, row], named, found
