"""A dossier as JSON, the format parley-export/1: canonical, sorted, UTF-8, and sealed (docs/export.md)."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any, Protocol

from adapters.documents.told import Teller
from bot.dossier import Dossier, Item, Kept, Link, SignedHead
from bot.governance.action import Action
from bot.governance.change import difference
from bot.governance.commitment import Commitment
from bot.governance.decision import Decision
from bot.governance.issue import Issue
from bot.governance.partnership import Partnership
from bot.governance.session import Session

FORMAT = "parley-export/1"
SEALED = "export"  # where a head names its chain, the seal names this
HOW = (
    "Run `python3 verify_export.py FILE`; the program comes with Parley's documentation, needs Python alone "
    "and nothing of Parley's, and docs/export.md says the recipe, so that anybody can write another one. "
    "Each line's hash is SHA-256 of the JSON (keys sorted, no spaces, ASCII) of all its fields and the "
    "chain's name, without payload, salt and hash; payload_hash is SHA-256 of salt and payload, one after "
    "the other; previous is the hash of the line before. A head is signed with Ed25519 over five lines: "
    "“parley signed head 1”, chain, seq, hash, day. The seal is such a signature too, its chain “export”, "
    "over the SHA-256 of this whole file without the member “seal” and without the line feed at the end."
)
START = date(1970, 1, 1)


class Signer(Protocol):
    """Who vouches for an export; `mark` is "" where there is no key."""

    @property
    def mark(self) -> str: ...
    def sign(self, chain: str, seq: int, hash_: str, day: date) -> SignedHead: ...


def chunks(dossier: Dossier, signer: Signer) -> Iterator[bytes]:
    """The file, piece by piece."""
    content = hashlib.sha256()
    for piece in _content(dossier):
        content.update(piece)
        yield piece
    content.update(b"}")
    yield b',"seal":' + canonical(_seal(dossier, signer, content.hexdigest())) + b"}\n"


def digest(dossier: Dossier) -> str:
    """SHA-256 of the content, which the seal is over; the same for identical content."""
    content = hashlib.sha256()
    for piece in _content(dossier):
        content.update(piece)
    content.update(b"}")
    return content.hexdigest()


def canonical(value: object) -> bytes:
    """Keys sorted, no spaces, UTF-8."""
    told = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return told.encode("utf-8", "replace")


def moment(at: datetime) -> str:
    """As the chain holds it: ISO 8601 in UTC."""
    return at.astimezone(UTC).isoformat()


def _content(dossier: Dossier) -> Iterator[bytes]:
    """Everything but the seal and the last brace; the members in the order of their names."""
    teller = Teller(dossier)
    reader = _plain(dossier.reader, "handle", "zone") | {"company": dossier.company}
    members: Mapping[str, Any] = {
        "about": dossier.about,
        "actions": _kept(dossier, teller, Action),
        "as_of": moment(dossier.as_of) if dossier.as_of else None,
        "broken": dossier.broken,
        "chains": _chains(dossier),
        "commitments": _kept(dossier, teller, Commitment),
        "companies": [{"id": one, "name": name} for one, name in sorted(dossier.companies)],
        "decisions": _kept(dossier, teller, Decision),
        "format": FORMAT,
        "how_to_verify": HOW,
        "issues": _kept(dossier, teller, Issue),
        "meetings": _kept(dossier, teller, Session),
        "partnerships": [_home(one) for one in sorted(dossier.partnerships, key=lambda one: one.id)],
        "people": [_plain(one, "handle", "zone") for one in sorted(dossier.people, key=lambda one: one.id)],
        "reader": reader,
    }
    before = b"{"
    for name, value in members.items():
        yield before + canonical(name) + b":"
        yield from _streamed(value) if isinstance(value, Iterator) else (canonical(value),)
        before = b","


def _streamed(values: Iterable[object]) -> Iterator[bytes]:
    """A list, one value at a time."""
    before = b"["
    for value in values:
        yield before + canonical(value)
        before = b","
    yield b"[]" if before == b"[" else b"]"


def _chains(dossier: Dossier) -> Iterator[dict[str, Any]]:
    heads = sorted(dossier.heads, key=lambda head: (head.chain, head.seq, head.day, head.mark))
    for chain, lines in groupby(sorted(dossier.links, key=_place), lambda link: link.chain):
        signed = [_head(head) for head in heads if head.chain == chain]
        yield {"chain": chain, "lines": [_link(line) for line in lines], "heads": signed}


def _link(link: Link) -> dict[str, Any]:
    told = asdict(link) | {"at": moment(link.at)}
    del told["chain"]
    return told


def _head(head: SignedHead) -> dict[str, Any]:
    return asdict(head) | {"day": head.day.isoformat()}


def _kept(dossier: Dossier, teller: Teller, kind: type[Kept]) -> Iterator[dict[str, Any]]:
    """Every record of that kind, by partnership and id."""
    of_kind = (item for item in dossier.items if isinstance(item.record, kind))
    return (_record(item, teller) for item in sorted(of_kind, key=_by_id))


def _record(item: Item, teller: Teller) -> dict[str, Any]:
    notes = [_plain(note) | {"at": moment(note.at)} for note in item.notes]
    story = [
        {
            "at": moment(line.at),
            "person": line.person,
            "what": line.what,
            "why": line.why,
            "says": line.says,
            "chain": line.chain,
            "seq": line.seq,
        }
        for line in teller.story(item)
    ]
    return _plain(item.record) | {"notes": notes, "story": story}


def _home(home: Partnership) -> dict[str, Any]:
    """Its two companies; what they agreed on is no part of a record."""
    return _plain(home, "calendar", "policy")


def _plain(value: object, *without: str) -> dict[str, Any]:
    """What there is of a dataclass, as JSON holds it; empty fields are left out."""
    return {name: told for name, told in difference(None, value)[1].items() if name not in without}


def _seal(dossier: Dossier, signer: Signer, sha256: str) -> dict[str, Any]:
    day = dossier.as_of.astimezone(UTC).date() if dossier.as_of else START
    told = {"sha256": sha256, "lines": len(dossier.links), "day": day.isoformat()}
    if not signer.mark:
        return told | {"mark": "", "key": "", "signature": ""}
    head = signer.sign(SEALED, len(dossier.links), sha256, day)
    return told | {"mark": head.mark, "key": head.key, "signature": head.signature}


def _by_id(item: Item) -> tuple[str, str]:
    return item.record.partnership, item.record.id


def _place(link: Link) -> tuple[str, int]:
    return link.chain, link.seq
