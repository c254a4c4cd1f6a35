"""The commitments of a file as they stand at the load; what is past is recorded and never rings.

A claim whose five business days are over is confirmed by silence (docs/decisions/0013).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.governance.commitment import Claim, Commitment, Evidence, State
from bot.governance.session import Session
from bot.governance.visibility import Side, Visibility
from storage.load import issue_links as links
from storage.load.between import Between, classed
from storage.load.directory import Known
from storage.load.issue_kept import Moment
from storage.load.lines import Node

FIELDS = frozenset(
    {
        *("id", "partnership", "text", "owner", "side", "made_to", "made_by", "source", "first_due", "due"),
        *(
            "times_moved",
            "status",
            "done_on",
            "linked",
            "visibility",
            "claims",
            "evidence",
            "study",
            "reason",
        ),
        "note",
    }
)
DONE = (State.DONE, State.CONFIRMED)
NEVER_ACCEPTED = (State.PROPOSED, State.DECLINED, State.WITHDRAWN)
SESSIONS = "-MTG-"  # in the number of a session


@dataclass(frozen=True, slots=True)
class Around:
    """What a commitment is read against."""

    known: Known
    sessions: Mapping[str, Session]
    classes: links.Classes
    moment: Moment


def commitments(section: Iterable[Node], around: Around) -> Iterator[tuple[Commitment, str]]:
    """Every commitment, in the file's order, and what the file notes about it."""
    seen: set[str] = set()
    for item in section:
        home = Between(around.known, item.need("partnership").id_in(dict(around.known.partnerships)))
        made = _born(item, item.need("id").new_id(seen), home, around)
        yield _with_history(made, item, around), item.maybe("note")


def unknown(item: Node) -> Iterator[str]:
    """Names that mean nothing to Parley there."""
    return (name for name in item.names if name not in FIELDS)


def _born(item: Node, number: str, home: Between, around: Around) -> Commitment:
    """As it was promised, but at the date and state it has now."""
    visibility = classed(item)
    owner, receiver = _both(item, home, visibility)
    first, due = _dates(item)
    made = _made(item, home, around)
    return Commitment(
        id=number,
        number=number,
        partnership=home.partnership,
        visibility=visibility,
        text=item.need("text").text,
        owner=owner,
        owner_side=home.side(owner),
        receiver=receiver,
        made_by=home.person(one) if (one := item.get("made_by")) else "",
        made_at=made,
        first_due=first,
        due=due,
        state=item.need("status").one_of(State),
        moved_before=one.whole if (one := item.get("times_moved")) else 0,
        reason=item.maybe("reason"),
        source=item.maybe("source") or "chat",
        study=one.id_in(dict(around.known.studies)) if (one := item.get("study")) else "",
        linked=_linked(item, around.classes),
    )


def _both(item: Node, home: Between, visibility: Visibility) -> tuple[str, str]:
    """Who promised it to whom: somebody of the other side, or of their own where it is one side's own."""
    node, own = item.need("owner"), visibility.side
    owner = home.person(node, own, f"who promises what is {visibility}")
    side, said = home.side(owner), item.get("side")
    if said and said.one_of(Side) is not side:
        raise said.wrong(f"is “{said.text}”, but the owner, {owner}, is of the {side}")
    receiver = home.person(item.need("made_to"), own or side.other, f"who is promised what is {visibility}")
    if receiver == owner:
        raise item.need("made_to").wrong(f"is “{receiver}”, its own owner")
    return owner, receiver


def _dates(item: Node) -> tuple[date, date]:
    """The first due date and the present one, which is another only where it was moved."""
    first, due, moved = item.need("first_due"), item.need("due"), item.get("times_moved")
    if due.day != first.day and not (moved and moved.whole):
        raise due.wrong(f"is “{due.text}”, but first_due is {first.text} and it was never moved")
    return first.day, due.day


def _made(item: Node, home: Between, around: Around) -> datetime:
    """The close of the session's day; where none is named, the load, but no later than it was due."""
    source, now = item.get("source"), around.moment.now
    session = around.sessions.get(source.text) if source else None
    if source and session is None and SESSIONS in source.text:
        raise source.wrong(f"is “{source.text}”, which is not in the file")
    if source and session and session.partnership != home.partnership:
        raise source.wrong(f"is “{source.text}”, a session of {session.partnership}")
    day = session.day if session else item.need("first_due").day
    return min(around.moment.calendar.close_of(day), now)


def _linked(item: Node, known: links.Classes) -> Mapping[str, str]:
    """Other records by kind; all of its readers may know of each."""
    for _, words in links.apart(item, known):
        raise item.need("linked").wrong(f"hides something from its readers ({words}); leave it out")
    return links.linked(item, known)


def _with_history(made: Commitment, item: Node, around: Around) -> Commitment:
    """What was said and done about it since."""
    accepted = made.state not in NEVER_ACCEPTED
    told = replace(
        made,
        accepted_at=made.made_at if accepted else None,
        accepted_by=made.owner if accepted else "",
        claims=tuple(_claims(item, made)),
        evidence=tuple(Evidence(one.text) for one in item.get("evidence") or ()),
    )
    return _done(told, item, around.moment)


def _claims(item: Node, made: Commitment) -> Iterator[Claim]:
    """Each side's version of what became of it."""
    found = item.get("claims")
    for name in found.written if found else ():
        if name.text not in set(Side) or not made.visibility.both_sides:
            raise name.wrong(f"names “{name.text}”; each of the two sides says what became of it")
    for side in Side:
        if found and (said := found.get(side.value)):
            yield Claim(side, said.text)


def _done(made: Commitment, item: Node, moment: Moment) -> Commitment:
    """Its owner's claim, and by when silence confirms it."""
    node = item.need("done_on") if made.state in DONE else item.get("done_on")
    if node is None:
        return made
    if made.state not in (*DONE, State.DISPUTED):
        raise node.wrong(f"is “{node.text}”, but the status is {made.state}")
    at = min(moment.calendar.close_of(node.day), moment.now)
    return replace(made, done_on=node.day, done_at=at, done_by=made.owner)
