"""The history of one issue in a file: severities, plan, cause, clocks and stops, each checked in place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bot.governance.calendar import Stop, WorkCalendar
from bot.governance.escalation import Severity
from bot.governance.issue import (
    Assessment,
    Capa,
    Dispute,
    Graded,
    Hold,
    LegalClock,
    Plan,
    PlanStep,
    RootCause,
    State,
)
from bot.governance.visibility import Side
from storage.load.directory import Known
from storage.load.lines import Node

SPELT = {"plan_agreed": State.IN_PROGRESS, "duplicate": State.REJECTED}
FIELDS = {
    "severity_history": {"at", "severity", "by", "reason"},
    "plan": {"agreed", "due", "steps", "by", "agreed_by"},
    "root_cause": {"category", "method", "text"},
    "capa": {"id", "corrective", "preventive", "effectiveness_check", "result"},
    "legal_clock": {"rule", "aware_at", "limit_calendar_days", "due", "assessment", "owner", "reason"},
    "hold": {"reason", "until", "by", "at", "agreed_by", "agreed_at", "before"},
    "stops": {"since", "until"},
    "dispute": {"by", "at", "reason", "before"},
}


@dataclass(frozen=True, slots=True)
class Case:
    """An issue of the file, the two companies it is between, when it was raised, and their calendar."""

    item: Node
    known: Known
    both: tuple[str, str]
    raised_at: datetime
    calendar: WorkCalendar

    def person(self, node: Node, key: str) -> str:
        """A person of one of the two companies; "" where nobody is named."""
        found = node.get(key)
        return self.known.person_of(found, self.both) if found else ""

    def side(self, person: str) -> Side:
        """The side of one of their people."""
        return Side(self.known.organisations[self.known.people[person].organisation].side)

    def instant(self, key: str) -> datetime | None:
        """An instant of the issue, not before it was raised."""
        found = self.item.get(key)
        return self.since(found) if found else None

    def since(self, node: Node) -> datetime:
        """An instant, not before it was raised."""
        if node.instant < self.raised_at:
            raise node.wrong(f"is “{node.text}”, before the issue was raised ({self.raised_at.isoformat()})")
        return node.instant

    def day(self, node: Node) -> date:
        """A date, not before the one on which it was raised."""
        if node.day < self.raised_at.date():
            raise node.wrong(f"is “{node.text}”, before the issue was raised ({self.raised_at.date()})")
        return node.day


def state(node: Node) -> State:
    """The state it is in; two of the field's words mean one of ours."""
    return SPELT[node.text] if node.text in SPELT else node.one_of(State)


def grades(case: Case, severity: Severity) -> tuple[Graded, ...]:
    """The severities it has had, the first that of its birth, the last the one it has."""
    listed = case.item.get("severity_history")
    found = tuple(_grade(case, one) for one in listed or ())
    if not listed or not found:
        return (Graded(case.raised_at, severity),)
    if list(found) != sorted(found, key=lambda one: one.at):
        raise listed.wrong("should begin with the oldest")
    if found[-1].severity is not severity:
        raise listed.wrong(f"ends with “{found[-1].severity}”, but the severity is “{severity}”")
    return found


def _grade(case: Case, node: Node) -> Graded:
    graded = node.need("severity").one_of(Severity)
    return Graded(case.since(node.need("at")), graded, case.person(node, "by"), node.maybe("reason"))


def plan(case: Case, owner: str) -> Plan | None:
    """What both agreed, or what was proposed, where nothing says that it was agreed."""
    found = case.item.get("plan")
    if found is None:
        return None
    agreed = case.day(one) if (one := found.get("agreed")) else None
    due = found.need("due")
    if case.day(due) < (agreed or due.day):
        raise due.wrong(f"is “{due.text}”, before the plan was agreed ({agreed})")
    by = case.person(found, "by")
    return Plan(
        due=due.day,
        steps=tuple(_step(case, one) for one in found.get("steps") or ()),
        by=by or owner,
        side=case.side(by or owner),
        agreed=agreed,
        agreed_by=case.person(found, "agreed_by"),
    )


def _step(case: Case, node: Node) -> PlanStep:
    """Just words, or words with an owner and a date."""
    if node.is_plain:
        return PlanStep(node.text)
    due = case.day(one) if (one := node.get("due")) else None
    return PlanStep(node.need("text").text, case.person(node, "owner"), due)


