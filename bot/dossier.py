"""What one reader may lawfully take away: records with their story, the people, and each line's proof."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from bot.governance.action import Action
from bot.governance.commitment import Commitment
from bot.governance.decision import Decision
from bot.governance.issue import Issue
from bot.governance.partnership import Partnership, Person
from bot.governance.session import Session
from bot.governance.visibility import Scope, Visibility
from bot.records import Entry, Note

READ = "read:"  # begins the chains of who looked: reading changes nothing of what is read
DIRECTORY = "org:"  # begins a company's own chain

Kept = Issue | Decision | Commitment | Action | Session


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


def entry_of(link: Link) -> Entry:
    """A line as the core knows it; of an erased one only its version is left."""
    scope = Scope(link.partnership, Visibility(link.visibility)) if link.partnership else None
    said = json.loads(link.payload) if link.payload else {}
    left = {"version": link.version} if link.version and link.payload is None else None
    return Entry(
        link.what,
        link.person,
        link.at,
        scope,
        link.organisation,
        link.record,
        said.get("why", ""),
        said.get("before"),
        said.get("after", left),
        erased=link.payload is None,
    )


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
    """One record as it stands for this reader, its notes and its story, the oldest first.

    `heading` is its first line, `facts` are pairs of a label and its value.
    """

    record: Kept
    heading: str
    facts: tuple[tuple[str, str], ...]
    story: tuple[Link, ...]
    notes: tuple[Note, ...] = ()


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
