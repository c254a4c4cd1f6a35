"""What opening a record up would show, to whom, and what stays hidden; and what closing down cannot undo."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.cards import when
from bot.cards.setting import Setting
from bot.governance.issue import Issue
from bot.views import Block, Button, Buttons, Card, Facts, Notice, Text, Tone

MOST = 60  # names of one company that stand on a card
LABEL = 75  # characters of a button


@dataclass(frozen=True, slots=True)
class Seen:
    """Who would read it: each company with its people by name, the rooms it would stand in, a third one."""

    companies: tuple[tuple[str, tuple[str, ...]], ...]
    rooms: tuple[str, ...] = ()
    beside: str = ""

    @property
    def readers(self) -> str:
        """Who reads it that did not before, in words."""
        return " and ".join((self.companies[0][0], *((self.beside,) if self.beside else ())))

    @property
    def mark(self) -> str:
        """Tells one such audience from another."""
        told = [f"{company}:{name}" for company, people in self.companies for name in people]
        return hashlib.sha256("\n".join((*told, *self.rooms, self.beside)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Shown:
    """A preview: the words as they would be read, by whom, and the draft that keeps them.

    `moved`: who would read it has changed since it was shown before. `breach`: it would be named one at once.
    """

    draft: str
    words: Mapping[str, str]
    seen: Seen
    moved: bool = False
    breach: bool = False


def share(issue: Issue, here: Setting, shown: Shown) -> Card:
    """Before it is shared: exactly what would be read, and by whom."""
    company = shown.seen.beside if issue.visibility.both_sides else shown.seen.readers
    title = f"Share {issue.number} with {company}?"
    blocks: tuple[Block, ...] = (
        *_first(shown),
        Notice("What they would read"),
        Facts(_words(here, shown.words)),
        *((Text(shown.words["description"]),) if shown.words.get("description") else ()),
        *_breach(shown),
        Notice("Who would read it"),
        Facts(_who(shown.seen)),
        Notice("What stays hidden"),
        Text(_hidden(issue)),
        _buttons(issue, shown, company),
    )
    return Card(title, blocks, title)


def _first(shown: Shown) -> tuple[Notice, ...]:
    if shown.moved:
        words = "Who would read it has changed since you looked, so nothing was shared. Look again."
        return (Notice(words, Tone.WARNING),)
    return (Notice("Nothing is shared yet.", Tone.WARNING),)


def _breach(shown: Shown) -> tuple[Notice, ...]:
    words = (
        "It reads like a possible serious breach: once shared it is named one, and both sides hear at once."
    )
    return (Notice(words, Tone.ALARM),) if shown.breach else ()


def _words(here: Setting, words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    due = words.get("due", "")
    pairs = (
        ("Title", words["title"]),
        ("Severity", words["severity"]),
        ("Owner", here.name(words["owner id"])),
        ("Due", when.day(date.fromisoformat(due)) if due else ""),
        ("Study", words.get("study", "")),
        ("Category", words.get("category", "").replace("_", " ")),
        ("Raised", f"{here.name(here.reader.person)}, at the moment you share it"),
    )
    return tuple((label, value) for label, value in pairs if value)


def _who(seen: Seen) -> tuple[tuple[str, str], ...]:
    people = tuple((f"{company}, {counted(len(names))}", _named(names)) for company, names in seen.companies)
    rooms = "\n".join(seen.rooms) or "none: no channel is linked yet"
    also = "its people in its own partnership with the sponsor; they read it and add updates"
    third = ((seen.beside, also),) if seen.beside else ()
    return (*people, *third, (f"Rooms, {len(seen.rooms)}", rooms))


def counted(number: int) -> str:
    """ "1 person", "4 people"."""
    return "1 person" if number == 1 else f"{number} people"


def _named(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return (", ".join(names[:MOST]) or "nobody yet") + more


def _hidden(issue: Issue) -> str:
    number = issue.number
    if issue.visibility.both_sides:
        return (
            f"{number}, with all that is in it: it goes on between the two companies that share it, and says "
            "to them under which number this one is. Your reason stays there."
        )
    return (
        f"{number}, its number and readers; its notes, updates, plan, links and history; and your reason. "
        f"They get a new issue with a new number, whose clocks begin when you share it. {number} ends, and "
        "says to its own readers under which number it goes on."
    )


def _buttons(issue: Issue, shown: Shown, company: str) -> Buttons:
    record = {"draft": shown.draft, "issue": issue.id}
    return Buttons(
        (
            Button(f"Share with {company}"[:LABEL], "issue.share_now", record, primary=True),
            Button("Change", "issue.share_change", record, opens=True),
            Button("Leave it", "issue.share_leave", record),
        )
    )


def left(issue: Issue) -> Card:
    """It was looked at, and let be."""
    words = f"Nothing was opened: {issue.number} stays as it is, for those who see it now."
    return Card("Left as it is", (Text(words),), words)
