"""The dialogs that stand open in the small Teams, and what its client takes for an answer to one."""

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from playground.cast import Json
from playground.teams_record import TeamsError
from playground.wire import Answer

CARD = "application/vnd.microsoft.card.adaptive"
MESSAGE = "application/vnd.microsoft.activity.message"
LARGEST_CARD = 28 * 1024
LONGEST_TITLE = 64


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a dialog was opened: on which message, and by which command with what it was told."""

    conversation: str
    activity: str
    command: str = ""
    payload: Json | None = None


@dataclass(slots=True)
class Dialog:
    """One open dialog; `user` is who sees it."""

    id: str
    user: str
    origin: Origin
    title: str
    card: Json

    def to_json(self) -> Json:
        told = {"id": self.id, "for": self.user, "conversation": self.origin.conversation}
        return told | {"title": self.title, "card": self.card}


class Dialogs:
    """Every dialog that stands open, oldest first."""

    def __init__(self, new_id: Callable[[], str], changed: Callable[[], None]) -> None:
        self._open: dict[str, Dialog] = {}
        self._new_id = new_id
        self._changed = changed

    def of(self, user: str) -> list[Dialog]:
        return [one for one in self._open.values() if one.user == user]

    def get(self, user: str, dialog: str) -> Dialog:
        """LookupError for a dialog that is not open, or not theirs."""
        found = self._open.get(dialog)
        if found is None or found.user != user:
            raise LookupError(f"There is no dialog {dialog}.")
        return found

    def close(self, user: str, dialog: str) -> None:
        """LookupError as `get`."""
        del self._open[self.get(user, dialog).id]
        self._changed()

    def carry_out(self, answer: Answer, user: str, origin: Origin, dialog: str = "") -> None:
        """What an answer does to the dialog, or to none yet; TeamsError for what Teams would not take."""
        if answer.status != 200:
            return
        shown = _shown(answer.body)
        if shown is not None:
            key = dialog or self._new_id()
            self._open[key] = Dialog(key, user, origin, *shown)
        elif dialog:
            del self._open[dialog]
        self._changed()


def _shown(body: Any) -> tuple[str, Json] | None:
    """Title and card that stand open next, None where it closes."""
    match body:
        case None | "" | {"task": None}:
            return None
        case dict() if not body:
            return None
        case {"task": {"type": "message", "value": str(text)}} if text:
            return "", _only(text)
        case {"task": {"type": "continue", "value": {"title": str(title), "card": dict(card)}}}:
            return title, _checked(title, card)
    raise TeamsError(400, "BadSyntax", "A task answer is a message, a card to continue with, or nothing.")


def _checked(title: str, attachment: Json) -> Json:
    card = attachment.get("content")
    if attachment.get("contentType") != CARD or not isinstance(card, dict):
        raise TeamsError(400, "BadSyntax", "A dialog shows one adaptive card.")
    if (card.get("type"), card.get("version")) != ("AdaptiveCard", "1.5"):
        raise TeamsError(400, "BadSyntax", "A dialog shows an adaptive card of version 1.5.")
    if not title.strip() or len(title) > LONGEST_TITLE:
        raise TeamsError(400, "BadSyntax", f"A dialog has a title of at most {LONGEST_TITLE} characters.")
    if len(json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode()) > LARGEST_CARD:
        raise TeamsError(413, "MessageSizeTooBig", "The card is above 28 KB.")
    return card


def _only(text: str) -> Json:
    said = {"type": "TextBlock", "text": text, "wrap": True}
    return {"type": "AdaptiveCard", "version": "1.5", "body": [said]}


def filled(card: Json, data: Any) -> Json:
    """The card with what its reader typed still in its inputs."""
    shown = deepcopy(card)
    _fill(shown, data if isinstance(data, dict) else {})
    return shown


def _fill(part: Any, data: Json) -> None:
    if isinstance(part, list):
        for one in part:
            _fill(one, data)
    elif isinstance(part, dict):
        if str(part.get("type", "")).startswith("Input."):
            part["value"] = data.get(part.get("id", ""), "")
        for name, inner in part.items():
            if name != "data":
                _fill(inner, data)
