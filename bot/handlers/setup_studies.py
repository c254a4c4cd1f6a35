"""A sponsor's studies, and which of its partnerships serve each."""

import re
from collections.abc import Mapping

from bot.actors import Actor
from bot.cards import setup_partnership as cards
from bot.errors import Refusal
from bot.governance.change import difference
from bot.governance.company import Study
from bot.governance.visibility import Scope, Side, Visibility
from bot.handlers import setup_fields as fields
from bot.handlers.setup_pairs import chosen
from bot.outbox import Letter
from bot.ports import Archive, Opening, Request
from bot.records import Entry
from bot.views import Button, Card, Choice, Form, TextField

CARD, FORM = "setup.studies", "setup.studies.form"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]{0,39}")


class SponsorsOnly(Refusal):
    """Studies are the sponsor’s to name; your partner adds them, and you see those you serve."""


def listed(request: Request, words: str) -> Letter:
    """Every study of the company."""
    _check(request)
    return Letter(CARD)


def _check(request: Request) -> None:
    if request.actor.side is not Side.SPONSOR:
        raise SponsorsOnly
    chosen(request)


def card(opening: Opening) -> tuple[Card, int]:
    """The same, as a card."""
    partners = dict(_partners(opening.archive, opening.reader))
    return cards.studies(opening.archive.own_studies(opening.reader), partners), 0


def _partners(archive: Archive, reader: Actor) -> tuple[tuple[str, str], ...]:
    return tuple((one.id, one.cro_name[: fields.SHORT]) for one in archive.partnerships(reader))


def open_form(request: Request, words: str) -> Letter:
    """Its name, and who serves it."""
    _check(request)
    return Letter(FORM)


def form(opening: Opening) -> tuple[Form, int]:
    """A name that is there already is changed."""
    facts, partners = opening.letter.facts, _partners(opening.archive, opening.reader)
    inputs = (
        TextField(
            "name", "Study", facts.get("name", ""), "For example HAL-301; one that is there is changed"
        ),
        Choice("partnerships", "Served by", partners, facts.get("partnerships", ""), many=True),
    )
    errors = fields.wrong(facts, _checks(partners))
    opens = Button("Fill in the form", FORM, primary=True, opens=True)
    instead = fields.opener("Add a study", "Say its name, and which partners serve it.", opens)
    return Form("Add a study", "setup.studies.save", fields.noted(errors, inputs), instead=instead), 0


def _checks(partners: tuple[tuple[str, str], ...]) -> Mapping[str, fields.Check]:
    offered = {one for one, _ in partners}
    named = "Write a name of letters, digits and hyphens, 40 at most."
    return {
        "name": lambda words: "" if NAME.fullmatch(words) else named,
        "partnerships": lambda value: (
            "" if set(value.split("\n")) <= offered else "Choose at least one partner."
        ),
    }


def save(request: Request, words: str) -> Letter:
    """The study; each partnership it joins or leaves can read that."""
    _check(request)
    archive, actor, facts = request.archive, request.actor, fields.filled(request)
    archive.hold_company(actor)
    if fields.wrong({**facts, fields.SENT: ""}, _checks(_partners(archive, actor))):
        return fields.sent(request, FORM)
    known = {one.id.casefold(): one for one in archive.own_studies(actor)}
    name = facts["name"].strip()
    before = known.get(name.casefold())
    served = facts["partnerships"].split("\n")
    ordered = tuple(one.id for one in archive.partnerships(actor) if one.id in served)
    study = Study(before.id if before else name, ordered)
    archive.set_study(actor, study)
    _record(request, before, study)
    return Letter(CARD)


def _record(request: Request, before: Study | None, after: Study) -> None:
    actor, (was, became) = request.actor, difference(before, after)
    own = Entry("study.set", actor.person, request.now, None, actor.organisation, after.id, "", was, became)
    request.archive.record(own)
    old = set(before.partnerships if before else ())
    for partnership in sorted(old ^ set(after.partnerships)):
        what = "study.leave" if partnership in old else "study.join"
        scope, served = Scope(partnership, Visibility.SHARED), {"study": after.id}
        request.archive.record(Entry(what, actor.person, request.now, scope, "", after.id, "", None, served))
