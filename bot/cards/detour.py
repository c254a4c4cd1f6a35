"""What is said over a card that reaches somebody in another person's place."""

from dataclasses import replace

from bot.views import Card, Notice, Tone


def instead(card: Card, name: str) -> Card:
    """The card of an alarm for whoever stands in."""
    words = f"For {name}, who could not be reached."
    return replace(card, blocks=(Notice(words, Tone.WARNING), *card.blocks), summary=f"{words} {card.line}")
