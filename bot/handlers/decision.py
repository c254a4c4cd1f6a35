"""A decision: found, seated with those who approve it, saved with its line in the record and its reminder."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.actors import CLOCK, Actor, Role
from bot.cards.setting import Setting
from bot.due import Due
from bot.errors import Refusal
from bot.governance import deciding, quorum
from bot.governance.change import difference
from bot.governance.deciding import Matter, Table
from bot.governance.decision import Decision, Quorum, Status
from bot.governance.partnership import Level, named
from bot.governance.session import Committee, Session
from bot.governance.visibility import Scope, Side
from bot.handlers.whereabouts import placed
from bot.joint import DecisionFilter
from bot.ports import Archive, Request
from bot.records import Entry

CARD = "decision.card"
FOLLOW_UP = "decision.follow_up"
REPLACED, RESTORED = "decision.superseded", "decision.restored"
RANK = 2  # behind every clock of an issue


class NoSuchDecision(Refusal):
    """There is no decision {number}; “decision list” shows them."""


class WhichDecision(Refusal):
    """Say which decision, for example: decision {verb} {example}"""


class SeveralDecisions(Refusal):
    """{number} could be {choices}; write the whole number."""


def find(request: Request, words: str, verb: str) -> Matter:
    """The one decision that is meant, among those the asker may see."""
    archive, actor = request.archive, request.actor
    wanted = (request.intent.fields.get("decision") or words).strip().lstrip("#")
    if not wanted:
        newest = archive.decisions(actor, DecisionFilter(limit=1))
        raise WhichDecision(verb=verb, example=newest[0].number if newest else "NOR-DEC-001")
    found = archive.decisions_numbered(actor, wanted)
    room = archive.room_at(actor, request.intent.place)
    here = tuple(one for one in found if room and one.partnership == room.partnership)
    found = here if len(here) == 1 else found
    if not found:
        raise NoSuchDecision(number=wanted.upper()[:40])
    if len(found) > 1:
        raise SeveralDecisions(number=wanted, choices=" or ".join(one.number for one in found))
    return matter(archive, actor, found[0])


def get(archive: Archive, actor: Actor, decision: str) -> Matter | None:
    """One by its id."""
    found = archive.decision(actor, decision)
    return matter(archive, actor, found) if found else None


def setting(archive: Archive, reader: Actor, record: Matter) -> Setting:
    """What its cards need, as this reader may see it."""
    home = archive.partnership(reader, record.partnership)
    assert home is not None  # noqa: S101 the decision itself was visible
    people = {one.id: one for one in archive.people(reader, record.partnership)}
    here = Setting(reader, home, people, calendar=archive.calendar(reader, record.partnership))
    return placed(archive, here)


def matter(archive: Archive, actor: Actor, decision: Decision) -> Matter:
    """The decision with everybody around it, as things stand now."""
    return Matter(decision, table(archive, actor, decision))


def table(archive: Archive, actor: Actor, decision: Decision) -> Table:
    """Who sits around it: its own deciders, or the chairs where its session had no quorum."""
    home = archive.partnership(actor, decision.partnership)
    assert home is not None  # noqa: S101 the decision itself was visible
    people = archive.people(CLOCK, decision.partnership)  # kept in memory, alike for everybody who sees it
    sides = {one.id: home.side_of(one.organisation) for one in people}
    session = archive.meeting(actor, decision.session) if decision.session else None
    committee = archive.committee(actor, session.committee) if session else None
    came = frozenset(session.attended) if session else frozenset[str]()
    seated = Table(sides, standing(decision, committee, session), committee, came)
    bare = Matter(decision, seated)
    empty = [side for side in bare.sides if not bare.named(side)]
    instead = {side: _instead(archive, actor, bare, side) for side in empty}
    return replace(seated, instead=instead) if instead else seated


def standing(decision: Decision, committee: Committee | None, session: Session | None) -> Quorum:
    """How its session stood: as it was kept, else as the session was closed since."""
    if decision.quorum is not Quorum.NONE or session is None or committee is None:
        return decision.quorum
    count = quorum.held(committee, session)
    return count.stands if count else Quorum.NONE


def _instead(archive: Archive, actor: Actor, bare: Matter, side: Side) -> str:
    """For a side whose deciders are all gone: its counterpart at the session's level, or who manages it."""
    committee = bare.table.committee
    pairs = archive.counterparts(actor, bare.partnership)
    level = list(Level)[committee.tier - 1] if committee and 1 <= committee.tier <= len(Level) else None
    here = named(pairs, level, side) if level else ""
    if bare.table.sides.get(here) is side:
        return here
    own = sorted(one for one, theirs in bare.table.sides.items() if theirs is side)
    managers = (one for one in own if _manages(archive, one))
    return next(managers, "") or named(pairs, Level.L2, side)


