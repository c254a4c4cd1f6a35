"""What the small Teams remembers: its conversations and their activities."""

import base64
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from playground.cast import Author, Json, TeamsPerson, Tenant
from playground.clock import Stamps

ROOT = ";messageid="


class TeamsError(Exception):
    """An error answer of the Connector: HTTP status, code and message."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class TeamsMessage:
    """`cards_for` maps an aadObjectId to the card only they see, until the next edit; `notes_for` to a line
    that the bot said to them beneath it.
    """

    id: str
    author: Author
    text: str
    card: Json | None
    reply_to: str | None
    at: str
    edited: bool = False
    cards_for: dict[str, Json] = field(default_factory=dict)
    notes_for: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Conversation:
    """A channel or a personal chat; `members` are aadObjectIds; `installed` is whether the bot is there."""

    tenant: Tenant
    id: str
    name: str
    team: str | None
    kind: Literal["channel", "personal"]
    members: list[str]
    installed: bool = False
    messages: list[TeamsMessage] = field(default_factory=list)

    def find(self, activity: str | None) -> TeamsMessage | None:
        return next((message for message in self.messages if message.id == activity), None)

    def root_of(self, activity: str | None) -> str | None:
        """The root of the thread this activity belongs to; None in a personal chat or if not known."""
        message = self.find(activity)
        if message is None or self.kind == "personal":
            return None
        return message.reply_to or message.id


class TeamsRecord:
    """Every conversation of every tenant; whoever changes a message here wakes the watchers.

    `kinds` says of a person's id that they are a guest or gone.
    """

    def __init__(
        self,
        tenants: Iterable[Tenant],
        wall: Callable[[], float],
        stamp: Callable[[], str],
        changed: Callable[[], None],
    ) -> None:
        self.tenants = {tenant.id: tenant for tenant in tenants}
        self._stamps = Stamps(wall, 1000)
        self._stamp = stamp
        self.changed = changed
        self.kinds: dict[str, str] = {}
        self._conversations = {one.id: one for one in self._opening()}

    def _opening(self) -> Iterable[Conversation]:
        for tenant in self.tenants.values():
            for channel in tenant.channels:
                members = list(channel.members)
                yield Conversation(tenant, channel.id, channel.name, channel.team, "channel", members)
            for person in tenant.people:
                yield Conversation(tenant, personal_id(person.id), person.name, None, "personal", [person.id])

    def conversations(self, tenant: str | None = None) -> list[Conversation]:
        """All of a tenant, or of every tenant."""
        return [one for one in self._conversations.values() if tenant in (None, one.tenant.id)]

    def resolve(self, conversation: str) -> tuple[Conversation, str | None]:
        """The conversation and the thread root that its id names; TeamsError 404."""
        base, _, root = conversation.partition(ROOT)
        found = self._conversations.get(base)
        if found is None or (root and found.find(root) is None):
            raise TeamsError(404, "ConversationNotFound", "Conversation not found.")
        return found, root or None

    def person(self, who: str) -> tuple[Tenant, TeamsPerson]:
        """By aadObjectId or by the 29: id; LookupError when nobody has it."""
        for tenant in self.tenants.values():
            for person in tenant.people:
                if who in (person.id, user_key(person.id)):
                    return tenant, person
        raise LookupError(f"Nobody on Teams has the id {who}.")

    def new_id(self) -> str:
        """The next activity id: milliseconds that only grow, as text."""
        return str(self._stamps.next())

    def add(
        self, there: Conversation, author: Author, said: tuple[str, Json | None], reply_to: str | None
    ) -> TeamsMessage:
        """`said` is the text and the card."""
        text, card = said
        message = TeamsMessage(self.new_id(), author, text, card, reply_to, self._stamp())
        there.messages.append(message)
        self.changed()
        return message

    def edit(self, there: Conversation, activity: str, **parts: Any) -> None:
        """Replace the given parts of a message; TeamsError 404."""
        for place, old in enumerate(there.messages):
            if old.id == activity:
                there.messages[place] = replace(old, **parts)
                self.changed()
                return
        raise TeamsError(404, "ActivityNotFoundInConversation", "Activity not found.")

    def remove(self, there: Conversation, activity: str) -> None:
        kept = [message for message in there.messages if message.id != activity]
        if len(kept) == len(there.messages):
            raise TeamsError(404, "ActivityNotFoundInConversation", "Activity not found.")
        there.messages[:] = kept
        self.changed()


def personal_id(aad: str) -> str:
    """The id of a person's personal chat with the bot."""
    return f"a:{aad}"


def user_key(aad: str) -> str:
    """The 29: id of a person: stable, and not to be told from the aadObjectId."""
    digest = hashlib.sha256(f"29{aad}".encode()).digest()
    return f"29:{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def team_key(tenant: Tenant, team: str) -> str:
    """The id of a team, which is the thread id of its first channel on real Teams."""
    return f"19:{hashlib.sha256(f'{tenant.id}/{team}'.encode()).hexdigest()[:32]}@thread.tacv2"
