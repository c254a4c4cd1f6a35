"""Taking away by whoever runs Parley: as one person may see it; recorded before anything is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.actors import Actor
from bot.dossier import Dossier
from bot.governance.export import About, Format
from bot.governance.visibility import Scope, Visibility
from bot.handlers.attention import judge, read_as
from bot.handlers.export_gather import gather
from bot.handlers.export_words import meant
from bot.ports import Archive, Store
from bot.records import Entry, IssueFilter

CODE = "operator.export"


@dataclass(frozen=True, slots=True)
class Wanted:
    """As whom an operator takes away what (in words, "" for all), as what, and why."""

    who: str
    what: str
    format: Format
    reason: str


def take(store: Store, wanted: Wanted, now: datetime) -> Dossier:
    """What that person may see, once it is on the record that somebody took it. Raises Refusal."""
    judge(wanted.reason)
    with store.writing() as archive:
        reader = read_as(archive, wanted.who)
        about = meant(archive, reader, wanted.what)
        dossier = gather(archive, reader, about)
        for entry in _lines(archive, reader, dossier, (about, wanted), now):
            archive.record(entry)
    return dossier


def _lines(
    archive: Archive, reader: Actor, dossier: Dossier, asked: tuple[About, Wanted], now: datetime
) -> Iterator[Entry]:
    """For both companies of each partnership; what was in it only where its readers read it.

    The line that both read does not say which record it was, nor how many: a hidden one would show. And it
    follows from what was asked, not from what was found: one side's hidden note would show in that.
    """
    about, wanted = asked
    told = {"read_as": reader.person, "format": wanted.format.value}
    told |= {"study": about.study} if about.study else {}
    inside = {
        (Scope(one.partnership, one.visibility), _record(one.partnership, one.visibility, one.id, about))
        for one in (item.record for item in dossier.items)
        if one.visibility is not Visibility.SHARED or about.record
    }
    both = {Scope(one, Visibility.SHARED) for one in _homes(archive, reader, dossier, about)}
    inside |= {(one, one.partnership) for one in both - {scope for scope, _ in inside}}
    for scope, record in sorted(inside, key=lambda one: (one[0].partnership, one[0].visibility, one[1])):
        yield Entry(CODE, "", now, scope, "", record, wanted.reason, None, told)


def _homes(archive: Archive, reader: Actor, dossier: Dossier, about: About) -> Iterator[str]:
    """The reader's own partnerships that were looked through, whether or not anything was found there."""
    known = [one.id for one in archive.known_partnerships(reader)]
    if about.record:
        wanted = {item.record.partnership for item in dossier.items}
        yield from (one for one in known if one in wanted)
    elif about.partnership:
        yield about.partnership
    else:
        yield from (one for one in known if not about.study or _has(archive, reader, one, about.study))


def _has(archive: Archive, reader: Actor, partnership: str, study: str) -> bool:
    """Whether both companies know that study there, by what they agreed or by an issue that both read."""
    which = IssueFilter(partnership, open_only=False, classes=(Visibility.SHARED,), study=study)
    return study in archive.studies(reader, partnership) or archive.count_issues(reader, which) > 0


def _record(partnership: str, visibility: Visibility, record: str, about: About) -> str:
    """The record the line is about: the one that was asked for, each that names its readers, else all."""
    return record if about.record or visibility.names_readers else partnership
