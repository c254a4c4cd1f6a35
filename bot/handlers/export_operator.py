"""Taking away by whoever runs Parley: as one person may see it; recorded before anything is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.dossier import Dossier
from bot.governance.export import About, Format
from bot.governance.visibility import Scope, Visibility
from bot.handlers.attention import judge, read_as
from bot.handlers.export_gather import gather
from bot.handlers.export_words import meant
from bot.ports import Store
from bot.records import Entry

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
        for entry in _lines(dossier, about, wanted, now):
            archive.record(entry)
    return dossier


def _lines(dossier: Dossier, about: About, wanted: Wanted, now: datetime) -> Iterator[Entry]:
    """For both companies of each partnership; what was in it only where its readers read it.

    The line that both read does not say which record it was, nor how many: a hidden one would show.
    """
    told = {"read_as": dossier.reader.id, "format": wanted.format.value}
    shared = {Scope(one.id, Visibility.SHARED): (one.id, told) for one in dossier.partnerships}
    inside = {
        (Scope(one.partnership, one.visibility), _record(one.partnership, one.visibility, one.id, about))
        for one in (item.issue for item in dossier.items)
    }
    more = told | {"study": about.study} if about.study else told
    for scope, record in sorted(inside, key=lambda one: (one[0].partnership, one[0].visibility, one[1])):
        shared.pop(scope, None)
        yield Entry(CODE, "", now, scope, "", record, wanted.reason, None, more)
    for scope, (record, known) in shared.items():
        yield Entry(CODE, "", now, scope, "", record, wanted.reason, None, known)


def _record(partnership: str, visibility: Visibility, issue: str, about: About) -> str:
    """The record the line is about: the one that was asked for, each that names its readers, else all."""
    return issue if about.issue or visibility.names_readers else partnership
