"""A whole file (schema oversight-example/1) into the record: in one transaction, once, or not at all."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import update
from sqlmodel import SQLModel

from bot.actors import CLOCK
from bot.governance.calendar import WorkCalendar
from bot.governance.issue import Issue
from bot.governance.visibility import Scope, Visibility
from bot.handlers import digest_set
from bot.records import FROM_FILE, Entry
from storage import agreed, tables
from storage.archive import SqlArchive
from storage.bound import table
from storage.load import directory, guarded, issue_links, issues, joint, policies
from storage.load.between import highest
from storage.load.issue_kept import Moment, Read
from storage.load.lines import Node, WrongFile, read
from storage.store import SqlStore

SCHEMA = "oversight-example/1"
CODE = "operator.load"  # a line of the record
META = re.compile(r"^meta:.*\n(?:(?:[ \t#].*)?\n)*", re.MULTILINE)
SECTIONS = (
    "meta",
    "organisations",
    "people",
    "counterparts",
    "rooms",
    "contacts",
    "partnerships",
    "studies",
    "escalation_policy",
    "issues",
    *joint.SECTIONS,
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a load did. `unknown` names sections, and fields, that Parley does not know yet.

    `counts` are of what stands beside issues; `before`: the rest was taken earlier.
    """

    issues: int
    people: int
    unknown: tuple[str, ...]
    before: bool = False
    counts: tuple[tuple[int, str], ...] = ()

    @property
    def words(self) -> str:
        """As the command line says it."""
        told = [f"{count} {what}" for count, what in self.counts if count]
        if self.before and not told:
            return "That file is in the record already; nothing changed."
        unknown = f"\nNot known yet and left out: {', '.join(self.unknown)}." if self.unknown else ""
        if self.before:
            return f"That file is in the record already, but for {_listed(told)}: loaded.{unknown}"
        return f"Loaded {_listed([f'{self.people} people', f'{self.issues} issues', *told])}.{unknown}"


class NotTaken(Exception):
    """Nothing was loaded; the message is one line for a person."""


def taken(store: SqlStore, name: str, text: str, now: datetime) -> str:
    """What a file of that name brought, or left out, in words. Raises NotTaken."""
    try:
        return load(store, text, now).words
    except WrongFile as wrong:
        raise NotTaken(f"{name}, {wrong}; nothing was loaded") from None


def load(store: SqlStore, text: str, now: datetime) -> Taken:
    """Take a file in, in a transaction of its own; see `take`."""
    with store.writing() as archive:
        return take(archive, text, now)


def take(archive: SqlArchive, text: str, now: datetime) -> Taken:
    """Take a file in. Raises WrongFile, with nothing changed, where any line of it is wrong.

    The same file a second time changes nothing. No load ever alarms anybody.
    """
    root = read(text)
    if root.need("meta").need("schema").text != SCHEMA:
        raise root.need("meta").need("schema").wrong(f"should be {SCHEMA}")
    digest = hashlib.sha256(text.encode()).hexdigest()
    before = archive.session.get(tables.TakenRow, digest)
    missing = tuple(one for one in joint.SECTIONS if before is None or one not in before.sections)
    if not missing:
        return Taken(0, 0, _unknown(root), before=True)
    guarded.sweep(root)
    rows, world = _directory(root, now)
    loaded = [] if before else _begin(archive, root, rows, world)
    told = joint.read(root, world).of(missing)
    joint.refuse_known(archive, root, missing)
    joint.keep(archive, told, world.moment)
    if before is None:
        for entry in _noted(rows, digest, now):
            archive.record(entry)
    _continue_numbers(archive, [one.issue for one in loaded], told, world.known)
    _note_sections(archive, digest, before, now)
    digest_set.complete(archive, now)
    people = 0 if before else len(world.known.people)
    return Taken(len(loaded), people, _unknown(root), before is not None, told.counts)


def _begin(archive: SqlArchive, root: Node, rows: Iterable[SQLModel], world: issues.World) -> list[Read]:
    """The companies, all that was agreed between them, and the issues."""
    _refuse_known(archive, root, world.known)
    for row in rows:  # one by one: the session would not keep the order that foreign keys need
        archive.session.add(row)
        archive.session.flush()
    for due in policies.ends(rows, world.moment.calendar, world.moment.now):
        archive.schedule(due)
    return [_keep(archive, one) for one in issues.issues(root.need("issues"), world)]