def root_cause(case: Case) -> RootCause | None:
    """Why it happened."""
    found = case.item.get("root_cause")
    if found is None:
        return None
    return RootCause(found.need("category").text, found.maybe("method"), found.maybe("text"))


def capa(case: Case) -> Capa | None:
    """The CAPA it refers to, and when its effect is looked at."""
    found = case.item.get("capa")
    if found is None:
        return None
    check = case.day(one) if (one := found.get("effectiveness_check")) else None
    told = {name: found.maybe(name) for name in ("corrective", "preventive", "result")}
    return Capa(found.need("id").text, effectiveness_check=check, **told)


def legal(case: Case) -> LegalClock | None:
    """Calendar days since the sponsor was aware; one of the sponsor's people assesses it."""
    found = case.item.get("legal_clock")
    if found is None:
        return None
    aware, due, owner = found.need("aware_at"), found.need("due"), case.person(found, "owner")
    if due.day < aware.instant.date():
        raise due.wrong(f"is “{due.text}”, before the sponsor was aware ({aware.text})")
    if owner and case.side(owner) is not Side.SPONSOR:
        raise found.need("owner").wrong(f"is “{owner}”; one of the sponsor's people assesses it")
    judged = found.get("assessment")
    return LegalClock(
        rule=found.need("rule").text,
        aware_at=aware.instant,
        limit_calendar_days=found.need("limit_calendar_days").whole,
        due=due.day,
        assessment=judged.one_of(Assessment) if judged else Assessment.PENDING,
        owner=owner,
        reason=found.maybe("reason"),
    )


def hold(case: Case, stands: State) -> Hold | None:
    """What outside both companies is awaited, and until when; an issue on hold may not say, and waits."""
    found = case.item.get("hold")
    if found is None:
        return None
    begun, until = found.need("at"), found.need("until")
    by = case.known.person_of(found.need("by"), case.both)
    if until.day < case.since(begun).date():
        raise until.wrong(f"is “{until.text}”, before the hold began ({begun.text})")
    before, agreed = found.get("before"), found.get("agreed_at")
    if agreed and stands is not State.ON_HOLD:
        raise agreed.wrong(
            "says that both agreed, but the issue is not on_hold; write a past hold in “stops”"
        )
    return Hold(
        reason=found.need("reason").text,
        until=until.day,
        by=by,
        side=case.side(by),
        at=begun.instant,
        agreed_by=case.person(found, "agreed_by"),
        agreed_at=case.since(agreed) if agreed else begun.instant if stands is State.ON_HOLD else None,
        before=state(before) if before else State.ACKNOWLEDGED,
    )


def stops(case: Case, running: Hold | None) -> tuple[Stop, ...]:
    """When its clocks stood still; while a hold runs, the last of them has no end."""
    found = tuple(_stop(case, one) for one in case.item.get("stops") or ())
    if running and running.agreed_at and all(one.until for one in found):
        return (*found, Stop(running.agreed_at))
    return found


def _stop(case: Case, node: Node) -> Stop:
    since, until = node.need("since"), node.get("until")
    ended = until.instant if until else None
    if until and until.instant < case.since(since):
        raise until.wrong(f"is “{until.text}”, before the stop began ({since.text})")
    if until is None and case.item.need("status").text != State.ON_HOLD:
        raise node.wrong("has no end, but the issue is not on_hold; add “until”")
    return Stop(case.since(since), ended)


def dispute(case: Case) -> Dispute | None:
    """What the two sides do not agree on."""
    found = case.item.get("dispute")
    if found is None:
        return None
    by, before = case.known.person_of(found.need("by"), case.both), found.get("before")
    stood = state(before) if before else State.RESOLVED
    return Dispute(by, case.side(by), case.since(found.need("at")), found.need("reason").text, stood)


def unknown(item: Node) -> Iterator[str]:
    """Names inside a history that Parley does not know: "plan.budget"."""
    for name, known in FIELDS.items():
        found = item.get(name)
        parts = () if found is None else (found,) if found.is_mapping else tuple(found)
        for part in parts:
            yield from (f"{name}.{one}" for one in part.names if one not in known)
