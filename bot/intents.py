"""What somebody wants, wherever they said it: typed, pressed or submitted, all become an Intent."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Handle:
    """Who a platform says is speaking: proof of origin, not yet of identity.

    `tenant` is the workspace or tenant of the *speaker*; `name` is only a display name.
    """

    platform: str
    tenant: str
    user: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it was said. `thread` is the root message for an answer in a thread, else empty.

    `service` is the address that platform told us to answer at, where it has one.
    """

    platform: str
    tenant: str
    conversation: str
    private: bool = False
    thread: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named in the text by the platform's own mark: `mark` stands in the text for `user`."""

    mark: str
    user: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Intent:
    """One request. A typed one has `text`; a pressed one has `verb` ("issue.ack") and `fields`.

    `key` is the platform's own id for this request, unique for ever. `answerable` says whether the answer can
    ride on this request's own response; otherwise it is promised and sent.
    """

    speaker: Handle
    place: Place
    key: str
    text: str = ""
    verb: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    mentions: tuple[Mention, ...] = ()
    answerable: bool = False