def _manages(archive: Archive, person: str) -> bool:
    known = archive.person_actor(person)
    return known is not None and Role.ALLIANCE_MANAGER in known.roles


def save(request: Request, old: Matter, new: Matter, what: str, why: str = "") -> Matter:
    """The next state, its line in the record, its reminder, and what it replaces from now on."""
    saved = _kept(request, old.decision, new.decision, what, why)
    if saved.status is Status.FINAL and old.decision.status is not Status.FINAL:
        replace_old(request, saved)
    undone = saved.status is Status.PROVISIONAL and old.decision.status is Status.FINAL
    if undone and not saved.superseded_by:  # else a later one counts, whatever becomes of this
        _restore_old(request, saved)
    return replace(new, decision=saved)


def _kept(request: Request, old: Decision, new: Decision, what: str, why: str) -> Decision:
    new = replace(new, changed_at=request.now, version=old.version + 1)
    request.archive.save_decision(request.actor, new)
    before, after = difference(old, new)
    scope = Scope(new.partnership, new.visibility)
    entry = Entry(what, request.actor.person, request.now, scope, "", new.id, why, before, after)
    request.archive.record(entry)
    if new.status is Status.WITHDRAWN or new.superseded_by:
        request.archive.cancel(due_key(new))
    return new


def replace_old(request: Request, final: Decision) -> Decision | None:
    """What a final decision supersedes counts no more, unless another one came first."""
    old = request.archive.decision(request.actor, final.supersedes) if final.supersedes else None
    if old is None or old.superseded_by:
        return None
    return _kept(request, old, deciding.superseded(old, final), REPLACED, final.number)


def _restore_old(request: Request, undone: Decision) -> None:
    """What it had superseded counts again: its session had no quorum after all."""
    old = request.archive.decision(request.actor, undone.supersedes) if undone.supersedes else None
    if old and old.superseded_by == undone.id:
        again = _kept(request, old, replace(old, superseded_by=""), RESTORED, undone.number)
        if again.status is not Status.FINAL:  # nor does this count: what it had superseded does
            _restore_old(request, again)
        set_reminder(request, matter(request.archive, request.actor, again))


def added(request: Request, new: Matter) -> Matter:
    """A new one, the first line of its record, and its reminder."""
    decision = replace(new.decision, changed_at=request.now)
    request.archive.add_decision(request.actor, decision)
    scope = Scope(decision.partnership, decision.visibility)
    after = difference(None, decision)[1]
    what, person = "decision.record", request.actor.person
    request.archive.record(Entry(what, person, request.now, scope, "", decision.id, "", None, after))
    if decision.status is Status.FINAL:
        replace_old(request, decision)
    set_reminder(request, replace(new, decision=decision))
    return replace(new, decision=decision)


def due_key(decision: Decision) -> str:
    """The key of its reminder."""
    return f"{FOLLOW_UP}:{decision.id}"


def reminded(archive: Archive, decision: Decision) -> Iterator[tuple[str, str]]:
    """Who is reminded of its follow-up date, each with their zone: its recorder and its deciders."""
    for person in dict.fromkeys((decision.recorded_by, *decision.deciders)):
        if known := archive.person_actor(person):
            yield person, known.zone


def set_reminder(request: Request, made: Matter) -> None:
    """The next morning on which somebody is to be reminded."""
    if due := reminder(request.archive, made.decision, request.now):
        request.archive.schedule(due)


def reminder(archive: Archive, decision: Decision, now: datetime) -> Due | None:
    """The first morning after `now` on which somebody is to be reminded of its follow-up date."""
    calendar = archive.calendar(CLOCK, decision.partnership)
    mornings = (deciding.follow_up_at(decision, zone, calendar) for _, zone in reminded(archive, decision))
    ahead = [at for at in mornings if at and at > now]
    return Due(due_key(decision), min(ahead), FOLLOW_UP, decision.id, RANK) if ahead else None
