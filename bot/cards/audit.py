"""What was done to the record itself, in one plain sentence a line: openings, looks, redactions, terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.actors import Actor
from bot.cards import issue_erased, when
from bot.cards.issue_story import ended
from bot.governance.partnership import Partnership, Person
from bot.records import Entry
from bot.views import Button, Buttons, Card, Facts, Text

SAYS: Mapping[str, str] = {
    "issue.open": "opened {record}",
    "issue.share": "shared {record} with the other company",
    "issue.unshare": "took {record} back",
    "issue.readers": "changed who reads {record}",
    "operator.findings": "The operator looked at what needs attention, as {reader} sees it",
    "operator.export": "The operator made an export, as {reader} sees it",
    "operator.access": "The operator listed who has access, as {reader} sees it",
    "operator.load": "The operator loaded a file",
    "operator.mend": "The operator set a clock of {record} anew",
    "operator.restored": "The operator restored a backup",
    "export.made": "made an export",
    "terms.propose": "proposed to change what was agreed",
    "terms.agree": "agreed to a change of what was agreed",
    "terms.decline": "declined a change of what was agreed",
    "terms.withdraw": "took back a proposed change of what was agreed",
    "partnership.agree": "agreed on the partnership",
    "partnership.end": "named the last day of the partnership",
    "partnership.end_withdraw": "took back the last day of the partnership",
    "partnership.over": "The partnership ended",
    "hold.set": "set a legal hold",
    "hold.release": "released a legal hold",
    "retention.erase": "What was kept long enough was erased",
}
NONE = "Nobody has opened, looked at, redacted or changed anything here yet."
WHAT = (
    "Openings, looks of the operator, exports, redactions and changes of what was agreed; the newest first."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the record, and the partnership it is about."""

    entry: Entry
    home: Partnership


@dataclass(frozen=True, slots=True)
class Page:
    """Who reads it, whom they know, which page it is, and whether there is an earlier one."""

    reader: Actor
    people: Mapping[str, Person]
    number: int = 0
    more: bool = False


def listing(lines: Sequence[Line], page: Page) -> Card:
    """One page of them."""
    title = "Audit"
    if not lines:
        return Card(title, (Text(NONE), *_ways(page)), NONE)
    told = tuple((_when(one, page), sentence(one, page)) for one in lines)
    return Card(title, (Text(WHAT, quiet=True), Facts(told), *_ways(page)), WHAT)


def sentence(line: Line, page: Page) -> str:
    """Who did what to which record, and why."""
    entry = line.entry
    after: Mapping[str, Any] = entry.after or {}
    if entry.what in issue_erased.TOLD:
        done = f"{issue_erased.told(_Redaction(entry.what, after)).replace('its story', entry.record)}"
    else:
        reader = str(after.get("read_as") or entry.record)
        done = SAYS.get(entry.what, entry.what).format(record=entry.record, reader=_name(reader, line, page))
    why = f": {' '.join(entry.why.split())}" if entry.why else ""
    return ended(f"{done}{why}" if done[:1].isupper() else f"{_name(entry.person, line, page)} {done}{why}")


@dataclass(frozen=True, slots=True)
class _Redaction:
    what: str
    after: Mapping[str, Any]


def _when(line: Line, page: Page) -> str:
    """When, and with which partner where there are several."""
    home = line.home
    other = home.company(page.reader.side.other) if page.reader.side else home.id
    return f"{when.instant(line.entry.at, page.reader.zone)}, {other}"


def _name(person: str, line: Line, page: Page) -> str:
    if not person:
        return "Parley"
    found = page.people.get(person)
    if found is None:
        return "somebody who has left"
    return f"{found.name} ({line.home.company(line.home.side_of(found.organisation))})"


def _ways(page: Page) -> tuple[Buttons, ...]:
    later = (Button("Later", "audit", {"page": str(page.number - 1)}),) if page.number else ()
    earlier = (Button("Earlier", "audit", {"page": str(page.number + 1)}),) if page.more else ()
    return (Buttons((*earlier, *later)),) if earlier or later else ()
