"""Promises that are spoken of by themselves: reminders, what is late and whom that reaches, and silence."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.actors import CLOCK
from bot.cards import commit as cards
from bot.due import Due
from bot.governance import promise as rules
from bot.governance import reminders
from bot.governance.commitment import Commitment, State
from bot.governance.reminders import Event, Reminder
from bot.governance.visibility import Side
from bot.handlers.commit import (
    NOWHERE,
    RANK,
    concerned,
    first_named,
    follow,
    furnished,
    opened,
    present,
    save,
    set_dues,
    tell,
    zones,
)
from bot.handlers.spread import and_stand_ins, entitled
from bot.joint import CommitmentFilter
from bot.outbox import Audience, Letter
from bot.ports import Archive, Opening, Request
from bot.views import Card

REMINDER = "commit.reminder"
TELL = "commit.tell"  # the due of one person's morning
PAGE = 200
OUT = timedelta(hours=1)  # a clock that rings later than this was kept from ringing


def reminded(request: Request, subject: str) -> None:
    """It is nine where its owner (or receiver) is: what is new by now is said, to each person once.

    Changes nothing where it was done, moved or withdrawn meanwhile, or rings too early.
    """
    promise = _going_on(request.archive, subject)
    if promise is None:
        return
    calendar = request.archive.calendar(CLOCK, promise.partnership)
    ripe = reminders.ripe(promise, calendar, zones(request.archive, promise), request.now)
    fresh = [one for one in ripe if one.event.kept and reminders.unsaid(promise, one.event)]
    for one in fresh:
        promise = _kept(request, promise, one.event)
    set_dues(request, promise)
    for one in (fresh or ripe)[-1:]:
        _announce(request, promise, one)


def _going_on(archive: Archive, subject: str) -> Commitment | None:
    """The promise, unless its partnership has ended, so that nothing is said of it any more."""
    promise = archive.commitment(CLOCK, subject)
    home = archive.partnership(CLOCK, promise.partnership) if promise else None
    return promise if home and home.ended_on is None else None


def _kept(request: Request, promise: Commitment, event: Event) -> Commitment:
    """That it is late stands in the record and on its cards, once for each due date."""
    rang = {**promise.rang, event.value: promise.due.isoformat()}
    saved = save(request, promise, replace(promise, rang=rang), f"commit.{event}")
    follow(request, saved)
    return saved


def _announce(request: Request, promise: Commitment, one: Reminder) -> None:
    """Each at nine in their own zone on that day: now, where that is past, else later today."""
    archive = request.archive
    people = entitled(archive, and_stand_ins(request, _hearers(archive, promise, one)), promise)
    for person in people:
        at = one.at(_zone(archive, person))
        if at <= request.now:
            _say(request, promise, one, person)
        else:
            subject = f"{promise.id}/{_name(promise, one)}/{person}"
            archive.schedule(Due(f"{TELL}:{subject}", at, TELL, subject, RANK))


def _zone(archive: Archive, person: str) -> str:
    known = archive.person_actor(person)
    return known.zone if known else NOWHERE


def _hearers(archive: Archive, promise: Commitment, one: Reminder) -> tuple[str, ...]:
    """Its owner; of what is late its receiver too; past the limit who decides between the two sides."""
    owner, receiver = (present(archive, promise, who) for who in (promise.owner, promise.receiver))
    match one.event:
        case Event.CLAIM:
            return (receiver,)
        case Event.LATE if reminders.quiet(promise, one.day):
            return (receiver,)
        case Event.LATE:
            return (owner, receiver)
        case Event.LIMIT:
            return (owner, receiver, *_deciding(archive, promise))
    return (owner,)


def _deciding(archive: Archive, promise: Commitment) -> Iterable[str]:
    """Of each side that sees it, whom it names at the first level at which it names anybody."""
    own = promise.visibility.side
    for side in (own,) if own else Side:
        yield first_named(archive, promise, side)


def _name(promise: Commitment, one: Reminder) -> str:
    """One event of one promise: the same one is said to a person once, whatever rings again."""
    return f"{one.event}.{promise.due}.{one.day}"


def _say(request: Request, promise: Commitment, one: Reminder, person: str) -> None:
    letter = Letter(REMINDER, f"{promise.id}/{_name(promise, one)}")
    request.promise(Audience(person=person), letter, f"{REMINDER}:{letter.subject}:{person}")


def morning(request: Request, subject: str) -> None:
    """It is nine where that person is: said, unless it was done, moved or withdrawn meanwhile."""
    commitment, _, rest = subject.partition("/")
    name, _, person = rest.partition("/")
    promise = _going_on(request.archive, commitment)
    if promise is None:
        return
    calendar = request.archive.calendar(CLOCK, promise.partnership)
    for one in reminders.reminders(promise, calendar):
        if _name(promise, one) == name and entitled(request.archive, (person,), promise):
            _say(request, promise, one, person)


def fell_silent(request: Request, subject: str) -> None:
    """The receiver’s five business days are over: without a word against it, the claim is confirmed.

    Where it rings late, nobody could say that word at their end: the receiver gets another business day.
    """
    promise = _going_on(request.archive, subject)
    if promise is None or promise.state is not State.DONE or promise.confirm_by is None:
        return
    if promise.confirm_by > request.now:
        set_dues(request, promise)
        return
    if request.now - promise.confirm_by > OUT:
        calendar = request.archive.calendar(CLOCK, promise.partnership)
        saved = save(request, promise, rules.more_time(promise, request.now, calendar), "commit.wait")
    else:
        saved = save(request, promise, rules.fall_silent(promise), "commit.confirm")
    follow(request, saved)
    tell(request, saved, concerned(request, saved))


def recount(request: Request, partnership: str) -> None:
    """After a working calendar has changed: other mornings are business days. What was said stays."""
    for promise in _open(request.archive, partnership):
        set_dues(request, promise)


def _open(archive: Archive, partnership: str) -> tuple[Commitment, ...]:
    found: list[Commitment] = []
    while True:
        page = archive.commitments(CLOCK, CommitmentFilter(partnership, limit=PAGE, offset=len(found)))
        found += page
        if len(page) < PAGE:
            return tuple(found)


def reminder(opening: Opening) -> tuple[Card, int] | None:
    """Why it is spoken of, over the promise as it stands; nothing once that is no longer so."""
    promise = opened(opening)
    if promise is None or promise.state.over:
        return None
    event, due, _ = opening.letter.subject.partition("/")[2].split(".")
    still = promise.due.isoformat() == due and _fits(promise, Event(event), opening.now)
    return (cards.reminder(promise, furnished(opening, promise), Event(event)), 0) if still else None


def _fits(promise: Commitment, event: Event, now: datetime) -> bool:
    """Whether the promise is still as it must be for that to be said."""
    match event:
        case Event.ASKED:
            return promise.state is State.PROPOSED
        case Event.CLAIM:
            return promise.state is State.DONE and promise.confirm_by is not None and now < promise.confirm_by
    return promise.state is State.ACCEPTED
