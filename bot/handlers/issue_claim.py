"""The owner's claim that an issue is resolved: how, why it happened, and what keeps it from coming back."""

import re
from collections.abc import Mapping
from datetime import date

from bot import dates, grammar
from bot.governance import work as rules
from bot.governance.issue import Capa, Issue, RootCause
from bot.handlers.acting import Act, Unsaid, needs
from bot.handlers.issue_day import day, settled_day
from bot.handlers.issue_scene import Scene
from bot.views import Choice, DateField, Field, TextField

CAUSES = tuple((one, one.replace("_", " ").capitalize()) for one in rules.CAUSES)
METHODS = tuple((one, one) for one in ("5 whys", "fishbone", "FMEA", "timeline", "other"))
PART = re.compile(r"(?:root )?(cause|capa|check)(?:\s*:\s*|\s+)(.+)", re.IGNORECASE)


class NoResolution(Unsaid):
    """Say what was done, so that the other side can verify it."""


class NoCategory(Unsaid):
    """Choose what kind of cause it had."""


class NoCause(Unsaid):
    """Say why it could happen."""


class NoCapa(Unsaid):
    """A critical issue needs the number of its CAPA in the quality system, for example CAPA-021."""


def _fields(scene: Scene) -> tuple[Field, ...]:
    """What its severity asks for must be said; what is known already stands there."""
    issue, severity = scene.record, scene.record.severity
    cause, capa = issue.root_cause or RootCause(""), issue.capa or Capa("")
    free = not rules.needs_cause(severity)
    check = "When it is looked at whether the CAPA worked"
    return (
        TextField("text", "What was done", long=True),
        Choice("category", "Kind of cause", _kinds(cause.category), cause.category, optional=free),
        TextField("cause", "Why it could happen", cause.text, optional=free, long=True),
        Choice("method", "Found by", METHODS, cause.method, optional=True),
        TextField("capa", "CAPA number", capa.id, optional=not rules.needs_capa(severity)),
        DateField("check", "Effectiveness check", capa.effectiveness_check, check, optional=True),
    )


def _kinds(standing: str) -> tuple[tuple[str, str], ...]:
    """And what the issue has already, where that has a name of its own."""
    known = dict(CAUSES)
    return CAUSES if not standing or standing in known else (*CAUSES, (standing, standing))


def read(scene: Scene, words: str) -> Mapping[str, str]:
    """ "all 14 filed, cause process: filing left to month end, capa CAPA-021, check 30 Jan"."""
    said: dict[str, list[str]] = {"text": []}
    name = "text"
    for part in re.split(r",\s*|\n", words):
        found = PART.fullmatch(part.strip())
        if found and found[1].lower() not in said:
            name, part = found[1].lower(), found[2]
        elif name in ("capa", "check") and not _goes_on(name, said, part, scene.today):
            name = "text"
        said.setdefault(name, []).append(part.strip())
    known = {name: ", ".join(filter(None, parts)) for name, parts in said.items()}
    return _categorised({name: words for name, words in known.items() if words})


def _goes_on(name: str, said: Mapping[str, list[str]], part: str, today: date) -> bool:
    """Whether a part still belongs to the date before it."""
    return name == "check" and bool(dates.read(", ".join((*said[name], part)), today))


def _categorised(known: Mapping[str, str]) -> Mapping[str, str]:
    """ "process: filing left to month end" names the kind of cause first."""
    kind, colon, text = known.get("cause", "").partition(":")
    found = next((one for one, label in CAUSES if grammar.fold(kind) in (grammar.fold(label), one)), "")
    return {**known, "category": found, "cause": text.strip()} if colon and found else known


def _category(scene: Scene) -> Mapping[str, str]:
    if not scene.said("category") and (scene.said("cause") or rules.needs_cause(scene.record.severity)):
        raise NoCategory
    return {}


def _cause(scene: Scene) -> Mapping[str, str]:
    if scene.said("category") or rules.needs_cause(scene.record.severity):
        needs("cause", NoCause)[1](scene)
    rules.check_cause(scene.said("cause"))
    return {}


def _capa(scene: Scene) -> Mapping[str, str]:
    if scene.said("check") or rules.needs_capa(scene.record.severity):
        needs("capa", NoCapa)[1](scene)
    return {}


def _check(scene: Scene) -> Mapping[str, str]:
    return {"check": day(scene, "check", NoCapa).isoformat()} if scene.said("check") else {}


def _resolved(scene: Scene) -> Issue:
    said, before = scene.said, scene.record.capa
    cause = RootCause(said("category"), said("method"), said("cause")) if said("category") else None
    capa = None
    if said("capa"):
        kept = (before.corrective, before.preventive) if before and before.id == said("capa") else ("", "")
        capa = Capa(said("capa"), *kept, settled_day(scene, "check"))
    claim = rules.Claim(said("text"), cause, capa)
    return rules.resolve(scene.record, scene.party, claim, scene.now)


RESOLVE = Act(
    verb="resolve",
    typed="resolve",
    title="Resolve",
    check=rules.check_resolve,
    done=_resolved,
    fields=_fields,
    read=read,
    settle=(
        needs("text", NoResolution),
        ("category", _category),
        ("cause", _cause),
        ("capa", _capa),
        ("check", _check),
    ),
    send="Resolved",
)

ACTS = (RESOLVE,)
