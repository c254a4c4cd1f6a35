"""What somebody wants, wherever they said it: typed, pressed or submitted, all become an Intent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


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


class Kind(StrEnum):
    """What an account is on its platform. Only a member may use Parley."""

    MEMBER = "member"
    GUEST = "guest"
    APP = "app"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Account:
    """What a platform tells of one of its accounts. It suggests a name or a zone, never a side or a role."""

    handle: Handle
    kind: Kind = Kind.MEMBER
    title: str = ""
    email: str = ""
    zone: str = ""


class Reply(StrEnum):
    """How a request can be answered.

    `LATER`: nothing rides on the response, the answer is promised and sent. `OPENING`: a form can be opened
    in response, anything else is sent. `FORM`: a form stands open before them; it, or a refusal, is shown
    there and anything else is sent. `HERE`: whatever the answer is, it rides on the response.
    """

    LATER = "later"
    OPENING = "opening"
    FORM = "form"
    HERE = "here"


@dataclass(frozen=True, slots=True)
class Intent:
    """One request. A typed one has `text`; a pressed or submitted one has `verb` ("issue.ack") and `fields`.

    `key` is the platform's own id for this request, unique for ever. `accounts` are what the platform tells
    of the accounts that a form's fields name, or of who wrote the message that somebody points at.
    """

    speaker: Handle
    place: Place
    key: str
    text: str = ""
    verb: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    mentions: tuple[Mention, ...] = ()
    reply: Reply = Reply.LATER
    accounts: tuple[Account, ...] = ()
