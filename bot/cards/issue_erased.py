"""What an issue's story still tells of lines whose words were redacted, and of the redactions themselves."""

from collections.abc import Mapping
from typing import Any, Protocol

LEFT = "The words were redacted."
DONE = {  # what somebody did, where only that is left
    "issue.log": "raised it",
    "issue.open": "opened it",
    "issue.contain": "contained it",
    "issue.plan": "proposed a plan",
    "issue.plan_agree": "agreed to a plan",
    "issue.plan_decline": "declined a plan",
    "issue.update": "gave an update",
    "issue.severity": "graded it",
    "issue.severity_agree": "agreed to the severity",
    "issue.escalate": "escalated it",
    "issue.deescalate": "brought it down a level",
    "issue.hold": "asked to put it on hold",
    "issue.hold_agree": "agreed to the hold",
    "issue.hold_decline": "declined the hold",
    "issue.resume": "took it off hold",
    "issue.resolve": "said it is resolved",
    "issue.verify": "verified that it is resolved",
    "issue.reopen": "reopened it",
    "issue.dispute": "disputed it",
    "issue.reject": "rejected it",
    "issue.close": "closed it",
    "issue.withdraw": "withdrew it",
    "issue.legal": "named it a possible serious breach",
    "issue.assess": "assessed the possible serious breach",
    "issue.aware": "said that it was known earlier",
}
TOLD = {  # what a redaction came to
    "redact.asked": "asked to redact {lines}",
    "redact.declined": "declined to redact {lines}",
    "redact.withdrawn": "no longer asks to redact {lines}",
    "issue.redact": "agreed to redact {lines}, whose words are gone",
}


def left(what: str) -> str:
    """What somebody did in a line without words."""
    return DONE.get(what, "changed it")


class Line(Protocol):
    """What is needed of a line of the story."""

    @property
    def what(self) -> str: ...
    @property
    def after(self) -> Mapping[str, Any]: ...


def told(line: Line) -> str:
    """What somebody did about a redaction."""
    lines = line.after.get("lines")
    count = len(lines) if isinstance(lines, list | tuple) else 0
    return TOLD[line.what].format(lines=f"{count} line{'s' if count != 1 else ''} of its story")
