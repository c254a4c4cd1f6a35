"""A second account of somebody who is known: the code an administrator hands them, and that it worked."""

from bot.views import Button, Buttons, Card, Notice, Text, Tone


def code(name: str, code: str, until: str) -> Card:
    """For the administrator who gives it to them."""
    title = f"A second account for {name}"
    if not code:
        words = "That code can be shown no more; make another one."
        return Card(
            title, (Notice(words, Tone.WARNING), Buttons((Button("Make another", "setup.account"),))), words
        )
    say = f"setup {code}"
    steps = Text(f"{name} says this to Parley from the other account, in a direct message: {say}")
    good = Text(
        f"It works once, until {until}. Give it to nobody else: whoever says it is {name} to Parley.",
        quiet=True,
    )
    return Card(title, (steps, good), f"{title}: {say}")


def added(name: str, company: str) -> Card:
    """For whoever said the code."""
    words = f"This account is {name} of {company} from now on. What cannot reach you elsewhere comes here."
    return Card("You are in here too", (Notice(words, Tone.GOOD),), words)
