"""Somebody unknown asked for Parley: what they hear, and what their administrator decides."""

from bot.actors import Actor
from bot.cards import when
from bot.records import Admission
from bot.views import Button, Buttons, Card, Facts, Notice, Text, Tone

LONGEST_NAME = 60  # characters of a headline; the whole name stands below
UNKNOWN = Card(
    "You are not in Parley’s directory",
    (Text("If your company uses Parley, its administrator has been asked to let you in."),),
)


def asked(admission: Admission, reader: Actor, decider: str, person: str = "") -> Card:
    """The administrator's one card: who asks, and two buttons until it is decided.

    `person` is who they became.
    """
    name = admission.handle.name or "Somebody"
    title = f"{name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + '…'} asks to use Parley"
    facts = Facts(
        (
            ("Name", name),
            ("Account", f"{admission.handle.user} on {admission.handle.platform.capitalize()}"),
            ("Asked", when.instant(admission.at, reader.zone)),
        )
    )
    if admission.state != "asked":
        at = when.instant(admission.decided_at or admission.at, reader.zone)
        decided = Notice(f"{admission.state.capitalize()} by {decider}, {at}.", Tone.GOOD)
        role = Button("Choose their role", "setup.role", {"person": person}, opens=True)
        return Card(title, (decided, facts, *((Buttons((role,)),) if person else ())))
    words = Text(
        "A member sees what your company shares in its partnerships and can log and acknowledge issues."
    )
    return Card(
        title, (facts, words, Buttons((_button(admission, "approved"), _button(admission, "refused"))))
    )


def _button(admission: Admission, answer: str) -> Button:
    label = "Approve as a member" if answer == "approved" else "Refuse"
    fields = {"admission": admission.id, "answer": answer}
    return Button(label, "admission.decide", fields, primary=answer == "approved")


WELCOME = Card(
    "You are in",
    (Text("Your administrator has approved you. Say “help” to see what Parley can do."),),
)
