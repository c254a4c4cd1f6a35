"""Slack's short-lived handles: response URLs and trigger ids."""

import itertools
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from playground.cast import Json
from playground.slack_limits import broken
from playground.slack_record import SlackDraft, SlackError, SlackRecord, SlackRoom, bot

URL_USES = 5
URL_SECONDS = 1800.0
TRIGGER_SECONDS = 3.0


@dataclass(slots=True)
class Hook:
    """One response URL: for whom, about which message, and until when (wall seconds)."""

    room: SlackRoom
    user: str
    original: str | None
    until: float
    uses: int = 0


class Hooks:
    """Hands out response URLs and trigger ids, and takes them back."""

    def __init__(self, record: SlackRecord, base: str, wall: Callable[[], float]) -> None:
        self._record = record
        self._base = base
        self._wall = wall
        self._hooks: dict[str, Hook] = {}
        self._triggers: dict[str, tuple[str, float]] = {}
        self._spent: set[str] = set()
        self._number = itertools.count(1)

    def url(self, room: SlackRoom, user: str, original: str | None = None) -> str:
        """A response URL for 30 minutes and five uses; `original` is the ts of the clicked message."""
        key = secrets.token_hex(12)
        self._hooks[key] = Hook(room, user, original, self._wall() + URL_SECONDS)
        return f"{self._base}/{room.workspace.id}/{key}"

    def trigger(self, user: str) -> str:
        """A trigger id for one form within 3 s."""
        trigger = f"{next(self._number)}.{int(self._wall() * 1000)}.{secrets.token_hex(16)}"
        self._triggers[trigger] = (user, self._wall() + TRIGGER_SECONDS)
        return trigger

    def exchange(self, trigger: str) -> str:
        """The id of the person who caused the trigger, once; SlackError as Slack words it."""
        if trigger in self._spent:
            raise SlackError("exchanged_trigger_id")
        if trigger not in self._triggers:
            raise SlackError("invalid_trigger_id")
        user, until = self._triggers.pop(trigger)
        if self._wall() > until:
            raise SlackError("expired_trigger_id")
        self._spent.add(trigger)
        return user

    def respond(self, key: str, said: Json) -> None:
        """Do what was posted to a response URL; SlackError when it is unknown, used up or too late."""
        hook = self._hooks.get(key)
        if hook is None or hook.uses >= URL_USES:
            raise SlackError("used_url")
        if self._wall() > hook.until:
            raise SlackError("expired_url")
        if found := broken(said.get("blocks") or []):
            raise SlackError("invalid_blocks", errors=found)
        hook.uses += 1
        if said.get("delete_original") and hook.original:
            self._record.remove(hook.room, hook.original)
        elif said.get("replace_original") and hook.original:
            self._record.edit(hook.room, hook.original, text=said.get("text", ""), blocks=said.get("blocks"))
        else:
            self.show(hook.room, hook.user, said)

    def show(self, room: SlackRoom, user: str, said: Json) -> None:
        """Post an answer to a person: ephemeral unless it says in_channel."""
        alone = None if said.get("response_type") == "in_channel" else user
        thread = said.get("thread_ts")
        draft = SlackDraft(bot(room.workspace), said.get("text", ""), said.get("blocks"), None, thread, alone)
        self._record.post(room, draft)
