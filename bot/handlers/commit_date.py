"""Accepting what one is asked to promise, for another day than the one that was asked for."""

from datetime import date

from bot.governance import promise as rules
from bot.governance.commitment import Commitment
from bot.handlers.acting import Act, Unsaid
from bot.handlers.commit import Scene
from bot.handlers.issue_day import day
from bot.views import DateField, Field, TextField


class NoOtherDay(Unsaid):
    """Say by when you promise it, for example 4 Dec."""


def _fields(scene: Scene) -> tuple[Field, ...]:
    why = TextField("reason", "Why", hint="Both who asked and who gets it read it", optional=True, long=True)
    return DateField("due", "By when", hint="From then on this is its first date"), why


def _accepted(scene: Scene) -> Commitment:
    due = date.fromisoformat(scene.said("due"))
    return rules.accept_for(scene.record, scene.party, due, scene.now)


ANOTHER_DATE: Act[Commitment] = Act(
    verb="another_date",
    typed="accept",
    title="Accept for another day",
    check=rules.check_accept,
    done=_accepted,
    fields=_fields,
    settle=(("due", lambda scene: {"due": day(scene, "due", NoOtherDay).isoformat()}),),
    why="reason",
    send="Accept",
)
