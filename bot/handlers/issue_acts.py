"""The acts on an issue in one table."""

from collections.abc import Mapping

from bot.governance.issue import Issue
from bot.handlers import (
    issue_claim,
    issue_judge,
    issue_ladder,
    issue_legal,
    issue_pause,
    issue_readers,
    issue_redact,
    issue_share,
    issue_unshare,
    issue_work,
)
from bot.handlers.acting import Act
from bot.handlers.asking import Verbs
from bot.handlers.issue import find
from bot.handlers.issue_scene import ISSUES
from bot.outbox import Letter
from bot.ports import Request

WORK = (*issue_work.ACTS, *issue_pause.ACTS, *issue_claim.ACTS, *issue_legal.ACTS)
SIGHT = (issue_share.SHARE, issue_unshare.UNSHARE, issue_readers.READERS, issue_redact.REDACT)
ACTS: Mapping[str, Act[Issue]] = {
    act.verb: act for act in (*WORK, *issue_judge.ACTS, *issue_ladder.ACTS, *SIGHT)
}
VERBS = Verbs(ISSUES, ACTS)


def acknowledge(request: Request, words: str) -> Letter:
    """The other side has seen it: its clock stops and every card of it says so."""
    return VERBS.start(request, issue_work.ACK, find(request, words, "ack"), "")
