"""The acts that move an issue up or down the ladder, with a reason; who is passed over is told as well."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.cards.issue_facts import DECIDES
from bot.cards.setting import line_of
from bot.governance import ladder
from bot.governance.issue import Issue
from bot.governance.partnership import Level
from bot.governance.party import Party
from bot.handlers.acting import Act, needs
from bot.handlers.issue_judge import NoReason
from bot.handlers.issue_scene import Scene
from bot.handlers.scene import in_words
from bot.ports import Request
from bot.views import Choice, Field, TextField

AT = re.compile(r"(?:to\s+)?(L[1-4])\b[\s,:;.-]*", re.IGNORECASE)

Step = Callable[[Issue, Party, Level | None, datetime], Issue]


def _fields(label: str, levels: Iterable[Level], hint: str = "") -> tuple[Field, ...]:
    """The nearest level first."""
    options = tuple((one.value, f"{one}: {DECIDES[one]}") for one in levels)
    nearest = options[0][0] if options else ""
    return Choice("level", label, options, nearest), TextField("reason", "Why", hint=hint, long=True)


def _up(scene: Scene) -> tuple[Field, ...]:
    free = "" if ladder.may_skip(scene.record) else "Whoever is passed over is told as well"
    return _fields("Up to", (one for one in Level if one > scene.record.level), free)


def _down(scene: Scene) -> tuple[Field, ...]:
    start = scene.record.rule.start_level
    below = [one for one in Level if start <= one < scene.record.level]
    return _fields("Down to", reversed(below))


def _reads(step: Step) -> Callable[[Scene, str], Mapping[str, str]]:
    """ "L3, contract at stake"; a level that cannot be is refused at once, as no form offers it."""

    def read(scene: Scene, words: str) -> Mapping[str, str]:
        found = AT.match(words)
        if found is None:
            return {"reason": words} if words else {}
        level = Level(found[1].upper())
        with in_words(scene):
            step(scene.record, scene.party, level, scene.now)
        return {"level": level.value, "reason": words[found.end() :]}

    return read


def _done(step: Step) -> Callable[[Scene], Issue]:
    """To the level that was said, else to the next one."""

    def done(scene: Scene) -> Issue:
        level = scene.said("level")
        return step(scene.record, scene.party, Level(level) if level else None, scene.now)

    return done


def _hears(request: Request, issue: Issue) -> Iterable[str]:
    """Both owners and both pairs, together; the record still tells from where it came."""
    own = line_of(request.archive.history(request.actor, issue.id), str(issue.version))
    before = (own.before if own else None) or {}
    old = replace(issue, level=Level(str(before.get("level", issue.level))))
    pairs = request.archive.counterparts(request.actor, issue.partnership)
    return ladder.told_of_step(old, issue.level, pairs)


ESCALATE = Act(
    verb="escalate",
    typed="escalate",
    title="Escalate",
    check=ladder.check_escalate,
    done=_done(ladder.escalate),
    fields=_up,
    read=_reads(ladder.escalate),
    settle=(needs("reason", NoReason),),
    why="reason",
    tells=_hears,
    send="Escalate",
)
DEESCALATE = Act(
    verb="deescalate",
    typed="deescalate",
    title="De-escalate",
    check=ladder.check_deescalate,
    done=_done(ladder.deescalate),
    fields=_down,
    read=_reads(ladder.deescalate),
    settle=(needs("reason", NoReason),),
    why="reason",
    tells=_hears,
    send="De-escalate",
)
ACTS = (ESCALATE, DEESCALATE)
