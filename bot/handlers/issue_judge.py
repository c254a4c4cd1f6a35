"""The acts that judge an issue: its severity, and whether it is resolved, none, disputed, over or open."""

import re
from collections.abc import Iterable, Mapping

from bot.errors import Refusal
from bot.governance import escalation, grading, judge
from bot.governance.escalation import Severity
from bot.governance.issue import Issue, State
from bot.governance.visibility import Side
from bot.handlers.acting import Act, Unsaid, needs, words_of
from bot.handlers.issue import NoSuchIssue, SeveralIssues
from bot.handlers.issue_form import SEVERITIES
from bot.handlers.issue_scene import Scene
from bot.handlers.letters import CARD, concerned
from bot.ports import Request
from bot.views import Choice, Field, TextField

GRADED = re.compile(r"(?:to\s+|as\s+)?(critical|major|minor)\b[\s,:;.-]*", re.IGNORECASE)
TWIN = re.compile(r"(?:as\s+)?(?:a\s+)?duplicate\s+of\s+#?([\w-]+)[\s,:;.-]*", re.IGNORECASE)
RESULT = re.compile(r"result\b[\s:]*([^;\n]*)[;\n]?\s*", re.IGNORECASE)
A_NO = re.compile(
    r"(?:no|nope)\s*(?:$|[,.;:!])|(?:not|never|cannot|disagree|wrong|can['’]?t|isn['’]?t)\b|.*\?$",
    re.IGNORECASE | re.DOTALL,
)
SAME_AGAIN = "It is the same issue."


class NoSeverity(Unsaid):
    """Say how severe it is: critical, major or minor."""


class NoReason(Unsaid):
    """Say why; it is kept in the record, and whoever sees the issue reads it."""


class SoundsLikeNo(Refusal):
    """“{words}” does not confirm it, so nothing was verified; “issue dispute {number}” contradicts the claim
    and “issue verify {number}” alone confirms it."""


class NoResultYet(Unsaid):
    """Say what the check of its effect showed, for example effective, 9 of 9 on time."""


def across(request: Request, issue: Issue) -> Iterable[str]:
    """Whoever acts for the other side than the one who just did it."""
    side = request.actor.side or Side.SPONSOR
    return concerned(request, issue, side.other)


def _reason(label: str, hint: str = "") -> Field:
    return TextField("reason", label, hint=hint, long=True)


# Severity


def _graded_fields(scene: Scene) -> tuple[Field, ...]:
    company = scene.here.partnership.company(scene.party.side)
    options = tuple((one.value, words) for one, words in SEVERITIES.items())
    return Choice("severity", f"Severity as {company} sees it"[:75], options), _reason("Why")


def _read_graded(scene: Scene, words: str) -> Mapping[str, str]:
    """ "critical, dosing error at two sites"."""
    found = GRADED.match(words)
    graded = {"severity": found[1].lower()} if found else {}
    return {**graded, "reason": words[found.end() :] if found else words}


def _graded(scene: Scene) -> Issue:
    severity, reason = Severity(scene.said("severity")), scene.said("reason")
    return grading.state_severity(scene.record, scene.party, severity, reason, scene.now)


def _hears_of_severity(request: Request, issue: Issue) -> Iterable[str]:
    """The other side is asked for its view; of a more severe one also whoever hears of it at its birth."""
    told = tuple(across(request, issue))
    was, now = ((None, None), *((one.severity, one.at) for one in issue.grades))[-2:]
    if now[1] != request.now or was[0] is None or issue.severity.rank >= was[0].rank:
        return told
    pairs = request.archive.counterparts(request.actor, issue.partnership)
    return (*told, issue.owner, *escalation.told_at_birth(issue.rule, pairs))


SEVERITY = Act(
    verb="severity",
    typed="severity",
    title="Severity of",
    check=grading.check_severity,
    done=_graded,
    fields=_graded_fields,
    read=_read_graded,
    settle=(needs("severity", NoSeverity), needs("reason", NoReason)),
    why="reason",
    tells=_hears_of_severity,
    turns={"agree": "severity_agree"},
)


def _their_reason(scene: Scene) -> Mapping[str, str]:
    theirs = grading.view_of(scene.record, scene.party.side.other)
    return {"reason": theirs.reason if theirs else ""}


SEVERITY_AGREE = Act(
    verb="severity_agree",
    typed="severity",
    title="Agree to severity",
    check=grading.check_severity_agree,
    done=lambda scene: grading.agree_severity(scene.record, scene.party, scene.now),
    settle=(("reason", _their_reason),),
    why="reason",
    tells=across,
)


# Verified, closed, withdrawn


def _hears_of_verdict(request: Request, issue: Issue) -> Iterable[str]:
    """Its owner and whoever claimed it; and those who close it."""
    closes = concerned(request, issue, issue.owner_side.other) if judge.shared(issue) else ()
    return (issue.owner, issue.resolved_by, *closes)


def _read_verified(scene: Scene, words: str) -> Mapping[str, str]:
    """A comment; what contradicts the claim must never confirm it."""
    if A_NO.match(words):
        raise SoundsLikeNo(words=words[:60], number=scene.record.number).showing(CARD, scene.record.id)
    return {"comment": words} if words else {}


