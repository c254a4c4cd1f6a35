"""Parley is not let in somewhere, or is again: what an administrator there reads."""

from bot.cards import when
from bot.records import Installation
from bot.views import Card, Notice, Text, Tone

HELLO = Card(
    "A test message from Parley",
    (Text("Whoever runs Parley looked whether messages reach you. This one did; there is nothing to do."),),
)


def locked_out(home: Installation, waiting: int, url: str, zone: str) -> Card:
    """Since when, what to do, and how much waits."""
    since = when.instant(home.locked_out, zone) if home.locked_out else "now"
    title = f"Parley was locked out of {_name(home)}"
    messages = "1 message waits" if waiting == 1 else f"{waiting} messages wait"
    remedy = (
        f"Install it again at {url}"
        if url
        else "Whoever runs Parley must give it a new bot token; “./parley check” says how."
    )
    return Card(
        title,
        (Notice(f"Locked out on {since}; {messages}, and nothing is lost.", Tone.ALARM), Text(remedy)),
        f"{title} on {since}",
    )


def let_in(home: Installation, zone: str) -> Card:
    """It is over."""
    since = when.instant(home.let_in, zone) if home.let_in else "now"
    title = f"Parley is let in at {_name(home)} again"
    return Card(title, (Notice(f"Since {since}. What waited is being delivered.", Tone.GOOD),))


def _name(home: Installation) -> str:
    return f"{home.name or home.tenant} on {home.platform.capitalize()}"
