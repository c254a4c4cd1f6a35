"""What stands where the form of a verb cannot be shown, and one's own note."""

from bot.governance.issue import Issue
from bot.views import Block, Button, Buttons, Card, Notice, Text, Tone

KEPT = "Nothing is saved yet. You said:"


def instead(title: str, sentence: str, said: str, opener: Button) -> Card:
    """What is missing or wrong, what was said, and the way to the form with everything in it."""
    kept = (Text(KEPT, quiet=True), Text(said, quiet=True)) if said else ()
    blocks: tuple[Block, ...] = (Notice(sentence, Tone.WARNING), *kept, Buttons((opener,)))
    return Card(title, blocks, sentence)


def noted(issue: Issue, company: str, words: str) -> Card:
    """One's own note, as it was kept."""
    seen = f"Only {company} sees this note; nothing about {issue.number} shows that there is one."
    return Card(f"Noted on {issue.number}", (Text(words), Text(seen, quiet=True)), f"Noted on {issue.number}")
