"""The commands and letters of commitments: rows that the one visible table of the menu takes in."""

from collections.abc import Callable, Mapping
from functools import partial

from bot.actors import Permission
from bot.cards import commit_list as list_cards
from bot.handlers import (
    commit,
    commit_acts,
    commit_form,
    commit_list,
    commit_make,
    commit_remind,
    commit_shown,
)
from bot.handlers.rows import Command
from bot.outbox import Letter
from bot.ports import Opening, Request
from bot.views import View

NOUNS = ("commit", "commits", "commitment", "commitments", "promise", "promises")
EXAMPLE = "commit “recovery plan” by 28 Nov to @name"
TYPED = (  # verb, help, example
    ("accept", "Accept what you are asked to promise", "accept NOR-CMT-011"),
    ("decline", "Decline it, and say why", "decline NOR-CMT-011 the site closes in December"),
    ("move", "Move its due date, and say why", "move NOR-CMT-011 to 4 Dec because the vendor is late"),
    ("done", "Say that it is done", "done NOR-CMT-011 all 14 are filed"),
    ("confirm", "Confirm that what you were promised is done", "confirm NOR-CMT-011"),
    ("dispute", "Say that it is not as its owner says", "dispute NOR-CMT-011 two are missing"),
    ("withdraw", "Release its owner from it", "withdraw NOR-CMT-011 the study has ended"),
    ("evidence", "Give a link to what shows it", "evidence NOR-CMT-011 https://example.com/plan"),
    ("remind", "Choose when Parley reminds you", "remind NOR-CMT-011 5, 2 and the morning"),
    ("snooze", "No reminder until a day", "snooze NOR-CMT-011 until Friday"),
)
ALARMS: Mapping[str, Callable[[Request, str], None]] = {
    commit.REMIND: commit_remind.reminded,
    commit.CONFIRM: commit_remind.fell_silent,
    commit_remind.TELL: commit_remind.morning,
}


def _act(verb: str, says: str, example: str) -> Command:
    serve: Callable[[Request, str], Letter] = partial(commit_acts.VERBS.begin, verb=verb)
    shown = f"commit {example}"
    return Command(
        f"commit.{verb}", says, shown, Permission.LOG, serve, takes_number=True, typed=(verb,), further=True
    )


ROWS: tuple[Command, ...] = (
    Command("commit.make", "Promise something", EXAMPLE, Permission.LOG, commit_make.begin, typed=("make",)),
    Command(
        "commit.list",
        "See what is promised, overdue or yours",
        "commit list overdue",
        Permission.READ,
        commit_list.listed,
        reads=True,
        typed=("list",),
    ),
    Command(
        "commit.show",
        "See one commitment with its story",
        "commit show NOR-CMT-011",
        Permission.READ,
        commit_shown.show,
        reads=True,
        takes_number=True,
        typed=("show",),
    ),
    *(_act(*row) for row in TYPED),
    Command(
        "commit.another_date",
        "",
        "",
        Permission.LOG,
        partial(commit_acts.VERBS.begin, verb="another_date"),
        takes_number=True,
        further=True,
    ),
    Command("commit.more", "", "", Permission.READ, commit_shown.more, reads=True),
    Command(commit_acts.VERBS.form_kind, "", "", Permission.LOG, commit_acts.VERBS.open_form),
    Command(commit_acts.VERBS.submit_verb, "", "", Permission.LOG, commit_acts.VERBS.submit),
    Command("commit.answer", "", "", Permission.LOG, commit_make.answer),
    Command("commit.form", "", "", Permission.LOG, commit_make.open_form),
    Command("commit.submit", "", "", Permission.LOG, commit_make.submit),
    Command("commit.change", "", "", Permission.LOG, commit_make.change),
)
LETTERS: Mapping[str, Callable[[Opening], tuple[View, int] | None]] = {
    commit.CARD: commit_shown.card,
    commit.NEWS: commit_shown.news,
    commit_make.MADE: commit_shown.made,
    commit_shown.WHOLE: commit_shown.whole,
    commit_shown.MORE: commit_shown.choices,
    list_cards.LIST: commit_list.listing,
    commit_form.FORM: commit_form.form,
    commit_acts.VERBS.form_kind: commit_acts.VERBS.form,
    commit_remind.REMINDER: commit_remind.reminder,
}
