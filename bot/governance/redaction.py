"""Taking words out of the record: who asks, who agrees, which words that are, and where they stand."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from bot.errors import Refusal
from bot.governance.change import texts
from bot.governance.issue import Issue
from bot.governance.visibility import Visibility

T = TypeVar("T")

REDACTED = "[redacted]"
CODES = ("redact.asked", "redact.declined", "redact.withdrawn", "issue.redact")
TEXTS = frozenset(  # the parts of a state that hold what somebody wrote
    (
        "title",
        "description",
        "containment",
        "resolution",
        "reason",
        "text",
        "corrective",
        "preventive",
        "result",
    )
)
TELLING = 8  # characters from which on the same words elsewhere are no chance


class State(StrEnum):
    """Only an open one can still be answered."""

    OPEN = "open"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Redaction:
    """Lines of one chain of an issue's record whose content somebody wants erased; it holds none of it.

    `visibility` is the class of the lines, which may be an internal note's. `why` is the asker's reason,
    `reason` that of whoever declined.
    """

    id: str
    issue: str
    partnership: str
    visibility: Visibility
    chain: str
    lines: tuple[int, ...]
    by: str
    organisation: str
    at: datetime
    why: str
    state: State = State.OPEN
    answered_by: str = ""
    answered_at: datetime | None = None
    reason: str = ""
    version: int = 1

    def settled(self, state: State, person: str, now: datetime, reason: str = "") -> "Redaction":
        """It was answered, or taken back."""
        ended = {"answered_by": person, "answered_at": now, "reason": reason}
        return replace(self, state=state, **ended, version=self.version + 1)  # type: ignore[arg-type]  # three kinds in one


class RedactedAlready(Refusal):
    """That redaction was agreed before, so nothing changed; “issue show {number}” shows what is left."""


class RedactionDeclined(Refusal):
    """That redaction was declined before, so nothing changed; “issue redact {number}” asks for another."""


class RedactionWithdrawn(Refusal):
    """That redaction was taken back before, so nothing changed; “issue show {number}” shows the issue."""


class OneAtATime(Refusal):
    """{name} has asked for a redaction of {number} already, so nothing changed; answer that first."""


class NotYoursToRedact(Refusal):
    """Words are taken out of {number} by a quality lead; your company’s can ask for it: {leads}."""


class NobodyToAgree(Refusal):
    """Nobody of {company} could agree to a redaction of {number}; its administrator names a quality lead."""


class NotYoursToAnswer(Refusal):
    """That redaction waits for {names}; nothing changed."""


ENDED: Mapping[State, type[Refusal]] = {
    State.AGREED: RedactedAlready,
    State.DECLINED: RedactionDeclined,
    State.WITHDRAWN: RedactionWithdrawn,
}


def check_open(redaction: Redaction, number: str) -> None:
    """Refuses one that has ended."""
    if ended := ENDED.get(redaction.state):
        raise ended(number=number)


def may_go(what: str) -> bool:
    """Whether a line's content may be erased: an issue's own story, but never what says what was erased."""
    return what.startswith("issue.") and what not in CODES


def words(payload: Mapping[str, object]) -> frozenset[str]:
    """What somebody wrote in a line: its reason, and every text in what was before and after."""
    why = str(payload.get("why") or "")
    found = {*_texts(payload.get("before")), *_texts(payload.get("after")), why}
    return frozenset(found - {"", REDACTED})


def _texts(state: object) -> Iterator[str]:
    return (word for name, word in texts(state) if name in TEXTS)


def repeats(payload: Mapping[str, object], taken: Iterable[str]) -> bool:
    """Whether a line says again what is taken out of another one."""
    long = {one for one in taken if len(one) >= TELLING}
    return not long.isdisjoint(words(payload))


def struck(issue: Issue, taken: frozenset[str]) -> Issue:
    """The issue as it stands without those words."""
    return _struck(issue, taken)


def _struck(value: T, taken: frozenset[str], name: str = "") -> T:
    match value:
        case str() if name in TEXTS and value in taken:
            return REDACTED  # type: ignore[return-value]  # a str, like what stood there
        case tuple():
            return tuple(_struck(one, taken, name) for one in value)  # type: ignore[return-value]  # of the same kind
        case _ if is_dataclass(value) and not isinstance(value, type):
            parts = {one.name: getattr(value, one.name) for one in fields(value)}
            changed = {key: _struck(part, taken, key) for key, part in parts.items()}
            return replace(value, **changed)
    return value
