"""Cards that belong to no noun: help, a refusal, and what is said when the record is out of reach."""

from bot.views import Block, Card, Notice, Table, Text, Tone

OUT_OF_REACH = "Parley’s record could not be reached in time. Please say it again in a minute."
UNSURE = "Parley could not confirm in time that it was saved."
LOOK = "Look with “issue list” before you say it again."
NOTHING_SAVED = Card(
    "Nothing was saved", (Notice(OUT_OF_REACH, Tone.WARNING),), f"Nothing was saved: {OUT_OF_REACH}"
)
NOT_CONFIRMED = Card("Not confirmed", (Notice(UNSURE, Tone.WARNING), Text(LOOK)), f"{UNSURE} {LOOK}")


def refusal(sentence: str, beside: Card | None) -> Card:
    """One sentence with the remedy, and the record it speaks of where there is one."""
    if beside is None:
        return Card("Parley could not do that", (Notice(sentence, Tone.WARNING),), sentence)
    return Card(beside.title, (Notice(sentence, Tone.WARNING), *beside.blocks), sentence)


def fault(reference: str) -> Card:
    """Our own fault: no detail, only what the operator can look up."""
    words = f"Something went wrong on our side; nothing was saved. Reference {reference}."
    return Card("Something went wrong", (Notice(words, Tone.WARNING),), words)


def help_card(rows: tuple[tuple[str, str], ...], further: tuple[str, ...] = ()) -> Card:
    """Commands, each with its words and one example; of the `further` nouns there is more to see."""
    ways = ", ".join(f"help {noun}" for noun in further)
    blocks: tuple[Block, ...] = (
        Table(("Say", "What it does"), rows),
        *((Text(f"All there is to do with one of them: {ways}."),) if ways else ()),
        Text("In a channel, begin with @Parley. In a direct message, just say it.", quiet=True),
    )
    return Card("What Parley can do", blocks)
