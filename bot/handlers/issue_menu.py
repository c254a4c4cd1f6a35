"""What issues add to the menu: the typed and the pressed verbs, and the letters they show."""

from collections.abc import Callable, Mapping
from functools import partial

from bot.actors import Permission
from bot.handlers import (
    issue,
    issue_acts,
    issue_change,
    issue_climb,
    issue_form,
    issue_legal,
    issue_list,
    issue_log,
    issue_open,
    issue_readers,
    issue_share,
    issue_shown,
    issue_tagged,
    issue_take,
    issue_thread,
    issue_unshare,
    issue_work,
    letters,
    pointing,
    redaction,
)
from bot.handlers.rows import Command
from bot.ports import Opening
from bot.views import View

EXAMPLE = "issue TMF backlog at site 104, major, owner @name, due next Friday"

# Each act that can be typed: what it does, an example, and the words it answers to.
TYPED: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("contain", "Say that it does no more harm", "contain NOR-ISS-008 kits recalled", ("contain",)),
    ("plan", "Propose a plan, or answer one", "plan NOR-ISS-008 hire two CRAs, due 28 Nov", ("plan",)),
    ("update", "Tell both sides what is new", "update NOR-ISS-008 nine of 14 are filed", ("update",)),
    (
        "severity",
        "Say how severe it is, and why",
        "severity NOR-ISS-008 critical, kits expired",
        ("severity",),
    ),
    ("escalate", "Take it up a level", "escalate NOR-ISS-008 no plan is in sight", ("escalate",)),
    (
        "deescalate",
        "Take it down a level",
        "deescalate NOR-ISS-008 the plan holds",
        ("deescalate", "de-escalate"),
    ),
    ("hold", "Ask to stop its clocks", "hold NOR-ISS-008 ethics committee, until 15 Dec", ("hold",)),
    ("resume", "Let its clocks run again", "resume NOR-ISS-008", ("resume",)),
    ("resolve", "Say that it is resolved", "resolve NOR-ISS-008 all 14 are filed", ("resolve",)),
    ("verify", "Confirm that it is resolved", "verify NOR-ISS-008", ("verify",)),
    ("reopen", "Open it again", "reopen NOR-ISS-008 three are late again", ("reopen",)),
    ("dispute", "Say that it is not as the other side says", "dispute NOR-ISS-008 not filed", ("dispute",)),
    ("reject", "Say that it is none, or a duplicate", "reject NOR-ISS-008 duplicate of 002", ("reject",)),
    ("withdraw", "Take back what your side raised", "withdraw NOR-ISS-008 logged twice", ("withdraw",)),
    ("close", "End it, with a reason", "close NOR-ISS-008 the check was passed", ("close",)),
    (
        "assess",
        "Assess a possible serious breach",
        "assess NOR-ISS-008 not a breach, kits in date",
        ("assess",),
    ),
    ("aware", "Say that it was known earlier", "aware NOR-ISS-008 since 16:40", ("aware",)),
    ("redact", "Have words taken out of the record", "redact NOR-ISS-008 names a nurse", ("redact",)),
    ("note", "Keep a note for your own company", "note NOR-ISS-008 ask for a discount", ("note",)),
    ("share", "Share what only your side sees", "share NORI-ISS-003 they must plan", ("share",)),
    ("unshare", "Take back what your side raised", "unshare NOR-ISS-008 wrong partner", ("unshare",)),
    (
        "readers",
        "Name who reads a restricted issue",
        "readers HAL-RST-7K3M @name, assesses it",
        ("readers", "reader"),
    ),
)


def _act(verb: str, says: str = "", example: str = "", typed: tuple[str, ...] = ()) -> Command:
    serve = partial(issue_acts.VERBS.begin, verb=verb)
    shown = f"issue {example}" if example else ""
    return Command(
        f"issue.{verb}", says, shown, Permission.LOG, serve, takes_number=True, typed=typed, further=True
    )


def _acts() -> tuple[Command, ...]:
    """Those that can be typed, then those that can only be pressed."""
    typed = tuple(_act(*row) for row in TYPED if row[0] in issue_acts.ACTS)
    shown = {row[0] for row in TYPED}
    return (*typed, *(_act(verb) for verb in issue_acts.ACTS if verb not in shown))


ROWS: tuple[Command, ...] = (
    Command("issue.log", "Log an issue", EXAMPLE, Permission.LOG, issue_log.log, typed=("log",)),
    Command(
        "issue.list",
        "See what is open, overdue or yours",
        "issue list overdue major",
        Permission.READ,
        issue_list.listed,
        reads=True,
        typed=("list",),
    ),
    Command(
        "issue.show",
        "See one issue with its clocks and its story",
        "issue show NOR-ISS-008",
        Permission.READ,
        issue_shown.show,
        reads=True,
        takes_number=True,
        typed=("show",),
    ),
    Command(
        "issue.ack",
        "Acknowledge an issue the other side raised",
        "issue ack NOR-ISS-008",
        Permission.ACKNOWLEDGE,
        issue_acts.acknowledge,
        takes_number=True,
        typed=("ack", "acknowledge"),
    ),
    Command(
        "issue.breach",
        "Name it a possible serious breach, at once",
        "issue breach NOR-ISS-008",
        Permission.LOG,
        issue_legal.breach,
        takes_number=True,
        typed=("breach",),
        further=True,
    ),
    Command("issue.more", "", "", Permission.READ, issue_shown.more, reads=True),
    *_acts(),
    *redaction.ROWS,
    Command("issue.share_now", "", "", Permission.LOG, issue_open.share),
    Command("issue.share_change", "", "", Permission.LOG, issue_open.change),
    Command("issue.share_leave", "", "", Permission.LOG, issue_open.leave),
    Command("issue.readers_now", "", "", Permission.LOG, issue_open.let_in),
    Command(issue_acts.VERBS.form_kind, "", "", Permission.LOG, issue_acts.VERBS.open_form),
    Command(issue_acts.VERBS.submit_verb, "", "", Permission.LOG, issue_acts.VERBS.submit),
    Command("issue.answer", "", "", Permission.LOG, issue_log.answer),
    Command("issue.form", "", "", Permission.LOG, issue_log.open_form),
    Command("issue.submit", "", "", Permission.LOG, issue_log.submit),
    Command("issue.from_message", "", "", Permission.LOG, issue_log.from_message),
    Command("issue.take_update", "", "", Permission.LOG, issue_take.take),
    Command("issue.change", "", "", Permission.LOG, issue_change.change),
)

LETTERS: Mapping[str, Callable[[Opening], tuple[View, int] | None]] = {
    "issue.card": issue.card,
    "issue.logged": issue.logged,
    "issue.alarm": issue_climb.alarm,
    "issue.list": issue_list.listing,
    issue_share.PREVIEW: issue_open.preview,
    issue_open.LEAVE: issue_open.left,
    issue_unshare.UNSHARED: issue_unshare.unshared,
    issue_readers.ASKED: issue_readers.asked,
    issue_tagged.POINTED: issue_tagged.pointed,
    **redaction.LETTERS,
    issue_shown.WHOLE: issue_shown.whole,
    issue_shown.MORE: issue_shown.choices,
    "issue.news": issue_shown.news,
    letters.BREACH: issue_legal.told,
    pointing.SAFETY_LINE: pointing.safety,
    pointing.QUALITY_LINE: pointing.quality,
    "issue.form": issue_form.form,
    issue_acts.VERBS.form_kind: issue_acts.VERBS.form,
    issue_work.NOTED: issue_work.noted,
    issue_thread.POSTED: issue_thread.posted,
    issue_take.TAKEN: issue_take.taken,
}
