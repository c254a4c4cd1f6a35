"""What is said to a press, a dialog and a message command, in the response that Teams waits for."""

from collections.abc import Callable, Collection
from typing import Final, TypeAlias

from botbuilder.schema import Activity

from adapters.teams import form, read
from adapters.teams.carried import Carried
from adapters.teams.form import ADAPTIVE
from adapters.teams.runs import Json
from bot.desk import Answer
from bot.intents import Intent, Reply
from bot.views import Card

MESSAGE: Final = "application/vnd.microsoft.activity.message"
UNNAMED: Final = "Parley cannot tell who you are or what this button was. Nothing was saved."
NOTHING: Final = "There is nothing to fill in here any more."

Show: TypeAlias = Callable[[Answer, Intent, Carried | None], Json | None]


def heard(activity: Activity, shortcuts: Collection[str]) -> tuple[Intent | None, Show] | None:
    """What is wanted, if that can be told, and how its answer is shown; None for an unknown invoke."""
    match activity.name:
        case "adaptiveCard/action":
            return read.pressed(activity), in_card
        case "task/fetch":
            return read.opens(activity), opening
        case "task/submit" | "composeExtension/submitAction":
            return read.pressed(activity, Reply.FORM), in_dialog
        case "composeExtension/fetchTask":
            return read.points(activity, shortcuts), opening
    return None


def in_card(answer: Answer, intent: Intent, carried: Carried | None) -> Json:
    """In the pressed card's place; beside it where it was not served, or what was filled in not saved."""
    if answer.view is None:
        return toast("Done.")
    if answer.unserved or (answer.refused and carried and carried.inputs):
        return toast(answer.view.line)
    drawn = form.message(answer.view, intent.key, place=intent.place)
    return {"statusCode": 200, "type": ADAPTIVE, "value": drawn}


def in_dialog(answer: Answer, intent: Intent, carried: Carried | None) -> Json | None:
    """In the dialog that stands open, or opens; None closes it."""
    if answer.view is None:
        return None
    if answer.refused and carried and carried.inputs and isinstance(answer.view, Card):
        return form.again(answer.view, carried)
    return form.dialog(answer.view, intent.key, intent.place)


def opening(answer: Answer, intent: Intent, carried: Carried | None) -> Json:
    """In a dialog that opens, whatever there is to show."""
    if answer.view is None:
        return form.told(NOTHING)
    return form.dialog(answer.view, intent.key, intent.place)


def unnamed(name: str) -> Json:
    """To a speaker nobody names, or to what is none of ours."""
    return toast(UNNAMED) if name == "adaptiveCard/action" else form.told(UNNAMED)


def toast(line: str) -> Json:
    """A sentence that leaves the card as it is."""
    return {"statusCode": 200, "type": MESSAGE, "value": line}
