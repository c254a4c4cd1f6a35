"""Blinding in words: for whoever was tagged, and for whoever wrote of an unblinded topic where many read."""

from bot.governance.blinding import Blinding
from bot.governance.issue import Issue
from bot.views import Button, Buttons, Card, Notice, Text, Tone

TAGS = (
    (Blinding.BLINDED.value, "Blinded: kept from unblinding information"),
    (Blinding.UNBLINDED.value, "Unblinded: may read unblinded topics"),
)
SAYS = {
    Blinding.BLINDED: (
        "You are kept from unblinding information: unblinded topics are closed to you from now on. "
        "What you have read cannot be unread; if you did, tell your quality line."
    ),
    Blinding.UNBLINDED: (
        "You may be named as a reader of unblinded topics. Never write of them anywhere else."
    ),
    Blinding.NOT_SAID: (
        "You are tagged as neither blinded nor unblinded, so unblinded topics are closed to you."
    ),
}
TITLES = {
    Blinding.BLINDED: "You are tagged as blinded",
    Blinding.UNBLINDED: "You are tagged as unblinded",
    Blinding.NOT_SAID: "Your tag of blinding was taken away",
}


def tagged(tag: Blinding, by: str) -> Card:
    """What it means from now on, and who said so."""
    title = TITLES[tag]
    return Card(
        title, (Text(SAYS[tag]), Text(f"{by} keeps your company’s people in Parley.", quiet=True)), title
    )


def pointed(issue: Issue) -> Card:
    """What was written reads like an unblinded topic; only its writer can know whether it is one."""
    title = f"Is this an unblinded topic? {issue.number}"
    words = (
        f"What you just wrote reads like one, and everybody who sees {issue.number} reads it. If it is one, "
        "tell your quality line, who assess it, and log it anew with the word unblinded: then only named, "
        "unblinded people read it. If it only sounds like one, there is nothing to do."
    )
    show = Button("Details", "issue.show", {"issue": issue.id}, opens=True)
    return Card(
        title, (Notice("It was saved as you wrote it.", Tone.WARNING), Text(words), Buttons((show,))), title
    )
