"""What one reader may lawfully take away: issues with their story, the people, and each line's proof."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.governance.issue import Issue
from bot.governance.partnership import Partnership, Person
from bot.records import Entry, Note


@dataclass(frozen=True, slots=True)
class Link:
    """One line of a chain, as whoever may see its class can check it (decision 0022).

    `hash` is SHA-256 over all but `payload`, `salt` and itself; `payload_hash` over salt and payload.
    `payload` and `salt` are None where the content was lawfully erased, or is none of this dossier's matter.
    """

    chain: str
    seq: int
    at: datetime
    person: str
    what: str
    record: str
    partnership: str
    visibility: str
    organisation: str
    version: int
    payload: str | None
    salt: str | None
    payload_hash: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class SignedHead:
    """How far a chain had come on that day, signed with Ed25519; `signature` and `key` (public) are base64.

    `mark` names the key: the first 16 hexadecimal digits of its SHA-256.
    """

    chain: str
    seq: int
    hash: str
    day: date
    mark: str
    key: str
    signature: str


@dataclass(frozen=True, slots=True)
class Item:
    """One issue as it stands for this reader, its notes and its story, the oldest first."""

    issue: Issue
    notes: tuple[Note, ...]
    story: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """`about` says in words what was asked for; `as_of` is the instant of the newest line in it.

    `links` are whole chains, in the order of chain and seq, so that the heads can be checked; of lines about
    other records they hold no payload. Nothing in it depends on when it is made: identical content gives
    identical bytes.
    """

    about: str
    reader: Person
    company: str
    partnerships: tuple[Partnership, ...]
    as_of: datetime | None
    items: tuple[Item, ...]
    people: tuple[Person, ...]
    companies: tuple[tuple[str, str], ...]  # (organisation id, its name)
    links: tuple[Link, ...]
    heads: tuple[SignedHead, ...]
    broken: str = ""  # where a chain does not hold, in one sentence; "" where all do
