"""A dossier as a PDF: what is set is told here, a process of its own sets it (press.py, paper.typ)."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, BinaryIO

from adapters.documents import record
from adapters.documents.letters import shown
from adapters.documents.record import Signer
from adapters.documents.told import Line, Teller
from bot.cards import when
from bot.cards.setting import short
from bot.dossier import Dossier, Item
from bot.errors import Refusal
from bot.governance.visibility import Visibility

PRESS = Path(__file__).with_name("press.py")
PATIENCE = 120.0  # seconds
MOST = 12_000  # lines of stories in one PDF; its process needs about 100 KB for each
ONE = BoundedSemaphore()  # one press at a time: it is given a whole core and much memory
RUNNING = 70  # characters of what it is about, at the head of each page
LONG = 1200  # characters with which a line of a story may go on on the next page
WHOLE = "The record holds"
BROKEN = "The record does not hold"
CHAINED = (
    "Each act is one line of a chain. A line holds the hash of the one before it, so nothing can be changed, "
    "left out or moved without every later line showing it. “Line” in a timeline is the chain’s letter and "
    "the number of the line in it. The head of each chain is signed once a day."
)
ALONE = (
    "To check it without Parley: ask for the same export as JSON and run “python3 verify_export.py FILE”, "
    "which needs Python and nothing else. The program and the recipe are in Parley’s documentation, on the "
    "page “Exports”."
)


class NotSet(Refusal):
    """The PDF could not be made, and nothing is lost; ask for it as JSON or CSV, which hold the same."""


class TooManyLines(Refusal):
    """That is {count} lines, and a PDF has at most {most}; ask for less, or take JSON or CSV."""


def write(dossier: Dossier, signer: Signer, out: BinaryIO) -> None:
    """Set it, and copy it out. Raises NotSet or TooManyLines, each before anything is written."""
    count = sum(len(item.story) + len(item.notes) for item in dossier.items)
    if count > MOST:
        raise TooManyLines(count=f"{count:,}", most=f"{MOST:,}")
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as made:
        told.write(json.dumps(_shown(paper(dossier, signer))).encode())
        told.seek(0)
        _press(told, made)
        made.seek(0)
        shutil.copyfileobj(made, out)


def _press(told: Any, made: Any) -> None:
    """Run the press on two open files. What it complains of may quote the record, so it goes nowhere."""
    words = [sys.executable, "-I", str(PRESS)]
    with ONE:
        try:
            done = subprocess.run(  # noqa: S603 - our own program, fixed words
                words, stdin=told, stdout=made, stderr=subprocess.DEVNULL, env={}, timeout=PATIENCE
            )
        except (OSError, subprocess.TimeoutExpired):
            raise NotSet from None
    if done.returncode:
        raise NotSet


def paper(dossier: Dossier, signer: Signer) -> dict[str, Any]:
    """All that is set, in the shape that paper.typ reads."""
    teller = Teller(dossier)
    letters = _letters(dossier)
    as_of = when.instant(dossier.as_of, "UTC") if dossier.as_of else "an empty record"
    homes = "; ".join(f"{one.sponsor_name} and {one.cro_name}" for one in dossier.partnerships)
    return {
        "title": f"Record of {dossier.about}",
        "running": short(f"Record of {dossier.about}", RUNNING),
        "about": f"What {teller.whose} may see of it.",
        "head": f"as seen by {dossier.reader.name}",
        "foot": f"As of {as_of}",
        "origin": [f"Between {homes}", f"As of {as_of}, when the newest line in it was written"],
        "verdict": {"fine": not dossier.broken, **_verdict(dossier)},
        "records": [_record(item, teller, letters) for item in dossier.items],
        "how": list(_how(dossier, signer)),
        "chains": list(_chains(teller, letters)),
        "heads": list(_heads(dossier, letters)),
    }


def _shown(value: Any) -> Any:
    """The same in letters that the fonts have."""
    match value:
        case str():
            return shown(value)
        case Mapping():
            return {name: _shown(one) for name, one in value.items()}
        case list() | tuple():
            return [_shown(one) for one in value]
    return value


def _verdict(dossier: Dossier) -> dict[str, str]:
    if dossier.broken:
        return {"head": BROKEN, "words": dossier.broken}
    lines, chains = len(dossier.links), len({link.chain for link in dossier.links})
    counted = f"{_counted(lines, 'line')} in {_counted(chains, 'chain')}"
    signed = f" and {_counted(len(dossier.heads), 'signed head')}" if dossier.heads else ""
    return {"head": WHOLE, "words": f"{counted}{signed} were checked: nothing is missing, moved or changed."}


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _record(item: Item, teller: Teller, letters: Mapping[str, str]) -> dict[str, Any]:
    known, companies = teller.concerned(item), teller.companies
    people = [(one.name, one.title, companies.get(one.organisation, "")) for one in known]
    notes = [
        {"at": when.instant(note.at, "UTC"), "who": name, "readers": readers, "text": note.text}
        for note, name, readers in teller.notes(item)
    ]
    return {
        "heading": item.heading,
        "facts": item.facts,
        "people": people,
        "story": [_line(line, letters) for line in teller.story(item)],
        "notes": notes,
    }


def _line(line: Line, letters: Mapping[str, str]) -> dict[str, Any]:
    place = f"{letters[line.chain]} {line.seq}" if line.seq else ""
    long = sum(map(len, (line.says, *(word for change in line.changes for word in change)))) > LONG
    told = {"says": line.says, "changes": line.changes, "place": place, "long": long}
    return told | {"at": when.instant(line.at, "UTC")}


def _letters(dossier: Dossier) -> dict[str, str]:
    """A short name for each chain: A, B, … Z, AA, AB, …"""
    chains = sorted({link.chain for link in dossier.links} | {head.chain for head in dossier.heads})
    return {chain: _letter(place) for place, chain in enumerate(chains)}


def _letter(place: int) -> str:
    return (_letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def _chains(teller: Teller, letters: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Each with who reads it, as far as a record of this dossier lies in it."""
    last = {link.chain: link for link in teller.dossier.links}
    items = {(item.record.partnership, item.record.visibility): item for item in teller.dossier.items}
    records = {item.record.id: item for item in teller.dossier.items}
    for chain, link in sorted(last.items()):
        visibility = Visibility(link.visibility) if link.visibility else None
        item = records.get(link.record)
        if visibility and not visibility.names_readers:
            item = items.get((link.partnership, visibility), item)
        readers = teller.readers(item, visibility) if item and visibility else teller.dossier.company
        told = {"letter": letters[chain], "name": chain, "hash": link.hash, "lines": f"{link.seq:,}"}
        yield told | {"readers": readers}


def _heads(dossier: Dossier, letters: Mapping[str, str]) -> Iterator[list[str]]:
    """The newest head of each chain, and how many days were signed in all."""
    days = Counter(head.chain for head in dossier.heads)
    newest = {head.chain: head for head in sorted(dossier.heads, key=lambda head: (head.day, head.seq))}
    for chain, head in sorted(newest.items()):
        yield [letters[chain], when.day(head.day), f"{head.seq:,}", head.mark, f"{days[chain]:,}"]


def _how(dossier: Dossier, signer: Signer) -> Iterator[str]:
    """How to check it without Parley."""
    yield CHAINED
    yield f"{ALONE} The content of that JSON has the SHA-256 {record.digest(dossier)}."
    if signer.mark:
        yield f"It is sealed with the key {signer.mark}; compare this mark with what Parley’s operator says."
