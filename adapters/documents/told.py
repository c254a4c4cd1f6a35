"""What a dossier says in words: each issue's facts, its story, and who is in it; times in UTC."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property

from bot.actors import Actor, Role
from bot.cards import issue_erased, issue_facts, issue_story, when
from bot.cards.issue_setting import Setting
from bot.dossier import Dossier, Item, Link
from bot.governance.issue import Issue
from bot.governance.partnership import Partnership, Person, Third
from bot.governance.visibility import Scope, Visibility
from bot.records import Entry, Note

# Fields whose change is told beside the sentence, as the record names them.
CHANGES = {
    "state": "State",
    "level": "Level",
    "severity": "Severity",
    "title": "Title",
    "owner": "Owner",
    "counterpart": "Counterpart",
    "due": "Due",
    "study": "Study",
    "category": "Category",
    "description": "Description",
}
PEOPLE = ("owner", "counterpart")
NO_ROLES, NOTHING, NO_SCOPES = frozenset[Role](), frozenset[str](), frozenset[Scope]()
UNKNOWN = Partnership("", "", "", "one company", "another company", "", "")
UNTOLD = {
    "issue.note": "wrote an internal note",
    "issue.link": "kept the address of the message it began with",
    "operator.findings": "looked at what needs attention, as the operator of Parley",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a story. `says` is a whole sentence; `changes` are (field, before, after) in words.

    `chain` and `seq` are where it stands in the proof; "" and 0 where the dossier holds no such line.
    """

    at: datetime
    person: str
    what: str
    why: str
    says: str
    changes: tuple[tuple[str, str, str], ...]
    chain: str
    seq: int


