"""How decisions are made: who approves for which side, when one is final, who dissents, what replaces it.

Each `check_` raises the Refusal for that party; each change gives the next state.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.errors import Refusal
from bot.governance.calendar import WorkCalendar
from bot.governance.decision import Approval, Decision, Dissent, Quorum, Status
from bot.governance.party import Party
from bot.governance.session import Committee
from bot.governance.visibility import Side, Visibility

MORNING = time(9)  # in the reader's own zone


class DecisionFinal(Refusal):
    """{number} is final, so it stays as it is; record a new decision and say “supersedes {number}”."""


class DecisionWithdrawn(Refusal):
    """{number} was withdrawn, so nothing can be done with it; record a new one with “decision record …”."""


class DecisionReplaced(Refusal):
    """{number} was superseded by {by}, so that one counts; see it with “decision show {by}”."""


class SideApproved(Refusal):
    """{name} approved {number} for {side} on {when} already, so nothing changed."""


class NotADecider(Refusal):
    """{names} can approve {number} for {side}, so nothing changed; tell them what you think in your room."""


class NobodyDecides(Refusal):
    """Nobody of {side} can approve {number}: ask your administrator to name a counterpart for the level."""


class AnotherApproves(Refusal):
    """You recorded {number}, so another decider approves it: {names}."""


class NotAsked(Refusal):
    """Only those who decide on {number} or came to its session dissent from it: {names}."""


class NotYourDecision(Refusal):
    """{name} recorded {number}, so {side} withdraws it; to say no, use “decision dissent {number} …”."""


class NotARecorder(Refusal):
    """{names} can withdraw {number}, so nothing changed; to say no, use “decision dissent {number} …”."""


class ReplacedMeanwhile(Refusal):
    """{old} was superseded by {by} meanwhile, so {number} cannot replace it; withdraw {number}, and record
    one that supersedes {by}."""


class OtherClass(Refusal):
    """{old} is seen by other people than this decision, which cannot supersede it; choose another."""


@dataclass(frozen=True, slots=True)
class Table:
    """Who sits around it. `sides` are all who are in the partnership now, by person.

    `attended` came to the session of `committee` that took it, and `quorum` is how that stood. `instead` is
    who approves for a side none of whose own is there any more.
    """

    sides: Mapping[str, Side]
    quorum: Quorum = Quorum.NONE
    committee: Committee | None = None
    attended: frozenset[str] = frozenset()
    instead: Mapping[Side, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Matter:
    """A decision with who sits around it, as people act on it."""

    decision: Decision
    table: Table

    @property
    def id(self) -> str:
        """The decision's."""
        return self.decision.id

    @property
    def number(self) -> str:
        """The decision's."""
        return self.decision.number

    @property
    def partnership(self) -> str:
        """The decision's."""
        return self.decision.partnership

    @property
    def visibility(self) -> Visibility:
        """The decision's."""
        return self.decision.visibility

    @property
    def version(self) -> int:
        """The decision's."""
        return self.decision.version

    @property
    def sides(self) -> tuple[Side, ...]:
        """Those that approve it: both, or the one whose own it is."""
        side = self.visibility.side
        return (side,) if side else tuple(Side)

    @property
    def by_chairs(self) -> bool:
        """Its session had no quorum, so the chairs ratify it."""
        return self.table.quorum is Quorum.NOT_QUORATE and self.table.committee is not None

    @property
    def waits_for(self) -> tuple[Side, ...]:
        """The sides whose approval is missing; none once it is settled.

        What a file tells as final waits too where its session had no quorum: nobody has ratified it.
        """
        decision = self.decision
        over = decision.superseded_by or decision.status is Status.WITHDRAWN
        if over or (decision.status is Status.FINAL and not self.by_chairs):
            return ()
        return tuple(side for side in self.sides if approval(decision, side) is None)

    def named(self, side: Side) -> tuple[str, ...]:
        """Those of a side who were named to decide, or who chair where there was no quorum."""
        committee = self.table.committee
        if self.by_chairs and committee:
            people = (committee.chair(side), *committee.delegates)
        else:
            people = self.decision.deciders
        here = (one for one in people if self.table.sides.get(one) is side)
        return tuple(dict.fromkeys(here))

    def approvers(self, side: Side) -> tuple[str, ...]:
        """Those of whom one approves for that side; of one side's own not who recorded it, if others can."""
        here = self.named(side)
        if self.visibility.side is not None:
            here = tuple(one for one in here if one != self.decision.recorded_by) or here
        stand_in = self.table.instead.get(side, "")
        return here or ((stand_in,) if stand_in else ())

    @property
    def recording_side(self) -> Side | None:
        """The side of whoever recorded it; None where they have left."""
        return self.table.sides.get(self.decision.recorded_by)


def approval(decision: Decision, side: Side) -> Approval | None:
    """That side's, once it was given."""
    return next((one for one in decision.approvals if one.side is side), None)


