"""One thing that waits for its reader: what it is, what to do by when, and the button that does it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.cards import when
from bot.cards.issue_buttons import VERBS
from bot.cards.setting import short
from bot.governance.waiting import CRITICAL, LATE, LAW, Wait
from bot.views import Block, Button, Buttons, Facts, Notice, Text, Tone

TITLE = 110  # characters of a title that are read at a glance
LABELS = {
    "commit.accept": ("Accept", False),
    "commit.done": ("Done", False),
    "commit.confirm": ("Confirm", False),
    "decision.ratify": ("Approve", False),
    "action.done": ("Done", False),
    **{one.verb: (one.label, one.opens) for one in VERBS},
}
BY_DAY = ("commit.accept", "commit.done", "action.done")  # what is due on a day, not at an instant
NO_CARD = ("action",)  # nouns whose records are one line and have no card of their own


@dataclass(frozen=True, slots=True)
class Desk:
    """Where it is told: the moment, the reader's zone, and people's and partners' names by id.

    `partners` is empty where the reader has only one.
    """

    now: datetime
    zone: str
    names: Mapping[str, str] = field(default_factory=dict)
    partners: Mapping[str, str] = field(default_factory=dict)


def row(wait: Wait, desk: Desk, *, primary: bool = False) -> tuple[Block, ...]:
    """Its number and title, what is to be done, and the buttons."""
    named = Facts(((wait.number, short(wait.title, TITLE)),))
    grave = wait.rank in (LAW, CRITICAL)
    said: Block = Notice(todo(wait, desk), Tone.ALARM) if grave else Text(todo(wait, desk), quiet=True)
    return (named, said, Buttons(_buttons(wait, primary)))


def todo(wait: Wait, desk: Desk) -> str:
    """ "Acknowledge it by Wed 11 Nov 2026, 18:00 CET, for Rafael Monteiro, who is away · Quillon"."""
    what = f"{wait.what[0].upper()}{wait.what[1:]}"
    absent = desk.names.get(wait.stands_for, "")
    instead = f", for {absent}, who is away" if absent else ""
    partner = desk.partners.get(wait.partnership, "")
    return f"{what}{_until(wait, desk)}{instead}{f' · {partner}' if partner else ''}"


def _until(wait: Wait, desk: Desk) -> str:
    """A promise is due on a day, a legal clock to the end of one, anything else at an instant."""
    if wait.by is None:
        return ""
    day = when.day((wait.by - timedelta(minutes=1)).astimezone(UTC).date())
    if wait.verb in BY_DAY:
        return f", it was due {day}" if wait.rank == LATE else f" by {day}"
    at = f"the end of {day}" if wait.rank == LAW else when.instant(wait.by, desk.zone)
    return f", late since {at}" if wait.by < desk.now else f" by {at}"


def _buttons(wait: Wait, primary: bool) -> tuple[Button, ...]:
    fields = {wait.noun: wait.id, "version": str(wait.version)}
    label, opens = LABELS.get(wait.verb, ("", False))
    acts = (Button(label, wait.verb, fields, primary, opens),) if label else ()
    shown = Button("Details", f"{wait.noun}.show", {wait.noun: wait.id}, opens=True)
    return acts if wait.noun in NO_CARD else (*acts, shown)