class Teller:
    """Tells one dossier."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.people: Mapping[str, Person] = {one.id: one for one in dossier.people}
        self.companies: Mapping[str, str] = dict(dossier.companies)

    @property
    def whose(self) -> str:
        """Through whose eyes: "Annika Lindqvist (VP Clinical Operations; Northmere Clinical Ltd)"."""
        reader = self.dossier.reader
        return f"{reader.name} ({'; '.join(part for part in (reader.title, self.dossier.company) if part)})"

    def facts(self, item: Item) -> tuple[tuple[str, str], ...]:
        """Label and value, its state first; the description as it was written last."""
        issue = item.issue
        described = (("Description", issue.description),) if issue.description else ()
        legal = (("Legal clock", _legal(issue)),) if issue.legal else ()
        known = issue_facts.facts(issue, self._here(item))
        return (("State", issue.state.words.capitalize()), *legal, *known, *described)

    def story(self, item: Item) -> tuple[Line, ...]:
        """The oldest line first."""
        here, places = self._here(item), self._places(item.issue.id)
        return tuple(self._line(entry, here, places) for entry in item.story)

    def notes(self, item: Item) -> Iterator[tuple[Note, str, str]]:
        """Each with its writer and with who reads it."""
        for note in item.notes:
            yield note, self.named(note.person), self.readers(item, note.visibility)

    def readers(self, item: Item, visibility: Visibility) -> str:
        """Who reads what is said of it in that class."""
        here = self._here(item)
        people = tuple(sorted(self.people[one].name for one in item.issue.readers if one in self.people))
        named = (here.third.name,) if here.third else people
        return issue_facts.who_sees(visibility, here.partnership, named)

    def concerned(self, item: Item) -> tuple[Person, ...]:
        """The people who own it, stand for the other side, acted or wrote, by name."""
        issue = item.issue
        ids = {issue.raised_by, issue.owner, issue.counterpart, *issue.readers}
        ids |= {line.person for line in item.story} | {note.person for note in item.notes}
        return tuple(sorted((self.people[one] for one in ids & self.people.keys()), key=_by_name))

    def named(self, person: str) -> str:
        """ "Annika Lindqvist (Northmere Clinical Ltd)"."""
        if person not in self.people:
            return "somebody who has left" if person else "somebody"
        found = self.people[person]
        return f"{found.name} ({self.companies.get(found.organisation, 'another company')})"

    def _line(self, entry: Entry, here: Setting, places: "Places") -> Line:
        link = places.take(entry)
        if link and link.payload is None:
            entry = replace(entry, erased=True)
        chain, seq = (link.chain, link.seq) if link else ("", 0)
        changes = tuple(self._changes(entry))
        says = self._sentence(entry, here)
        return Line(entry.at, entry.person, entry.what, entry.why, says, changes, chain, seq)

    def _sentence(self, entry: Entry, here: Setting) -> str:
        if entry.what in issue_story.SENTENCES:
            return issue_story.sentence(entry, here)
        who = self.named(entry.person) if entry.person else "Parley"
        did = UNTOLD.get(entry.what, f"recorded “{entry.what}”")
        why = " ".join(entry.why.split())
        said = issue_story.ended(f"{who} {did}{f': {why}' if why else ''}")
        return f"{said} {issue_erased.LEFT}" if entry.erased else said

    def _changes(self, entry: Entry) -> Iterator[tuple[str, str, str]]:
        """Those of a line that changed something; a birth is told by the facts."""
        before, after = entry.before, entry.after or {}
        if before is None:
            return
        for field, label in CHANGES.items():
            was, now = before.get(field), after.get(field)
            if (field in before or field in after) and was != now:
                yield label, self._value(field, was), self._value(field, now)

    def _value(self, field: str, value: object) -> str:
        if value in (None, ""):
            return "none"
        if field in PEOPLE:
            return self.named(str(value))
        if field == "due":
            return when.day(date.fromisoformat(str(value)[:10]))
        return str(value).replace("_", " ") if field in ("state", "category") else str(value)

    def _here(self, item: Item) -> Setting:
        reader, issue = self.dossier.reader, item.issue
        home = next((one for one in self.dossier.partnerships if one.id == issue.partnership), UNKNOWN)
        side = home.side_of(reader.organisation)
        actor = Actor(reader.id, reader.name, reader.organisation, side, NO_ROLES, NOTHING, NO_SCOPES)
        named = self.companies.get(issue.third, "a third company")
        third = Third(issue.third, named, "", ()) if issue.third else None
        return Setting(actor, home, self.people, item.story, third=third)

    def _places(self, record: str) -> "Places":
        return Places(self._links[record])

    @cached_property
    def _links(self) -> Mapping[str, list[Link]]:
        """The lines of the chains by the record they are about."""
        by_record: defaultdict[str, list[Link]] = defaultdict(list)
        for link in self.dossier.links:
            by_record[link.record].append(link)
        return by_record


class Places:
    """Where the lines of one record stand in their chains; each is taken once, in its order."""

    def __init__(self, links: list[Link]) -> None:
        self._left = list(links)

    def take(self, entry: Entry) -> Link | None:
        """The first that is left and tells the same."""
        for place, link in enumerate(self._left):
            if _same(link, entry):
                return self._left.pop(place)
        return None


def _same(link: Link, entry: Entry) -> bool:
    scope = entry.scope
    home = (scope.partnership, scope.visibility.value) if scope else ("", "")
    told = link.what, link.person, (link.partnership, link.visibility), link.at.astimezone(UTC)
    if told != (entry.what, entry.person, home, entry.at.astimezone(UTC)):
        return False
    return (json.loads(link.payload).get("why") if link.payload else "") == entry.why


def _legal(issue: Issue) -> str:
    """The legal clock without days left: a document is read later."""
    legal = issue.legal
    if legal is None:
        return ""
    aware = f"aware since {when.instant(legal.aware_at, 'UTC')}"
    why = f": {legal.reason}" if legal.reason else ""
    return f"{legal.rule}, {aware}, due {when.day(legal.due)}; assessment {legal.assessment.words}{why}"


def _by_name(person: Person) -> tuple[str, str]:
    return person.name, person.id