def _note_sections(archive: SqlArchive, digest: str, before: tables.TakenRow | None, now: datetime) -> None:
    """What of the file is in the record by now."""
    if before is None:
        before = tables.TakenRow(digest=digest, sections=[], at=now)
        archive.session.add(before)
    before.sections = list(SECTIONS)
    archive.session.flush()


def _noted(rows: Iterable[SQLModel], digest: str, now: datetime) -> Iterator[Entry]:
    """That an operator brought it, for both companies of each partnership to read."""
    for row in rows:
        if isinstance(row, tables.PartnershipRow):
            scope, after = Scope(row.id, Visibility.SHARED), {"sha256": digest}
            yield Entry(CODE, "", now, scope, "", row.id, FROM_FILE, None, after)


def as_of(text: str) -> datetime | None:
    """The instant at which an example's world stands; None where the file does not say.

    Only that section is read, because reading the whole is a good part of starting the playground.
    """
    meta = META.search(text)
    stands = read(meta[0]).need("meta").get("as_of") if meta else None
    return stands.instant.astimezone(UTC) if stands else None


def _unknown(root: Node) -> tuple[str, ...]:
    sections = [name for name in root.names if name not in SECTIONS]
    fields = sorted(set(issues.unknown(root.need("issues"))))
    issue_fields = (f"issues.{name}" for name in fields)
    return (*sections, *policies.unknown(root), *issue_fields, *joint.unknown(root))


def _listed(words: list[str]) -> str:
    """ "a, b and c"."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def _directory(root: Node, now: datetime) -> tuple[list[SQLModel], issues.World]:
    """Every row but the issues, and what the issues are read against."""
    known = directory.Known()
    terms, agreed, policy = policies.terms(root)
    rows: list[SQLModel] = [*terms]
    people = root.need("people")
    companies = root.need("organisations")
    rows += directory.organisations(companies, known)
    rows += directory.people(people, known)
    directory.backups(people, known)
    rows += directory.administrators(companies, known)
    rows += directory.partnerships(root.need("partnerships"), known, agreed)
    rows += directory.rooms(root.need("rooms"), known)
    rows += directory.counterparts(root.need("counterparts"), known)
    rows += directory.contacts(root.get("contacts") or (), known)
    rows += directory.studies(root.need("studies"), known)
    moment = Moment(_calendar(terms[0]), now)
    return rows, issues.World(known, policy, moment, issue_links.classes(root))


def _calendar(row: SQLModel) -> WorkCalendar:
    assert isinstance(row, agreed.CalendarRow)  # noqa: S101 terms begin with the calendar
    holidays = frozenset(date.fromisoformat(day) for day in row.holidays)
    return WorkCalendar(row.id, frozenset(row.work_week), holidays, row.day_ends_at)


def _refuse_known(archive: SqlArchive, root: Node, known: directory.Known) -> None:
    """Another file may not speak of companies or partnerships the record already holds."""
    for section, row in (("organisations", tables.OrganisationRow), ("partnerships", tables.PartnershipRow)):
        for item in root.need(section):
            name = item.need("id")
            if archive.session.get(row, name.text):
                raise name.wrong(f"“{name.text}” is in the record already; load its file into an empty one")


def _keep(archive: SqlArchive, one: Read) -> Read:
    archive.add_issue(CLOCK, one.issue)
    for entry in one.entries:
        archive.record(entry)
    for note in one.notes:
        archive.add_note(CLOCK, note)
    for due in one.dues:
        archive.schedule(due)
    return one


def _continue_numbers(
    archive: SqlArchive, loaded: list[Issue], told: joint.Told, known: directory.Known
) -> None:
    """New records go on after the file's, or after those that were made meanwhile."""
    series = table(tables.SeriesRow)
    archive.passes(CLOCK)
    of_issues = issues.last_numbers(loaded, known)
    numbered = tuple(told.numbered)
    joined = (
        (scope, noun, *last) for noun in ("CMT", "DEC") for scope, last in highest(numbered, noun).items()
    )
    for scope, noun, prefix, last in (*of_issues, *joined):
        row = {"partnership": scope.partnership, "visibility": scope.visibility.value, "noun": noun}
        if not archive.put_new(series, {**row, "prefix": prefix, "last": last}):
            here = (series.c[name] == value for name, value in row.items())
            archive.run(update(series).where(*here, series.c.last < last).values(last=last))


__all__ = ["Taken", "WrongFile", "as_of", "take"]
