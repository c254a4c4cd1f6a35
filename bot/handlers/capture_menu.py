"""What capturing adds to the menu: what is done with a message, and the letter about one captured before."""

from collections.abc import Callable, Mapping

from bot.actors import Permission
from bot.handlers import capture
from bot.handlers.rows import Command
from bot.ports import Opening
from bot.views import View

ROWS: tuple[Command, ...] = (
    Command("commit.capture", "", "", Permission.LOG, capture.commitment),
    Command("decision.capture", "", "", Permission.LOG, capture.decision),
    Command(capture.ANOTHER, "", "", Permission.LOG, capture.another),
)
LETTERS: Mapping[str, Callable[[Opening], tuple[View, int] | None]] = {capture.TWICE: capture.twice}
