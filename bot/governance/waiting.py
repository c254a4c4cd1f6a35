"""What waits for one person: every record on which it is their turn, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.errors import Refusal
from bot.governance.action import Action
from bot.governance.action import State as ActionState
from bot.governance.calendar import WorkCalendar
from bot.governance.clocks import Clock
from bot.governance.commitment import Commitment
from bot.governance.commitment import State as Promised
from bot.governance.deciding import Matter, check_ratify
from bot.governance.escalation import Severity
from bot.governance.issue import Issue
from bot.governance.partnership import Counterparts
from bot.governance.party import Party
from bot.governance.record import Record
from bot.governance.turns import Step, Turn, falls_to, steps

LAW, CRITICAL, LATE, REST = range(4)
SOON = 2  # business days before its date at which a promise begins to wait for its owner
LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing to do: on the record `id` of that `noun` ("issue", "commit", "action", "decision").

    `what` says it in a few words ("accept or decline it"); `verb` is the button that does it
    ("commit.accept", "" where there is none). `by` is when it is late. Of several the lowest `rank` comes
    first: 0 a legal clock, 1 what is critical, 2 what is late, 3 the rest. `stands_for` is who is away and
    would do it, "" where it is the person's own.
    """

    noun: str
    id: str
    number: str
    partnership: str
    title: str
    what: str
    verb: str = ""
    by: datetime | None = None
    rank: int = REST
    version: int = 1
    stands_for: str = ""


# What is to be done, and the verb that does it.
WORDS = {
    Turn.ASSESS: ("assess the possible serious breach", "issue.assess"),
    Turn.NOTIFY: ("see that the authority is told", "issue.assess"),
    Turn.ACKNOWLEDGE: ("acknowledge it", "issue.ack"),
    Turn.ANSWER_PLAN: ("answer the plan", "issue.plan_agree"),
    Turn.ANSWER_HOLD: ("answer the hold", "issue.hold_agree"),
    Turn.ANSWER_SEVERITY: ("answer the severity", "issue.severity_agree"),
    Turn.CONTAIN: ("contain it", "issue.contain"),
    Turn.PLAN: ("propose a plan", "issue.plan"),
    Turn.RESOLVE: ("resolve it as planned", "issue.resolve"),
    Turn.VERIFY: ("verify it", "issue.verify"),
    Turn.CHECK_EFFECT: ("check its effect and close it", "issue.close"),
    Turn.CLOSE: ("close it", "issue.close"),
    Turn.SETTLE: ("settle the dispute", ""),
}


def ranked(waits: Iterable[Wait]) -> tuple[Wait, ...]:
    """The gravest first, then what is late soonest."""
    return tuple(sorted(waits, key=lambda one: (one.rank, one.by or LAST, one.number)))


def _on(noun: str, record: Record, title: str, what: str, verb: str) -> Wait:
    return Wait(noun, record.id, record.number, record.partnership, title, what, verb, version=record.version)


def _until(wait: Wait, by: datetime, *, late: bool) -> Wait:
    """What has no other rank is late or not."""
    return replace(wait, by=None if by is LAST else by, rank=LATE if late else REST)


def of_issue(
    issue: Issue, party: Party, pairs: tuple[Counterparts, ...], running: Iterable[Clock], now: datetime
) -> Wait | None:
    """Everything about one issue that is that person's to do; its button is for what comes first."""
    found = [(step, who) for step in steps(issue, running) if (who := falls_to(issue, step, party, pairs))]
    if not found:
        return None
    found.sort(key=lambda one: _urgency(issue, one[0], now))
    first, who = found[0]
    what = " and ".join(dict.fromkeys(WORDS[step.turn][0] for step, _ in found))
    rank, by = _urgency(issue, first, now)
    wait = _on("issue", issue, issue.title, what, WORDS[first.turn][1])
    return replace(wait, by=None if by is LAST else by, rank=rank, stands_for=_instead_of(who, party))


def _urgency(issue: Issue, step: Step, now: datetime) -> tuple[int, datetime]:
    by = step.by or LAST
    if step.turn in (Turn.ASSESS, Turn.NOTIFY):
        return LAW, by
    if issue.severity is Severity.CRITICAL:
        return CRITICAL, by
    return LATE if by < now else REST, by


def of_commitment(promise: Commitment, party: Party, calendar: WorkCalendar, now: datetime) -> Wait | None:
    """Its owner answers and keeps it, its receiver confirms it; what is in dispute waits for both.

    `now` is told in the reader's zone: a promise is late once its day is over there.
    """
    owner, receiver = _mine(promise.owner, party), _mine(promise.receiver, party)
    due = calendar.close_of(promise.due)
    match promise.state:
        case Promised.PROPOSED if owner:
            who, what, verb, by = owner, "accept or decline it", "commit.accept", due
        case Promised.ACCEPTED if owner and _near(promise, calendar, now):
            who, what, verb, by = owner, "keep it, or move its date", "commit.done", due
        case Promised.DONE if receiver:
            who, what, verb = receiver, "confirm it, or dispute it", "commit.confirm"
            by = promise.confirm_by or LAST
        case Promised.DISPUTED if owner or receiver:
            who, what, verb, by = owner or receiver, "settle the dispute", "", LAST
        case _:
            return None
    late = promise.due < now.date() if by is due else by < now
    wait = _until(_on("commit", promise, promise.text, what, verb), by, late=late)
    return replace(wait, stands_for=_instead_of(who, party))


def _near(promise: Commitment, calendar: WorkCalendar, now: datetime) -> bool:
    """Soon due or late, and not put off by its owner."""
    today = now.date()
    if promise.snoozed_until and today < promise.snoozed_until:
        return False
    return promise.due <= calendar.business_day_after(today, max((SOON, *promise.remind)))


def of_decision(about: Matter, party: Party) -> Wait | None:
    """Those who approve for their side are asked, until that side has approved it."""
    asked = about.approvers(party.side) if party.side in about.waits_for else ()
    who = next((one for one in (party.person, *sorted(party.stands_for)) if one in asked), "")
    if not who or not _may_ratify(about, party):
        return None
    wait = _on("decision", about, about.decision.title, "approve it, or say why not", "decision.ratify")
    return replace(wait, stands_for=_instead_of(who, party))


def _may_ratify(about: Matter, party: Party) -> bool:
    try:
        check_ratify(about, party)
    except Refusal:
        return False
    return True


def of_action(action: Action, party: Party, calendar: WorkCalendar, now: datetime) -> Wait | None:
    """Its owner does it; `now` is told in the reader's zone."""
    who = _mine(action.owner, party)
    if action.state is not ActionState.OPEN or not who:
        return None
    by = calendar.close_of(action.due) if action.due else LAST
    late = action.due is not None and action.due < now.date()
    wait = _until(_on("action", action, action.text, "do it", "action.done"), by, late=late)
    return replace(wait, stands_for=_instead_of(who, party))


def _mine(person: str, party: Party) -> str:
    """That person where they are the party or somebody it stands in for, else nobody."""
    return person if person and (person == party.person or person in party.stands_for) else ""


def _instead_of(who: str, party: Party) -> str:
    return "" if who == party.person else who
