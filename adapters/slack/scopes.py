"""What we ask Slack for, each with its reason: one table for the manifest, the install and the doctor."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """A permission. `why` is what it is for; of an `optional` one, `without` is what is lost without it."""

    name: str
    why: str
    without: str = ""

    @property
    def optional(self) -> bool:
        """Whether Parley can do its work without it."""
        return bool(self.without)


@dataclass(frozen=True, slots=True)
class Event:
    """Something Slack tells us of; it needs `scope`, or none where that is empty."""

    name: str
    why: str
    scope: str = ""


LOOK_UP = "a message that may or may not have arrived is sent again, marked as a possible repeat, or held"
STAYS = "somebody has to remove Parley from a channel that is unlinked; it says nothing there any more"
SCOPES = (
    Scope("app_mentions:read", "hear “@Parley …” in a channel it was invited to"),
    Scope("channels:read", "know who is in a public channel, before anything is posted there"),
    Scope("chat:write", "answer, post cards and keep them up to date"),
    Scope("commands", "/parley, the short forms, and what one can do with a message, such as “Log as issue”"),
    Scope("groups:read", "know who is in a private channel, before anything is posted there"),
    Scope("im:history", "hear what is typed to Parley in a direct message; no other conversation"),
    Scope("im:write", "open a direct message, for alarms and private answers"),
    Scope("users:read", "tell members from guests and apps; suggest names and time zones"),
    Scope("channels:history", "look up in a public channel whether a doubtful message arrived", LOOK_UP),
    Scope("groups:history", "look up in a private channel whether a doubtful message arrived", LOOK_UP),
    Scope("channels:manage", "leave a public channel that its administrator has unlinked", STAYS),
    Scope("groups:write", "leave a private channel that its administrator has unlinked", STAYS),
    Scope("users:read.email", "suggest the address of a person who is added", "it is typed in"),
)
REQUIRED = frozenset(scope.name for scope in SCOPES if not scope.optional)
KNOWN = frozenset(scope.name for scope in SCOPES)
EVENTS = (
    Event("app_home_opened", "the home of whoever opens it is drawn for them"),
    Event("app_mention", "“@Parley …” in a channel", "app_mentions:read"),
    Event("app_uninstalled", "messages are held, and the administrators are told"),
    Event("member_joined_channel", "an unknown person or app mutes the channel", "channels:read"),
    Event("member_left_channel", "the channel may speak again", "channels:read"),
    Event("channel_left", "the administrators hear that Parley was taken out", "channels:read"),
    Event("group_left", "the administrators hear that Parley was taken out", "groups:read"),
    Event("message.im", "what is typed in a direct message", "im:history"),
    Event("tokens_revoked", "messages are held, and the administrators are told"),
    Event("team_join", "what a new account is, a guest or a member", "users:read"),
    Event("user_change", "a guest or a deactivated account loses access at once", "users:read"),
)
