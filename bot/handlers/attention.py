"""What needs attention, read through one person's eyes; that somebody looked is recorded before that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot import grammar
from bot.actors import Actor
from bot.errors import Refusal
from bot.governance import guard
from bot.governance.commitment import Commitment
from bot.governance.decision import Decision
from bot.governance.findings import Finding, Home, Record, findings
from bot.governance.issue import Issue
from bot.governance.partnership import Partnership
from bot.governance.visibility import Scope, Side, Visibility
from bot.joint import ActionFilter, CommitmentFilter, DecisionFilter
from bot.ports import Archive, Store
from bot.records import Entry, IssueFilter

CODE = "operator.findings"
PAGE = 500  # issues read at a time
EVERY = 1_000_000  # commitments or decisions of one partnership
LONGEST = 500  # characters of a reason


class NoPurpose(Refusal):
    """Say why you look: --reason TEXT; it is recorded, and both companies can read it."""


class LongReason(Refusal):
    """A reason has at most 500 characters and that one has {count}, so nothing was read; shorten it."""


class ReasonNamesParticipant(Refusal):
    """That reason looks like data about a participant ({what}), so nothing was read; say it without."""


class NobodyThere(Refusal):
    """Nobody here is called “{words}”; say an id like PER-09, a whole name or a handle."""


class SeveralThere(Refusal):
    """“{words}” could be {choices}; say the id."""


class LeftAlready(Refusal):
    """{name} ({person}) has no access any more, so there is nothing they may see."""


@dataclass(frozen=True, slots=True)
class Asked:
    """As whom an operator looks, why, and at what time (None: business time now)."""

    who: str
    reason: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What the reader may see at that instant; `names` are those of the people they know, by id."""

    reader: Actor
    at: datetime
    findings: tuple[Finding, ...]
    partnerships: tuple[Partnership, ...]
    company: str
    names: Mapping[str, str]


def look(store: Store, asked: Asked, now: datetime) -> Report:
    """What that person may see, once it is on the record that somebody looked. Raises Refusal."""
    judge(asked.reason)
    with store.writing() as archive:
        reader = read_as(archive, asked.who)
        record = gathered(archive, reader)
        found = findings(record, asked.at or now)
        report = _report(archive, reader, found, asked.at or now)
        shown = {one.entity for one in found}
        restricted = (one for one in record.issues if one.visibility.names_readers)
        for entry in _lines(report, tuple(one for one in restricted if one.number in shown), asked, now):
            archive.record(entry)
    return report


def judge(reason: str) -> None:
    """It is kept, so it must say something, and nothing about a participant."""
    if not any(sign.isalnum() for sign in reason):
        raise NoPurpose
    if len(reason) > LONGEST:
        raise LongReason(count=f"{len(reason):,}")
    if named := guard.look(reason).names:
        raise ReasonNamesParticipant(what=" and ".join(named[:2]))


def gathered(archive: Archive, reader: Actor) -> Record:
    """All that the reader may see of what findings look at."""
    mine = sorted(reader.partnerships - reader.ended)
    company = archive.company(reader)
    return Record(
        issues=tuple(_issues(archive, reader)),
        calendars={one: archive.calendar(reader, one) for one in mine},
        counterparts={one: archive.counterparts(reader, one) for one in mine},
        home=Home(company.id, reader.side or Side.SPONSOR, tuple(mine), archive.staff(reader)),
        commitments=_commitments(archive, reader, mine),
        decisions=_decisions(archive, reader, mine),
        committees={one.id: one for home in mine for one in archive.committees(reader, home)},
        sessions={one.id: one for home in mine for one in archive.meetings(reader, home)},
        actions=tuple(
            one
            for home in mine
            for one in archive.actions(reader, ActionFilter(partnership=home, limit=EVERY))
        ),
        former=frozenset(one.id for home in mine for one in archive.former(reader, home)),
    )


def _commitments(archive: Archive, reader: Actor, mine: list[str]) -> tuple[Commitment, ...]:
    """Those of partnerships that go on; open ones are enough."""
    wanted = (CommitmentFilter(partnership=one, limit=EVERY) for one in mine)
    return tuple(one for which in wanted for one in archive.commitments(reader, which))


def _decisions(archive: Archive, reader: Actor, mine: list[str]) -> tuple[Decision, ...]:
    wanted = (DecisionFilter(partnership=one, limit=EVERY) for one in mine)
    return tuple(one for which in wanted for one in archive.decisions(reader, which))


def _issues(archive: Archive, reader: Actor) -> Iterator[Issue]:
    """Closed ones too, of partnerships that go on; what a third company reads is the two others' to find."""
    offset, more = 0, True
    while more:
        page = archive.issues(reader, IssueFilter(open_only=False, limit=PAGE, offset=offset))
        yield from (one for one in page if one.partnership in reader.partnerships - reader.ended)
        offset, more = offset + PAGE, len(page) == PAGE


def read_as(archive: Archive, words: str) -> Actor:
    """The one person who is meant, as an actor."""
    found = grammar.people_called(words, archive.everyone())
    if not found:
        raise NobodyThere(words=words[:60])
    if len(found) > 1:
        raise SeveralThere(words=words[:60], choices=" or ".join(f"{one.name} ({one.id})" for one in found))
    actor = archive.person_actor(found[0].id)
    if actor is None:
        raise LeftAlready(name=found[0].name, person=found[0].id)
    return actor


def _report(archive: Archive, reader: Actor, found: tuple[Finding, ...], at: datetime) -> Report:
    names = {one.id: one.name for one in archive.staff(reader)}
    for partnership in reader.partnerships:
        known = (*archive.former(reader, partnership), *archive.people(reader, partnership))
        names |= {one.id: one.name for one in known}
    company = archive.company(reader).name
    return Report(reader, at, found, archive.partnerships(reader), company, names)


def _lines(report: Report, restricted: tuple[Issue, ...], asked: Asked, now: datetime) -> Iterator[Entry]:
    """For both companies of each partnership; of a restricted record, for its readers alone.

    How much was found is not said: a hidden record would show in the count.
    """
    reader, why = report.reader, asked.reason
    told = {"read_as": reader.person, "at": report.at.isoformat()}
    for one in report.partnerships:
        shared = Scope(one.id, Visibility.SHARED)
        yield Entry(CODE, "", now, shared, "", one.id, why, None, told)
    for issue in restricted:
        scope = Scope(issue.partnership, issue.visibility)
        yield Entry(CODE, "", now, scope, "", issue.id, why, None, told)
    if not report.partnerships:
        yield Entry(CODE, "", now, None, reader.organisation, reader.person, why, None, told)