def _open(matter: Matter) -> None:
    decision = matter.decision
    if decision.superseded_by:
        raise DecisionReplaced(number=matter.number, by=decision.superseded_by)
    if decision.status is Status.WITHDRAWN:
        raise DecisionWithdrawn(number=matter.number)
    if decision.status is Status.FINAL and not matter.waits_for:
        raise DecisionFinal(number=matter.number)


def _listed(people: Iterable[str]) -> str:
    """As the refusals' facts have several people: one id on each line."""
    return "\n".join(people)


def check_ratify(matter: Matter, party: Party) -> None:
    """One of those who approve for their side, once for each side."""
    _open(matter)
    number, side = matter.number, party.side
    if given := approval(matter.decision, side):
        when = given.at.isoformat()
        raise SideApproved(number=number, name=given.person, side=side.value, when=when)
    people = matter.approvers(side)
    if not people:
        raise NobodyDecides(number=number, side=side.value)
    own = matter.visibility.side is not None and party.person == matter.decision.recorded_by
    if own and party.person not in people:
        raise AnotherApproves(number=number, names=_listed(people))
    if not any(party.may_be(one, side) for one in people):
        raise NotADecider(number=number, side=side.value, names=_listed(people))


def ratify(matter: Matter, party: Party, now: datetime) -> Matter:
    """Approved for that side; final once every side has approved."""
    decision = matter.decision
    given = (*decision.approvals, Approval(party.person, party.side, now))
    whole = {one.side for one in given} >= set(matter.sides)
    status = Status.FINAL if whole else decision.status
    return replace(matter, decision=replace(decision, approvals=given, status=status))


def recorded(matter: Matter, party: Party, now: datetime) -> Matter:
    """A new one: its recorder's own side has approved it where they may."""
    try:
        check_ratify(matter, party)
    except Refusal:
        return matter
    return ratify(matter, party, now)


def check_dissent(matter: Matter, party: Party) -> None:
    """Those who decide, and those who came to the session."""
    _open(matter)
    voices = voices_of(matter, party.side)
    if not any(party.may_be(one, party.side) for one in voices):
        raise NotAsked(number=matter.number, names=_listed(voices or matter.decision.deciders))


def voices_of(matter: Matter, side: Side) -> tuple[str, ...]:
    """Those of a side whose word counts."""
    decided = (*matter.decision.deciders, *sorted(matter.table.attended))
    own = (one for one in decided if matter.table.sides.get(one) is side)
    return tuple(dict.fromkeys((*own, *matter.named(side), *matter.approvers(side))))


def dissent(matter: Matter, party: Party, words: str, now: datetime) -> Matter:
    """Who thinks otherwise, and why; said again, the later words stand."""
    others = tuple(one for one in matter.decision.dissent if one.person != party.person)
    said = (*others, Dissent(party.person, words, now))
    return replace(matter, decision=replace(matter.decision, dissent=said))


def check_withdraw(matter: Matter, party: Party) -> None:
    """Before it is final: who recorded it, or a decider of their side."""
    _open(matter)
    if matter.decision.status is Status.FINAL:
        raise DecisionFinal(number=matter.number)
    side = matter.recording_side or party.side  # whoever recorded it may have left
    mine = (matter.decision.recorded_by, *matter.named(side), *matter.approvers(side))
    if not any(party.may_be(one, side) for one in mine):
        name = matter.decision.recorded_by
        if not name:  # a file tells it, and not by whom
            raise NotARecorder(number=matter.number, names=_listed(one for one in mine if one))
        raise NotYourDecision(number=matter.number, name=name, side=side.value)


def withdraw(matter: Matter, why: str) -> Matter:
    """It is not decided."""
    return replace(matter, decision=replace(matter.decision, status=Status.WITHDRAWN, reason=why))


def check_supersede(old: Decision, partnership: str, visibility: Visibility) -> None:
    """What is still decided, and seen by the same people."""
    if (old.partnership, old.visibility) != (partnership, visibility):
        raise OtherClass(old=old.number)
    if old.superseded_by:
        raise DecisionReplaced(number=old.number, by=old.superseded_by)
    if old.status is Status.WITHDRAWN:
        raise DecisionWithdrawn(number=old.number)


def check_first(decision: Decision, old: Decision | None) -> None:
    """Of several that supersede the same one, only the first to be final does."""
    if old is not None and old.superseded_by not in ("", decision.id):
        raise ReplacedMeanwhile(old=old.number, by=old.superseded_by, number=decision.number)


def superseded(old: Decision, new: Decision) -> Decision:
    """From now on the new one counts."""
    return replace(old, superseded_by=new.id)


def follow_up_at(decision: Decision, zone: str, calendar: WorkCalendar) -> datetime | None:
    """When somebody in that zone is reminded: at nine on the day, or on the first business day after it."""
    if decision.follow_up is None or decision.status is Status.WITHDRAWN or decision.superseded_by:
        return None
    day = first_business_day(decision.follow_up, calendar)
    return datetime.combine(day, MORNING, tzinfo=ZoneInfo(zone))


def first_business_day(day: date, calendar: WorkCalendar) -> date:
    """That day, or the first business day after it."""
    return day if calendar.is_business_day(day) else calendar.business_day_after(day, 1)
