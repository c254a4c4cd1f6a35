"""What the two sides of a file keep together beside issues, into the record: each with a line of its own."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.actors import CLOCK
from bot.governance import reminders
from bot.governance.change import difference
from bot.governance.commitment import Commitment
from bot.governance.decision import Decision
from bot.governance.session import Committee, Session
from bot.governance.visibility import Scope, Visibility
from bot.handlers import commit, decision
from bot.records import FROM_FILE, Entry
from storage.archive import SqlArchive
from storage.load import commitments, decisions, sessions
from storage.load.commitments import Around
from storage.load.decisions import Held
from storage.load.issue_kept import Moment
from storage.load.issue_links import classes
from storage.load.issues import World
from storage.load.lines import Node
from storage.load.promised import Promised, promised

UNKNOWN: Mapping[str, Callable[[Node], Iterator[str]]] = {
    "committees": sessions.unknown_committee,
    "meetings": sessions.unknown_session,
    "decisions": decisions.unknown,
    "commitments": commitments.unknown,
}
SECTIONS = tuple(UNKNOWN)


@dataclass(frozen=True, slots=True)
class Told:
    """Everything of these sections, read and checked."""

    committees: tuple[Committee, ...]
    sessions: tuple[Session, ...]
    decisions: tuple[Decision, ...]
    promised: tuple[Promised, ...]

    def of(self, wanted: Iterable[str]) -> "Told":
        """Those sections alone."""
        parts = dict(zip(SECTIONS, ("committees", "sessions", "decisions", "promised"), strict=True))
        return replace(self, **{part: () for name, part in parts.items() if name not in set(wanted)})

    @property
    def counts(self) -> tuple[tuple[int, str], ...]:
        """How many of each, as people say it."""
        return (
            (len(self.promised), "commitments"),
            (len(self.decisions), "decisions"),
            (len(self.sessions), "sessions"),
        )

    @property
    def numbered(self) -> Iterator[tuple[Scope, str]]:
        """The class and number of whatever new numbers go on after."""
        records: tuple[Decision | Commitment, ...] = (
            *self.decisions,
            *(told.commitment for told in self.promised),
        )
        for one in records:
            yield Scope(one.partnership, one.visibility), one.number


def read(root: Node, world: World) -> Told:
    """The sections of the file; none of them need be there. Raises WrongFile."""
    known, moment = world.known, world.moment
    parts = {name: root.get(name) or () for name in SECTIONS}
    boards = {one.id: one for one in sessions.committees(parts["committees"], known)}
    held = {one.id: one for one in sessions.sessions(parts["meetings"], known, boards)}
    decided = decisions.decisions(parts["decisions"], Held(known, boards, held, moment))
    around = Around(known, held, classes(root), moment)
    made = commitments.commitments(parts["commitments"], around)
    told = tuple(promised(one, note, moment) for one, note in made)
    return Told(tuple(boards.values()), tuple(held.values()), decided, told)


def unknown(root: Node) -> Iterator[str]:
    """Names that mean nothing to Parley: "commitments.budget"."""
    for section, names in UNKNOWN.items():
        items = root.get(section) or ()
        yield from sorted({f"{section}.{name}" for item in items for name in names(item)})


def refuse_known(archive: SqlArchive, root: Node, wanted: Iterable[str]) -> None:
    """Where a file brings what is new to Parley, nothing of that may be in the record under its number."""
    found: Mapping[str, Callable[[str], object]] = {
        "committees": lambda one: archive.committee(CLOCK, one),
        "meetings": lambda one: archive.meeting(CLOCK, one),
        "decisions": lambda one: archive.decision(CLOCK, one) or archive.decisions_numbered(CLOCK, one),
        "commitments": lambda one: archive.commitment(CLOCK, one) or archive.commitments_numbered(CLOCK, one),
    }
    for section in wanted:
        for item in root.get(section) or ():
            name = item.need("id")
            if found[section](name.text):
                raise name.wrong(f"“{name.text}” is in the record already; give it another id")


def keep(archive: SqlArchive, told: Told, moment: Moment) -> None:
    """Into the record. Nobody is told, and only what is to come will ring."""
    for board in told.committees:
        archive.save_committee(CLOCK, board)
        archive.record(_line("committee.load", board.id, _shared(board), board, moment))
    for session in told.sessions:
        archive.save_meeting(CLOCK, session)
        archive.record(_line("session.load", session.id, _shared(session), session, moment))
    for made in told.decisions:
        _decide(archive, made, moment)
    for one in told.promised:
        _promise(archive, one, moment)


def _decide(archive: SqlArchive, made: Decision, moment: Moment) -> None:
    archive.add_decision(CLOCK, made)
    scope = Scope(made.partnership, made.visibility)
    archive.record(_line("decision.load", made.id, scope, made, moment))
    due = decision.reminder(archive, made, moment.now)
    if due and _goes_on(archive, made):
        archive.schedule(due)


def _promise(archive: SqlArchive, one: Promised, moment: Moment) -> None:
    zones = commit.zones(archive, one.commitment)
    made = reminders.taken_over(one.commitment, moment.calendar, zones, moment.now)
    archive.add_commitment(CLOCK, made)
    for entry in one.entries:
        archive.record(entry)
    if _goes_on(archive, made):
        for due in commit.dues(made, moment.calendar, zones, moment.now):
            archive.schedule(due)


def _goes_on(archive: SqlArchive, made: Commitment | Decision) -> bool:
    """A file may be loaded again when its partnership has ended; then nothing rings any more."""
    home = archive.partnership(CLOCK, made.partnership)
    return home is not None and home.ended_on is None


def _shared(record: Committee | Session) -> Scope:
    return Scope(record.partnership, Visibility.SHARED)


def _line(what: str, id_: str, scope: Scope, record: object, moment: Moment) -> Entry:
    return Entry(what, "", moment.now, scope, "", id_, FROM_FILE, *difference(None, record))
