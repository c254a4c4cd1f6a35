"""The example partnership as the rules see it: its calendar, its policy and its issues' clocks."""

from datetime import date, datetime, time
from pathlib import Path

import yaml

from bot.governance.calendar import Limit, WorkCalendar
from bot.governance.escalation import Policy, Severity, SeverityRule
from bot.governance.partnership import Level

FILE = Path(__file__).parents[2] / "docs/domain/example-partnership.yaml"
EXAMPLE = yaml.safe_load(FILE.read_text())
AS_OF = datetime.fromisoformat(EXAMPLE["meta"]["as_of"])
ISSUES = {issue["id"]: issue for issue in EXAMPLE["issues"]}


def calendar():
    said = EXAMPLE["meta"]["calendar"]
    return WorkCalendar(
        said["id"],
        frozenset(said["work_week"]),
        frozenset(map(date.fromisoformat, said["holidays"])),
        time.fromisoformat(said["day_ends_at"].removesuffix("Z")),
    )


def policy():
    said = EXAMPLE["escalation_policy"]
    return Policy(said["id"], {Severity(name): rule(words) for name, words in said["severities"].items()})


def rule(said):
    return SeverityRule(
        start_level=Level(said["start_level"]),
        notify=tuple(said["notify"]),
        **{name: limit(said.get(name)) for name in ("ack", "contain", "plan", "resolve")},
        time_at_level=tuple((Level(level), limit(words)) for level, words in said["time_at_level"].items()),
    )


def limit(said):
    return Limit(**said) if said else None


def found(code):
    """What the example expects of one kind of finding: the sentence, by record."""
    findings = EXAMPLE["expected"]["findings"]
    return {one["entity"]: one["finding"] for one in findings if one["code"] == code}
