"""What the small Slack remembers: its rooms and their messages."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from playground.cast import BOT_NAME, Author, Json, SlackPerson, Workspace
from playground.clock import Stamps

Blocks = list[Json]

SLACKBOT = Author("USLACKBOT", "Slackbot", bot=True)


class SlackError(Exception):
    """An answer with `ok: false`; the first argument is Slack's error code, `extra` goes beside it."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra


@dataclass(frozen=True, slots=True)
class SlackDraft:
    """A message about to be posted; `only_for` is the one person who sees an ephemeral message."""

    author: Author
    text: str
    blocks: Blocks | None = None
    metadata: Json | None = None
    thread_ts: str | None = None
    only_for: str | None = None


@dataclass(frozen=True, slots=True)
class SlackMessage:
    """`at` is ISO 8601; `earlier` holds the blocks before each edit, oldest first."""

    ts: str
    author: Author
    text: str
    blocks: Blocks | None
    metadata: Json | None
    thread_ts: str | None
    only_for: str | None
    at: str
    edited: str | None = None
    earlier: tuple[Blocks, ...] = ()

    def __post_init__(self) -> None:
        for index, block in enumerate(self.blocks or []):
            block.setdefault("block_id", f"b{index}")


@dataclass(slots=True)
class SlackRoom:
    """A channel or the direct messages of one person with the bot; `members` are ids of people.

    `shared_with` are the other workspaces that Slack Connect shows it to.
    """

    workspace: Workspace
    id: str
    name: str
    kind: Literal["channel", "im"]
    members: list[str]
    has_bot: bool = True
    messages: list[SlackMessage] = field(default_factory=list)
    shared_with: list[str] = field(default_factory=list)

    def find(self, ts: str) -> SlackMessage | None:
        return next((message for message in self.messages if message.ts == ts), None)

    def thread(self, ts: str) -> list[SlackMessage]:
        """The root and its replies, oldest first, without ephemeral messages."""
        return [one for one in self.messages if ts in (one.ts, one.thread_ts) and one.only_for is None]

    def roots(self) -> list[SlackMessage]:
        """What `conversations.history` shows, oldest first: no replies, no ephemeral messages."""
        return [one for one in self.messages if one.thread_ts is None and one.only_for is None]


class SlackRecord:
    """Every workspace with its rooms; whoever changes a message here wakes the watchers.

    `uninstalled` are the workspaces that took the app out; `kinds` says of a person's id that they are a
    guest or gone; `apps` are other apps' names by their user id.
    """

    def __init__(
        self,
        workspaces: Iterable[Workspace],
        wall: Callable[[], float],
        stamp: Callable[[], str],
        changed: Callable[[], None],
    ) -> None:
        self.workspaces = {workspace.id: workspace for workspace in workspaces}
        self._stamps = Stamps(wall, 1_000_000)
        self._stamp = stamp
        self.changed = changed
        self.uninstalled: set[str] = set()
        self.kinds: dict[str, str] = {}
        self.apps: dict[str, str] = {}
        self._rooms = {
            (room.workspace.id, room.id): room for one in self.workspaces.values() for room in _opening(one)
        }

    def join(self, workspace: Workspace) -> None:
        """One more workspace, which has not installed the app; nothing happens where it is there already."""
        if workspace.id not in self.workspaces:
            self.workspaces[workspace.id] = workspace
            self.uninstalled.add(workspace.id)
            self._rooms |= {(workspace.id, room.id): room for room in _opening(workspace)}

    def rooms(self, workspace: Workspace) -> list[SlackRoom]:
        """Its own, and those that others share with it."""
        return [one for one in self._rooms.values() if workspace.id in (one.workspace.id, *one.shared_with)]

    def room(self, workspace: Workspace, channel: str) -> SlackRoom:
        """A room by its id or by the id of a person; SlackError channel_not_found."""
        key = dm_id(channel) if channel.startswith(("U", "W")) else channel
        for room in self.rooms(workspace):
            if room.id == key:
                return room
        raise SlackError("channel_not_found")

    def by_token(self, token: str) -> Workspace | None:
        found = (one for one in self.workspaces.values() if one.bot_token and one.bot_token == token)
        return next(found, None)

    def person(self, user: str) -> tuple[Workspace, SlackPerson]:
        """The person and their workspace; LookupError when nobody has this id."""
        for workspace in self.workspaces.values():
            for person in workspace.people:
                if person.id == user:
                    return workspace, person
        raise LookupError(f"Nobody on Slack has the id {user}.")

    def post(self, room: SlackRoom, draft: SlackDraft) -> SlackMessage:
        seconds, micros = divmod(self._stamps.next(), 1_000_000)
        message = SlackMessage(
            ts=f"{seconds}.{micros:06d}",
            author=draft.author,
            text=draft.text,
            blocks=draft.blocks or None,
            metadata=draft.metadata or None,
            thread_ts=draft.thread_ts,
            only_for=draft.only_for,
            at=self._stamp(),
        )
        room.messages.append(message)
        self.changed()
        return message

    def edit(self, room: SlackRoom, ts: str, **parts: Any) -> SlackMessage:
        """Replace the given parts of a message; SlackError message_not_found."""
        for place, old in enumerate(room.messages):
            if old.ts == ts:
                earlier = (*old.earlier, old.blocks) if old.blocks else old.earlier
                new = replace(old, **parts, edited=self._stamp(), earlier=earlier)
                room.messages[place] = new
                self.changed()
                return new
        raise SlackError("message_not_found")

    def remove(self, room: SlackRoom, ts: str) -> None:
        kept = [message for message in room.messages if message.ts != ts]
        if len(kept) == len(room.messages):
            raise SlackError("message_not_found")
        room.messages[:] = kept
        self.changed()


def _opening(workspace: Workspace) -> Iterable[SlackRoom]:
    for channel in workspace.channels:
        yield SlackRoom(workspace, channel.id, channel.name, "channel", list(channel.members))
    for person in workspace.people:
        yield SlackRoom(workspace, dm_id(person.id), person.name, "im", [person.id])


def dm_id(user: str) -> str:
    """The id of a person's direct messages with the bot."""
    return f"D{user}"


def bot(workspace: Workspace) -> Author:
    """The bot as an author in this workspace."""
    return Author(workspace.bot_user, BOT_NAME, bot=True)


def bot_id(workspace: Workspace) -> str:
    """Slack's second id of the bot, with a B in front."""
    return f"B{workspace.bot_user[1:]}"
