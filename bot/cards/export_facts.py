"""What an export says of each kind of record: its first line, and pairs of a label and its value."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time

from bot.cards import commit_facts, decision, issue_facts, when
from bot.cards.issue_facts import WHOLE, who_sees
from bot.cards.setting import Setting
from bot.dossier import Kept
from bot.governance.action import Action
from bot.governance.commitment import Commitment
from bot.governance.deciding import Matter
from bot.governance.decision import Decision
from bot.governance.issue import Issue
from bot.governance.session import Committee, Session
from bot.governance.visibility import Side

Pairs = tuple[tuple[str, str], ...]
KINDS: Mapping[type[Kept], str] = {
    Issue: "issue",
    Decision: "decision",
    Commitment: "commitment",
    Action: "action item",
    Session: "session",
}


def kind(record: Kept) -> int:
    """Its place among the kinds of an export."""
    return list(KINDS).index(type(record))


def kind_words(record: Kept) -> str:
    """What people call one."""
    return KINDS[type(record)]


def since(record: Kept) -> datetime:
    """When it began."""
    match record:
        case Issue():
            return record.raised_at
        case Decision():
            return record.recorded_at
        case Commitment() | Action():
            return record.made_at
        case Session():
            return datetime.combine(record.day, time(), UTC)


def title(record: Kept) -> str:
    """What it is about, without its number."""
    match record:
        case Issue():
            return record.title
        case Decision():
            return record.title
        case Commitment() | Action():
            return record.text
        case Session():
            return f"of {when.day(record.day)}"


def parties(record: Kept) -> tuple[str, ...]:
    """The people who have a part in it."""
    match record:
        case Issue():
            return record.owner, record.counterpart, record.raised_by
        case Decision():
            return record.recorded_by, *record.deciders
        case Commitment():
            return record.owner, record.receiver, record.made_by
        case Action():
            return record.owner, record.made_by
        case Session():
            return record.attended


def of(record: Kept, here: Setting) -> tuple[str, Pairs]:
    """Of an issue, a commitment or an action item."""
    match record:
        case Issue():
            return issue_facts.headline(record), _issue(record, here)
        case Commitment():
            return commit_facts.headline(record), _said(_commitment(record, here))
        case Action():
            return f"{record.number}: {record.text}", _said(_action(record, here))
    raise TypeError(type(record))


def of_decision(about: Matter, here: Setting) -> tuple[str, Pairs]:
    """With its whole question, and every voice."""
    state = ("State", decision.status(about).capitalize())
    return decision.headline(about), (state, *decision.facts(about, here, WHOLE))


def of_session(session: Session, committee: Committee | None, here: Setting) -> tuple[str, Pairs]:
    """Who came, and who belongs to it."""
    name = committee.name if committee else session.committee
    return f"{session.number}: {name}, {when.day(session.day)}", _said(_session(session, committee, here))


def _said(pairs: Iterable[tuple[str, str]]) -> Pairs:
    return tuple((label, value) for label, value in pairs if value)


def _issue(issue: Issue, here: Setting) -> Pairs:
    """Its state first; the description as it was written last."""
    described = (("Description", issue.description),) if issue.description else ()
    legal = (("Legal clock", _legal(issue)),) if issue.legal else ()
    return (
        ("State", issue.state.words.capitalize()),
        *legal,
        *issue_facts.facts(issue, here),
        *described,
    )


def _legal(issue: Issue) -> str:
    """The legal clock without days left: a document is read later."""
    legal = issue.legal
    if legal is None:
        return ""
    aware = f"aware since {when.instant(legal.aware_at, 'UTC')}"
    why = f": {legal.reason}" if legal.reason else ""
    return f"{legal.rule}, {aware}, due {when.day(legal.due)}; assessment {legal.assessment.words}{why}"


def _commitment(one: Commitment, here: Setting) -> Iterator[tuple[str, str]]:
    yield "State", one.state.value.capitalize()
    yield from commit_facts.facts(one, here, WHOLE).pairs
    yield "Confirmed", here.time(one.confirmed_at) if one.confirmed_at else ""
    yield "Each side says", "\n".join(f"{here.company(said.side)}: {said.words}" for said in one.claims)
    yield "Evidence", "\n".join(piece.words for piece in one.evidence)
    yield "Why", one.reason


def _action(one: Action, here: Setting) -> Iterator[tuple[str, str]]:
    yield "State", one.state.value.capitalize()
    yield "Owner", here.name(one.owner)
    yield "Due", _day(one.due)
    yield "Done", f"{here.name(one.done_by)}, {here.time(one.done_at)}" if one.done_at else ""
    yield "Became", one.became
    yield "Session", one.session
    yield "Made", f"{here.name(one.made_by)}, {here.time(one.made_at)}"
    yield "Seen by", who_sees(one.visibility, here.partnership)


def _session(one: Session, committee: Committee | None, here: Setting) -> Iterator[tuple[str, str]]:
    yield "State", one.state.value.capitalize()
    yield "Day", when.day(one.day)
    if committee:
        chairs = (here.name(committee.chair(side)) for side in Side if committee.chair(side))
        yield "Chairs", "\n".join(chairs)
        yield "Members", "\n".join(here.name(person) for person in committee.members)
    yield "Attended", "\n".join(here.name(person) for person in one.attended)
    yield "Minutes issued", _day(one.minutes_issued)
    yield "Note", one.note
    yield "Seen by", who_sees(one.visibility, here.partnership)


def _day(day: date | None) -> str:
    return when.day(day) if day else ""
