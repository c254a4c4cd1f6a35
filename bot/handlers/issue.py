"""An issue: found, saved with all its clocks; and the letters that show it."""

from dataclasses import replace

from bot.actors import CLOCK, Actor
from bot.cards import issue as cards
from bot.cards.setting import Setting
from bot.due import Due
from bot.errors import Refusal
from bot.governance import clocks
from bot.governance.calendar import WorkCalendar
from bot.governance.change import difference
from bot.governance.issue import Issue
from bot.governance.visibility import Scope, Side
from bot.handlers import issue_third
from bot.handlers.issue_third import calendar_of, keep_out
from bot.handlers.whereabouts import placed
from bot.ports import Archive, Opening, Request
from bot.records import Entry, IssueFilter
from bot.views import Card


class NoSuchIssue(Refusal):
    """There is no issue {number}; “issue list” shows the open ones."""


class WhichIssue(Refusal):
    """Say which issue, for example: issue {verb} {example}"""


class SeveralIssues(Refusal):
    """{number} could be {choices}; write the whole number."""


def find(request: Request, words: str, verb: str) -> Issue:
    """The one issue that is meant, among those the asker may see."""
    wanted = (request.intent.fields.get("issue") or words).strip().lstrip("#")
    if not wanted:
        raise WhichIssue(verb=verb, example=_example(request))
    found = request.archive.issues_numbered(request.actor, wanted)
    room = request.archive.room_at(request.actor, request.intent.place)
    here = tuple(issue for issue in found if room and issue.partnership == room.partnership)
    found = here if len(here) == 1 else found
    if not found:
        raise NoSuchIssue(number=wanted.upper()[:40])
    if len(found) > 1:
        raise SeveralIssues(number=wanted, choices=" or ".join(issue.number for issue in found))
    keep_out(request.archive, request.actor, found[0], verb)
    return found[0]


def _example(request: Request) -> str:
    newest = request.archive.issues(request.actor, IssueFilter(limit=1))
    return newest[0].number if newest else "NOR-ISS-001"


def save(request: Request, old: Issue, new: Issue, what: str, why: str = "") -> Issue:
    """The new state, its line in the record, and its clocks; what was saved.

    What one of the two companies does counts as a move of the issue; the clock's and a third one's does not.
    """
    calendar = calendar_of(request.archive, request.actor, new)
    beside = request.actor.is_clock or new.read_as_third(request.actor.organisation)
    moved = new.moved_at if beside else request.now
    new = replace(new, moved_at=moved, version=old.version + 1)
    new = replace(new, late_at=clocks.late_at(new, calendar))
    request.archive.save_issue(request.actor, new)
    before, after = difference(old, new)
    scope = Scope(new.partnership, new.visibility)
    person = request.actor.person
    request.archive.record(Entry(what, person, request.now, scope, "", new.id, why, before, after))
    set_clocks(request.archive, calendar, new, old)
    return new


def set_clocks(archive: Archive, calendar: WorkCalendar, new: Issue, old: Issue | None = None) -> None:
    """Every clock of the issue as a due; those that were set by the old state already stay as they are."""
    was = {one.key: one for one in dues(old, calendar)} if old else {}
    now = {one.key: one for one in dues(new, calendar)}
    for key in was.keys() - now.keys():
        archive.cancel(key)
    for key, due in now.items():
        if was.get(key) != due:
            archive.schedule(due)


def dues(issue: Issue, calendar: WorkCalendar) -> tuple[Due, ...]:
    """What must ring for it, and when; the most severe first where several are late."""
    rings = clocks.wanted(issue, calendar).items()
    rank = issue.severity.rank
    return tuple(Due(f"issue.{kind}:{issue.id}", at, f"issue.{kind}", issue.id, rank) for kind, at in rings)


def side_of(archive: Archive, actor: Actor, partnership: str, person: str) -> Side:
    """The side of one of the partnership's people; the actor's own where nobody is named."""
    home = archive.partnership(actor, partnership)
    found = next((one for one in archive.people(actor, partnership) if one.id == person), None)
    if home is None or found is None:
        return actor.side or Side.SPONSOR
    return home.side_of(found.organisation)


def setting(archive: Archive, reader: Actor, issue: Issue) -> Setting:
    """What the issue's cards need, as this reader may see it."""
    if issue.third:
        return placed(archive, issue_third.setting(archive, reader, issue))
    partnership = archive.partnership(reader, issue.partnership)
    assert partnership is not None  # noqa: S101 the issue itself was visible
    people = {person.id: person for person in archive.people(reader, issue.partnership)}
    gone = frozenset({issue.owner} - people.keys() - {""})
    return placed(archive, Setting(reader, partnership, people, gone=gone))


def is_over(archive: Archive, issue: Issue) -> bool:
    """Whether its partnership has ended, so that nothing rings or is said of it any more."""
    home = archive.partnership(CLOCK, issue.partnership)
    return home is None or home.ended_on is not None


def linked(archive: Archive, here: Setting, issue: Issue) -> Setting:
    """The same setting with the message it began with, for readers of that message's own side."""
    return replace(here, link=archive.link(here.reader, issue.id))


def furnished(opening: Opening, issue: Issue) -> Setting:
    """Everything a card of it tells: what happened, which clocks run, and the message it began with."""
    archive, reader, now = opening.archive, opening.reader, opening.now
    calendar = calendar_of(archive, reader, issue)
    away = archive.stands_for(reader.person, now.date()) if reader.person else frozenset[str]()
    return replace(
        placed(archive, linked(archive, setting(archive, reader, issue), issue), now),
        history=archive.history(reader, issue.id),
        now=now,
        calendar=calendar,
        clocks=clocks.running(issue, calendar),
        stands_for=away,
    )


def opened(opening: Opening) -> Issue | None:
    """The issue a letter is about, where its reader may see it."""
    return opening.archive.issue(opening.reader, opening.letter.subject.partition("/")[0])


def card(opening: Opening) -> tuple[Card, int] | None:
    """The live card."""
    issue = opened(opening)
    return (cards.card(issue, furnished(opening, issue)), issue.version) if issue else None


def logged(opening: Opening) -> tuple[Card, int] | None:
    """The confirmation for the one who said it."""
    issue = opened(opening)
    if issue is None:
        return None
    here, done = furnished(opening, issue), opening.letter.facts.get("done", "Logged")
    return cards.logged(issue, here, done), issue.version
