"""What a dossier says in words: each record's story, and who is in it; times in UTC."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.actors import Actor, Role
from bot.cards import commit_story, decision_story, issue_erased, issue_facts, issue_story, when
from bot.cards.export_facts import parties
from bot.cards.setting import Setting
from bot.dossier import Dossier, Item, Link, entry_of
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
    "status": "Status",
    "outcome": "Outcome",
    "receiver": "Promised to",
}
PEOPLE = ("owner", "counterpart", "receiver")
STORIES = (issue_story, decision_story, commit_story)
NO_ROLES, NOTHING, NO_SCOPES = frozenset[Role](), frozenset[str](), frozenset[Scope]()
UNKNOWN = Partnership("", "", "", "one company", "another company", "", "")
UNTOLD = {
    "issue.note": "wrote an internal note",
    "issue.link": "kept the address of the message it began with",
    **dict.fromkeys(("action.load", "session.load"), "took it from a file"),
    "action.add": "wrote it down",
    "action.done": "said that it is done",
    "action.reopen": "opened it again",
    "action.drop": "dropped it",
    "action.promise": "made a commitment of it",
    "action.owner": "handed it over",
    "session.close": "closed it",
    "operator.findings": "looked at what needs attention, as the operator of Parley",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a story. `says` is a whole sentence; `changes` are (field, before, after) in words.

    `chain` and `seq` are where it stands in the proof.
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

    def story(self, item: Item) -> tuple[Line, ...]:
        """The oldest line first."""
        entries = tuple(map(entry_of, item.story))
        here = replace(self._here(item), history=entries)
        return tuple(self._line(*told, here) for told in zip(item.story, entries, strict=True))

    def notes(self, item: Item) -> Iterator[tuple[Note, str, str]]:
        """Each with its writer and with who reads it."""
        for note in item.notes:
            yield note, self.named(note.person), self.readers(item, note.visibility)

    def readers(self, item: Item, visibility: Visibility) -> str:
        """Who reads what is said of it in that class."""
        here = self._here(item)
        people = tuple(sorted(self.people[one].name for one in _readers(item) if one in self.people))
        named = (here.third.name,) if here.third else people
        return issue_facts.who_sees(visibility, here.partnership, named)

    def concerned(self, item: Item) -> tuple[Person, ...]:
        """The people who own it, stand for the other side, acted or wrote, by name."""
        ids = {*parties(item.record), *_readers(item)}
        ids |= {line.person for line in item.story} | {note.person for note in item.notes}
        return tuple(sorted((self.people[one] for one in ids & self.people.keys()), key=_by_name))

    def named(self, person: str) -> str:
        """ "Annika Lindqvist (Northmere Clinical Ltd)"."""
        if person not in self.people:
            return "somebody who has left" if person else "somebody"
        found = self.people[person]
        return f"{found.name} ({self.companies.get(found.organisation, 'another company')})"

    def _line(self, link: Link, entry: Entry, here: Setting) -> Line:
        told = entry.at, entry.person, entry.what, entry.why, self._sentence(entry, here)
        return Line(*told, tuple(self._changes(entry)), link.chain, link.seq)

    def _sentence(self, entry: Entry, here: Setting) -> str:
        for story in STORIES:
            if entry.what in story.SENTENCES:
                said = str(story.sentence(entry, here))
                left = entry.erased and issue_erased.LEFT not in said
                return f"{said} {issue_erased.LEFT}" if left else said
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
        reader, record = self.dossier.reader, item.record
        home = next((one for one in self.dossier.partnerships if one.id == record.partnership), UNKNOWN)
        side = home.side_of(reader.organisation)
        actor = Actor(reader.id, reader.name, reader.organisation, side, NO_ROLES, NOTHING, NO_SCOPES)
        company = record.third if isinstance(record, Issue) else ""
        third = Third(company, self.companies.get(company, "a third company"), "") if company else None
        return Setting(actor, home, self.people, third=third)


def _readers(item: Item) -> frozenset[str]:
    return item.record.readers if isinstance(item.record, Issue) else frozenset()


def _by_name(person: Person) -> tuple[str, str]:
    return person.name, person.id
