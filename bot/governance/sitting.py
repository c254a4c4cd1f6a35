"""A session with its committee, as people act on it: who closes it, and what its quorum means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.errors import Refusal
from bot.governance.decision import Decision, Quorum, Status
from bot.governance.party import Party
from bot.governance.quorum import Count, counted, held
from bot.governance.session import Committee, Session, State
from bot.governance.visibility import Side, Visibility


class SessionClosed(Refusal):
    """{number} was closed already, so nothing changed; “session show {number}” says who came."""


class SessionCancelled(Refusal):
    """{number} was cancelled, so there is nothing to close."""


class NotHeldYet(Refusal):
    """{number} is on {day}, so nothing changed; close it once it was held."""


class NotYourCommittee(Refusal):
    """{number} is a session of the {committee}, which its chairs and members close; nothing changed."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One session of one committee."""

    session: Session
    committee: Committee

    @property
    def id(self) -> str:
        """The session's."""
        return self.session.id

    @property
    def number(self) -> str:
        """The session's."""
        return self.session.number

    @property
    def partnership(self) -> str:
        """The session's."""
        return self.session.partnership

    @property
    def visibility(self) -> Visibility:
        """Both sides meet, and both read it."""
        return Visibility.SHARED

    @property
    def version(self) -> int:
        """The session's."""
        return self.session.version

    @property
    def count(self) -> Count | None:
        """Who came, once it was held."""
        return held(self.committee, self.session)

    @property
    def seats(self) -> tuple[str, ...]:
        """Everybody of the committee, the chairs first; a delegate of the charter's is one of them."""
        people = (*(self.committee.chair(side) for side in Side), *self.committee.members)
        return tuple(dict.fromkeys(one for one in (*people, *self.committee.delegates) if one))

    def chairs(self, side: Side) -> frozenset[str]:
        """Who ratifies for that side what was decided without a quorum."""
        return frozenset((self.committee.chair(side), *self.committee.delegates)) - {""}


def check_close(sitting: Sitting, party: Party) -> None:
    """Somebody of the committee, or who stands in for them, once."""
    number, session = sitting.number, sitting.session
    if session.state is State.CANCELLED:
        raise SessionCancelled(number=number)
    if session.state is State.HELD:
        raise SessionClosed(number=number)
    if not any(party.may_be(one, party.side) for one in sitting.seats):
        raise NotYourCommittee(number=number, committee=sitting.committee.name)


def close(sitting: Sitting, came: Mapping[str, Side], by: str, now: datetime, today: date) -> Sitting:
    """It was held; who came, and on which side they are, is kept. Not before its day."""
    if today < sitting.session.day:
        raise NotHeldYet(number=sitting.number, day=sitting.session.day.isoformat())
    held_now = replace(
        sitting.session,
        state=State.HELD,
        attended=tuple(came),
        sides=dict(came),
        chaired=counted(sitting.committee, came).chaired,
        closed_by=by,
        closed_at=now,
    )
    return replace(sitting, session=held_now)


def constituted(decision: Decision, sitting: Sitting) -> Decision:
    """The decision as the session's quorum leaves it: without one, only what the chairs approve counts."""
    count = sitting.count
    if count is None or decision.status is Status.WITHDRAWN:
        return decision
    if count.quorate:
        return replace(decision, quorum=Quorum.QUORATE)
    kept = tuple(one for one in decision.approvals if one.person in sitting.chairs(one.side))
    own = decision.visibility.side
    whole = {one.side for one in kept} >= ({own} if own else set(Side))
    status = Status.FINAL if whole else Status.PROVISIONAL
    return replace(decision, quorum=Quorum.NOT_QUORATE, approvals=kept, status=status)


def unfinished(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Those that somebody still has to approve."""
    waits = (one for one in decisions if one.status is Status.PROVISIONAL and not one.superseded_by)
    return tuple(waits)
