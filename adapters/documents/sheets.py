"""A dossier as four CSV files in a zip: records, timeline, people, chain; cells no spreadsheet runs."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from adapters.documents.record import moment
from adapters.documents.told import Teller
from bot.cards.export_facts import kind_words, title
from bot.dossier import Dossier

Cell = str | int | None
Rows = Iterator[tuple[Cell, ...]]
RUN = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # how a cell begins that is a formula
FILE_DATE = (1980, 1, 1, 0, 0, 0)  # the first a zip can hold; ours never says when it was made


def write(dossier: Dossier, out: BinaryIO) -> None:
    """The zip, into something that can be sought in; not compressed: that differs between machines."""
    teller = Teller(dossier)
    sheets: tuple[tuple[str, Callable[[Teller], Rows]], ...] = (
        ("records.csv", _records),
        ("timeline.csv", _timeline),
        ("people.csv", _people),
        ("chain.csv", _chain),
    )
    with ZipFile(out, "w", ZIP_STORED) as packed:
        for name, rows in sheets:
            told = ZipInfo(name, FILE_DATE)
            told.create_system, told.external_attr = 3, 0o644 << 16
            with packed.open(told, "w") as sheet:
                _fill(io.TextIOWrapper(sheet, "utf-8-sig", "replace", newline=""), rows(teller))


def safe(cell: Cell) -> Cell:
    """With an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RUN) else cell


def _fill(sheet: io.TextIOWrapper, rows: Iterable[tuple[Cell, ...]]) -> None:
    writer = csv.writer(sheet)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    sheet.flush()
    sheet.detach()


def _records(teller: Teller) -> Rows:
    yield "kind", "number", "id", "partnership", "class", "title", "fact", "value"
    for item in teller.dossier.items:
        one = item.record
        told = kind_words(one), one.number, one.id, one.partnership, one.visibility.value
        for label, value in item.facts:
            yield *told, title(one), label, value


def _timeline(teller: Teller) -> Rows:
    yield (
        *("record", "at (UTC)", "person", "name", "what", "sentence", "why"),
        *("before", "after", "chain", "line"),
    )
    for item in teller.dossier.items:
        number = item.record.number
        for line in teller.story(item):
            was = "; ".join(f"{label}: {before}" for label, before, _ in line.changes)
            now = "; ".join(f"{label}: {after}" for label, _, after in line.changes)
            who = line.person, teller.named(line.person) if line.person else "Parley"
            told = line.what, line.says, line.why, was, now, line.chain, line.seq or ""
            yield number, moment(line.at), *who, *told
        for note, name, readers in teller.notes(item):
            said = moment(note.at), note.person, name, f"note ({readers})", note.text
            yield number, *said, "", "", "", "", ""


def _people(teller: Teller) -> Rows:
    yield "id", "name", "title", "company"
    for one in sorted(teller.dossier.people, key=lambda one: one.id):
        yield one.id, one.name, one.title, teller.companies.get(one.organisation, "")


def _chain(teller: Teller) -> Rows:
    yield (
        *("chain", "line", "at (UTC)", "person", "what", "record", "partnership", "class", "organisation"),
        *("version", "content", "salt", "content_hash", "previous", "hash"),
    )
    for link in teller.dossier.links:
        about = link.record, link.partnership, link.visibility, link.organisation, link.version
        proof = link.payload, link.salt, link.payload_hash, link.previous, link.hash
        yield link.chain, link.seq, moment(link.at), link.person, link.what, *about, *proof
