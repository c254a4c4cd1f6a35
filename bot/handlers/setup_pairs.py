"""Counterparts: each side names its own person at each level of a partnership; a gap is said."""

from collections.abc import Mapping
from dataclasses import replace

from bot.actors import Actor
from bot.cards import setup_partnership as cards
from bot.errors import Refusal
from bot.governance.change import difference
from bot.governance.company import PAIRED
from bot.governance.partnership import Counterparts, Partnership
from bot.governance.visibility import Scope, Side, Visibility
from bot.handlers import setup_fields as fields
from bot.handlers.setup_people import chosen_from
from bot.outbox import Letter
from bot.ports import Opening, Request
from bot.records import Entry
from bot.views import Button, Card, Choice, Form

CARD, FORM = "setup.counterparts", "setup.counterparts.form"


class NoPartnerYet(Refusal):
    """You have no partner yet; invite one first: setup partner"""


class NotYourPartner(Refusal):
    """That is no partner of yours, so nothing changed; “setup partner” shows those you have."""


def chosen(request: Request) -> Partnership | None:
    """The partnership that is meant; None where it has to be asked."""
    mine = request.archive.partnerships(request.actor)
    if not mine:
        raise NoPartnerYet
    asked = request.intent.fields.get("partnership", "")
    if not asked:
        return mine[0] if len(mine) == 1 else None
    found = next((one for one in mine if one.id == asked), None)
    if found is None:
        raise NotYourPartner
    return found


def level_of(rows: tuple[Counterparts, ...], level: str) -> Counterparts:
    """That level, with nobody on it where it has no row."""
    return next((one for one in rows if one.level == level), Counterparts(level, "", ""))


def own(row: Counterparts, side: Side | None) -> str:
    """Whom that side names."""
    return row.sponsor if side is Side.SPONSOR else row.cro


def own_gaps(reader: Actor, rows: tuple[Counterparts, ...]) -> tuple[str, ...]:
    """The levels at which the reader's side names nobody; safety only where the other side does."""
    found = (level_of(rows, level) for level in PAIRED)
    return tuple(
        one.level for one in found if not own(one, reader.side) and (one.level != "safety" or one.people)
    )


def listed(request: Request, words: str) -> Letter:
    """Who answers to whom in every partnership."""
    chosen(request)
    return Letter(CARD)


def card(opening: Opening) -> tuple[Card, int]:
    """Level by level, with the gaps of either side."""
    archive, reader = opening.archive, opening.reader
    tables = tuple(
        cards.Pairs(
            one,
            tuple(level_of(archive.counterparts(reader, one.id), level) for level in PAIRED),
            {person.id: person.name for person in archive.people(reader, one.id)},
        )
        for one in archive.partnerships(reader)
    )
    return cards.counterparts(tables, reader.side or Side.SPONSOR), 0


def open_form(request: Request, words: str) -> Letter:
    """One's own people at each level of one partnership."""
    partnership = chosen(request)
    if partnership is None:
        return Letter(CARD)
    rows = request.archive.counterparts(request.actor, partnership.id)
    named = {level: own(level_of(rows, level), request.actor.side) for level in PAIRED}
    seen = fields.fingerprint(*named.values())
    return Letter(FORM, partnership.id, {**named, fields.SEEN: seen})


def form(opening: Opening) -> tuple[Form, int] | None:
    """One choice for each level."""
    facts, reader = opening.letter.facts, opening.reader
    partnership = opening.archive.partnership(reader, opening.letter.subject)
    if partnership is None:
        return None
    people = chosen_from(opening.archive, reader)
    inputs = tuple(
        Choice(level, cards.LEVELS[level], people, facts.get(level, ""), optional=True) for level in PAIRED
    )
    errors = fields.wrong(facts, _checks(people))
    hidden = {"partnership": partnership.id, fields.SEEN: facts.get(fields.SEEN, "")}
    other = partnership.company((reader.side or Side.SPONSOR).other)
    opens = Button("Name them", FORM, {"partnership": partnership.id}, primary=True, opens=True)
    instead = fields.opener("Your counterparts", f"Name your own people at each level for {other}.", opens)
    drawn = Form(
        "Your counterparts",
        "setup.counterparts.save",
        fields.noted(errors, inputs),
        hidden,
        fields.moved(facts, ""),
        instead=instead,
    )
    return drawn, 0


def _checks(people: tuple[tuple[str, str], ...]) -> Mapping[str, fields.Check]:
    known = tuple(one for one, _ in people)
    return dict.fromkeys(PAIRED, fields.if_any(fields.one_of(known, "one of your own people")))


def save(request: Request, words: str) -> Letter:
    """One's own side of each level; the other side's people stay as they are."""
    archive, actor, facts = request.archive, request.actor, fields.filled(request)
    archive.hold_company(actor)
    partnership = chosen(request)
    if partnership is None:
        raise NotYourPartner
    if fields.wrong({**facts, fields.SENT: ""}, _checks(chosen_from(archive, actor))):
        return fields.sent(request, FORM, partnership.id)
    rows = archive.counterparts(actor, partnership.id)
    seen = fields.fingerprint(*(own(level_of(rows, level), actor.side) for level in PAIRED))
    if facts.get(fields.SEEN) != seen:
        return fields.sent(request, FORM, partnership.id, **{fields.SEEN: seen, fields.MOVED: "yes"})
    for level in PAIRED:
        name_one(request, partnership, level, facts.get(level, ""))
    return Letter(CARD)


def name_one(request: Request, partnership: Partnership, level: str, person: str, why: str = "") -> None:
    """One level of one's own side, and its line in what both sides can read."""
    actor = request.actor
    before = level_of(request.archive.counterparts(actor, partnership.id), level)
    if own(before, actor.side) == person:
        return
    request.archive.name_counterpart(actor, partnership.id, level, person)
    after = replace(before, sponsor=person) if actor.side is Side.SPONSOR else replace(before, cro=person)
    was, became = difference(before, after)
    scope = Scope(partnership.id, Visibility.SHARED)
    what, record = "counterpart.name", f"{partnership.id}/{level}"
    request.archive.record(Entry(what, actor.person, request.now, scope, "", record, why, was, became))
