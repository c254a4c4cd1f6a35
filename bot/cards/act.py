"""What stands where the form of a verb cannot be shown."""

from bot.views import Block, Button, Buttons, Card, Notice, Text, Tone

KEPT = "Nothing is saved yet. You said:"


def instead(title: str, sentence: str, said: str, opener: Button) -> Card:
    """What is missing or wrong, what was said, and the way to the form with everything in it."""
    kept = (Text(KEPT, quiet=True), Text(said, quiet=True)) if said else ()
    blocks: tuple[Block, ...] = (Notice(sentence, Tone.WARNING), *kept, Buttons((opener,)))
    return Card(title, blocks, sentence)
