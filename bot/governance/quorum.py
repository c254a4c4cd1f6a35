"""Whether enough of both sides came to a session: heads and chairs, by its committee's own quorum."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.governance.decision import Quorum
from bot.governance.session import Committee, Session, State
from bot.governance.visibility import Side


@dataclass(frozen=True, slots=True)
class Present:
    """How many of one side came, delegates too, and whether its chair did, or a delegate for them."""

    side: Side
    heads: int
    chaired: bool


@dataclass(frozen=True, slots=True)
class Count:
    """Both sides, the sponsor first, and what the committee asks of each."""

    present: tuple[Present, ...]
    per_side: int
    needs_chairs: bool

    @property
    def short(self) -> tuple[Present, ...]:
        """The sides of which too few came."""
        return tuple(one for one in self.present if one.heads < self.per_side)

    @property
    def unchaired(self) -> tuple[Present, ...]:
        """The sides whose chair is missing, where chairs are needed."""
        return tuple(one for one in self.present if self.needs_chairs and not one.chaired)

    @property
    def chaired(self) -> tuple[Side, ...]:
        """The sides whose chair was there, or a delegate for them."""
        return tuple(one.side for one in self.present if one.chaired)

    @property
    def quorate(self) -> bool:
        """Whether what is decided there stands without being ratified."""
        return not self.short and not self.unchaired

    @property
    def stands(self) -> Quorum:
        """The same as a decision keeps it."""
        return Quorum.QUORATE if self.quorate else Quorum.NOT_QUORATE


def counted(committee: Committee, came: Mapping[str, Side]) -> Count:
    """Who came, by person with their side, as the committee has its chairs now.

    Only a delegate whom the charter names stands in for a chair, and only for their own side's.
    """
    chaired = (side for side in Side if _chairs(committee, side) & {*_of(came, side)})
    return _count(committee, came, tuple(chaired))


def held(committee: Committee, session: Session) -> Count | None:
    """The count of a session that was held, as it was on that day; None of any other."""
    if session.state is not State.HELD:
        return None
    came = {one: session.sides[one] for one in session.attended if one in session.sides}
    return _count(committee, came, session.chaired)


def _count(committee: Committee, came: Mapping[str, Side], chaired: Collection[Side]) -> Count:
    present = (Present(side, len(_of(came, side)), side in chaired) for side in Side)
    return Count(tuple(present), committee.per_side, committee.needs_chairs)


def _of(came: Mapping[str, Side], side: Side) -> tuple[str, ...]:
    return tuple(one for one, theirs in came.items() if theirs is side)


def _chairs(committee: Committee, side: Side) -> frozenset[str]:
    return frozenset((committee.chair(side), *committee.delegates)) - {""}
