"""The card for whoever captures a message that was captured before."""

from bot.views import Button, Buttons, Card, Notice


def twice(made: Card, again: Button) -> Card:
    """What it became, and one question."""
    line = "That message was captured before. This is what it became; is another one wanted?"
    return Card(made.title, (Notice(line), *made.blocks, Buttons((again,))), f"{line} {made.title}")
