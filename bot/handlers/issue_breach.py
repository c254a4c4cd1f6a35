"""A possible serious breach that is being logged: it waits for no answer once its partnership is settled."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import Refusal
from bot.governance.escalation import Severity
from bot.governance.guard import look
from bot.governance.issue import Issue
from bot.governance.legal import CATEGORY
from bot.governance.visibility import Visibility
from bot.handlers import issue_beside as beside
from bot.handlers.acting import LONGEST_LINE, LONGEST_TEXT
from bot.handlers.issue_ask import TitleTooLong
from bot.handlers.issue_legal import aware_at, notice
from bot.handlers.issue_said import Question, Understood
from bot.handlers.letters import BREACH
from bot.outbox import Letter
from bot.ports import Request

NAMELESS = "Possible serious breach"
ASSUMED = frozenset({"title", "owner id", "due", "study", "unblinded"})  # what is open of it holds nothing up
SAID = ("said", "title", "description", "category")


@dataclass(frozen=True, slots=True)
class Whole:
    """What is saved at once, and what was assumed for it: field names, with commas."""

    known: Mapping[str, str]
    assumed: str


def is_said(fields: Mapping[str, str]) -> bool:
    """Whether its words or its category say that it may be one."""
    return look("\n".join(fields.get(name, "") for name in SAID)).breach


def graded(fields: Mapping[str, str]) -> Mapping[str, str]:
    """Every possible serious breach is critical, whatever was said."""
    return {**fields, "severity": Severity.CRITICAL.value, "category": CATEGORY}


def whole(found: Understood, fields: Mapping[str, str], person: str) -> Whole | None:
    """All that is needed, the rest assumed; None while it is open which partnership it is about."""
    third = "study" in found.open and beside.wanted_by(found.known)  # it reads it because of the study
    if third or not found.open.keys() <= ASSUMED:
        return None
    known, assumed = dict(found.known), [] if fields.get("severity") == Severity.CRITICAL else ["severity"]
    for name, why in found.open.items():
        known |= _assumed(name, why, known, person)
        assumed.append(name)
    return Whole(known, ", ".join(assumed))


def _assumed(name: str, why: Question | Refusal, known: Mapping[str, str], person: str) -> Mapping[str, str]:
    """What stands in for something that is open: nothing where it cannot be read."""
    match name, why:
        case "owner id", _:
            return {name: person}
        case "title", TitleTooLong():
            return _cut(known)
        case "title", _:
            return {name: NAMELESS}
    return {name: "", f"{name} day": ""}


def _cut(known: Mapping[str, str]) -> Mapping[str, str]:
    """A short title; the whole of it goes before the description."""
    title = textwrap.shorten(known["title"], LONGEST_LINE, placeholder="…")
    text = "\n".join(part for part in (known["title"], known.get("description", "")) if part)
    return {"title": title, "description": text[:LONGEST_TEXT]}


def begin(request: Request, issue: Issue, known: Mapping[str, str], whole: Whole | None) -> Letter | None:
    """Its legal clock starts and both sides hear; None where it had one, and for a CRO's own issue."""
    if issue.visibility is Visibility.CRO_INTERNAL or issue.legal:
        return None
    words = " ".join(known.get(name, "") for name in SAID)
    saved = notice(request, issue, aware_at(words, request.now, request.actor.zone))
    return Letter(BREACH, f"{saved.id}/{saved.version}", {"assumed": whole.assumed if whole else ""})
