"""Issues: list, show, acknowledge; and the letters that show them."""

from dataclasses import dataclass, replace

from bot.actors import Actor
from bot.cards import issue as cards
from bot.due import Due
from bot.errors import Refusal
from bot.governance import clocks
from bot.governance import life as rules
from bot.governance.calendar import WorkCalendar
from bot.governance.change import difference
from bot.governance.issue import Issue, Party
from bot.governance.visibility import Scope, Side
from bot.handlers.letters import CARD, refresh_cards
from bot.outbox import Letter
from bot.ports import Archive, Entry, IssueFilter, Opening, Request
from bot.views import Card

PAGE = 10


class NoSuchIssue(Refusal):
    """There is no issue {number}; “issue list” shows the open ones."""


class WhichIssue(Refusal):
    """Say which issue, for example: issue {verb} {example}"""


class SeveralIssues(Refusal):
    """{number} could be {choices}; write the whole number."""


class OldCard(Refusal):
    """That card was out of date, so nothing changed; here is {number} as it stands now."""


def listed(request: Request, words: str) -> Letter:
    """The open issues the reader may see, newest first; in a linked room, those of its partnership."""
    asked = request.intent.fields
    page = asked.get("page", "0")
    room = request.archive.room_at(request.actor, request.intent.place)
    partnership = room.partnership if room else asked.get("partnership", "")
    number = page if page.isdecimal() and len(page) < 5 else "0"
    return Letter("issue.list", facts={"page": number, "partnership": partnership})


def show(request: Request, words: str) -> Letter:
    """One issue's card."""
    return Letter(CARD, find(request, words, "show").id)


def acknowledge(request: Request, words: str) -> Letter:
    """The other side has seen it: its clock stops and every card of it says so."""
    issue = find(request, words, "ack")
    _check(request, issue)
    changed = rules.acknowledge(issue, request.actor.person, request.now)
    changed = save(request, issue, changed, "issue.ack")
    refresh_cards(request, changed)
    return Letter(CARD, issue.id)


def _check(request: Request, issue: Issue) -> None:
    """Refuses what changes nothing, with the issue as it stands beside the reason."""
    here = setting(request.archive, request.actor, issue)
    if issue.acknowledged_at:
        name, at = (
            here.name(issue.acknowledged_by) if issue.acknowledged_by else "somebody",
            here.time(issue.acknowledged_at),
        )
        raise rules.AlreadyAcknowledged(number=issue.number, name=name, when=at).showing(CARD, issue.id)
    if issue.state.over:
        raise rules.IssueIsOver(number=issue.number, state=issue.state.words).showing(CARD, issue.id)
    if not rules.may_acknowledge(issue, request.actor.person, request.actor.side):
        if issue.waits_for is None:
            raise rules.OwnIssue(number=issue.number, owner=here.name(issue.owner)).showing(CARD, issue.id)
        raiser, other = (
            here.partnership.company(issue.raised_side),
            here.partnership.company(issue.raised_side.other),
        )
        raise rules.NotYoursToAcknowledge(number=issue.number, raiser=raiser, other=other).showing(
            CARD, issue.id
        )
    seen = request.intent.fields.get("version", "")
    if seen and seen != str(issue.version):
        raise OldCard(number=issue.number).showing(CARD, issue.id)


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
    return found[0]


def _example(request: Request) -> str:
    newest = request.archive.issues(request.actor, IssueFilter(limit=1))
    return newest[0].number if newest else "NOR-ISS-001"


def save(request: Request, old: Issue, new: Issue, what: str, why: str = "") -> Issue:
    """The new state, its line in the record, and its clocks; what was saved.

    Somebody's own act counts as a move of the issue, the clock's does not.
    """
    calendar = request.archive.calendar(request.actor, new.partnership)
    moved = new.moved_at if request.actor.is_clock else request.now
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
    return Side.SPONSOR if found.organisation == home.sponsor else Side.CRO


def party(request: Request) -> Party:
    """The asker, and those of their own company who are away today with them standing in."""
    actor = request.actor
    assert actor.side is not None  # noqa: S101 people always have a side
    return Party(actor.person, actor.side, request.archive.stands_for(actor.person, request.now.date()))


def setting(archive: Archive, reader: Actor, issue: Issue) -> cards.Setting:
    """What the issue's cards need, as this reader may see it."""
    partnership = archive.partnership(reader, issue.partnership)
    assert partnership is not None  # noqa: S101 the issue itself was visible
    people = {person.id: person for person in archive.people(reader, issue.partnership)}
    return cards.Setting(reader, partnership, people)


def linked(archive: Archive, here: cards.Setting, issue: Issue) -> cards.Setting:
    """The same setting with the message it began with, for readers of that message's own side."""
    return replace(here, link=archive.link(here.reader, issue.id))


@dataclass(frozen=True, slots=True)
class _Found:
    issue: Issue
    here: cards.Setting


def _open(opening: Opening) -> _Found | None:
    issue = opening.archive.issue(opening.reader, opening.letter.subject.partition("/")[0])
    return _Found(issue, setting(opening.archive, opening.reader, issue)) if issue else None


def card(opening: Opening) -> tuple[Card, int] | None:
    """The live card."""
    found = _open(opening)
    if found is None:
        return None
    climbs = opening.archive.history(opening.reader, found.issue.id)
    here = linked(opening.archive, found.here, found.issue)
    return cards.card(found.issue, cards.with_climbs(here, climbs)), found.issue.version


def logged(opening: Opening) -> tuple[Card, int] | None:
    """The confirmation for the one who said it."""
    found = _open(opening)
    if found is None:
        return None
    here = linked(opening.archive, found.here, found.issue)
    return cards.logged(found.issue, here, opening.letter.facts.get("done", "Logged")), found.issue.version


def alarm(opening: Opening) -> tuple[Card, int] | None:
    """Nobody acknowledged in time."""
    found = _open(opening)
    if found is None:
        return None
    return cards.alarm(found.issue, found.here, cards.Step.read(opening.letter.facts)), found.issue.version


def listing(opening: Opening) -> tuple[Card, int]:
    """One page of the open issues."""
    facts = opening.letter.facts
    page = int(facts["page"])
    which = IssueFilter(facts["partnership"], limit=PAGE, offset=page * PAGE)
    issues = opening.archive.issues(opening.reader, which)
    here: dict[str, cards.Setting] = {}
    for issue in issues:
        if issue.partnership not in here:
            here[issue.partnership] = setting(opening.archive, opening.reader, issue)
    total = opening.archive.count_issues(opening.reader, which)
    return cards.listing(issues, here, cards.Page(page, PAGE, total, facts["partnership"])), 0
