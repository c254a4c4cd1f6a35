"""Promising letters: who is entitled to one, and how a live card follows its record."""

from collections.abc import Iterable

from bot.actors import CLOCK
from bot.cards.issue_alarm import ALARM as ALARMED
from bot.cards.issue_alarm import CLIMB
from bot.cards.setting import version_of
from bot.governance.issue import Issue
from bot.governance.partnership import named
from bot.governance.visibility import Scope, Side, Visibility
from bot.handlers.issue_third import rooms_of, told_of_third
from bot.handlers.spread import and_stand_ins, send
from bot.outbox import Audience, Letter
from bot.ports import Archive, Request

CARD = "issue.card"
ALARM = "issue.alarm"
NEWS = "issue.news"
BREACH = "issue.breach"
NAMED = "issue.legal"  # the line of the record that names it a possible serious breach
FOLLOWED = 3  # alarms of one issue, the newest: what is older stays as it was said


def entitled(archive: Archive, people: Iterable[str], issue: Issue) -> tuple[str, ...]:
    """Those of the people who may see the issue, each once."""
    return tuple(person for person in dict.fromkeys(people) if _sees(archive, person, issue))


def _sees(archive: Archive, person: str, issue: Issue) -> bool:
    reader = archive.person_actor(person)
    if reader is None:
        return False
    if issue.visibility is Visibility.RESTRICTED:
        return person in issue.readers
    if issue.read_as_third(reader.organisation):
        return archive.issue(reader, issue.id) is not None
    return Scope(issue.partnership, issue.visibility) in reader.sees


def post_cards(request: Request, issue: Issue, people: Iterable[str]) -> None:
    """A live card in every room of its class, and to these people."""
    also = (*people, *told_of_third(request.archive, issue))
    told = (Audience(person=person) for person in _with_stand_ins(request, issue, also))
    _promise(request, issue, [*_rooms(request, issue), *told])


def refresh_cards(request: Request, issue: Issue) -> None:
    """Every live card and newer alarm of the issue follows it; a room that never had a card gets it now."""
    already = request.archive.told(Letter(CARD, issue.id))
    _promise(request, issue, [*_rooms(request, issue), *already])
    last = Letter(NEWS, f"{issue.id}/{issue.version - 1}")  # its news is old now: its buttons go
    for letter in (*_alarms(request, issue)[-FOLLOWED:], last):
        for audience in request.archive.told(letter):
            send(request, letter, audience, issue.version)


def _alarms(request: Request, issue: Issue) -> tuple[Letter, ...]:
    """The letters in which the clock spoke of it, the oldest first: one for each of its lines."""
    lines = request.archive.history(request.actor, issue.id)
    kinds = {CLIMB: ALARM, ALARMED: ALARM, NAMED: BREACH}
    told = (line for line in lines if line.what in kinds)
    return tuple(Letter(kinds[line.what], f"{issue.id}/{version_of(line)}") for line in told)


def tell(request: Request, issue: Issue, people: Iterable[str]) -> None:
    """What was just saved, told once to each of these people but the one who did it.

    `issue` is as it was saved: its version names the line of the record that is told.
    """
    also = (*people, *told_of_third(request.archive, issue)) if (people := tuple(people)) else ()
    told = entitled(request.archive, _with_stand_ins(request, issue, also), issue)
    for person in told:
        if person != request.actor.person:
            send(request, Letter(NEWS, f"{issue.id}/{issue.version}"), Audience(person=person), issue.version)


def concerned(request: Request, issue: Issue, side: Side) -> tuple[str, ...]:
    """Who acts for that side: its owner, counterpart or raiser, and whoever decides at the level."""
    archive = request.archive  # asked as the clock: one of a third company may have spoken
    pairs = archive.counterparts(CLOCK, issue.partnership)
    people = (issue.owner, issue.counterpart, issue.raised_by, named(pairs, issue.level, side))
    home = archive.partnership(CLOCK, issue.partnership)
    known = archive.people(CLOCK, issue.partnership) if home else ()
    own = {one.id for one in known if home and one.organisation == home.organisation(side)}
    return tuple(dict.fromkeys(one for one in people if one in own))


def everyone(request: Request, issue: Issue) -> Iterable[str]:
    """Whoever acts for either side."""
    return (person for side in Side for person in concerned(request, issue, side))


def post_alarm(request: Request, issue: Issue, people: Iterable[str]) -> None:
    """What the clock did to the issue with this very version, once to each of these people."""
    letter = Letter(ALARM, f"{issue.id}/{issue.version}")
    for person in _with_stand_ins(request, issue, people):
        send(request, letter, Audience(person=person), issue.version)


def post_breach(request: Request, issue: Issue, people: Iterable[str]) -> None:
    """That it was named a possible serious breach, once to each of these people but the one who did so."""
    letter = Letter(BREACH, f"{issue.id}/{issue.version}")
    for person in _with_stand_ins(request, issue, people):
        if person != request.actor.person:
            send(request, letter, Audience(person=person), issue.version)


def post_beneath(request: Request, issue: Issue, letter: Letter) -> None:
    """Under the live card in every room of its class; it stays as said, unless its words are redacted."""
    for audience in _rooms(request, issue):
        key = f"{letter.kind}:{letter.subject}:{audience.queue}"
        request.promise(audience, letter, key, issue.version)


def renew(request: Request, issue: Issue) -> None:
    """Every message about the issue that can be edited shows what it is now."""
    for letter, audience in request.archive.live_letters(issue.id):
        send(request, letter, audience, issue.version)


def _with_stand_ins(request: Request, issue: Issue, people: Iterable[str]) -> tuple[str, ...]:
    """And whoever stands in for those who are away today, and in turn for these; each once."""
    return entitled(request.archive, and_stand_ins(request, people), issue)


def _rooms(request: Request, issue: Issue) -> list[Audience]:
    return [Audience(room=room) for room in rooms_of(request.archive, issue)]


def _promise(request: Request, issue: Issue, audiences: Iterable[Audience]) -> None:
    for audience in dict.fromkeys(audiences):
        send(request, Letter(CARD, issue.id), audience, issue.version)
