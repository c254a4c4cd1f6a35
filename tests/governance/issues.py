"""One issue as the tests of the rules begin with."""

from datetime import UTC, datetime

from bot.governance.escalation import Severity
from bot.governance.issue import Graded, Issue, State
from bot.governance.partnership import Level
from bot.governance.visibility import Side, Visibility
from tests.governance import example

RAISED = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
LIMIT = datetime(2026, 11, 11, 17, 0, tzinfo=UTC)
ISSUE = Issue(
    id="NOR-ISS-008",
    number="NOR-ISS-008",
    partnership="P-NOR",
    visibility=Visibility.SHARED,
    title="TMF backlog at site 104",
    severity=Severity.MAJOR,
    state=State.NEW,
    level=Level.L1,
    level_entered_at=RAISED,
    raised_by="PER-09",
    raised_side=Side.CRO,
    raised_at=RAISED,
    owner="PER-10",
    owner_side=Side.CRO,
    rules=example.policy().rules,
    grades=(Graded(RAISED, Severity.MAJOR),),
    ack_due=LIMIT,
)
