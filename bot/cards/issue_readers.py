"""The named readers of a restricted record, in words: one more would read it, one fewer reads on."""

from dataclasses import dataclass

from bot.cards.issue_facts import headline
from bot.cards.setting import Setting
from bot.governance.issue import Issue
from bot.views import Button, Buttons, Card, Facts, Notice, Text, Tone

LABEL = 75  # characters of a button


@dataclass(frozen=True, slots=True)
class NewReader:
    """Who would read it, the draft that keeps it, and how much there is to read."""

    draft: str
    person: str
    lines: int = 0
    notes: int = 0


def one_more(issue: Issue, here: Setting, new: NewReader) -> Card:
    """Before somebody is let in: everything they would read, and beside whom."""
    name = here.name(new.person)
    title = f"Let {name} read {issue.number}?"
    record = {"draft": new.draft, "issue": issue.id}
    buttons = (
        Button(f"Let {here.called(new.person)} read it"[:LABEL], "issue.readers_now", record, primary=True),
        Button("Leave it", "issue.share_leave", {**record, "act": "readers"}),
    )
    facts = (
        ("They would read", headline(issue)),
        (
            "All of it",
            f"its words and history ({_count(new.lines, 'line')}), {_count(new.notes, 'update or note')}",
        ),
        ("Read now by", _named(issue, here)),
        ("From", "its beginning; what is read cannot be unread"),
    )
    return Card(
        title, (Notice("Nobody was let in yet.", Tone.WARNING), Facts(facts), Buttons(buttons)), title
    )


def taken_off(issue: Issue, here: Setting, person: str) -> Card:
    """Somebody reads it no longer; what they read stays read."""
    title = f"{here.name(person)} no longer reads {issue.number}"
    facts = (
        (
            "What cannot be unseen",
            "what they read until now, and what Parley wrote to them in their own chat",
        ),
        ("Read now by", _named(issue, here)),
    )
    return Card(
        title, (Notice(f"{title}, from now on.", Tone.GOOD), Facts(facts), Text(KEPT, quiet=True)), title
    )


KEPT = "The record keeps since when and until when they read it, and why."


def _named(issue: Issue, here: Setting) -> str:
    return ", ".join(sorted(here.name(one) for one in issue.readers)) or "nobody"


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what.replace(' or ', 's or ')}s"
