"""An update in the thread under its issue's card, and as the one who took it is told; one's own note."""

from bot.cards.setting import Setting
from bot.governance.issue import Issue
from bot.records import Note
from bot.views import Card, Text


def update(issue: Issue, note: Note, here: Setting) -> Card:
    """Who, when in the reader's zone, and the words."""
    who = here.name(note.person)
    said = Text(f"{who}, {here.time(note.at)}", quiet=True)
    return Card(f"Update on {issue.number}", (Text(note.text), said), f"{issue.number}: update by {who}")


def taken(issue: Issue, note: Note) -> Card:
    """What was saved in the reader's own name."""
    title = f"Taken as your update on {issue.number}"
    return Card(title, (Text(note.text), Text(issue.title, quiet=True)), title)


def noted(issue: Issue, company: str, words: str) -> Card:
    """One's own note, as it was kept."""
    seen = f"Only {company} sees this note; nothing about {issue.number} shows that there is one."
    return Card(f"Noted on {issue.number}", (Text(words), Text(seen, quiet=True)), f"Noted on {issue.number}")
