"""What the clock says of an issue: fact, effect, ask and by when; the same words to both sides, no blame."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.cards import when
from bot.cards.issue_facts import DECIDES
from bot.cards.setting import Setting, version_of
from bot.governance import alarm as rules
from bot.governance.alarm import Alarm
from bot.governance.clocks import Kind
from bot.governance.issue import Assessment, Issue
from bot.governance.partnership import Counterparts, Level
from bot.governance.visibility import Side
from bot.records import Entry
from bot.views import Block, Card, Notice, Text, Tone

CLIMB, ALARM = "issue.climb", "issue.alarm"


def read(history: Sequence[Entry], version: str) -> Alarm | None:
    """What the clock said in the line of the record with that version; None where that is another line."""
    acted = None
    for entry in history:
        if entry.what in (CLIMB, ALARM) and version_of(entry) == version:
            return _read(entry, acted)
        acted = entry.at if entry.person else acted
    return None


def _read(entry: Entry, acted: datetime | None) -> Alarm:
    before, after = entry.before or {}, entry.after or {}
    limits = _limits(before, after)
    was, now = before.get("level"), after.get("level")
    last = min(max(at, acted or at) for at in limits.values())
    late = entry.at - last
    return Alarm(
        entry.at,
        limits,
        Level(str(was)) if was else None,
        Level(str(now)) if now else None,
        late if late > rules.GRACE else late * 0,
    )


def _limits(before: Mapping[str, object], after: Mapping[str, object]) -> dict[Kind, datetime]:
    """Those that had not been dealt with before, the gravest first."""
    was, now = before.get("rang"), after.get("rang")
    old, new = (one if isinstance(one, Mapping) else {} for one in (was, now))
    fresh = {Kind(kind): at for kind, at in new.items() if old.get(kind) != at}
    if not fresh:  # a line from before all clocks rang
        fresh = {Kind.ACK: before.get("ack_due")}
    order = (*rules.TOGETHER, Kind.LEGAL, Kind.RESUME)
    return {kind: datetime.fromisoformat(str(fresh[kind])) for kind in order if kind in fresh}


def alarm(issue: Issue, here: Setting, heard: Alarm, shown: Card, pairs: tuple[Counterparts, ...]) -> Card:
    """The alarm over the issue's card as it is `shown` now; its effect and ask follow the issue."""
    fact = said(issue, here, heard)
    blocks: list[Block] = [Notice(fact, Tone.ALARM), Text(_effect(issue, here, heard, pairs))]
    if late := lateness(heard):
        blocks.append(Text(late, quiet=True))
    return Card(shown.title, (*blocks, *shown.blocks[1:]), f"{fact} {issue.title}")


def said(issue: Issue, here: Setting, heard: Alarm) -> str:
    """The fact: which limits ran out, and where that moved it."""
    facts = [_fact(issue, here, kind, at, heard) for kind, at in heard.limits.items()]
    if heard.climbed:
        facts.append(f"{issue.number} moves from {heard.was} to {heard.now}.")
    return " ".join(facts)


def lateness(heard: Alarm) -> str:
    """That it was told late, and by how much; "" where it came in time."""
    if not heard.late:
        return ""
    return f"Parley was not running then; this comes {rules.length(heard.late)} late."


def _fact(issue: Issue, here: Setting, kind: Kind, at: datetime, heard: Alarm) -> str:
    by = here.time(at)
    match kind:
        case Kind.ACK:
            return f"Not acknowledged by {by}."
        case Kind.LEVEL:
            return f"No plan was agreed in its time at {heard.was or issue.level}, which ended {by}."
        case Kind.PLAN_LATE:
            return f"Its agreed plan was five business days late on {by}."
        case Kind.RESOLVE:
            return f"Not resolved by {by}."
        case Kind.PLAN:
            return f"No plan was agreed by {by}."
        case Kind.CONTAIN:
            return f"Not contained by {by}."
        case Kind.UPDATE:
            return f"An update was due by {by}."
        case Kind.AGAIN:
            return f"{issue.number} is past a limit, and nothing new was said of it until {by}."
        case Kind.LEGAL:
            return _legal(issue, at)
        case Kind.RESUME:
            return f"{issue.number} goes on: its restart date came."


