"""An issue in any state, either way round, and those who may want something of it."""

from dataclasses import replace
from datetime import timedelta

from bot.governance.escalation import Severity
from bot.governance.issue import Dispute, Hold, Issue, State
from bot.governance.party import Party
from bot.governance.visibility import Side, Visibility
from tests.governance.issues import ISSUE, RAISED

NOW = RAISED + timedelta(days=3)
RAISER, OWNER, COLLEAGUE, ANSWERER = "PER-raiser", "PER-owner", "PER-colleague", "PER-answerer"


def issue(state: State, raised: Side = Side.CRO, owned: Side = Side.CRO, **more: object) -> Issue:
    """A shared major issue in that state, seen by the other side."""
    known = replace(ISSUE, raised_by=RAISER, raised_side=raised, owner=OWNER, owner_side=owned, state=state)
    if state is not State.NEW:
        known = replace(known, acknowledged_at=RAISED, acknowledged_by=ANSWERER, ack_due=None)
    if state.claimed:
        known = replace(known, resolved_at=NOW, resolved_by=OWNER, resolution="Filed.")
    if state is State.ON_HOLD:
        hold = Hold("ethics committee", NOW.date(), OWNER, owned, RAISED, ANSWERER, RAISED)
        known = replace(known, hold=hold)
    if state is State.DISPUTED:
        said = Dispute(ANSWERER, owned.other, NOW, "Not filed.", State.RESOLVED)
        known = replace(known, dispute=said, resolved_by=OWNER, resolved_at=NOW)
    return replace(known, **more)  # type: ignore[arg-type]  # only its own fields come


def own(state: State, **more: object) -> Issue:
    """One side's own, in that state."""
    return issue(state, visibility=Visibility.CRO_INTERNAL, **more)


def of(side: Side, person: str = COLLEAGUE) -> Party:
    """Somebody of that side who is neither raiser nor owner, unless named."""
    return Party(person, side)


MINOR = {"severity": Severity.MINOR}
