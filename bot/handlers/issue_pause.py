"""The acts of a hold: asked for, agreed or declined by the other side, ended by either."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from bot import dates
from bot.errors import Refusal
from bot.governance import pause as rules
from bot.governance.issue import Issue
from bot.handlers.acting import Act, Unsaid, needs, words_of
from bot.handlers.issue_day import day
from bot.handlers.issue_scene import Scene
from bot.views import DateField, Field, TextField

UNTIL = re.compile(r"(?:(?P<before>.*?)[\s,;]+)?until:?\s+(?P<rest>.+)", re.IGNORECASE | re.DOTALL)


class NoWait(Unsaid):
    """Say what outside both companies is waited for, for example the ethics committee’s answer."""


class NoRestart(Unsaid):
    """Say on which day its clocks run again at the latest, for example until 15 Dec."""


class RestartToday(Refusal):
    """A hold lasts until tomorrow at least; give a later day."""


class NoConsent(Unsaid):
    """Say why it should not wait; the other side reads it."""


def _fields(scene: Scene) -> tuple[Field, ...]:
    legal = "A legal clock runs on" if scene.record.legal and scene.record.legal.runs else ""
    awaited = "For example the ethics committee’s answer"
    return (
        TextField("reason", "What outside both companies is awaited", hint=awaited, long=True),
        DateField("until", "Until", hint=legal),
    )


def read(scene: Scene, words: str) -> Mapping[str, str]:
    """ "ethics committee of Spain, until 15 Dec": the day may stand before or behind the reason."""
    found = UNTIL.fullmatch(words)
    if found is None:
        return {"reason": words} if words else {}
    before, rest = found["before"] or "", found["rest"]
    until, reason = _longest_day(rest, scene.today)
    if not until:
        return {"reason": words}
    return {"until": until, "reason": " ".join(filter(None, (before, reason)))}


def _longest_day(words: str, today: date) -> tuple[str, str]:
    """The most of the comma-separated parts at the beginning that are one day, and what is left."""
    parts = re.split(r"[,;]\s*", words)
    for count in range(min(len(parts), 3), 0, -1):
        said = ", ".join(parts[:count])
        if dates.read(said, today):
            return said, ", ".join(parts[count:])
    return "", words


def _until(scene: Scene) -> Mapping[str, str]:
    found = day(scene, "until", NoRestart)
    if found < scene.now.date() + timedelta(days=1):
        raise RestartToday
    return {"until": found.isoformat()}


def _asked(scene: Scene) -> Issue:
    until = date.fromisoformat(scene.said("until"))
    return rules.ask(scene.record, scene.party, scene.said("reason"), until, scene.now)


HOLD = Act(
    verb="hold",
    typed="hold",
    title="Hold",
    check=rules.check_hold,
    done=_asked,
    fields=_fields,
    read=read,
    settle=(needs("reason", NoWait), ("until", _until)),
    why="reason",
    turns={"agree": "hold_agree", "decline": "hold_decline"},
    send="Ask",
)
HOLD_AGREE = Act(
    verb="hold_agree",
    typed="hold",
    title="Agree to the hold",
    check=rules.check_answer,
    done=lambda scene: rules.agreed(scene.record, scene.party, scene.now),
    fields=lambda scene: (TextField("reason", "Why", optional=True, long=True),),
    read=words_of("reason"),
    why="reason",
)
HOLD_DECLINE = Act(
    verb="hold_decline",
    typed="hold",
    title="Decline the hold",
    check=rules.check_answer,
    done=lambda scene: rules.declined(scene.record),
    fields=lambda scene: (TextField("reason", "Why not", long=True),),
    read=words_of("reason"),
    settle=(needs("reason", NoConsent),),
    why="reason",
    send="Decline",
)
RESUME = Act(
    verb="resume",
    typed="resume",
    title="Resume",
    check=rules.check_resume,
    done=lambda scene: rules.resumed(scene.record, scene.now),
    fields=lambda scene: (TextField("reason", "Why now", optional=True, long=True),),
    read=words_of("reason"),
    why="reason",
)

ACTS = (HOLD, HOLD_AGREE, HOLD_DECLINE, RESUME)