VERIFY = Act(
    verb="verify",
    typed="verify",
    title="Verify",
    check=judge.check_verify,
    done=lambda scene: judge.verify(scene.record, scene.party, scene.now),
    fields=lambda scene: (TextField("comment", "Comment", optional=True, long=True),),
    read=_read_verified,
    why="comment",
    tells=_hears_of_verdict,
    send="Verify",
)


def _is_checked(scene: Scene) -> bool:
    return scene.record.state is State.EFFECTIVENESS_CHECK


def _close_fields(scene: Scene) -> tuple[Field, ...]:
    result = TextField("result", "Result of the effectiveness check", hint="For example 9 of 9 on time")
    return (*((result,) if _is_checked(scene) else ()), _reason("Why it is closed"))


def _read_close(scene: Scene, words: str) -> Mapping[str, str]:
    """ "result effective, 9 of 9; the table is corrected", where an effect had to be checked."""
    found = RESULT.match(words) if _is_checked(scene) else None
    if found is None:
        return {"reason": words} if words else {}
    return {"result": found[1].strip(), "reason": words[found.end() :].strip()}


def _result(scene: Scene) -> Mapping[str, str]:
    return needs("result", NoResultYet)[1](scene) if _is_checked(scene) else {}


def _closed(scene: Scene) -> Issue:
    return judge.close(scene.record, scene.party, scene.said("reason"), scene.said("result"), scene.now)


CLOSE = Act(
    verb="close",
    typed="close",
    title="Close",
    check=judge.check_close,
    done=_closed,
    fields=_close_fields,
    read=_read_close,
    settle=(("result", _result), needs("reason", NoReason)),
    why="reason",
    tells=lambda request, issue: (issue.owner, *across(request, issue)),
    becomes=lambda issue: "close" if judge.ends_as(issue) is State.CLOSED or issue.state.over else "withdraw",
    send="Close",
)
WITHDRAW = Act(
    verb="withdraw",
    typed="withdraw",
    title="Withdraw",
    check=judge.check_withdraw,
    done=lambda scene: judge.withdraw(scene.record, scene.party, scene.said("reason"), scene.now),
    fields=lambda scene: (_reason("Why it is withdrawn"),),
    read=words_of("reason"),
    settle=(needs("reason", NoReason),),
    why="reason",
    tells=lambda request, issue: (issue.owner, *across(request, issue)),
    send="Withdraw",
)


# Rejected, disputed, open again


def _reject_fields(scene: Scene) -> tuple[Field, ...]:
    number = TextField("duplicate", "Duplicate of", hint="For example NOR-ISS-002", optional=True)
    return number, _reason("Why it is rejected")


def _read_reject(scene: Scene, words: str) -> Mapping[str, str]:
    """ "duplicate of NOR-ISS-002, the same reports"; that it is one is reason enough."""
    found = TWIN.match(words)
    if found is None:
        return {"reason": words} if words else {}
    return {"duplicate": found[1].upper(), "reason": words[found.end() :].strip() or SAME_AGAIN}


def _original(scene: Scene) -> Mapping[str, str]:
    """The issue that is meant, among those the asker may see."""
    said = scene.said("duplicate").lstrip("#")
    if not said:
        return {"original": ""}
    seen = scene.archive.issues_numbered(scene.actor, said)
    found = [one for one in seen if one.partnership == scene.record.partnership] or list(seen)
    if not found:
        raise NoSuchIssue(number=said.upper()[:40])
    fit = [one for one in found if _fits(scene.record, one)]
    if len(fit) > 1:
        raise SeveralIssues(number=said.upper()[:40], choices=" or ".join(one.number for one in fit))
    judge.check_original(scene.record, (fit or found)[0])
    return {"original": (fit or found)[0].id}


def _fits(issue: Issue, original: Issue) -> bool:
    try:
        judge.check_original(issue, original)
    except Refusal:
        return False
    return True


def _rejected(scene: Scene) -> Issue:
    original = scene.archive.issue(scene.actor, scene.said("original"))
    return judge.reject(scene.record, scene.party, scene.said("reason"), original, scene.now)


REJECT = Act(
    verb="reject",
    typed="reject",
    title="Reject",
    check=judge.check_reject,
    done=_rejected,
    fields=_reject_fields,
    read=_read_reject,
    settle=(("duplicate", _original), needs("reason", NoReason)),
    why="reason",
    tells=lambda request, issue: (issue.owner, issue.raised_by, *across(request, issue)),
    send="Reject",
)
DISPUTE = Act(
    verb="dispute",
    typed="dispute",
    title="Dispute",
    check=judge.check_dispute,
    done=lambda scene: judge.dispute(scene.record, scene.party, scene.said("reason"), scene.now),
    fields=lambda scene: (_reason("How it is instead", "It stands beside what the other side says"),),
    read=words_of("reason"),
    settle=(needs("reason", NoReason),),
    why="reason",
    tells=across,
    send="Dispute",
)
REOPEN = Act(
    verb="reopen",
    typed="reopen",
    title="Reopen",
    check=judge.check_reopen,
    done=lambda scene: judge.reopen(scene.record, scene.party, scene.now),
    fields=lambda scene: (_reason("Why it is open again"),),
    read=words_of("reason"),
    settle=(needs("reason", NoReason),),
    why="reason",
    tells=lambda request, issue: (issue.owner, *across(request, issue)),
    send="Reopen",
)
ACTS = (SEVERITY, SEVERITY_AGREE, VERIFY, CLOSE, WITHDRAW, REJECT, DISPUTE, REOPEN)
