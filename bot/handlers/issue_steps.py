"""A plan in words: "Hire two CRAs, @rafael, 20 Nov" on each line, and "due 28 Nov" for the whole."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from bot import dates, grammar
from bot.cards import when
from bot.cards.setting import Setting
from bot.errors import Refusal
from bot.governance.issue import Plan, PlanStep
from bot.handlers.acting import Unsaid
from bot.handlers.issue_day import settled_day
from bot.handlers.issue_scene import Scene

MOST_STEPS = 20
DUE = re.compile(r"(due|by|until)\b:?\s+(.+)", re.IGNORECASE)
OWNER = re.compile(r"@|owner\b:?\s+", re.IGNORECASE)
BULLET = re.compile(r"(?:[-*•–]|\d{1,2}[.)])\s+")


class NoSteps(Unsaid):
    """A plan needs at least one step; write each on a line of its own: what, @who, by when."""


class TooManySteps(Refusal):
    """A plan has at most 20 steps and this one has {count}; leave the small ones out."""


class EmptyStep(Refusal):
    """Line {line} does not say what will be done; write: what, @who, by when."""


class StepOwner(Refusal):
    """Line {line}: “{words}” is nobody who can take a step of it; try a full name, for example {example}."""


class StepOwners(Refusal):
    """Line {line}: which {words}? {choices}; write the full name."""


class StepDay(Refusal):
    """Line {line}: which day is {words}: {choices}? Write it as 28 Nov or 2026-11-28."""


class LateStep(Refusal):
    """Line {line} is due on {day}, after the whole plan; move that step or the plan’s own date."""


def read(scene: Scene, words: str) -> Mapping[str, str]:
    """Typed words as the fields of the form: the plan's own date, and its steps.

    On the first line "due" is the whole plan's, and semicolons part its steps; on a further line it is that
    step's, unless it stands alone.
    """
    first, *more = words.splitlines() or [""]
    due, rest = _due_of(first, scene.today)
    steps: list[str] = []
    for line in (*rest.split(";"), *more):
        alone = DUE.fullmatch(line.strip(" ,")) if not due else None
        due = alone[2] if alone else due
        steps += [] if alone or not line.strip() else [line.strip()]
    return {name: said for name, said in (("due", due), ("steps", "\n".join(steps))) if said}


def _due_of(line: str, today: date) -> tuple[str, str]:
    """The part that says by when the whole is done, and the line without it."""
    parts = [part.strip() for part in line.split(",")]
    for place, part in enumerate(parts):
        found = DUE.fullmatch(part)
        if found and (found[1].lower() == "due" or dates.read(found[2], today)):
            return found[2], ", ".join(parts[:place] + parts[place + 1 :])
    return "", line


def steps(scene: Scene) -> tuple[PlanStep, ...]:
    """The steps as they were written. Raises a Refusal that names the line."""
    lines = [line for line in scene.said("steps").splitlines() if line.strip()]
    if not lines:
        raise NoSteps
    if len(lines) > MOST_STEPS:
        raise TooManySteps(count=str(len(lines)))
    return tuple(_step(scene, number, line) for number, line in enumerate(lines, 1))


def _step(scene: Scene, number: int, line: str) -> PlanStep:
    """Its owner and its day stand at the end of the line, in either order."""
    parts = list(_parts(BULLET.sub("", line.strip(), count=1)))
    owner, due = "", None
    while len(parts) > 1:
        if not owner and OWNER.match(parts[-1]):
            owner = _owner(scene, number, parts.pop())
        elif due is None and (found := _day(scene, number, parts[-1])):
            due, _ = found, parts.pop()
        else:
            break
    text = ", ".join(parts)
    only_named = text.startswith("@") and grammar.people_called(text[1:], scene.people)
    if only_named or not any(sign.isalnum() for sign in text):
        raise EmptyStep(line=str(number))
    last = settled_day(scene, "due")
    if due and last and due > last:
        raise LateStep(line=str(number), day=when.day(due))
    return PlanStep(text, owner, due)


def _parts(line: str) -> Iterator[str]:
    """Comma-separated; a year belongs to the date before it."""
    joined = re.sub(r",\s*(\d{4})(?=\s*(?:,|$))", r" \1", line)
    return (part.strip() for part in joined.split(",") if part.strip())


def _owner(scene: Scene, number: int, words: str) -> str:
    called = OWNER.sub("", words, count=1)
    found = grammar.people_called(called, scene.people)
    if len(found) == 1:
        return found[0].id
    if found:
        choices = " or ".join(scene.here.name(one.id) for one in found[:5])
        raise StepOwners(line=str(number), words=called[:60], choices=choices)
    raise StepOwner(line=str(number), words=called[:60], example=scene.here.people[scene.actor.person].name)


def _day(scene: Scene, number: int, part: str) -> date | None:
    marked = DUE.fullmatch(part)
    words = marked[2] if marked else part
    found = dates.read(words, scene.today)
    if isinstance(found, dates.Unclear):
        choices = " or ".join(when.day(one) for one in found.options)
        raise StepDay(line=str(number), words=words[:60], choices=choices)
    return found


def written(plan: Plan, here: Setting) -> str:
    """A plan's steps as they would be written."""
    return "\n".join(_written(step, here) for step in plan.steps)


def _written(step: PlanStep, here: Setting) -> str:
    owner = here.people[step.owner].name if step.owner in here.people else ""
    day = step.due.isoformat() if step.due else ""
    return ", ".join(filter(None, (step.text, owner and f"@{owner}", day)))