def _legal(issue: Issue, at: datetime) -> str:
    """How long the law leaves, counted on the day on which it was said."""
    if issue.legal is None:
        return f"A legal clock of {issue.number} ran."
    left = issue.legal.days_left(at.date())
    days = f"{left} calendar day{'s' if left != 1 else ''} left, until"
    counted = days if left > 0 else "due today," if left == 0 else "past its due date,"
    return f"The legal clock of {issue.number} ({issue.legal.rule}): {counted} {when.day(issue.legal.due)}."


def _effect(issue: Issue, here: Setting, heard: Alarm, pairs: tuple[Counterparts, ...]) -> str:
    if since := _since(issue, here, heard):
        return since
    return " ".join((*_decides(issue, here, heard, pairs), _asked(issue, here, heard)))


def _decides(issue: Issue, here: Setting, heard: Alarm, pairs: tuple[Counterparts, ...]) -> Iterator[str]:
    """Who decides, who owns it, and which side names nobody there."""
    if heard.climbed and heard.now is not issue.level:
        yield f"It has since moved to {issue.level}."
    decides = DECIDES[issue.level]
    yield f"{decides[0].upper()}{decides[1:]} now."
    if issue.owner:
        yield f"{here.name(issue.owner)} stays the owner."
    unnamed = rules.gaps(issue, pairs)
    if len(unnamed) == len(Side):
        yield f"Neither company names anybody at {issue.level}."
    elif unnamed:
        yield f"{here.company(unnamed[0])} names nobody at {issue.level}."


def _since(issue: Issue, here: Setting, heard: Alarm) -> str:
    """What has happened to it since that answers the alarm; "" where it still stands."""
    if issue.state.over:
        return f"It is {issue.state.words} now."
    if heard.kind is Kind.LEGAL:
        runs = issue.legal and issue.legal.runs
        return "" if runs else "That clock has ended since."
    if issue.on_hold:
        return "It has since been put on hold."
    if issue.state.claimed:
        return f"It is {issue.state.words} since."
    return _met(issue, here, heard)


def _met(issue: Issue, here: Setting, heard: Alarm) -> str:
    match heard.kind:
        case Kind.ACK if issue.acknowledged_at:
            by = f" by {here.name(issue.acknowledged_by)}" if issue.acknowledged_by else ""
            return f"It has since been acknowledged{by}."
        case Kind.LEVEL | Kind.PLAN if issue.plan:
            return f"A plan until {when.day(issue.plan.due)} was agreed since."
        case Kind.CONTAIN if issue.contained_at:
            return f"It was contained on {here.time(issue.contained_at)}."
        case Kind.UPDATE | Kind.AGAIN if issue.moved_at and issue.moved_at > heard.at:
            return f"There is news of it since, {here.time(issue.moved_at)}."
    return ""


def _asked(issue: Issue, here: Setting, heard: Alarm) -> str:
    """Who is asked for what, and by when."""
    owner, by = here.name(issue.owner) if issue.owner else "Its side", _need_by(issue, here)
    match heard.kind:
        case Kind.ACK:
            asked = here.company(issue.waits_for) if issue.waits_for else "Its owner"
            return f"{asked} is asked to acknowledge it{by}."
        case Kind.LEVEL | Kind.PLAN:
            both = issue.visibility.both_sides
            return f"Both sides are asked to agree a plan{by}." if both else f"A plan is asked for{by}."
        case Kind.PLAN_LATE:
            return f"{owner} is asked when it will be done{by}; another date needs both sides."
        case Kind.RESOLVE:
            return f"{owner} is asked to resolve it, or both sides to agree a plan{by}."
        case Kind.CONTAIN:
            return f"{owner} is asked to contain it{by}."
        case Kind.LEGAL:
            return _assessed(issue, here)
    return f"{owner} is asked to say what happens next{by}."


def _need_by(issue: Issue, here: Setting) -> str:
    at = rules.need_by(issue, here.calendar, here.now) if here.calendar and here.now else None
    return f" by {here.time(at)}" if at else " now"


def _assessed(issue: Issue, here: Setting) -> str:
    assert issue.legal is not None  # noqa: S101 asked only where one runs
    who = here.name(issue.legal.owner) if issue.legal.owner else "The quality line"
    what = "assess it" if issue.legal.assessment is Assessment.PENDING else "see that the authority is told"
    return f"{who} is asked to {what} by {when.day(issue.legal.due)}. A legal clock is never put on hold."
