"""What decisions add to the menu: the typed and the pressed verbs, the letters they show, and their due."""

from collections.abc import Callable, Mapping
from functools import partial

from bot.actors import Permission
from bot.handlers import (
    decision,
    decision_acts,
    decision_form,
    decision_list,
    decision_record,
    decision_shown,
)
from bot.handlers import decision_told as told
from bot.handlers.rows import Command
from bot.ports import Opening, Request
from bot.views import View

EXAMPLE = "decision record approve recovery plan v2, because of a gap of 18 points, follow-up 28 Nov"
TYPED: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("ratify", "Approve a decision for your side", "ratify NOR-DEC-004", ("ratify", "approve")),
    ("dissent", "Say that you think otherwise", "dissent NOR-DEC-004 the gap is seasonal", ("dissent",)),
    ("withdraw", "Take back a decision before it is final", "withdraw NOR-DEC-004 twice", ("withdraw",)),
)


def _act(verb: str, says: str, example: str, typed: tuple[str, ...]) -> Command:
    serve = partial(decision_acts.VERBS.begin, verb=verb)
    shown = f"decision {example}"
    return Command(f"decision.{verb}", says, shown, Permission.LOG, serve, typed=typed)


ROWS: tuple[Command, ...] = (
    Command(
        "decision.record",
        "Record a decision",
        EXAMPLE,
        Permission.LOG,
        decision_record.record,
        typed=("record",),
    ),
    Command(
        "decision.list",
        "See decisions, or find one by its words",
        "decision list enrolment",
        Permission.READ,
        decision_list.listed,
        reads=True,
        typed=("list",),
    ),
    Command(
        "decision.show",
        "See one decision, and why it was made",
        "decision show NOR-DEC-003",
        Permission.READ,
        decision_list.shown,
        reads=True,
        typed=("show", "why"),
    ),
    Command("decision", "", "", Permission.READ, decision_list.plain, reads=True),
    *(_act(*row) for row in TYPED),
    Command(decision_form.FORM, "", "", Permission.LOG, decision_record.open_form),
    Command(decision_form.SUBMIT, "", "", Permission.LOG, decision_record.submit),
    Command(decision_acts.VERBS.form_kind, "", "", Permission.LOG, decision_acts.VERBS.open_form),
    Command(decision_acts.VERBS.submit_verb, "", "", Permission.LOG, decision_acts.VERBS.submit),
)

LETTERS: Mapping[str, Callable[[Opening], tuple[View, int] | None]] = {
    decision.CARD: decision_shown.card,
    told.NEWS: decision_shown.news,
    decision_shown.WHOLE: decision_shown.whole,
    decision_shown.RECORDED: decision_shown.recorded,
    decision.FOLLOW_UP: decision_shown.follow_up,
    "decision.list": decision_list.listing,
    decision_form.FORM: decision_form.form,
    decision_acts.VERBS.form_kind: decision_acts.VERBS.form,
}

DUES: Mapping[str, Callable[[Request, str], None]] = {decision.FOLLOW_UP: told.came}
