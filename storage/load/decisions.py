"""The decisions of a file, each with the session that took it and whether enough of both sides were there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.governance.commitment import Evidence
from bot.governance.decision import Decision, Dissent, Quorum, Status
from bot.governance.quorum import held
from bot.governance.session import Committee, Session
from bot.governance.visibility import Visibility
from storage.load.between import Between, classed
from storage.load.directory import Known
from storage.load.issue_kept import Moment
from storage.load.lines import Node

FIELDS = frozenset(
    {
        *(
            "id",
            "meeting",
            "partnership",
            "question",
            "options",
            "outcome",
            "rationale",
            "deciders",
            "status",
        ),
        *("visibility", "note", "decided_on", "follow_up", "evidence", "dissent", "supersedes", "study"),
    }
)


@dataclass(frozen=True, slots=True)
class Held:
    """The sessions of the file and their committees, by id, and when the file is loaded."""

    known: Known
    committees: Mapping[str, Committee]
    sessions: Mapping[str, Session]
    moment: Moment


def decisions(section: Iterable[Node], held: Held) -> tuple[Decision, ...]:
    """Every decision, in the file's order; what one supersedes knows by what it was superseded."""
    read: dict[str, Decision] = {}
    seen: set[str] = set()
    for item in section:
        made = _decision(item, item.need("id").new_id(seen), held)
        if node := item.get("supersedes"):
            old = read[node.id_in(dict(read))]
            if (old.partnership, old.visibility) != (made.partnership, made.visibility):
                raise node.wrong(f"is “{old.id}”, which is of another partnership or class")
            read[old.id] = replace(old, superseded_by=made.id)
        read[made.id] = made
    return tuple(read.values())


def unknown(item: Node) -> Iterator[str]:
    """Names that mean nothing to Parley there."""
    return (name for name in item.names if name not in FIELDS)


def _decision(item: Node, number: str, held: Held) -> Decision:
    visibility, session = classed(item), _session(item, held)
    home = Between(held.known, _home(item, session, visibility, held.known))
    day = _day(item, session, held.moment.now)
    return Decision(
        id=number,
        number=number,
        partnership=home.partnership,
        visibility=visibility,
        question=item.need("question").text,
        outcome=item.need("outcome").text,
        status=item.need("status").one_of(Status),
        recorded_by="",
        recorded_at=min(held.moment.calendar.close_of(day), held.moment.now),
        decided_on=day,
        options=tuple(one.text for one in item.get("options") or ()),
        rationale=item.maybe("rationale"),
        evidence=tuple(Evidence(one.text) for one in item.get("evidence") or ()),
        deciders=_deciders(item, home, visibility),
        quorum=_quorum(session, held),
        dissent=tuple(_dissent(one, home) for one in item.get("dissent") or ()),
        follow_up=one.day if (one := item.get("follow_up")) else None,
        supersedes=item.maybe("supersedes"),
        session=session.id if session else "",
        study=one.id_in(dict(held.known.studies)) if (one := item.get("study")) else "",
        note=item.maybe("note"),
    )


def _session(item: Node, held: Held) -> Session | None:
    node = item.get("meeting")
    return held.sessions[node.id_in(dict(held.sessions))] if node else None


def _home(item: Node, session: Session | None, visibility: Visibility, known: Known) -> str:
    """As it says, its session's, or the first partnership of the company whose own it is."""
    node = item.get("partnership")
    if node:
        named = node.id_in(dict(known.partnerships))
        if session and session.partnership != named:
            raise node.wrong(f"is “{named}”, but {session.id} is a session of {session.partnership}")
        return named
    if session:
        return session.partnership
    first = next(iter(item.need("deciders")), None) if visibility.side else None
    if first is None:
        return item.need("partnership").text
    company = known.people[first.id_in(dict(known.people))].organisation
    own = (one.id for one in known.partnerships.values() if company in (one.sponsor, one.cro))
    found = next(own, "")
    if not found:
        raise first.wrong(f"is “{first.text}”, whose company is in no partnership of the file")
    return found


def _day(item: Node, session: Session | None, now: datetime) -> date:
    """When it was taken; where nobody says, the day on which it came into the record."""
    node = item.get("decided_on")
    if node:
        return node.day
    return session.day if session else now.date()


def _deciders(item: Node, home: Between, visibility: Visibility) -> tuple[str, ...]:
    for node in item.get("deciders") or ():
        home.person(node, visibility.side, f"who decides what is {visibility}")
    return home.people(item.get("deciders"))


def _quorum(session: Session | None, at: Held) -> Quorum:
    count = held(at.committees[session.committee], session) if session else None
    return count.stands if count else Quorum.NONE


def _dissent(node: Node, home: Between) -> Dissent:
    return Dissent(home.person(node.need("by")), node.need("words").text)
