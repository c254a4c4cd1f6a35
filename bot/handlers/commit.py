"""A commitment: found, saved with its line in the record and its reminders; what its cards are told in."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from bot.actors import CLOCK, Actor
from bot.cards.setting import Setting
from bot.due import Due
from bot.errors import Refusal
from bot.governance import reminders
from bot.governance.calendar import WorkCalendar
from bot.governance.change import difference
from bot.governance.commitment import Commitment, State
from bot.governance.partnership import Level, named
from bot.governance.visibility import Scope, Side
from bot.handlers import scene as scenes
from bot.handlers import spread
from bot.handlers.whereabouts import placed
from bot.joint import CommitmentFilter
from bot.ports import Archive, Opening, Request
from bot.records import Entry

CARD = "commit.card"
NEWS = "commit.news"
KINDS = spread.Kinds(CARD, NEWS)
REMIND, CONFIRM = "commit.remind", "commit.confirm_due"  # the two clocks of a promise
RANK = 2  # behind every clock of an issue
NOWHERE = "UTC"  # the zone of somebody who has left

Scene = scenes.Scene[Commitment]


class NoSuchPromise(Refusal):
    """There is no commitment {number}; “commit list” shows the open ones."""


class WhichPromise(Refusal):
    """Say which commitment, for example: commit {verb} {example}"""


class SeveralPromises(Refusal):
    """{number} could be {choices}; write the whole number."""


def find(request: Request, words: str, verb: str) -> Commitment:
    """The one commitment that is meant, among those the asker may see."""
    archive, actor = request.archive, request.actor
    wanted = (request.intent.fields.get("commit") or words).strip().lstrip("#")
    if not wanted:
        newest = archive.commitments(actor, CommitmentFilter(limit=1))
        raise WhichPromise(verb=verb, example=newest[0].number if newest else "NOR-CMT-001")
    found = archive.commitments_numbered(actor, wanted)
    room = archive.room_at(actor, request.intent.place)
    here = tuple(one for one in found if room and one.partnership == room.partnership)
    found = here if len(here) == 1 else found
    if not found:
        raise NoSuchPromise(number=wanted.upper()[:40])
    if len(found) > 1:
        raise SeveralPromises(number=wanted, choices=" or ".join(one.number for one in found))
    return found[0]


def get(archive: Archive, actor: Actor, commitment: str) -> Commitment | None:
    """One by its id."""
    return archive.commitment(actor, commitment)


def setting(archive: Archive, reader: Actor, promise: Commitment) -> Setting:
    """What its cards need, as this reader may see it."""
    home = archive.partnership(reader, promise.partnership)
    assert home is not None  # noqa: S101 the commitment itself was visible
    people = {one.id: one for one in archive.people(reader, promise.partnership)}
    gone = frozenset({promise.owner, promise.receiver} - people.keys() - {""})
    return placed(archive, Setting(reader, home, people, gone=gone))


def furnished(opening: Opening, promise: Commitment) -> Setting:
    """Everything a card of it tells: what happened, on which calendar, and the message it began with."""
    archive, reader, now = opening.archive, opening.reader, opening.now
    away = archive.stands_for(reader.person, now.date()) if reader.person else frozenset[str]()
    return replace(
        placed(archive, setting(archive, reader, promise), now),
        history=archive.history(reader, promise.id),
        link=archive.link(reader, promise.id),
        now=now,
        calendar=archive.calendar(reader, promise.partnership),
        stands_for=away,
    )


def opened(opening: Opening) -> Commitment | None:
    """The commitment a letter is about, where its reader may see it."""
    return opening.archive.commitment(opening.reader, opening.letter.subject.partition("/")[0])


def save(request: Request, old: Commitment, new: Commitment, what: str, why: str = "") -> Commitment:
    """The next state, its line in the record, and its reminders; what was saved."""
    new = replace(new, version=old.version + 1, changed_at=request.now)
    request.archive.save_commitment(request.actor, new)
    before, after = difference(old, new)
    request.archive.record(line(request, new, what, why, (before, after)))
    set_dues(request, new)
    return new


def line(request: Request, promise: Commitment, what: str, why: str, change: tuple[object, object]) -> Entry:
    """One line of its record: `change` is what it was before and after."""
    scope = Scope(promise.partnership, promise.visibility)
    return Entry(what, request.actor.person, request.now, scope, "", promise.id, why, *change)  # type: ignore[arg-type]  # as `difference` gives them


def concerned(request: Request, promise: Commitment) -> Iterable[str]:
    """Who promised it, to whom, and who wrote it down."""
    archive = request.archive
    both = present(archive, promise, promise.owner), present(archive, promise, promise.receiver)
    return dict.fromkeys((*both, promise.made_by))


def present(archive: Archive, promise: Commitment, person: str) -> str:
    """Its owner or its receiver; where they have left, whom their side names first, else ""."""
    side = promise.owner_side if person == promise.owner else promise.receiver_side
    return person if archive.person_actor(person) else first_named(archive, promise, side)


def first_named(archive: Archive, promise: Commitment, side: Side) -> str:
    """Whom that side names at the first level at which it names anybody; "" for nobody."""
    pairs = archive.counterparts(CLOCK, promise.partnership)
    return next((one for level in Level if (one := named(pairs, level, side))), "")


def zones(archive: Archive, promise: Commitment) -> tuple[str, str]:
    """Where its owner and its receiver are."""
    known = {one.id: one.zone for one in archive.people(CLOCK, promise.partnership)}
    return known.get(promise.owner, NOWHERE), known.get(promise.receiver, NOWHERE)


def dues(
    promise: Commitment, calendar: WorkCalendar, where: tuple[str, str], now: datetime
) -> tuple[Due, ...]:
    """What must ring for it from now on; `where` are the zones of its owner and its receiver."""
    return tuple(_dues(promise, calendar, where, now))


def _dues(
    promise: Commitment, calendar: WorkCalendar, where: tuple[str, str], now: datetime
) -> Iterator[Due]:
    if coming := reminders.next_one(promise, calendar, where, now):
        yield Due(f"{REMIND}:{promise.id}", coming[1], REMIND, promise.id, RANK)
    if promise.state is State.DONE and promise.confirm_by:
        yield Due(f"{CONFIRM}:{promise.id}", promise.confirm_by, CONFIRM, promise.id, RANK)


def set_dues(request: Request, promise: Commitment) -> None:
    """Its next reminder, and the end of the receiver's time; what no longer applies is silent."""
    archive = request.archive
    calendar = archive.calendar(CLOCK, promise.partnership)
    wanted = {one.kind: one for one in dues(promise, calendar, zones(archive, promise), request.now)}
    for kind in (REMIND, CONFIRM):
        if kind in wanted:
            archive.schedule(wanted[kind])
        else:
            archive.cancel(f"{kind}:{promise.id}")


def follow(request: Request, promise: Commitment) -> None:
    """Every live card of it."""
    spread.refresh_cards(request, KINDS, promise)


def tell(request: Request, promise: Commitment, people: Iterable[str]) -> None:
    """What was just done, once to each of these people but the one who did it."""
    spread.tell(request, KINDS, promise, people)


COMMITMENTS: scenes.Noun[Commitment] = scenes.Noun(
    "commit",
    CARD,
    title=lambda promise: promise.text,
    find=find,
    get=get,
    setting=setting,
    save=save,
    follow=follow,
    tell=tell,
    concerned=concerned,
)
